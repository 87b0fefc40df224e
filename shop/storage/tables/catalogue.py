"""The catalogue: products, their names per language, prices over time, stock."""

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

products = Table(
    "products",
    metadata,
    id_column(),
    required("name", Text),
    required("department", Text),
    required("category", Text),
    Column("kind", Text, doc="product type, finer than the category: 'white milk'"),
    Column("brand", Text),
    Column("size", Text, doc="as people read it: '1 gallon'"),
    Column("description", Text),
    required("image", Text),
    Column("added_on", Date),
    required("active", Boolean, default=True),
    required("attributes", Json, default=dict),
    Index(None, "category"),
    Index(None, "department", "category", "active"),
)

product_names = Table(
    "product_names",
    metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("locale", Text, primary_key=True),
    required("name", Text),
    required("aliases", Json, default=list),
)

category_names = Table(
    "category_names",
    metadata,
    Column("level", Text, primary_key=True, doc="department, category or kind"),
    Column("value", Text, primary_key=True, doc="the name as products carry it"),
    Column("locale", Text, primary_key=True),
    required("name", Text),
    required("aliases", Json, default=list),
)

prices = Table(
    "prices",
    metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    required("price_minor", Integer, CheckConstraint("price_minor >= 0", name="price_not_negative")),
    Column("regular_minor", Integer, doc="shelf price; above price_minor while discounted"),
    required("currency", Text),
    **CLUSTERED,
)

stock = Table(
    "stock",
    metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    required("quantity", Integer, CheckConstraint("quantity >= 0", name="quantity_not_negative")),
    required("updated_at", Instant),
    simulated(),
    Index(None, "updated_at"),
)
