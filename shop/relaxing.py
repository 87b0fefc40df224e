"""When nothing keeps all the limits: which single one, taken back, brings something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shop.context import Audience, Shop
from shop.ordering import NEAR_MATCH
from shop.questions import Question, ask
from shop.rankings import SEARCH_POOL
from shop.wishes import Wish


@dataclass(frozen=True)
class Relaxation:
    """A limit of a wish (see `Wish.limits`), and how many things there are without it."""

    limit: str
    count: int


def relaxations(
    shop: Shop, audience: Audience, wish: Wish, purpose: str = "search", about: Sequence[str] = ()
) -> list[Relaxation]:
    """Every limit that alone stands in the way, what brings most first; nothing is shown or logged.

    purpose, about: what the wish belongs to, as in a slate: alternatives to an item stay in its category.
    """
    with shop.database.read() as connection:
        question = ask(shop, audience, wish, connection, about=about, personal=purpose == "buy_again")
    if purpose == "similar" and about and wish.category is None:
        wish = replace(wish, category=question.about[about[0]].category)
    found = [Relaxation(limit, _count(question, wish.relaxed(limit), purpose)) for limit in wish.limits]
    return sorted((each for each in found if each.count), key=lambda each: -each.count)


def _count(question: Question, wish: Wish, purpose: str) -> int:
    known, hidden = question.availability, question.visit.hidden
    mask = known.allowed(wish, hidden, unasked=not question.about and not wish.names_something)
    if purpose == "buy_again":
        mask &= known.only(item_id for basket in question.visit.baskets for item_id in basket.item_ids)
    if purpose == "goes_with":
        return len(question.model.goes_with(list(question.about), SEARCH_POOL, mask))
    if not wish.text:
        return int(mask.sum())
    found = question.model.search(wish.text, SEARCH_POOL, mask)
    best = max((item.score for item in found), default=0.0)
    return sum(item.score >= NEAR_MATCH * best for item in found)
