"""A live stream of one conversation as server-sent events.

Events: `message` (an entry of the record; its id is the sequence number to resume from) and `state`
(`mode` and `locale` of the conversation, when one of them changes).
"""

from sanic import HTTPResponse
from sanic.response import BaseHTTPResponse

from shop import conversations
from shop.conversations import Conversation, Entry
from shop.errors import InvalidInput, NotFound, TooMany
from web.api.conversation import entry_out
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import StreamQuery
from web.services import Services, services
from web.threads import in_thread
from web.wakeups import until_woken

HEARTBEAT_S = 15.0
MOST_STREAMS = 4
_PAGE = 100

api = Operations("stream")


@api.add("GET", "/api/v1/stream", media_type="text/event-stream")
async def open_stream(
    request: AnyRequest, conversation: Conversation, query: StreamQuery
) -> HTTPResponse | None:
    """Follow the conversation live, from the header `Last-Event-ID`, from `after`, or from now.

    A comment line every 15 seconds keeps the connection alive. At most 4 streams per conversation.
    """
    parts = services(request)
    after = _start(request, conversation, query)
    if parts.wakeups.count(conversation.id) >= MOST_STREAMS:
        raise TooMany(f"at most {MOST_STREAMS} streams per conversation", code="too_many_streams")
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    if response is not None:
        with parts.metrics.streams.track_inprogress():
            await _follow(parts, response, conversation, after)
    return None


async def _follow(
    parts: Services, response: BaseHTTPResponse, conversation: Conversation, after: int
) -> None:
    shop, told = parts.shop, _state(conversation)
    with parts.wakeups.listening(conversation.id) as woken:
        await response.send(": open\n\n")
        while not parts.wakeups.closed:
            try:
                current, entries = await in_thread(conversations.news, shop, conversation.id, after, _PAGE)
            except NotFound:
                return
            state = _state(current)
            news = [_message(entry) for entry in entries] + ([state] if state != told else [])
            await response.send("".join(news))
            told, after = state, entries[-1].seq if entries else after
            if len(entries) < _PAGE and not await until_woken(woken, HEARTBEAT_S):
                await response.send(": still here\n\n")


def _message(entry: Entry) -> str:
    data = entry_out(entry).model_dump_json(exclude_none=True)
    return f"id: {entry.seq}\nevent: message\ndata: {data}\n\n"


def _state(conversation: Conversation) -> str:
    return f'event: state\ndata: {{"mode":"{conversation.mode}","locale":"{conversation.locale}"}}\n\n'


def _start(request: AnyRequest, conversation: Conversation, query: StreamQuery) -> int:
    last = request.headers.get("last-event-id")
    if last is not None:
        if not last.isascii() or not last.isdigit() or len(last) > 15:
            raise InvalidInput("not a sequence number", field="Last-Event-ID")
        return int(last)
    return conversation.last_seq if query.after is None else query.after
