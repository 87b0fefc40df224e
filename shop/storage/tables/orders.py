"""Shoppers, their orders and their carts."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from shop.storage.tables.kinds import CLUSTERED, Instant, Json, id_column, metadata, required, simulated

shoppers = Table(
    "shoppers",
    metadata,
    id_column(),
    Column("display_name", Text),
    Column("email", Text),
    required("locale", Text, default="en"),
    Column("currency", Text),
    required("demographics", Json, default=dict),
    required("created_at", Instant),
    simulated(),
)

orders = Table(
    "orders",
    metadata,
    id_column(),
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="SET NULL")),
    required("placed_at", Instant),
    required("status", Text, doc="placed, packing, on_the_way, delivered, cancelled, returned"),
    Column("expected_on", Date),
    Column("delivered_at", Instant),
    required("total_minor", Integer),
    required("currency", Text),
    Column("slate_id", Text, doc="the slate that led to a checkout, where known"),
    Column("delivery_simulated", Boolean, nullable=False, default=False),
    Index(None, "shopper_id", "placed_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_id", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("line", Integer, primary_key=True),
    required("product_id", Text, ForeignKey("products.id")),
    required("quantity", Integer, CheckConstraint("quantity > 0", name="quantity_positive")),
    required("unit_price_minor", Integer),
    required("discount_minor", Integer, default=0, doc="off the whole line, coupons included"),
    Index(None, "product_id"),
    **CLUSTERED,
)

cart_lines = Table(
    "cart_lines",
    metadata,
    Column("cart_id", Text, primary_key=True, doc="shopper id, or conversation id while anonymous"),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    required("quantity", Integer, CheckConstraint("quantity > 0", name="quantity_positive")),
    Column("slate_id", Text),
    required("added_at", Instant),
    **CLUSTERED,
)
