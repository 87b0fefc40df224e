"""The running system: which processes there are, where each runs, and the life of all of them."""

import asyncio
import fcntl
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.console import console
from cli.ports import free_port
from cli.supervisor import Service, Supervisor
from shop.errors import AisleError
from shop.settings import PROJECT_ROOT, Settings

NLU_PYTHON = PROJECT_ROOT / "nlu" / ".venv" / "bin" / "python"


class AlreadyRunning(AisleError):
    """Another Aisle uses the same state directory."""

    code = "already_running"


def with_inner_ports(settings: Settings) -> Settings:
    """The same settings with free loopback ports for Rasa and the action server."""
    return settings.model_copy(
        update={"rasa_url": f"http://127.0.0.1:{free_port()}", "actions_port": free_port()}
    )


def services(settings: Settings) -> list[Service]:
    """Action server, Rasa and web; each is healthy when it can do its work."""
    environment = settings.environment()

    def service(name: str, *command: str, health: str) -> Service:
        log = settings.state_dir / "logs" / f"{name}.log"
        return Service(name, command, environment, PROJECT_ROOT, health, log)

    rasa_port = settings.rasa_url.rsplit(":", 1)[1]
    return [
        service(
            "action server",
            sys.executable,
            "-m",
            "actions",
            health=f"http://127.0.0.1:{settings.actions_port}/health",
        ),
        service(
            "Rasa",
            str(NLU_PYTHON),
            "-m",
            "nlu.run",
            "--port",
            rasa_port,
            health=f"{settings.rasa_url}/health",
        ),
        service(
            "web",
            sys.executable,
            "-m",
            "web",
            health=f"http://{settings.host}:{settings.port}/health/ready",
        ),
    ]


@contextmanager
def only_one(state_dir: Path) -> Iterator[None]:
    """Hold the state directory; a second `up` on it is refused instead of sharing ports and models."""
    state_dir.mkdir(parents=True, exist_ok=True)
    with (state_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(
                f"another Aisle is running on {state_dir}; stop it or use --state"
            ) from error
        yield


async def run(settings: Settings) -> None:
    """Start everything, say where it is, and keep it running until SIGINT or SIGTERM."""
    supervisor = Supervisor(services(settings))
    main = asyncio.current_task()
    starting = True

    def stop() -> None:
        supervisor.request_stop()
        if starting and main is not None:
            main.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        with console.status("Starting action server, Rasa and web ..."):
            await supervisor.start()
        starting = False
        print(f"Aisle is ready: http://{settings.host}:{settings.port}", flush=True)
        console.print("[dim]Press Ctrl-C to stop.")
        await supervisor.watch()
    except asyncio.CancelledError:
        console.print("Stopped before everything had started.")
    finally:
        await supervisor.stop()
        console.print("Every process has stopped.")
