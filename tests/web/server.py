"""Runs a real app on a real port, in a thread of its own, for as long as a test needs it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sanic import Sanic

from shop.context import Shop
from shop.identifiers import new_id
from web.app import create_app


@contextmanager
def serving(shop: Shop) -> Iterator[str]:
    """The address of an app that serves `shop` while the block runs; it stops the way SIGTERM stops it."""
    app = create_app(shop, name=f"aisle-{new_id()}")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> tuple[object, int]:
        server = await app.create_server("127.0.0.1", 0, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.after_start()
        await server.start_serving()
        return server, server.server.sockets[0].getsockname()[1]

    async def stop() -> None:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()

    server, port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(15)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        Sanic.unregister_app(app)
