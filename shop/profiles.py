"""A readable profile of one shopper: what is known, and where from; computed fresh from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from shop.context import Audience, Shop
from shop.errors import NotFound
from shop.profile_facts import Fact, Known, Origin, computed_facts, moment_of, order_facts, told_facts
from shop.profile_words import Span, Words, say_fact, say_source
from shop.purchases import purchases_of
from shop.questions import day_number
from shop.reasons import Names
from shop.said_facts import account_facts, said_facts, visit_facts
from shop.storage import profiles as queries
from shop.storage.catalogue import group_names, names_by_id
from shop.storage.purchases import PaidColumns, item_groups_of, latest_order, paid_by
from shop.storage.rows import Connection
from shop.storage.shoppers import find_shopper
from shop.traits import may_personalise

# What to tell first where there is little room, and how many of each topic.
TELLING = (
    ("avoid", 2),
    ("avoid_group", 1),
    ("gift", 1),
    ("pace", 1),
    ("category", 2),
    ("item", 2),
    ("brand", 1),
    ("price", 1),
    ("viewed", 2),
    ("in_cart", 2),
    ("favourite", 1),
    ("dismiss", 1),
    ("life_stage", 1),
    ("known", 2),
    ("basket", 1),
    ("discount", 1),
    ("consent", 1),
    ("name", 1),
)


@dataclass(frozen=True)
class SaidFact:
    """A fact in words, and in words where it comes from; `topic`, `origin` and `detail` for programs."""

    text: str
    source: str
    topic: str
    origin: Origin
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class ShopperProfile:
    """All that is known of a shopper. While personalisation is paused, orders are not looked at: the facts
    are then what the shopper told us, and `notice` says so."""

    shopper_id: str
    paused: bool
    notice: str | None
    facts: tuple[SaidFact, ...]

    def payload(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "shopper": self.shopper_id,
            "paused": self.paused,
            "notice": self.notice,
            "facts": [vars(fact) for fact in self.facts],
        }


def profile_for(shop: Shop, audience: Audience) -> ShopperProfile:
    """The profile of whoever asks; of somebody who is not logged in, what this visit knows.

    Raises:
        NotFound: the shop does not know the shopper (field `shopper_id`).
    """
    if audience.shopper_id is not None:
        return profile_of(shop, audience.shopper_id, audience.locale)
    now, visit = shop.now(), audience.conversation_id or ""
    with shop.database.read() as connection:
        facts = [
            *said_facts(connection, visit, audience.locale, now),
            *visit_facts(connection, visit, now),
        ]
        names = _names(connection, facts, audience.locale)
        personal = may_personalise(connection, visit)
    words = Words(shop.phrases, names, audience.locale, now.date(), shop.settings.currency)
    said = in_words(words, facts, Span(0, now.date(), now.date(), now.date()))
    notice = None if personal else shop.phrases.say("profile-paused", audience.locale)
    return ShopperProfile(visit, not personal, notice, said)


def telling(profile: ShopperProfile, most: int = 7) -> list[SaidFact]:
    """The facts that tell most, for where there is little room; those of one source stand together."""
    chosen = [
        fact
        for topic, limit in TELLING
        for fact in islice((each for each in profile.facts if each.topic == topic), limit)
    ]
    sources = list(dict.fromkeys(fact.source for fact in chosen[:most]))
    return sorted(chosen[:most], key=lambda fact: sources.index(fact.source))


def profile_of(shop: Shop, shopper_id: str, locale: str | None = None) -> ShopperProfile:
    """The profile of a shopper, in a language (the shopper's own by default).

    Raises:
        NotFound: no such shopper (field `shopper_id`).
    """
    now = shop.now()
    with shop.database.read() as connection:
        shopper = find_shopper(connection, shopper_id)
        if shopper is None:
            raise NotFound(f"no shopper {shopper_id!r}", field="shopper_id", code="unknown_shopper")
        spoken = locale or shopper.locale
        personal = may_personalise(connection, shopper_id)
        columns = paid_by(connection, shopper_id) if personal else PaidColumns(*[()] * 6)
        known = _known(connection, shopper_id, columns, now) if personal else None
        facts = [*said_facts(connection, shopper_id, spoken, now), *told_facts(shopper.demographics)]
        facts += account_facts(shopper)
        if known is not None:
            facts = [*order_facts(known), *computed_facts(known), *facts]
        names = _names(connection, facts, spoken)
    run = known.run if known is not None else None
    span = _span(columns, run.computed_at if run else now)
    currency = shop.settings.currency
    words = Words(shop.phrases, names, spoken, now.date(), currency)
    said = in_words(words, facts, span)
    notice = None if personal else shop.phrases.say("profile-paused", spoken)
    return ShopperProfile(shopper_id, not personal, notice, said)


def _known(connection: Connection, shopper_id: str, columns: PaidColumns, now: datetime) -> Known:
    run, row = queries.latest_segmentation(connection), queries.find_profile(connection, shopper_id)
    segments = queries.segments_of(connection, run.id) if run is not None and row is not None else []
    mine = [segment for segment in segments if row is not None and segment.label == row.segment]
    read = purchases_of(columns, item_groups_of(connection, shopper_id))
    last = latest_order(connection)
    moment = moment_of(read, day_number(now), None if last is None else day_number(last))
    return Known(read, run, row, mine[0] if mine else None, moment)


def in_words(words: Words, facts: Sequence[Fact], span: Span) -> tuple[SaidFact, ...]:
    """Facts as sentences, each with where it comes from."""
    return tuple(
        SaidFact(say_fact(words, fact), say_source(words, fact.origin, span), *_plainly(fact))
        for fact in facts
    )


def _plainly(fact: Fact) -> tuple[str, Origin, Mapping[str, Any]]:
    return fact.topic, fact.origin, fact.detail


def _names(connection: Connection, facts: Sequence[Fact], locale: str) -> Names:
    items = [str(fact.detail["item_id"]) for fact in facts if "item_id" in fact.detail]
    categories = [str(fact.detail["category"]) for fact in facts if "category" in fact.detail]
    traits = [fact.detail["traits"] for fact in facts if "traits" in fact.detail]
    categories += [each["favourite_category"] for each in traits if "favourite_category" in each]
    return Names(names_by_id(connection, items, locale), group_names(connection, categories, locale))


def _span(columns: PaidColumns, computed: datetime) -> Span:
    days = [instant.date() for instant in columns.placed_at] or [computed.date()]
    return Span(len(columns.placed_at), min(days), max(days), computed.date())
