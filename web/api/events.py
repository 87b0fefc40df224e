"""Telling the log what became of what was shown."""

from shop.conversations import Conversation
from shop.events import record_event
from web.audience import audience_of
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import EventIn, EventOut
from web.services import services
from web.threads import in_thread

api = Operations("events")


@api.add("POST", "/api/v1/events")
async def send_event(request: AnyRequest, conversation: Conversation, body: EventIn) -> EventOut:
    """Record an event for an item of a slate that this shopper was shown.

    An impression counts once per slate and item; everything else counts as often as it is sent.
    """
    event_id = await in_thread(
        record_event,
        services(request).shop,
        audience_of(conversation),
        body.slate_id,
        body.item_id,
        body.kind,
        body.value,
    )
    return EventOut(event_id=event_id)
