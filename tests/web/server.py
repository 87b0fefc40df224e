"""Runs a real app on a real port, in a thread of its own, for as long as a test needs it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sanic import Sanic
from sanic.server.async_server import AsyncioServer

from shop.context import Shop
from shop.identifiers import new_id
from web.app import create_app


@contextmanager
def serving(shop: Shop) -> Iterator[str]:
    """The address of an app that serves `shop` while the block runs; it stops the way SIGTERM stops it."""
    app = create_app(shop, name=f"aisle-{new_id()}")
    app.config.TOUCHUP = False  # Sanic rewrites its own source with it, which works once per process
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    listening = socket.create_server(("127.0.0.1", 0))

    async def start() -> AsyncioServer:
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.after_start()
        await server.start_serving()
        return server

    async def stop() -> None:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(15)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        Sanic.unregister_app(app)
