"""What was computed of shoppers: one run after another, its segments, and every shopper's profile."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from shop.storage.tables.kinds import CLUSTERED, Instant, Json, id_column, metadata, required

segmentations = Table(
    "segmentations",
    metadata,
    id_column(),
    required("computed_at", Instant),
    required("norms", Json, doc="what is usual in the shop, for holding one shopper against it"),
    required("report", Json, doc="what was chosen, and how good it is"),
    Index(None, "computed_at"),
)

segments = Table(
    "segments",
    metadata,
    Column("segmentation_id", ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True),
    Column("label", Integer, primary_key=True, doc="1, 2, ... by falling value"),
    required("size", Integer),
    required("traits", Json),
    required("figures", Json),
    **CLUSTERED,
)

shopper_profiles = Table(
    "shopper_profiles",
    metadata,
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="CASCADE"), primary_key=True),
    required("segmentation_id", Text, ForeignKey("segmentations.id", ondelete="CASCADE")),
    Column("segment", Integer),
    required("recency_days", Float),
    required("orders", Integer),
    required("spent_minor", BigInteger),
    required("recency_score", Integer),
    required("frequency_score", Integer),
    required("monetary_score", Integer),
    required("every_days", Float, doc="between visits; 0 where the shop has no rhythm"),
    required("overdue", Float, doc="share of gaps that outlast the present silence"),
    required("high_value", Boolean),
    required("lapsing", Boolean),
    required("discounted", Float),
    required("price_level", Float),
    required("buys", Float, doc="chance of an order within the run's horizon"),
    required("buys_categories", Json, doc="the same by category, the likeliest first"),
    Index(None, "segmentation_id", "segment"),
)
