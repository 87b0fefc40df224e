"""Reading the record of a conversation, and changing its language."""

from shop import conversations
from shop.context import Shop
from shop.conversations import Conversation, Entry
from web.kinds import AnyRequest
from web.locales import choose_locale
from web.operations import Operations
from web.schemas import ConversationChange, EntryOut, HistoryOut, HistoryQuery
from web.services import services
from web.threads import in_thread

api = Operations("conversation")


@api.add("GET", "/api/v1/conversation")
async def read_conversation(
    request: AnyRequest, conversation: Conversation, query: HistoryQuery
) -> HistoryOut:
    """Read the conversation: its newest messages, or those behind a sequence number."""
    shop = services(request).shop
    return await in_thread(page_of, shop, conversation, query)


@api.add("PATCH", "/api/v1/conversation")
async def change_conversation(
    request: AnyRequest, conversation: Conversation, body: ConversationChange
) -> HistoryOut:
    """Go on in another language."""
    shop = services(request).shop
    await in_thread(conversations.change_locale, shop, conversation.id, choose_locale(shop, body.locale))
    current = await in_thread(conversations.find_conversation, shop, conversation.id)
    return await in_thread(page_of, shop, current, HistoryQuery())


def page_of(shop: Shop, conversation: Conversation, query: HistoryQuery) -> HistoryOut:
    """One page of the record."""
    entries = conversations.history(shop, conversation.id, query.after, query.limit)
    return HistoryOut.model_validate(
        {
            "conversation_id": conversation.id,
            "locale": conversation.locale,
            "mode": conversation.mode,
            "last_seq": conversation.last_seq,
            "messages": [entry_out(entry) for entry in entries],
        }
    )


def entry_out(entry: Entry) -> EntryOut:
    """One message of the record, as the API shows it."""
    return EntryOut.model_validate(
        {
            "seq": entry.seq,
            "author": entry.author,
            "at": entry.created_at,
            "payload": dict(entry.payload),
            "turn_id": entry.turn_id,
            "client_message_id": entry.client_message_id,
        }
    )
