"""Two to four products side by side: facts, where they differ, and which of them suits the asker more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recommender import RankedItem, Reason
from shop.catalogue import unknown_item
from shop.comparison_rows import Row, Sides, rows_of
from shop.context import Audience, Shop
from shop.errors import InvalidInput
from shop.questions import REASONS_PER_ITEM, Question, ask, day_number
from shop.reasons import IMPERSONAL, read_names, say_reasons
from shop.slates import Slate, SlateItem, log_slate
from shop.storage.catalogue import Product, group_names
from shop.storage.comparison import ratings_of, sold_by_weight
from shop.storage.rows import Connection
from shop.wishes import ANYTHING, Wish

FEWEST, MOST = 2, 4
# A lead smaller than this is no reason to tell anybody that one suits them more than another.
CLEARLY = 1.1
# Nor is one of less than this share of what speaks for the asker's best recommendation.
WORTH_TELLING = 0.01
ALL_REASONS = 50


@dataclass(frozen=True)
class Suits:
    """The item that suits the asker most, said in a sentence, and why."""

    item_id: str
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The items as cards of a logged slate, in the order asked for; `suits` is None where nothing tells."""

    slate: Slate
    rows: tuple[Row, ...]
    suits: Suits | None

    def payload(self) -> dict[str, Any]:
        """The comparison as one message of the chat or one JSON answer."""
        told = None if self.suits is None else vars(self.suits) | {"reasons": list(self.suits.reasons)}
        slate = self.slate.payload()
        return {
            "kind": "comparison",
            "slate_id": slate["slate_id"],
            "items": slate["items"],
            "rows": [row.payload() for row in self.rows],
            "suits": told,
        }


@dataclass(frozen=True)
class _Liking:
    """What the recommender thinks of an item for the asker: its score, and the part that is about them."""

    ranked: RankedItem
    personal: float


def compare(shop: Shop, audience: Audience, item_ids: Sequence[str], wish: Wish = ANYTHING) -> Comparison:
    """The items side by side; a `wish`, such as for something organic, becomes a row of its own.

    Raises:
        InvalidInput: fewer than two items, more than four, or one of them twice (field `items`; codes
            `compare_too_few`, `compare_too_many`, `compare_twice`).
        NotFound: the shop does not sell one (field `item_id`).
    """
    _check(item_ids)
    with shop.database.read() as connection:
        question = ask(shop, audience, wish, connection, about=item_ids, personal=True)
        items = [question.about[item_id] for item_id in item_ids]
        for item in items:
            if not item.active:
                raise unknown_item(item.item_id)
        likings = [_liking(question, item.item_id) for item in items]
        best = max((ranked.score for ranked in question.model.recommend(question.query(1))), default=0.0)
        cards = _cards(shop, question, connection, items, likings)
        rows = rows_of(sides_of(shop, question, connection, items))
    record = {**wish.record(), "about": list(item_ids), "personal": question.visit.personal}
    slate = log_slate(shop, audience, "compare", cards, query=record, model_version=question.model.version)
    return Comparison(slate, rows, _suits(shop, audience, cards, likings, WORTH_TELLING * best))


def _check(item_ids: Sequence[str]) -> None:
    if len(item_ids) < FEWEST:
        raise InvalidInput(f"name at least {FEWEST} items", field="items", code="compare_too_few")
    if len(set(item_ids)) < len(item_ids):
        raise InvalidInput("the same item is named twice", field="items", code="compare_twice")
    if len(item_ids) > MOST:
        raise InvalidInput(f"name at most {MOST} items", field="items", code="compare_too_many")


def sides_of(shop: Shop, question: Question, connection: Connection, items: Sequence[Product]) -> Sides:
    """Everything that the rows speak of."""
    item_ids = [item.item_id for item in items]
    groups = {value for item in items for value in (item.category, item.kind) if value}
    return Sides(
        question=question,
        items=items,
        phrases=shop.phrases,
        names=group_names(connection, groups, question.audience.locale),
        ratings=ratings_of(connection, item_ids),
        by_weight=frozenset(sold_by_weight(connection, item_ids)),
    )


def _liking(question: Question, item_id: str) -> _Liking:
    """The recommender's score, less what everybody would get: only the rest is about the asker."""
    now, session = day_number(question.now), question.visit.session
    score = question.model.score(question.history, item_id, session=session, now=now)
    reasons = question.model.explain(
        question.history, item_id, session=session, now=now, reason_count=ALL_REASONS, least_share=0.0
    )
    about_them = [reason for reason in reasons if reason.kind not in IMPERSONAL]
    common = sum(reason.weight for reason in reasons if reason.kind in IMPERSONAL)
    personal = score * max(0.0, 1.0 - common) if about_them else 0.0
    return _Liking(RankedItem(item_id, score, "search", _weightiest(about_them)), personal)


def _weightiest(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(reasons[:REASONS_PER_ITEM])


def _cards(
    shop: Shop,
    question: Question,
    connection: Connection,
    items: Sequence[Product],
    likings: Sequence[_Liking],
) -> list[SlateItem]:
    locale, shown_in = question.audience.locale, question.audience.shown_in
    reasons = [reason for liking in likings for reason in liking.ranked.reasons]
    names = read_names(connection, reasons, locale)
    return [
        SlateItem(
            item,
            place,
            liking.ranked,
            say_reasons(shop.phrases, liking.ranked.reasons, names, locale),
            locale,
            shown_in,
        )
        for place, (item, liking) in enumerate(zip(items, likings, strict=True), start=1)
    ]


def _suits(
    shop: Shop, audience: Audience, cards: Sequence[SlateItem], likings: Sequence[_Liking], least: float
) -> Suits | None:
    """The item that clearly leads in what the recommender knows of the asker; None where none does, or where
    it leads with no more than `least`.
    """
    ordered = sorted(zip(likings, cards, strict=True), key=lambda pair: -pair[0].personal)
    (first, card), (second, _) = ordered[0], ordered[1]
    if first.personal <= least or first.personal < CLEARLY * second.personal:
        return None
    sentence = shop.phrases.say("compare-suits", audience.locale, item=card.product.name)
    return Suits(card.item_id, sentence, card.reasons)
