"""Who buys here."""

from shop.context import Shop
from shop.errors import InvalidInput, NotFound
from shop.storage import shoppers as queries
from shop.storage.shoppers import Shopper

__all__ = ["Shopper", "demo_shoppers", "find_shopper"]

MOST_SHOPPERS = 100


def find_shopper(shop: Shop, shopper_id: str) -> Shopper:
    """A shopper by id.

    Raises:
        NotFound: no such shopper (field `shopper_id`).
    """
    with shop.database.read() as connection:
        found = queries.find_shopper(connection, shopper_id)
    if found is None:
        raise NotFound(f"no shopper {shopper_id!r}", field="shopper_id", code="unknown_shopper")
    return found


def demo_shoppers(shop: Shop, n: int = 12) -> list[Shopper]:
    """`n` shoppers to log in as in the demo, from the most to the least frequent buyer.

    Raises:
        InvalidInput: `n` is not between 1 and 100.
    """
    if not 1 <= n <= MOST_SHOPPERS:
        raise InvalidInput(f"n must be 1 to {MOST_SHOPPERS}, got {n}", field="n")
    with shop.database.read() as connection:
        return queries.varied_shoppers(connection, n)
