"""The readable names: the files they stand in, and how they are put together."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from shop.importers.complete_journey.brands import NOBODY, brands
from shop.importers.complete_journey.naming import (
    in_usual_categories,
    tidy,
    with_kinds,
    with_names,
    with_sizes,
    with_varieties,
)
from shop.importers.complete_journey.products import attributes
from shop.importers.complete_journey.vocabulary import Vocabulary

TILES = Path(__file__).parents[2] / "web" / "static" / "tiles"
REAL_BRANDS = """
    applegate barilla betty crocker birds eye blue diamond bounty breyers campbell charmin cheerios clorox coca-cola
    coke colgate covergirl crest dannon del monte dole doritos dove downy duracell eggo energizer entenmann's
    fisher price folgers frito-lay frito gatorade general mills gerber glad green giant hanes hasbro heinz hellmann's
    hershey hidden valley hillshire horizon hormel huggies hunt's jell-o jif jimmy dean johnson's keebler kellogg
    kleenex kool-aid kraft land o lakes lay's lean cuisine lipton listerine loreal maxwell maybelline mccormick
    minute maid nabisco nature valley nestle nestlé oakhurst ocean spray oreo oscar mayer pampers pepperidge pepsi
    perdue philadelphia pillsbury planters pop-tarts powerade prego progresso purina quaker ragu revlon reynolds ritz
    sara lee silk smithfield smucker's starbucks stonyfield stouffer's sunkist swanson sunny delight tide tostitos
    totino's tropicana tyson velveeta welch's wonder yoplait ziploc
"""  # noqa: E501


def source(*rows: tuple[int, str, str, str | None, float, str, int]) -> pl.DataFrame:
    """Source products: id, category, type, package size, price, brand, sales lines."""
    schema = [
        "product_id",
        "product_category",
        "product_type",
        "package_size",
        "typical_price",
        "brand",
        "lines",
    ]
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(department=pl.lit("GROCERY"))


def named(frame: pl.DataFrame, vocabulary: Vocabulary) -> list[str]:
    """Names of source products, in the order of their ids."""
    sized = with_sizes(with_kinds(frame, vocabulary))
    return with_names(with_varieties(sized, vocabulary)).sort("product_id")["name"].to_list()


MILK = (1, "FLUID MILK PRODUCTS", "FLUID MILK WHITE ONLY", "1 GA", 2.5, "Own", 900)


def test_a_name_says_what_it_is_and_how_much(vocabulary: Vocabulary) -> None:
    assert named(source(MILK), vocabulary) == ["White milk, 1 gallon"]


def test_chinese_names_follow_the_same_build(vocabulary: Vocabulary) -> None:
    frame = with_names(with_varieties(with_sizes(with_kinds(source(MILK), vocabulary)), vocabulary))
    assert frame["name_zh"].to_list() == ["白牛奶，1 加仑"]


def test_a_type_may_mean_another_thing_in_another_category(vocabulary: Vocabulary) -> None:
    frame = source(
        (1, "BACON", "PREMIUM", "16 OZ", 4.0, "Own", 9),
        (2, "PASTA SAUCE", "PREMIUM", "24 OZ", 2.5, "Own", 9),
    )
    assert named(frame, vocabulary) == ["Premium bacon, 16 oz", "Premium pasta sauce, 24 oz"]


def test_the_best_seller_keeps_the_plain_name_and_the_others_get_a_variety(vocabulary: Vocabulary) -> None:
    yogurt = ("YOGURT", "YOGURT NOT MULTI-PACKS", "6 OZ", 0.6, "Own")
    names = named(source((1, *yogurt, 5), (2, *yogurt, 80), (3, *yogurt, 7)), vocabulary)
    assert names[1] == "Yogurt, 6 oz"
    assert names == ["Yogurt, vanilla, 6 oz", "Yogurt, 6 oz", "Yogurt, strawberry, 6 oz"]


def test_products_that_names_tell_apart_get_no_invented_variety(vocabulary: Vocabulary) -> None:
    yogurt = ("YOGURT", "YOGURT NOT MULTI-PACKS")
    frame = source((1, *yogurt, "6 OZ", 0.6, "Own", 5), (2, *yogurt, "32 OZ", 2.0, "Own", 5))
    assert with_varieties(with_sizes(with_kinds(frame, vocabulary)), vocabulary)["variety"].null_count() == 2


def test_a_set_of_varieties_that_is_used_up_leaves_names_alike(vocabulary: Vocabulary) -> None:
    butter = ("BUTTER", "BUTTER", "16 OZ", 2.5, "Own")
    choices = vocabulary.varieties.filter(pl.col("varieties") == "butter").height
    names = named(source(*((number, *butter, 900 - number) for number in range(choices + 3))), vocabulary)
    assert len(set(names)) == choices + 1
    assert names.count("Butter, 16 oz") == 3


def test_a_case_of_fruit_is_not_a_shoppers_size(vocabulary: Vocabulary) -> None:
    frame = source(
        (1, "TROPICAL FRUIT", "BANANAS", "40 LB", 0.98, "Own", 9),
        (2, "POTATOES", "POTATOES RUSSET (BULK&BAG)", "10 LB", 2.5, "Own", 9),
        (3, "POTATOES", "POTATOES SWEET&YAMS", "40 LB", 2.5, "Own", 9),
    ).with_columns(department=pl.lit("PRODUCE"))
    assert named(frame, vocabulary) == ["Bananas", "Russet potatoes, 10 lb", "Sweet potatoes & yams"]


def test_a_kite_among_the_pizzas_goes_to_the_toys(vocabulary: Vocabulary) -> None:
    frame = source(
        (1, "FROZEN PIZZA", "KITES", None, 2.0, "Own", 1),
        (2, "TOYS AND GAMES", "KITES", None, 3.0, "Own", 30),
    )
    moved = in_usual_categories(frame, vocabulary).sort("product_id")
    assert moved["product_category"].to_list() == ["TOYS AND GAMES"] * 2
    assert moved["moved"].to_list() == [True, False]


@pytest.mark.parametrize(
    ("label", "readable"),
    [
        ("FRZN BRD CHIX (INCLUDING", "frozen breaded chicken"),
        ("SW GDS: NEW KIND", "sweet goods new kind"),
        ("AGE RESTRICTED SPHE $9.99", "age restricted sphe"),
    ],
)
def test_unlisted_labels_are_tidied(label: str, readable: str) -> None:
    assert tidy(label) == readable


def test_every_name_is_free_of_shouting_and_loose_ends(vocabulary: Vocabulary) -> None:
    tables = (vocabulary.types, vocabulary.categories, vocabulary.departments, vocabulary.varieties)
    names = [name for table in tables for name in table["name"].unique()]
    loud = [name for name in names if re.search(r"\b[A-Z]{4,}\b|[*$:]|\($|&$", name)]
    assert loud == []


def test_every_department_and_category_has_a_chinese_name_and_a_picture(vocabulary: Vocabulary) -> None:
    sold = vocabulary.categories.filter(pl.col("department").is_not_null())
    for table in (vocabulary.departments, sold):
        assert table["name_zh"].null_count() == 0
        assert {tile for tile in table["tile"] if not (TILES / f"{tile}.svg").is_file()} == set()


def test_the_files_agree_with_each_other(vocabulary: Vocabulary) -> None:
    types = vocabulary.types
    assert not types.select("category", "type").is_duplicated().any()
    assert set(types["varieties"].drop_nulls()) == set(vocabulary.varieties["varieties"])
    assert set(types["detail"].drop_nulls()) == set(vocabulary.details["name"])
    assert set(types["category"].drop_nulls()) <= set(vocabulary.categories["category"])
    assert set(vocabulary.categories["department"].drop_nulls()) <= set(vocabulary.departments["key"])
    assert not vocabulary.varieties.select("varieties", "name").is_duplicated().any()


def test_makers_get_different_brands_and_none_is_real(vocabulary: Vocabulary) -> None:
    makers = pl.DataFrame({"manufacturer_id": [69, NOBODY, *range(100, 5400)]}).with_columns(
        brand=pl.when(pl.col("manufacturer_id") == 69).then(pl.lit("Private")).otherwise(pl.lit("National"))
    )
    names = dict(brands(makers, vocabulary.words, 0).select("manufacturer_id", "brand").iter_rows())
    assert names[69] == "Aisle Own"
    assert names[NOBODY] is None
    invented = [name.casefold() for maker, name in names.items() if name and maker != 69]
    assert len(set(invented)) == 5300
    real = set(re.sub(r"\s+", " ", REAL_BRANDS).split())
    assert {word for name in invented for word in name.split(" ")} & real == set()


def test_attributes_say_what_was_invented() -> None:
    product = pl.DataFrame(
        {
            "product_id": [7],
            "department": ["Beer, wine & spirits"],
            "detail": [None],
            "brand_simulated": [True],
            "variety": ["stout"],
        },
        schema_overrides={"detail": pl.String},
    )
    stored = product.select(attributes(pl.Series([8]))).item()
    assert json.loads(stored) == {
        "variety": "stout",
        "simulated": ["brand", "variety"],
        "age_restricted": True,
    }
