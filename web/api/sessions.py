"""Opening a session: anonymous, or for the shopper whom the shop vouches for."""

from shop import conversations
from shop.context import Shop
from shop.conversations import Conversation
from shop.errors import InvalidInput, NotFound
from shop.shoppers import find_shopper
from web.kinds import AnyRequest
from web.locales import choose_locale
from web.operations import Operations
from web.schemas import SessionIn, SessionOut
from web.services import services
from web.threads import in_thread
from web.tokens import Identity, read_identity, sign_session

api = Operations("sessions")


@api.add("POST", "/api/v1/sessions")
async def open_session(request: AnyRequest, body: SessionIn) -> SessionOut:
    """Open a session and its conversation.

    With an `identity` the conversation belongs to that shopper. An identity that names a visit of the shop's
    own site goes on with the conversation of that visit.
    """
    shop = services(request).shop
    conversation = await in_thread(begin, shop, body)
    token, expires_at = sign_session(shop, conversation.id)
    return SessionOut.model_validate(
        {
            "token": token,
            "conversation_id": conversation.id,
            "expires_at": expires_at,
            "locale": conversation.locale,
            "mode": conversation.mode,
        }
    )


def begin(shop: Shop, asked: SessionIn) -> Conversation:
    """The conversation for whoever asks.

    Raises:
        InvalidInput: the identity is not valid, or names a shopper whom nobody knows (field `identity`).
    """
    identity = read_identity(shop, asked.identity) if asked.identity else Identity()
    if identity.shopper_id is not None:
        try:
            find_shopper(shop, identity.shopper_id)
        except NotFound:
            raise InvalidInput("no such shopper", field="identity", code="unknown_shopper") from None
    locale = choose_locale(shop, asked.locale)
    return conversations.start_conversation(shop, locale, identity.shopper_id, identity.visit_id)
