"""Campaigns, whom they reached, their coupons and who redeemed them."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from shop.storage.tables.kinds import CLUSTERED, id_column, metadata, required, simulated

campaigns = Table(
    "campaigns",
    metadata,
    id_column(),
    required("kind", Text),
    required("starts_on", Date),
    required("ends_on", Date),
)

campaign_recipients = Table(
    "campaign_recipients",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True),
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "shopper_id"),
    **CLUSTERED,
)

coupons = Table(
    "coupons",
    metadata,
    id_column(),
    required("campaign_id", Text, ForeignKey("campaigns.id", ondelete="CASCADE")),
    required("discount_kind", Text, doc="amount or percent"),
    required("discount_value", Integer, doc="minor units, or percent"),
    Column("currency", Text),
    Column("scope", Text, doc="category or brand that its products share, for its title"),
    simulated(),
    Index(None, "campaign_id"),
)

coupon_products = Table(
    "coupon_products",
    metadata,
    Column("coupon_id", ForeignKey("coupons.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "product_id"),
    **CLUSTERED,
)

coupon_redemptions = Table(
    "coupon_redemptions",
    metadata,
    id_column(),
    required("coupon_id", Text, ForeignKey("coupons.id", ondelete="CASCADE")),
    required("shopper_id", Text, ForeignKey("shoppers.id", ondelete="CASCADE")),
    required("redeemed_on", Date),
    Column("order_id", Text),
    Index(None, "shopper_id"),
)
