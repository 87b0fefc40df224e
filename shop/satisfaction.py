"""How content a shopper is with the service, from 1 to 5."""

from shop.context import Audience, Shop
from shop.errors import InvalidInput, Unauthorized
from shop.identifiers import new_id
from shop.storage.handoffs import add_satisfaction, scores_of

SCORES = range(1, 6)


def rate(shop: Shop, audience: Audience, score: int) -> None:
    """Keep a score for the conversation; the latest counts.

    Raises:
        InvalidInput: the score is not 1 to 5 (field `score`).
        Unauthorized: there is no conversation.
    """
    if score not in SCORES:
        raise InvalidInput(f"a score is 1 to 5, got {score}", field="score")
    if audience.conversation_id is None:
        raise Unauthorized("only a conversation can be rated")
    with shop.database.write() as connection:
        add_satisfaction(connection, new_id(), audience.conversation_id, score, shop.now())


def score_of(shop: Shop, conversation_id: str) -> int | None:
    """The latest score of a conversation; None while nobody gave one."""
    with shop.database.read() as connection:
        return next(reversed(scores_of(connection, conversation_id)), None)
