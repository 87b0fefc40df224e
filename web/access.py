"""Who may call: the session of a conversation, or the key of the shop's own server."""

import hmac

import structlog

from shop import conversations
from shop.conversations import Conversation
from shop.errors import NotFound, Unauthorized
from web.kinds import AnyRequest
from web.services import services
from web.threads import in_thread
from web.tokens import read_session


async def open_conversation(request: AnyRequest) -> Conversation:
    """The conversation that the request's session token stands for.

    Raises:
        Unauthorized: no token, a bad one, or one whose conversation was erased.
    """
    token = _bearer(request)
    if token is None:
        raise Unauthorized("send the session as Authorization: Bearer TOKEN", code="missing_session")
    shop = services(request).shop
    conversation_id = read_session(shop, token)
    structlog.contextvars.bind_contextvars(conversation_id=conversation_id)
    try:
        return await in_thread(conversations.find_conversation, shop, conversation_id)
    except NotFound:
        raise Unauthorized("the conversation of this session is gone", code="invalid_session") from None


def check_api_key(request: AnyRequest) -> None:
    """Make sure that the shop's own server calls.

    Raises:
        Unauthorized: the key is missing or wrong.
    """
    given = request.headers.get("x-api-key") or _bearer(request) or ""
    expected = services(request).shop.settings.secret("api_key")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Unauthorized("send the key as X-API-Key or as Bearer token", code="invalid_api_key")


def _bearer(request: AnyRequest) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
