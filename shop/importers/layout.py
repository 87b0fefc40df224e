"""The columns that a shop's own files may carry; docs/importing.md explains them with examples."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column's values must be; the value says it in words for the report."""

    ID = "an id of 1 to 100 characters that does not start like a spreadsheet formula"
    TEXT = "text of at most 500 characters"
    LONG_TEXT = "text of at most 5000 characters"
    MONEY = "an amount such as 3.99, with a point and no currency sign"
    COUNT = "a whole number, at most 9,999,999"
    NUMBER = "a number such as 4.5"
    DAY = "a date such as 2026-03-31"
    INSTANT = "a date and time such as 2026-03-31T18:05:00Z; without an offset it is UTC"
    FLAG = "true or false"
    LANGUAGE = "en or zh"
    EMAIL = "an email address"
    STATUS = "one of placed, packing, on_the_way, delivered, cancelled, returned"
    EVENT = "one of impression, click, add_to_cart, purchase, favourite, dismiss, rating"


STATUSES = ("placed", "packing", "on_the_way", "delivered", "cancelled", "returned")
EVENTS = ("impression", "click", "add_to_cart", "purchase", "favourite", "dismiss", "rating")


@dataclass(frozen=True)
class Column:
    """A column by name; rows without a value in a required one are set aside."""

    name: str
    kind: Kind
    required: bool = False


PRODUCTS = (
    Column("item_id", Kind.ID, required=True),
    Column("name", Kind.TEXT, required=True),
    Column("category", Kind.TEXT, required=True),
    Column("price", Kind.MONEY, required=True),
    Column("regular_price", Kind.MONEY),
    Column("department", Kind.TEXT),
    Column("kind", Kind.TEXT),
    Column("brand", Kind.TEXT),
    Column("size", Kind.TEXT),
    Column("description", Kind.LONG_TEXT),
    Column("image", Kind.TEXT),
    Column("name_zh", Kind.TEXT),
    Column("stock", Kind.COUNT),
    Column("added_on", Kind.DAY),
    Column("active", Kind.FLAG),
)
CUSTOMERS = (
    Column("shopper_id", Kind.ID, required=True),
    Column("display_name", Kind.TEXT),
    Column("email", Kind.EMAIL),
    Column("locale", Kind.LANGUAGE),
    Column("created_at", Kind.INSTANT),
)
ORDERS = (
    Column("order_id", Kind.ID, required=True),
    Column("placed_at", Kind.INSTANT, required=True),
    Column("item_id", Kind.ID, required=True),
    Column("quantity", Kind.COUNT, required=True),
    Column("unit_price", Kind.MONEY, required=True),
    Column("discount", Kind.MONEY),
    Column("shopper_id", Kind.ID),
    Column("status", Kind.STATUS),
    Column("expected_on", Kind.DAY),
    Column("delivered_at", Kind.INSTANT),
)
EVENT_COLUMNS = (
    Column("kind", Kind.EVENT, required=True),
    Column("item_id", Kind.ID, required=True),
    Column("created_at", Kind.INSTANT, required=True),
    Column("shopper_id", Kind.ID),
    Column("value", Kind.NUMBER),
    Column("event_id", Kind.ID),
)
LAYOUTS = {"products": PRODUCTS, "customers": CUSTOMERS, "orders": ORDERS, "events": EVENT_COLUMNS}
