"""Every table of the shop's database.

Conventions: ids are the shop's own strings, or 22 characters made by the server; money is an integer in the
currency's minor unit (`*_minor`, cents for USD); instants are UTC and aware; `simulated` marks facts that a
demo data set lacks and that were drawn from a seed.
"""

from shop.storage.tables.campaigns import (
    campaign_recipients,
    campaigns,
    coupon_products,
    coupon_redemptions,
    coupons,
)
from shop.storage.tables.catalogue import category_names, prices, product_names, products, stock
from shop.storage.tables.conversations import (
    button_tokens,
    conversations,
    handoffs,
    messages,
    satisfaction,
    turns,
)
from shop.storage.tables.kinds import Instant, Json, metadata
from shop.storage.tables.log import events, impressions, slates
from shop.storage.tables.orders import cart_lines, order_lines, orders, shoppers
from shop.storage.tables.profiles import segmentations, segments, shopper_profiles
from shop.storage.tables.requests import order_addresses, order_claims, service_requests, shopper_addresses
from shop.storage.tables.rights import audit, consents, corrections, erasures, gift_lines

__all__ = [
    "Instant",
    "Json",
    "audit",
    "button_tokens",
    "campaign_recipients",
    "campaigns",
    "cart_lines",
    "category_names",
    "consents",
    "conversations",
    "corrections",
    "coupon_products",
    "coupon_redemptions",
    "coupons",
    "erasures",
    "events",
    "gift_lines",
    "handoffs",
    "impressions",
    "messages",
    "metadata",
    "order_addresses",
    "order_claims",
    "order_lines",
    "orders",
    "prices",
    "product_names",
    "products",
    "satisfaction",
    "segmentations",
    "segments",
    "service_requests",
    "shopper_addresses",
    "shopper_profiles",
    "shoppers",
    "slates",
    "stock",
    "turns",
]
