"""For whom a use case works, from a conversation."""

from shop.context import Audience, Shop
from shop.conversations import Conversation
from shop.currencies import in_own_currency


def audience_of(conversation: Conversation, surface: str = "chat") -> Audience:
    """The audience of a conversation; its id also stands for an anonymous visit."""
    return Audience(
        locale=conversation.locale,
        surface=surface,
        shopper_id=conversation.shopper_id,
        conversation_id=conversation.id,
    )


def reading_audience(shop: Shop, conversation: Conversation, surface: str = "chat") -> Audience:
    """The audience of a conversation, with the currency in which it reads prices; asks the database."""
    return in_own_currency(shop, audience_of(conversation, surface))
