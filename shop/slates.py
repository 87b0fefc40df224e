"""Slates: what is shown, in which order, why and at what price; in the log before anybody sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.ranking import RankedItem
from shop.catalogue import price_fields, product_url
from shop.context import Audience, Shop
from shop.identifiers import new_id
from shop.money import Exchange
from shop.reasons import stored
from shop.storage.catalogue import Product
from shop.storage.slates import ImpressionRow, SlateRow, add_slate

ACTIONS = ("add_to_cart", "similar", "why", "dismiss")


@dataclass(frozen=True)
class SlateItem:
    """One card: the product as it is sold now, its place from 1, and why it is there, in words."""

    product: Product
    position: int
    ranked: RankedItem
    reasons: tuple[str, ...]
    locale: str
    shown_in: Exchange | None = None

    @property
    def item_id(self) -> str:
        """The product's id."""
        return self.product.item_id

    def payload(self) -> dict[str, Any]:
        """The card as JSON; nobody rewrites it on its way to the screen."""
        item = self.product
        known = {"brand": item.brand, "size": item.size}
        return {
            "item_id": item.item_id,
            "name": item.name,
            **{name: value for name, value in known.items() if value},
            **price_fields(item, self.locale, self.shown_in),
            "image": item.image,
            "url": product_url(item.item_id),
            "in_stock": item.in_stock,
            "reasons": list(self.reasons),
            "actions": [action for action in ACTIONS if item.in_stock or action != "add_to_cart"],
            "position": self.position,
            **({"promoted": True} if self.ranked.promoted else {}),
        }

    def row(self) -> ImpressionRow:
        """The card as the log keeps it."""
        return ImpressionRow(
            position=self.position,
            item_id=self.item_id,
            score=float(self.ranked.score),
            source=self.ranked.source,
            reasons=[stored(reason) for reason in self.ranked.reasons],
            price_minor=self.product.price_minor,
            currency=self.product.currency,
        )


@dataclass(frozen=True)
class Slate:
    """What one answer shows; `slate_id` joins all that comes of it. An empty one is not in the log."""

    slate_id: str
    items: tuple[SlateItem, ...]
    purpose: str

    def payload(self) -> dict[str, Any]:
        """The slate as one message of the chat or one JSON answer."""
        return {
            "kind": "slate",
            "slate_id": self.slate_id,
            "items": [item.payload() for item in self.items],
        }


def log_slate(
    shop: Shop,
    audience: Audience,
    purpose: str,
    items: Sequence[SlateItem],
    *,
    query: Mapping[str, Any],
    model_version: str | None,
) -> Slate:
    """Write a slate and its items to the log in one transaction, and hand it out."""
    slate = Slate(new_id(), tuple(items), purpose)
    if not items:
        return slate
    row = SlateRow(
        id=slate.slate_id,
        surface=audience.surface,
        purpose=purpose,
        shopper_id=audience.shopper_id,
        conversation_id=audience.conversation_id,
        turn_id=audience.turn_id,
        locale=audience.locale,
        created_at=shop.now(),
        model_version=model_version,
        query=dict(query),
    )
    with shop.database.write() as connection:
        add_slate(connection, row, [item.row() for item in items])
    return slate
