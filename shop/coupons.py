"""The coupons that really are this shopper's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shop.catalogue import product_url
from shop.context import Audience, Shop
from shop.dates import date_label
from shop.money import price_label
from shop.storage.catalogue import group_names, names_by_id
from shop.storage.coupons import CouponRow, example_products, open_coupons

EXAMPLES = 3


@dataclass(frozen=True)
class Coupon:
    """A coupon in words, with some of its products as (item id, name)."""

    row: CouponRow
    title: str
    ends_label: str
    products: tuple[tuple[str, str], ...]

    @property
    def coupon_id(self) -> str:
        """The coupon's own id."""
        return self.row.coupon_id

    def payload(self) -> dict[str, Any]:
        """The coupon as it stands in the `coupons` message."""
        examples = [
            {"item_id": item_id, "name": name, "url": product_url(item_id)} for item_id, name in self.products
        ]
        return {
            "coupon_id": self.row.coupon_id,
            "title": self.title,
            "ends_on": self.row.ends_on.isoformat(),
            "ends_label": self.ends_label,
            "discount_kind": self.row.discount_kind,
            "simulated": self.row.simulated,
            "product_count": self.row.product_count,
            "products": examples,
        }


class Coupons(tuple[Coupon, ...]):
    """Coupons in the order in which they are shown."""

    __slots__ = ()

    def payload(self) -> dict[str, Any]:
        """All of them as one message of the chat or one JSON answer."""
        return {"kind": "coupons", "coupons": [coupon.payload() for coupon in self]}


def _coupon(shop: Shop, locale: str, row: CouponRow, item_ids: list[str], names: Mapping[str, str]) -> Coupon:
    scope = names.get(row.scope, row.scope) if row.scope else None
    ends_on = date_label(row.ends_on, locale, shop.now().date())
    return Coupon(
        row=row,
        title=_title(shop, row, locale, scope),
        ends_label=shop.phrases.say("coupon-ends", locale, day=ends_on),
        products=tuple((item_id, names[item_id]) for item_id in item_ids),
    )


def _title(shop: Shop, row: CouponRow, locale: str, scope: str | None) -> str:
    if row.discount_kind == "percent":
        discount = f"{row.discount_value}%"
    else:
        discount = price_label(row.discount_value, row.currency or shop.settings.currency, locale)
    if scope is None:
        return shop.phrases.say("coupon-title-any", locale, discount=discount)
    return shop.phrases.say("coupon-title", locale, discount=discount, scope=scope)


def coupons_for(shop: Shop, audience: Audience, n: int = 10) -> Coupons:
    """Coupons of running campaigns that reached the shopper and that the shopper has not redeemed.

    Those for things the shopper has bought before come first; none while nobody is logged in.
    """
    if audience.shopper_id is None:
        return Coupons()
    locale = audience.locale
    with shop.database.read() as connection:
        rows = open_coupons(connection, audience.shopper_id, shop.now().date(), n)
        coupon_ids = [row.coupon_id for row in rows]
        examples = example_products(connection, audience.shopper_id, coupon_ids, EXAMPLES)
        item_ids = {item_id for of_coupon in examples.values() for item_id in of_coupon}
        names = names_by_id(connection, item_ids, locale)
        scopes = group_names(connection, {row.scope for row in rows if row.scope}, locale)
    return Coupons(_coupon(shop, locale, row, examples[row.coupon_id], names | scopes) for row in rows)
