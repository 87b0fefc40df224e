"""Gives every product a name that people would read: "White milk, 1 gallon", "Yogurt, strawberry, 6 oz".

A name is built as: what it is, what tells it apart, how it is packed, its size. What it is comes from
`types.csv`, by category and type, then by type alone; a type that the file lacks has its label tidied.
"""

import re

import polars as pl

from shop.importers.complete_journey.sizes import size_table
from shop.importers.complete_journey.vocabulary import Vocabulary

# Under these prices per pound or piece a size is the case's that the store received, not the shopper's.
LEAST_PER_POUND = 0.26
LEAST_PER_PIECE = 0.50
# Potatoes are cheap and come in sacks.
LARGEST_SACK = 20
# The share of a type's sales under which a category holds it by mistake.
MISFILED = 0.1
CASES = ("PRODUCE", "SALAD BAR")

ABBREVIATIONS = {
    "FRZN": "frozen", "FRZ": "frozen", "REFRIG": "refrigerated", "MISC": "assorted", "VEG": "vegetable",
    "BRD": "breaded", "CHOC": "chocolate", "PKG": "packaged", "PKGD": "packaged", "PREP": "prepared",
    "FD": "food", "CHIX": "chicken", "SW GDS": "sweet goods", "SAL": "salad", "DL SPEC": "deli specialty",
    "NUT SUPP": "supplement", "ETHNC": "ethnic", "W/": "with", "W/O": "without", "LIQ": "liquid",
    "POWD": "powder", "SUPP": "supplies", "ACC": "accessories", "HSHLD": "household", "GRND": "ground",
}  # fmt: skip


def tidy(label: str) -> str:
    """A label without shouting, abbreviations and loose ends: "FRZN BRD CHIX (INCLUDING" is "frozen breaded
    chicken"."""
    words = re.sub(r"\(.*$|[$*].*$", "", label)
    for short, long in ABBREVIATIONS.items():
        words = re.sub(rf"(?<![A-Z]){re.escape(short)}(?![A-Z])\.?", long.upper(), words)
    words = re.sub(r"\s*[:/&-]\s*|\s+", " ", words)
    return re.sub(r"\b(OTHER|ALL|THE)\b\s*$", "", words.strip()).strip().lower() or label.strip().lower()


def with_kinds(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Adds what each product is: kind, kind_zh, detail, detail_zh, varieties (a set's name or null).

    `products` has the source's product_category and product_type; `curated` says whether `types.csv` knew it.
    """
    types = vocabulary.types.select("category", "type", "name", "detail", "varieties", "name_zh")
    special = types.filter(pl.col("category").is_not_null())
    general = types.filter(pl.col("category").is_null()).drop("category")
    found = products.join(
        special, left_on=["product_category", "product_type"], right_on=["category", "type"], how="left"
    ).join(general, left_on="product_type", right_on="type", how="left", suffix="_general")
    known = pl.col("name").is_not_null()
    chosen = [
        pl.when(known).then(pl.col(column)).otherwise(pl.col(f"{column}_general")).alias(column)
        for column in ("name", "detail", "varieties", "name_zh")
    ]
    return (
        found.with_columns(chosen)
        .with_columns(curated=pl.col("name").is_not_null())
        .with_columns(pl.coalesce("name", _tidied(products, vocabulary)).alias("kind"))
        .rename({"name_zh": "kind_zh"})
        .drop("name", pl.selectors.ends_with("_general"))
        .join(vocabulary.details.rename({"name": "detail", "name_zh": "detail_zh"}), on="detail", how="left")
    )


def _tidied(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.Expr:
    """The type's own label, tidied; the category's name where a product has no type."""
    tidied = {label: tidy(label) for label in products["product_type"].unique().drop_nulls()}
    names = vocabulary.categories.select("category", "name").rows()
    categories = {category: name[:1].lower() + name[1:] for category, name in names}
    return pl.coalesce(
        pl.col("product_type").replace_strict(tidied, return_dtype=pl.String),
        pl.col("product_category").replace_strict(
            categories, default=pl.col("product_category").str.to_lowercase()
        ),
    )


def in_usual_categories(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Products filed by mistake moved to where their type belongs: the kite among the frozen pizzas, for one.

    A type belongs to the category with most of its sales (`lines`). Products of another category move there
    when that one has less than a tenth of them; types whose meaning depends on the category stay.
    """
    ambiguous = vocabulary.types.filter(pl.col("category").is_not_null())["type"]
    counted = products.group_by("product_type", "product_category").agg(pl.col("lines").sum())
    counted = counted.sort("lines", "product_category", descending=True).with_columns(
        share=pl.col("lines") / pl.col("lines").sum().over("product_type"),
        usual=pl.col("product_category").first().over("product_type"),
    )
    moved = (pl.col("share") < MISFILED) & ~pl.col("product_type").is_in(ambiguous.implode())
    return (
        products.join(counted.drop("lines"), on=["product_type", "product_category"], how="left")
        .with_columns(
            product_category=pl.when(moved).then("usual").otherwise("product_category"), moved=moved
        )
        .drop("share", "usual")
    )


def with_sizes(products: pl.DataFrame) -> pl.DataFrame:
    """Adds size and size_zh from package_size; the case's size of loose fruit and vegetables is dropped.

    `products` has the source's department and `typical_price`, in dollars.
    """
    sizes = size_table(products["package_size"].unique().drop_nulls())
    sized = products.join(sizes, on="package_size", how="left")
    per_pound, per_piece = (pl.col("typical_price") / pl.col(amount) for amount in ("pounds", "pieces"))
    case = (per_pound < LEAST_PER_POUND) & ~(
        pl.col("kind").str.contains("potatoes") & (pl.col("pounds") <= LARGEST_SACK)
    ) | (per_piece < LEAST_PER_PIECE)
    dropped = (pl.col("department").is_in(CASES) & case).fill_null(False)
    return sized.with_columns(
        pl.when(dropped).then(None).otherwise(pl.col(column)).alias(column) for column in ("size", "size_zh")
    ).drop("pounds", "pieces")


def with_varieties(products: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Adds variety and variety_zh where two products of a brand would otherwise carry the same name.

    The source does not say by what they differ. The best-selling of them keeps the plain name; the others get
    the varieties of their type's set, the most usual first, until the set is used up.
    """
    sets = vocabulary.varieties.with_columns(place=pl.int_range(1, pl.len() + 1).over("varieties"))
    ranked = products.sort("lines", "product_id", descending=[True, False]).select(
        "product_id", "varieties", place=pl.int_range(pl.len()).over("kind", "detail", "size", "brand")
    )
    varied = ranked.join(sets, on=["varieties", "place"]).rename({"name": "variety", "name_zh": "variety_zh"})
    return products.join(varied.select("product_id", "variety", "variety_zh"), on="product_id", how="left")


def with_names(products: pl.DataFrame) -> pl.DataFrame:
    """Adds name, and name_zh where the kind has a Chinese name."""
    kind = pl.col("kind").str.slice(0, 1).str.to_uppercase() + pl.col("kind").str.slice(1)
    packed = pl.when(~pl.col("kind_zh").str.contains(pl.col("detail_zh"), literal=True)).then("detail_zh")
    chinese = pl.concat_str(
        "kind_zh",
        pl.concat_str(
            pl.lit("（"),
            pl.concat_list("variety_zh", packed).list.drop_nulls().list.join("、"),
            pl.lit("）"),
        ).replace("（）", ""),
        (pl.lit("，") + pl.col("size_zh")).fill_null(""),
    )
    return products.with_columns(
        pl.concat_str([kind, "variety", "detail", "size"], separator=", ", ignore_nulls=True).alias("name"),
        pl.when(pl.col("kind_zh").is_not_null()).then(chinese).alias("name_zh"),
    )
