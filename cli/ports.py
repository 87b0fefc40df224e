"""Ports: free ones for the inner processes, and a clear word when the public one is taken."""

import errno
import socket

from shop.errors import AisleError


class PortInUse(AisleError):
    """Somebody else listens where Aisle should."""

    code = "port_in_use"


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def claim(host: str, port: int) -> int:
    """The port to use: `port` itself if it is free, any free one for 0.

    Raises:
        PortInUse: another program listens there, or this user may not listen there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise PortInUse(f"port {port} {reason}; choose another with --port", field="port") from error
        return int(probe.getsockname()[1])
