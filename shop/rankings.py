"""The ways of ranking: each takes a question and a length, and answers what the recommender makes of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender import RankedItem, Ranking, Reason
from shop.questions import Question, day_number
from shop.storage.catalogue import Product

SEARCH_POOL = 300
# Matches within this share of the best one's score count as equally good.
CLOSE_MATCH = 0.9

Rank = Callable[[Question, int], Ranking]


def personal(question: Question, count: int) -> Ranking:
    """What suits the asker, within what the wish's text finds if it has one."""
    return question.model.recommend(question.query(count, only=_found(question)))


def inviting(promoted: Sequence[str]) -> Rank:
    """What suits the asker, without what they left alone on many days, and with promotion slots."""

    def rank(question: Question, count: int) -> Ranking:
        query = question.query(count, only=_found(question))
        return question.model.recommend(replace(query, promoted=promoted, shown=question.visit.shown))

    return rank


def by_text(question: Question, count: int) -> Ranking:
    """Matches, the best first; of those as good as the best, what the asker keeps buying leads."""
    found = question.model.search(question.wish.text or "", max(count, SEARCH_POOL), question.findable)
    close = [each.item_id for each in found if each.score >= CLOSE_MATCH * found.items[0].score]
    own = replace(question.query(count, only=question.availability.only(close)), seen="only", session=())
    known = question.model.recommend(own) if close and len(question.history) else Ranking()
    kept_buying = (each for each in known if each.source == "frequency")
    return Ranking(_each_once(*kept_buying, *found)[:count])


def alike(question: Question, item: Product, count: int) -> Ranking:
    """What the model finds like an item; its own category first, filled up by words where it knows few.

    Among items that hardly anybody has bought yet the model sees no likeness, but shoppers do.
    """
    found = question.model.similar_items(item.item_id, count, question.allowed)
    if question.wish.category is not None:
        return found
    places, kin = question.availability.place, question.of_category(item.category)
    same = [each for each in found if kin[places[each.item_id]]]
    if len(same) < count:
        named = question.model.search(f"{item.name} {item.category}", count, kin)
        reason = Reason("similar_to", item.item_id, 1.0)
        same += [replace(each, source="content", reasons=(reason,)) for each in named]
    return Ranking(_each_once(*same, *found)[:count])


def again(question: Question, count: int) -> Ranking:
    """What the asker bought before, what they buy often and lately first; reasons tell the last time.

    Not by what is due: on the demo shop's hold-out, waiting times against each shopper's own rhythm changed
    the order's NDCG@10 by less than 1 %, and ranked by them alone it fell to less than a third.
    """
    own = replace(question.query(count), seen="only", session=(), exclude=tuple(question.visit.disliked))
    return Ranking(tuple(_with_last_time(item, question) for item in question.model.recommend(own)))


def novelties(question: Question, count: int) -> Ranking:
    """What the shop has added lately and the asker has not had: by likeness to theirs, and early takers."""
    fresh = question.availability.new(question.now.date()) & _found(question)
    query = replace(question.query(count, only=fresh), seen="never")
    return Ranking(tuple(_told_as_new(item, question) for item in question.model.recommend(query)))


def _found(question: Question) -> NDArray[np.bool_]:
    """A mask of what the wish's text finds; of everything where it has none."""
    if not question.wish.text:
        return np.ones_like(question.allowed)
    found = question.model.search(question.wish.text, SEARCH_POOL, question.allowed)
    return question.availability.only(item.item_id for item in found)


def _told_as_new(item: RankedItem, question: Question) -> RankedItem:
    """Being new leads its reasons: without that it would not be here at all."""
    added = int(question.availability.added_day[question.availability.place[item.item_id]])
    age = int(day_number(question.now)) - added
    others = (
        replace(reason, detail={"takers": "early"}) if reason.kind == "popular" else reason
        for reason in item.reasons
    )
    return replace(item, reasons=(Reason("new", None, 1.0, {"days": age}), *others))


def _with_last_time(item: RankedItem, question: Question) -> RankedItem:
    bought = question.history.days[question.history.items == question.availability.place[item.item_id]]
    ago = max(0, int(day_number(question.now)) - int(np.max(bought, initial=0.0)))

    def timed(reason: Reason) -> Reason:
        known = reason.kind == "bought_often"
        return replace(reason, detail={**reason.detail, "days_ago": ago}) if known else reason

    return replace(item, reasons=tuple(map(timed, item.reasons)))


def _each_once(*items: RankedItem) -> tuple[RankedItem, ...]:
    """The items without their repetitions."""
    first: dict[str, RankedItem] = {}
    for item in items:
        first.setdefault(item.item_id, item)
    return tuple(first.values())
