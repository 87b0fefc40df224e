"""A readable profile of one shopper: what is known, and where from; computed fresh from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.context import Shop
from shop.errors import NotFound
from shop.profile_facts import Fact, Known, Origin, computed_facts, moment_of, order_facts, told_facts
from shop.profile_words import Span, Words, say_fact, say_source
from shop.purchases import purchases_of
from shop.questions import day_number
from shop.reasons import Names
from shop.rights import UNTIL_TOLD
from shop.storage import profiles as queries
from shop.storage.catalogue import group_names, names_by_id
from shop.storage.events import recent_events
from shop.storage.purchases import PaidColumns, item_groups_of, latest_order, paid_by
from shop.storage.rights import latest_consent
from shop.storage.rows import Connection
from shop.storage.shoppers import find_shopper
from shop.traits import may_personalise

MOST_TOLD = 5


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
        facts = [*_said(connection, shopper_id, now), *told_facts(shopper.demographics)]
        if known is not None:
            facts = [*order_facts(known), *computed_facts(known), *facts]
        names = _names(connection, facts, spoken)
    run = known.run if known is not None else None
    span = _span(columns, run.computed_at if run else now)
    currency = shopper.currency or shop.settings.currency
    words = Words(shop.phrases, names, spoken, now.date(), currency)
    said = tuple(_in_words(words, fact, span) for fact in facts)
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


def _said(connection: Connection, shopper_id: str, now: datetime) -> list[Fact]:
    """What the shopper told us: consents, and the latest favourites and dismissals."""
    facts = []
    for purpose in UNTIL_TOLD:
        consent = latest_consent(connection, shopper_id, purpose)
        if consent is not None:
            facts.append(Fact("consent", "told", {"purpose": purpose, "granted": consent.granted}))
    events = recent_events(connection, shopper_id, None, datetime.min.replace(tzinfo=now.tzinfo))
    for kind in ("favourite", "dismiss"):
        items = dict.fromkeys(event.item_id for event in reversed(events) if event.kind == kind)
        facts += [Fact(kind, "told", {"item_id": item_id}) for item_id in list(items)[:MOST_TOLD]]
    return facts


def _in_words(words: Words, fact: Fact, span: Span) -> SaidFact:
    source = say_source(words, fact.origin, span)
    return SaidFact(say_fact(words, fact), source, fact.topic, fact.origin, fact.detail)


def _names(connection: Connection, facts: Sequence[Fact], locale: str) -> Names:
    items = [str(fact.detail["item_id"]) for fact in facts if "item_id" in fact.detail]
    categories = [str(fact.detail["category"]) for fact in facts if "category" in fact.detail]
    traits = [fact.detail["traits"] for fact in facts if "traits" in fact.detail]
    categories += [each["favourite_category"] for each in traits if "favourite_category" in each]
    return Names(names_by_id(connection, items, locale), group_names(connection, categories, locale))


def _span(columns: PaidColumns, computed: datetime) -> Span:
    days = [instant.date() for instant in columns.placed_at] or [computed.date()]
    return Span(len(columns.placed_at), min(days), max(days), computed.date())
