"""The source's products: cleaned, named, and made into the shop's catalogue."""

import json
from collections.abc import Iterator

import polars as pl

from shop.importers.cleaning import Cleaning, Rule, duplicate, missing
from shop.importers.complete_journey.brands import brands
from shop.importers.complete_journey.naming import (
    in_usual_categories,
    with_kinds,
    with_names,
    with_sizes,
    with_varieties,
)
from shop.importers.complete_journey.vocabulary import Vocabulary

RESTRICTED_DEPARTMENTS = ("Beer, wine & spirits", "Tobacco")
ADULTS_ONLY = "adults only"
NEVER_BOUGHT = "never bought"
SETS_ASIDE_BY = {"department": "department", "category": "product_category", "type": "product_type"}


def clean_products(products: pl.DataFrame, sold: pl.DataFrame, vocabulary: Vocabulary) -> Cleaning:
    """Sets aside what was never bought and what is no product. `sold` has the product_id of all sold."""
    bought = sold["product_id"].implode()
    return Cleaning("products", products).apply(
        duplicate("product_id"),
        Rule("product_id", NEVER_BOUGHT, ~pl.col("product_id").is_in(bought)),
        *_no_products(vocabulary.set_aside),
        missing("product_category"),
    )


def _no_products(set_aside: pl.DataFrame) -> list[Rule]:
    grouped = set_aside.group_by("level", "reason", maintain_order=True).agg("value")
    return [
        Rule(SETS_ASIDE_BY[level], reason, pl.col(SETS_ASIDE_BY[level]).is_in(values))
        for level, reason, values in grouped.iter_rows()
    ]


def named_products(
    products: pl.DataFrame, sold: pl.DataFrame, vocabulary: Vocabulary, seed: int
) -> pl.DataFrame:
    """The products with readable names, brand, category, department and picture.

    `sold` has product_id, lines and typical_price in dollars. Adds id (text), name, name_zh, kind, kind_zh,
    variety, size, brand, brand_simulated, category, department, image, curated, and moved (whether its
    category is another than the source's).
    """
    makers = brands(products, vocabulary.words, seed)
    branded = (
        products.join(sold, on="product_id")
        .with_columns(own=pl.col("brand") == "Private")
        .drop("brand")
        .join(makers, on=["manufacturer_id", "own"])
    )
    sized = with_sizes(with_kinds(in_usual_categories(branded, vocabulary), vocabulary))
    named = with_names(with_varieties(sized, vocabulary))
    return _in_categories(named, vocabulary).with_columns(
        id=pl.col("product_id").cast(pl.String),
        brand_simulated=pl.col("brand").is_not_null(),
    )


def _in_categories(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    departments = vocabulary.departments.select(pl.col("key").alias("department"), department_name="name")
    categories = vocabulary.categories.select("category", "department", "tile", category_name="name")
    known = categories.join(departments, on="department").drop("department")
    return (
        products.rename({"department": "source_department"})
        .join(known, left_on="product_category", right_on="category", how="left")
        .with_columns(
            category=pl.coalesce("category_name", "kind"),
            department=pl.col("department_name").fill_null("Other"),
            image=pl.concat_str(pl.lit("/static/tiles/"), pl.col("tile").fill_null("other"), pl.lit(".svg")),
        )
        .drop("category_name", "department_name", "tile")
    )


def attributes(by_weight: pl.Series) -> pl.Expr:
    """What else is known, as JSON: its variety, what was invented, whether only adults may buy it."""
    restricted = pl.col("department").is_in(RESTRICTED_DEPARTMENTS) | (
        pl.col("detail").fill_null("") == ADULTS_ONLY
    )
    invented = pl.concat_list(
        pl.when("brand_simulated").then(pl.lit('"brand"')),
        pl.when(pl.col("variety").is_not_null()).then(pl.lit('"variety"')),
    ).list.drop_nulls()
    parts = pl.concat_list(
        pl.lit('"variety": "') + pl.col("variety") + pl.lit('"'),
        pl.when(invented.list.len() > 0).then(
            pl.lit('"simulated": [') + invented.list.join(", ") + pl.lit("]")
        ),
        pl.when(pl.col("product_id").is_in(by_weight.implode())).then(pl.lit('"sold_by_weight": true')),
        pl.when(restricted).then(pl.lit('"age_restricted": true')),
    )
    return pl.lit("{") + parts.list.drop_nulls().list.join(", ") + pl.lit("}")


def catalogue_rows(products: pl.DataFrame, by_weight: pl.Series, first_sold: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of products. `first_sold` has product_id and added_on."""
    return (
        products.join(first_sold, on="product_id", how="left")
        .with_columns(attributes=attributes(by_weight), active=pl.lit(True))
        .select(
            "id", "name", "department", "category", "kind", "brand", "size", "image", "added_on", "active",
            "attributes",
        )
        .sort("id")
    )  # fmt: skip


def chinese_names(products: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of product names: the Chinese ones, where there are any."""
    return (
        products.filter(pl.col("name_zh").is_not_null())
        .select(
            pl.col("id").alias("product_id"),
            pl.lit("zh").alias("locale"),
            pl.col("name_zh").alias("name"),
            pl.lit("[]").alias("aliases"),
        )
        .sort("product_id")
    )


def group_names(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Rows for the table of category names: departments, categories and kinds with products, en and zh."""
    kinds = vocabulary.types.group_by("name", maintain_order=True).agg(
        pl.col("name_zh").drop_nulls().first(),
        pl.col("aliases").drop_nulls().str.join(";"),
        pl.col("aliases_zh").drop_nulls().str.join(";"),
    )
    levels = {"department": vocabulary.departments, "category": vocabulary.categories, "kind": kinds}
    sold = {level: set(products[level]) for level in levels}
    rows = [
        (level, value, locale, name, json.dumps(_listed(aliases), ensure_ascii=False))
        for level, names in levels.items()
        for value, locale, name, aliases in _per_language(names)
        if name and value in sold[level]
    ]
    schema = dict.fromkeys(("level", "value", "locale", "name", "aliases"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _per_language(names: pl.DataFrame) -> Iterator[tuple[str, str, str | None, str | None]]:
    for name, name_zh, aliases, aliases_zh in names.select(
        "name", "name_zh", "aliases", "aliases_zh"
    ).iter_rows():
        yield name, "en", name, aliases
        yield name, "zh", name_zh, aliases_zh


def _listed(aliases: str | None) -> list[str]:
    return list(dict.fromkeys(alias for alias in (aliases or "").split(";") if alias))
