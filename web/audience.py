"""For whom a use case works, from a conversation."""

from shop.context import Audience
from shop.conversations import Conversation


def audience_of(conversation: Conversation, surface: str = "chat") -> Audience:
    """The audience of a conversation; its id also stands for an anonymous visit."""
    return Audience(
        locale=conversation.locale,
        surface=surface,
        shopper_id=conversation.shopper_id,
        conversation_id=conversation.id,
    )
