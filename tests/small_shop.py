"""A shop small enough to know by heart: 45 products, 13 shoppers, and orders whose pattern is plain.

Four households' habits, three shoppers each, so that the right suggestion can be told beforehand:
bakers (flour, sugar, yeast, butter), coffee drinkers (beans and filters), cat people (food and litter), pasta
cooks (pasta, tomato sauce, cheddar). Everybody buys bananas now and then. Mona has bought nothing yet.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert

from shop.storage import tables
from shop.storage.rows import Connection

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
OPENED = date(2025, 1, 1)


class Item(NamedTuple):
    """A product: price and regular price in cents, and how many are in stock."""

    item_id: str
    name: str
    name_zh: str
    department: str
    category: str
    brand: str | None
    size: str | None
    price: int
    regular: int | None = None
    stock: int = 20


ITEMS = (
    Item("milk-whole", "Whole milk, 1 gallon", "全脂牛奶", "dairy", "Milk", "Meadow", "1 gallon", 349),
    Item("milk-skim", "Skim milk, 1 gallon", "脱脂牛奶", "dairy", "Milk", "Meadow", "1 gallon", 339),
    Item("milk-oat", "Oat milk, 32 oz", "燕麦奶", "dairy", "Milk", "Oatly Farm", "32 oz", 429),
    Item("yogurt-plain", "Plain yogurt, 32 oz", "原味酸奶", "dairy", "Yogurt", "Meadow", "32 oz", 399),
    Item("yogurt-berry", "Berry yogurt, 6 oz", "浆果酸奶", "dairy", "Yogurt", "Alpine", "6 oz", 99),
    Item("butter", "Salted butter, 1 lb", "咸味黄油", "dairy", "Butter", "Meadow", "1 lb", 459),
    Item("cheddar", "Sharp cheddar, 8 oz", "切达奶酪", "dairy", "Cheese", "Alpine", "8 oz", 379),
    Item("eggs", "Large eggs, 12", "大号鸡蛋", "dairy", "Eggs", None, "12", 299),
    Item("bread-white", "White bread", "白面包", "bakery", "Bread", "Hearth", None, 249),
    Item("bread-rye", "Rye bread", "黑麦面包", "bakery", "Bread", "Hearth", None, 329),
    Item("bagels", "Plain bagels, 6", "原味贝果", "bakery", "Bread", "Hearth", "6", 359),
    Item("croissants", "Butter croissants, 4", "黄油可颂", "bakery", "Pastry", "Hearth", "4", 499, stock=0),
    Item("coffee-beans", "Coffee beans, 12 oz", "咖啡豆", "coffee", "Coffee", "Andes", "12 oz", 899, 1099),
    Item("coffee-ground", "Ground coffee, 12 oz", "咖啡粉", "coffee", "Coffee", "Andes", "12 oz", 849),
    Item("coffee-instant", "Instant coffee, 4 oz", "速溶咖啡", "coffee", "Coffee", "Quick", "4 oz", 549),
    Item("coffee-filters", "Coffee filters, 100", "咖啡滤纸", "coffee", "Filters", "Quick", "100", 199),
    Item("tea-green", "Green tea, 20 bags", "绿茶", "coffee", "Tea", "Leaf", "20 bags", 379),
    Item("tea-black", "Black tea, 20 bags", "红茶", "coffee", "Tea", "Leaf", "20 bags", 359),
    Item("cereal-oat", "Oat cereal, 18 oz", "燕麦圈", "breakfast", "Cereal", "Sunrise", "18 oz", 429),
    Item(
        "cereal-chocolate",
        "Chocolate cereal, 12 oz",
        "巧克力麦片",
        "breakfast",
        "Cereal",
        "Sunrise",
        "12 oz",
        449,
    ),
    Item("honey", "Clover honey, 12 oz", "蜂蜜", "breakfast", "Spreads", "Meadow", "12 oz", 599),
    Item("jam", "Strawberry jam, 18 oz", "草莓酱", "breakfast", "Spreads", "Sunrise", "18 oz", 389),
    Item("flour", "Wheat flour, 5 lb", "小麦面粉", "pantry", "Baking", "Mill", "5 lb", 329),
    Item("sugar", "Cane sugar, 4 lb", "蔗糖", "pantry", "Baking", "Mill", "4 lb", 319),
    Item("yeast", "Dry yeast, 3 packs", "干酵母", "pantry", "Baking", "Mill", "3 packs", 189),
    Item("baking-soda", "Baking soda, 1 lb", "小苏打", "pantry", "Baking", "Mill", "1 lb", 109),
    Item("pasta", "Spaghetti, 1 lb", "意大利面", "pantry", "Pasta", "Roma", "1 lb", 159),
    Item("penne", "Penne, 1 lb", "通心粉", "pantry", "Pasta", "Roma", "1 lb", 169),
    Item("tomato-sauce", "Tomato sauce, 24 oz", "番茄酱", "pantry", "Sauces", "Roma", "24 oz", 279),
    Item("olive-oil", "Olive oil, 17 oz", "橄榄油", "pantry", "Oils", "Roma", "17 oz", 1099, stock=1),
    Item("rice", "Long grain rice, 2 lb", "长粒米", "pantry", "Rice", "Mill", "2 lb", 299),
    Item("cat-food", "Cat food, 7 lb", "猫粮", "pets", "Cats", "Whisker", "7 lb", 1299),
    Item("cat-litter", "Cat litter, 14 lb", "猫砂", "pets", "Cats", "Whisker", "14 lb", 949),
    Item("dog-food", "Dog food, 15 lb", "狗粮", "pets", "Dogs", "Rover", "15 lb", 1899),
    Item("dog-treats", "Dog treats, 12 oz", "狗零食", "pets", "Dogs", "Rover", "12 oz", 499),
    Item("dish-soap", "Dish soap, 20 oz", "洗洁精", "household", "Cleaning", "Spark", "20 oz", 279),
    Item("sponges", "Sponges, 3", "海绵", "household", "Cleaning", "Spark", "3", 249),
    Item("paper-towels", "Paper towels, 6 rolls", "厨房纸", "household", "Paper", "Spark", "6 rolls", 899),
    Item("bananas", "Bananas, 1 lb", "香蕉", "produce", "Fruit", None, "1 lb", 59, stock=200),
    Item("apples", "Gala apples, 3 lb", "嘎啦苹果", "produce", "Fruit", None, "3 lb", 449),
    Item("carrots", "Carrots, 2 lb", "胡萝卜", "produce", "Vegetables", None, "2 lb", 199),
    Item("onions", "Yellow onions, 3 lb", "黄洋葱", "produce", "Vegetables", None, "3 lb", 279),
    Item("chips", "Potato chips, 8 oz", "薯片", "snacks", "Chips", "Crunch", "8 oz", 399),
    Item("salsa", "Mild salsa, 16 oz", "莎莎酱", "snacks", "Dips", "Crunch", "16 oz", 349),
    Item("chocolate", "Dark chocolate, 3 oz", "黑巧克力", "snacks", "Chocolate", "Alpine", "3 oz", 299),
)
DEPARTMENTS_ZH = {"dairy": "乳品", "coffee": "咖啡与茶", "pets": "宠物用品"}
CATEGORIES_ZH = {"Coffee": "咖啡", "Baking": "烘焙", "Milk": "牛奶"}

HABITS = {
    ("anna", "ben", "cleo"): (7, ("flour", "sugar", "yeast", "butter")),
    ("dan", "emma", "finn"): (10, ("coffee-beans", "coffee-filters")),
    ("gina", "hugo", "iris"): (9, ("cat-food", "cat-litter")),
    ("jack", "kate", "liam"): (6, ("pasta", "tomato-sauce", "cheddar")),
}
ORDERS_EACH = 10


def fill(connection: Connection) -> None:
    """Write the whole shop into an empty, migrated database."""
    _fill_catalogue(connection)
    _fill_shoppers(connection)
    _fill_orders(connection)
    _fill_coupons(connection)


def _product(item: Item) -> dict[str, Any]:
    named = {"id": item.item_id, "name": item.name, "department": item.department, "category": item.category}
    more = {"brand": item.brand, "size": item.size, "image": f"/tiles/{item.department}.svg"}
    return named | more | {"added_on": OPENED, "active": True, "attributes": {}}


def _price(item_id: str, valid_from: date, price: int, regular: int | None = None) -> dict[str, Any]:
    amounts = {"price_minor": price, "regular_minor": regular, "currency": "USD"}
    return {"product_id": item_id, "valid_from": valid_from} | amounts


def _fill_catalogue(connection: Connection) -> None:
    gone = Item("gum", "Mint gum", "薄荷口香糖", "snacks", "Gum", None, None, 99)
    coming = Item("tea-white", "White tea, 20 bags", "白茶", "coffee", "Tea", "Leaf", "20 bags", 459)
    rows = [_product(item) for item in (*ITEMS, coming)] + [_product(gone) | {"active": False}]
    connection.execute(insert(tables.products), rows)
    names = [
        {"product_id": item.item_id, "locale": "zh", "name": item.name_zh, "aliases": []} for item in ITEMS
    ]
    connection.execute(insert(tables.product_names), names)
    prices = [_price(item.item_id, TODAY - timedelta(days=30), item.price, item.regular) for item in ITEMS]
    prices += [_price("gum", OPENED, 99), _price("cheddar", OPENED, 449)]
    prices += [_price("tea-white", TODAY + timedelta(days=1), 459)]
    connection.execute(insert(tables.prices), prices)
    stock = [
        {"product_id": item.item_id, "quantity": item.stock, "updated_at": NOW - timedelta(days=7)}
        for item in (*ITEMS, coming)
    ]
    connection.execute(insert(tables.stock), [row | {"simulated": True} for row in stock])
    levels = [("department", DEPARTMENTS_ZH), ("category", CATEGORIES_ZH)]
    groups = [
        {"level": level, "value": value, "locale": "zh", "name": name, "aliases": []}
        for level, names_zh in levels
        for value, name in names_zh.items()
    ]
    connection.execute(insert(tables.category_names), groups)


def shopper_ids() -> list[str]:
    """Everybody, Mona included, who has bought nothing yet."""
    return [shopper for shoppers in HABITS for shopper in shoppers] + ["mona"]


def _fill_shoppers(connection: Connection) -> None:
    known = {"locale": "en", "currency": "USD", "created_at": NOW - timedelta(days=400), "simulated": True}
    rows = [
        {
            "id": shopper,
            "display_name": shopper.title(),
            "email": f"{shopper}@example.com",
            "demographics": {},
        }
        | known
        for shopper in shopper_ids()
    ]
    connection.execute(insert(tables.shoppers), rows)


def _fill_orders(connection: Connection) -> None:
    price = {item.item_id: item.price for item in ITEMS}
    orders: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for shoppers, (every, basket) in HABITS.items():
        for place, shopper in enumerate(shoppers):
            for visit in range(ORDERS_EACH):
                order_id = str(1000 + len(orders))
                items = (*basket, "bananas") if (visit + place) % 2 == 0 else basket
                placed_at = NOW - timedelta(days=1 + place + every * visit)
                orders.append(_order(order_id, shopper, placed_at, sum(price[item] for item in items)))
                lines += [
                    _line(order_id, line, item, price[item]) for line, item in enumerate(items, start=1)
                ]
    connection.execute(insert(tables.orders), orders)
    connection.execute(insert(tables.order_lines), lines)


def _order(order_id: str, shopper: str, placed_at: datetime, total: int) -> dict[str, Any]:
    latest = placed_at > NOW - timedelta(days=2)
    state = {
        "status": "on_the_way" if latest else "delivered",
        "expected_on": (placed_at + timedelta(days=2)).date(),
        "delivered_at": None if latest else placed_at + timedelta(days=2),
    }
    amounts = {"total_minor": total, "currency": "USD"}
    whose = {"id": order_id, "shopper_id": shopper, "placed_at": placed_at, "delivery_simulated": True}
    return whose | state | amounts


def _line(order_id: str, line: int, item_id: str, price: int) -> dict[str, Any]:
    place = {"order_id": order_id, "line": line, "product_id": item_id}
    return place | {"quantity": 1, "unit_price_minor": price, "discount_minor": 0}


def _fill_coupons(connection: Connection) -> None:
    day = timedelta(days=1)
    campaigns = [
        {"id": "spring", "kind": "A", "starts_on": TODAY - 5 * day, "ends_on": TODAY + 9 * day},
        {"id": "winter", "kind": "B", "starts_on": TODAY - 60 * day, "ends_on": TODAY - day},
    ]
    connection.execute(insert(tables.campaigns), campaigns)
    recipients = [("spring", "anna"), ("spring", "dan"), ("winter", "anna")]
    connection.execute(
        insert(tables.campaign_recipients),
        [{"campaign_id": campaign, "shopper_id": shopper} for campaign, shopper in recipients],
    )
    coupons = [
        ("dollar-off-baking", "spring", "amount", 100, "Baking", ("flour", "sugar", "yeast")),
        ("fifth-off-coffee", "spring", "percent", 20, "Coffee", ("coffee-beans", "coffee-ground")),
        ("treats", "spring", "amount", 50, None, ("dog-treats", "chocolate")),
        ("winter-tea", "winter", "amount", 75, "Tea", ("tea-green",)),
    ]
    for coupon_id, campaign, kind, value, scope, items in coupons:
        row = {"id": coupon_id, "campaign_id": campaign, "discount_kind": kind, "discount_value": value}
        currency = "USD" if kind == "amount" else None
        connection.execute(insert(tables.coupons), row | {"currency": currency, "scope": scope})
        products = [{"coupon_id": coupon_id, "product_id": item} for item in items]
        connection.execute(insert(tables.coupon_products), products)
    redeemed = {"id": "r1", "coupon_id": "treats", "shopper_id": "dan", "redeemed_on": TODAY - day}
    connection.execute(insert(tables.coupon_redemptions), redeemed)
