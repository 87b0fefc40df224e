"""Files that are made while they are sent."""

from collections.abc import Iterator
from itertools import islice

from web.kinds import AnyRequest
from web.threads import in_thread

PIECES_AT_ONCE = 200


async def send_file(request: AnyRequest, name: str, pieces: Iterator[str]) -> None:
    """Send a JSON document as a file, some pieces at a time; other requests go on meanwhile."""
    response = await request.respond(
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
    if response is None:
        return
    while some := await in_thread(_some, pieces):
        await response.send(some)
    await response.eof()


def _some(pieces: Iterator[str]) -> str:
    return "".join(islice(pieces, PIECES_AT_ONCE))
