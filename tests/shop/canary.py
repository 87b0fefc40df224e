"""A shopper with unmistakable words, who leaves traces in every store that the shop can write to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from recommender.shoppers import ShoppersConfig
from recommender.shoppers.config import PropensityConfig, SegmentConfig
from shop import carts, conversations
from shop.avoiding import AVOID, GIFT
from shop.context import Audience, Shop
from shop.conversations import Facts, Outcome
from shop.corrections import correct
from shop.events import record_event
from shop.export import export
from shop.recommendations import recommend, search
from shop.rights import set_consent
from shop.segments import compute_segments
from shop.storage import tables
from shop.storage.tables import metadata
from shop.wishes import Wish

CANARY = "canary-7f3a9c55"
NAME, EMAIL = "Quillonia Zamboree", "quillonia@zamboree.example"
WORDS, SEARCHED = "my gran Xanthippa sends her love", "zibblequark biscuits"
STREET = "12 Wobblethorpe Crescent"
Row = dict[str, Any]
QUICK = ShoppersConfig(
    segments=SegmentConfig(fewest=4, most=4, restarts=1, members=3), propensity=PropensityConfig(trees=5)
)
TELLING = (CANARY, "Quillonia", "Zamboree", "zamboree.example", "Xanthippa", "zibblequark", "Wobblethorpe")


def arrive(shop: Shop) -> Audience:
    """The shopper as the shop knows her, with an order that an importer might have brought."""
    known = {
        "id": CANARY,
        "display_name": NAME,
        "email": EMAIL,
        "locale": "en",
        "demographics": {"age": NAME},
    }
    with shop.database.write() as connection:
        connection.execute(insert(tables.shoppers), known | {"created_at": shop.now(), "simulated": False})
    conversation = conversations.start_conversation(shop, "en", CANARY)
    return Audience(shopper_id=CANARY, conversation_id=conversation.id)


def live(shop: Shop, anybody: Audience) -> None:
    """Chat, search, buy, correct, consent, be sent a campaign, have it all exported."""
    asked = {"kind": "text", "text": f"{WORDS}, and {SEARCHED}"}
    received = conversations.receive(shop, anybody.conversation_id or "", f"m-{CANARY}", asked)
    who = Audience(shopper_id=CANARY, conversation_id=anybody.conversation_id, turn_id=received.turn.id)
    search(shop, who, Wish(text=SEARCHED))
    slate = recommend(shop, who)
    record_event(shop, who, slate.slate_id, slate.items[0].item_id, "click")
    record_event(shop, who, slate.slate_id, slate.items[0].item_id, "favourite")
    button = {"title": WORDS, "intent": "search_product", "entities": {"product": SEARCHED}}
    said: list[Row] = [
        {"kind": "text", "text": WORDS},
        {"kind": "buttons", "text": WORDS, "buttons": [button]},
    ]
    facts = Facts(intent="search_product", entities=({"entity": "product", "value": SEARCHED},))
    conversations.answer(shop, received.turn, Outcome(said, facts))
    carts.add_to_cart(shop, who, slate.items[0].item_id, 2, slate_id=slate.slate_id)
    carts.add_to_cart(shop, who, slate.items[1].item_id)
    carts.place_order(shop, who)
    correct(shop, who, GIFT, slate.items[0].item_id)
    compute_segments(shop, config=QUICK, rng=np.random.default_rng(0))
    carts.add_to_cart(shop, who, "bananas")
    correct(shop, who, AVOID, "no_dog")
    correct(shop, who, "avoid_item", SEARCHED)
    set_consent(shop, who, "promotions", True)
    assert CANARY in "".join(export(shop, who))
    _rest(shop, who)


def _rest(shop: Shop, who: Audience) -> None:
    """What other parts of the shop would write: campaigns, requests, addresses, staff's notes."""
    now, order_id = shop.now(), order_of(shop)
    visit: Row = {"conversation_id": who.conversation_id, "created_at": now}
    request: Row = {"id": "request", "order_id": order_id, "kind": "return", "lines": [], "reason": WORDS}
    request |= {
        "status": "open",
        "amount_minor": 0,
        "currency": "USD",
        "changed_at": now,
        "shopper_id": CANARY,
    }
    address: Row = {"address": f"{NAME}, {STREET}", "changed_at": now}
    handoff: Row = {"id": "handoff", "reason": "anger", "summary": {"words": WORDS}, "within_hours": True}
    looked: Row = {
        "id": "looked",
        "actor": "staff:7",
        "action": "look",
        "subject": CANARY,
        "detail": {"why": WORDS},
    }
    with shop.database.write() as connection:
        coupon, campaign = connection.execute(
            select(tables.coupons.c.id, tables.coupons.c.campaign_id)
        ).all()[0]
        for table, row in (
            (tables.campaign_recipients, {"campaign_id": campaign, "shopper_id": CANARY}),
            (
                tables.coupon_redemptions,
                {"id": "redeemed", "coupon_id": coupon, "shopper_id": CANARY, "redeemed_on": now.date()},
            ),
            (tables.service_requests, request | visit),
            (tables.shopper_addresses, address | {"shopper_id": CANARY}),
            (tables.order_addresses, address | {"order_id": order_id}),
            (tables.order_claims, visit | {"id": "claim", "order_id": order_id}),
            (tables.handoffs, visit | handoff),
            (tables.satisfaction, visit | {"id": "stars", "score": 5}),
            (tables.audit, looked | {"created_at": now - timedelta(days=1)}),
        ):
            connection.execute(insert(table), row)


def order_of(shop: Shop) -> str:
    """The number of her order."""
    with shop.database.read() as connection:
        chosen = select(tables.orders.c.id).where(tables.orders.c.shopper_id == CANARY)
        return str(connection.scalar(chosen))


def traces_in_tables(shop: Shop, telling: tuple[str, ...]) -> Iterator[str]:
    """Every value of the database in which one of these words stands, as table.column."""
    with shop.database.read() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    if any(word.lower() in str(value).lower() for word in telling):
                        yield f"{table.name}.{column}: {value}"


def traces_in_files(folder: Path, telling: tuple[str, ...]) -> Iterator[str]:
    """Every file below the folder in whose bytes one of these words stands, in UTF-8 or as JSON escapes."""
    wanted = [form for word in telling for form in (word.encode(), word.lower().encode())]
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield from (f"{path.relative_to(folder)}: {word!r}" for word in wanted if word in content)
