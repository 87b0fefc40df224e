"""Queries on coupons: whose they are, until when, for which products."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, exists, func, select

from shop.storage.rows import all_of
from shop.storage.tables import (
    campaign_recipients,
    campaigns,
    coupon_products,
    coupon_redemptions,
    coupons,
    order_lines,
    orders,
)


@dataclass(frozen=True)
class CouponRow:
    """A coupon of a running campaign. `discount_value` is minor units, or percent; `familiar_count` says how
    many of its products the shopper has bought before."""

    coupon_id: str
    campaign_id: str
    discount_kind: str
    discount_value: int
    currency: str | None
    scope: str | None
    ends_on: date
    simulated: bool
    product_count: int
    familiar_count: int


_BOUGHT = (
    select(order_lines.c.product_id)
    .join(orders, orders.c.id == order_lines.c.order_id)
    .where(orders.c.shopper_id == bindparam("shopper_id"))
)
_PRODUCTS = coupon_products.c.coupon_id == coupons.c.id
_COUNT = select(func.count()).where(_PRODUCTS).scalar_subquery().label("product_count")
_FAMILIAR = (
    select(func.count())
    .where(_PRODUCTS, coupon_products.c.product_id.in_(_BOUGHT))
    .scalar_subquery()
    .label("familiar_count")
)
_REDEEMED = exists().where(
    coupon_redemptions.c.coupon_id == coupons.c.id,
    coupon_redemptions.c.shopper_id == bindparam("shopper_id"),
)
_OPEN = (
    select(
        coupons.c.id,
        coupons.c.campaign_id,
        coupons.c.discount_kind,
        coupons.c.discount_value,
        coupons.c.currency,
        coupons.c.scope,
        campaigns.c.ends_on,
        coupons.c.simulated,
        _COUNT,
        _FAMILIAR,
    )
    .join(campaigns, campaigns.c.id == coupons.c.campaign_id)
    .join(campaign_recipients, campaign_recipients.c.campaign_id == campaigns.c.id)
    .where(
        campaign_recipients.c.shopper_id == bindparam("shopper_id"),
        campaigns.c.starts_on <= bindparam("today"),
        campaigns.c.ends_on >= bindparam("today"),
        ~_REDEEMED,
    )
    .order_by(
        _FAMILIAR.desc(),
        campaigns.c.ends_on,
        coupons.c.discount_value.desc(),
        coupons.c.id,
    )
    .limit(bindparam("n"))
)
_NUMBERED = (
    select(
        coupon_products.c.coupon_id,
        coupon_products.c.product_id,
        func.row_number()
        .over(
            partition_by=coupon_products.c.coupon_id,
            order_by=(coupon_products.c.product_id.in_(_BOUGHT).desc(), coupon_products.c.product_id),
        )
        .label("place"),
    )
    .where(coupon_products.c.coupon_id.in_(bindparam("coupon_ids", expanding=True)))
    .subquery()
)
_EXAMPLES = (
    select(_NUMBERED.c.coupon_id, _NUMBERED.c.product_id)
    .where(_NUMBERED.c.place <= bindparam("per_coupon"))
    .order_by(_NUMBERED.c.coupon_id, _NUMBERED.c.place)
)


def open_coupons(connection: Connection, shopper_id: str, today: date, n: int) -> list[CouponRow]:
    """Coupons the shopper received, may use today and has not used; those for familiar products first."""
    values = {"shopper_id": shopper_id, "today": today, "n": n}
    return all_of(CouponRow, connection.execute(_OPEN, values))


def example_products(
    connection: Connection, shopper_id: str, coupon_ids: Collection[str], per_coupon: int
) -> dict[str, list[str]]:
    """Up to `per_coupon` product ids of each coupon, those that the shopper bought before first."""
    found: dict[str, list[str]] = {coupon_id: [] for coupon_id in coupon_ids}
    values = {"shopper_id": shopper_id, "coupon_ids": list(coupon_ids), "per_coupon": per_coupon}
    for coupon_id, product_id in connection.execute(_EXAMPLES, values):
        found[coupon_id].append(product_id)
    return found
