"""When nothing keeps all the limits: which single one, taken back, brings something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shop import rankings
from shop.context import Audience, Shop
from shop.ordering import NEAR_MATCH
from shop.questions import Question, ask
from shop.wishes import Wish

# Counted no further; one more than anybody is told.
MOST_COUNTED = 51


@dataclass(frozen=True)
class Relaxation:
    """A limit of a wish (see `Wish.limits`), and how many there are without it: MOST_COUNTED at most."""

    limit: str
    count: int


def relaxations(
    shop: Shop, audience: Audience, wish: Wish, purpose: str = "search", about: Sequence[str] = ()
) -> list[Relaxation]:
    """Every limit that alone stands in the way, what brings most first; nothing is shown or logged.

    purpose, about: what the wish belongs to, as in a slate.
    """
    with shop.database.read() as connection:
        question = ask(shop, audience, wish, connection, about=about, personal=True)
    found = [Relaxation(limit, _count(question, wish.relaxed(limit), purpose)) for limit in wish.limits]
    return sorted((each for each in found if each.count), key=lambda each: -each.count)


def _count(question: Question, wish: Wish, purpose: str) -> int:
    """How many things this way of asking shows within the wish."""
    unasked = not question.about and not wish.names_something
    mask = question.availability.allowed(wish, question.hidden, unasked=unasked)
    asked = replace(question, wish=wish, allowed=mask)
    if purpose == "search" and wish.text:
        found = list(rankings.by_text(asked, MOST_COUNTED))
        best = max((item.score for item in found), default=0.0)
        return sum(item.score >= NEAR_MATCH * best for item in found)
    if purpose == "similar" and question.about:
        return len(rankings.alike(asked, next(iter(question.about.values())), MOST_COUNTED))
    if purpose == "goes_with" and question.about:
        return len(question.model.goes_with(list(question.about), MOST_COUNTED, mask))
    if purpose == "popular":
        return len(question.model.popular(MOST_COUNTED, mask))
    ranks = {"buy_again": rankings.again, "new": rankings.novelties}
    return len(ranks.get(purpose, rankings.personal)(asked, MOST_COUNTED))
