"""From films, people and ratings to the shop's tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from shop.importers import own_data
from shop.importers.cleaning import Cleaning, Rule, above, below, duplicate, unknown
from shop.importers.layout import Column, Kind
from shop.importers.movielens.reading import UNKNOWN_GENRE, MovieLens
from shop.importers.parsing import parse

FILMS = (
    Column("item_id", Kind.ID, required=True),
    Column("title", Kind.TEXT, required=True),
    Column("year", Kind.TEXT),
    Column("genres", Kind.TEXT),
)
PEOPLE = (
    Column("shopper_id", Kind.ID, required=True),
    Column("age", Kind.COUNT),
    Column("gender", Kind.TEXT),
    Column("occupation", Kind.TEXT),
)
RATINGS = (
    Column("shopper_id", Kind.ID, required=True),
    Column("item_id", Kind.ID, required=True),
    Column("rating", Kind.NUMBER, required=True),
    Column("timestamp", Kind.NUMBER, required=True),
)
FACTS = ("age", "gender", "occupation")
DEPARTMENT = "Films"
OTHER = "Other"
# Better than the middle of the scale: the field's usual line between films that were liked and the others.
LIKED = 3.5
PRICE_MINOR = 999
ARTICLE = r"^(.*), (The|A|An|Les|Le|La|L'|Il|El|Das|Der|Die)$"


@dataclass(frozen=True)
class Checked:
    """The tables after every rule, in the shop's own terms; ratings at the time to which they were moved."""

    films: Cleaning
    people: Cleaning
    ratings: Cleaning
    shift: timedelta


def check(source: MovieLens, now: datetime, currency: str) -> Checked:
    """Parsed and checked. All times are moved by whole weeks, the last rating into the week before `now`."""
    films = _check_films(parse(source.films, FILMS, currency))
    people = parse(source.people, PEOPLE, currency).apply(duplicate("shopper_id"))
    ratings = parse(source.ratings, RATINGS, currency).apply(
        below("timestamp", 1, "no time"),
        above("timestamp", (now + timedelta(days=1) - datetime(1970, 1, 1)).total_seconds(), "in the future"),
        unknown("item_id", films.kept["item_id"], "film"),
        unknown("shopper_id", people.kept["shopper_id"], "person"),
        duplicate("shopper_id", "item_id"),
    )
    rated = (pl.col("timestamp").cast(pl.Int64) * 1_000_000).cast(pl.Datetime("us"))
    last = ratings.kept.select(rated.max()).item()
    shift = timedelta(weeks=(now - last) // timedelta(weeks=1)) if last else timedelta()
    ratings.kept = ratings.kept.select(
        "source_row",
        pl.lit("rating").alias("kind"),
        "item_id",
        "shopper_id",
        pl.col("rating").alias("value"),
        (rated + shift).alias("created_at"),
    )
    own_data.check_events(ratings, films.kept["item_id"], people.kept["shopper_id"], now)
    return Checked(films, people, ratings, shift)


def _check_films(films: Cleaning) -> Cleaning:
    """Each film once; set aside where neither year nor genre is known, a year that is none dropped."""
    no_year = ~pl.col("year").fill_null("").str.contains(r"^\d{4}$")
    no_genre = pl.col("genres").fill_null(UNKNOWN_GENRE) == UNKNOWN_GENRE
    films.apply(duplicate("item_id"), Rule("title", "neither year nor genre", no_year & no_genre))
    nothing = pl.lit(None, dtype=pl.String)
    films.repair("year: dropped, it is none", no_year & pl.col("year").is_not_null(), nothing.alias("year"))
    films.kept = films.kept.with_columns(pl.when(~no_genre).then("genres").alias("genres"))
    return films


def products_of(films: pl.DataFrame, ratings: pl.DataFrame) -> pl.DataFrame:
    """Films in the layout of a shop's own products.

    A film's category is the rarest of its genres, which tells most; all of them stand in its description. It
    counts as added on the day of its first rating.
    """
    listed = films.select("item_id", pl.col("genres").str.split(" ")).explode("genres")
    sizes = listed.group_by("genres").len("size")
    rarest = (
        listed.join(sizes, on="genres", maintain_order="left")
        .sort("size", maintain_order=True)
        .group_by("item_id")
        .agg(pl.col("genres").first().alias("category"))
    )
    first = ratings.group_by("item_id").agg(added_on=pl.col("created_at").min().dt.date())
    opened = first["added_on"].min()
    title = pl.col("title").str.replace(ARTICLE, "${2} ${1}")
    dated = pl.when(pl.col("year").is_null()).then(title).otherwise(pl.format("{} ({})", title, "year"))
    return (
        films.join(rarest, on="item_id", how="left", maintain_order="left")
        .join(first, on="item_id", how="left", maintain_order="left")
        .select(
            "item_id",
            dated.alias("name"),
            pl.col("category").fill_null(OTHER),
            pl.lit(DEPARTMENT).alias("department"),
            pl.col("genres").str.replace_all(" ", ", ").alias("description"),
            pl.lit(PRICE_MINOR).alias("price"),
            pl.col("added_on").fill_null(pl.lit(opened, dtype=pl.Date)),
        )
    )


def orders_of(ratings: pl.DataFrame) -> pl.DataFrame:
    """What each shopper liked on one day, in the layout of a shop's own orders: one order a day."""
    day = pl.col("created_at").dt.date()
    return (
        ratings.filter(pl.col("value") >= LIKED)
        .sort("created_at", maintain_order=True)
        .select(
            pl.format("{}-{}", "shopper_id", day.dt.strftime("%Y%m%d")).alias("order_id"),
            "shopper_id",
            pl.col("created_at").min().over("shopper_id", day).alias("placed_at"),
            "item_id",
            pl.lit(1).alias("quantity"),
            pl.lit(PRICE_MINOR).alias("unit_price"),
        )
    )


def shopper_rows(people: pl.DataFrame, ratings: pl.DataFrame, now: datetime, currency: str) -> pl.DataFrame:
    """Rows for the table of shoppers, with what is known of them; they joined with their first rating."""
    joined = ratings.group_by("shopper_id").agg(created_at=pl.col("created_at").min())
    known = people.join(joined, on="shopper_id", how="left", maintain_order="left")
    facts = [
        json.dumps({name: str(value) for name, value in row.items() if value is not None})
        for row in known.select(FACTS).iter_rows(named=True)
    ]
    rows = own_data.shopper_rows(known, now, currency)
    return rows.with_columns(pl.Series("demographics", facts, dtype=pl.String))


def group_name_rows(products: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of category names: the department and the genres, in both languages."""
    names = pl.read_csv(Path(__file__).parent / "names.csv", infer_schema=False)
    named = {row["value"]: row for row in names.iter_rows(named=True)}
    rows = [
        _group("category", value, locale, named.get(value, {}))
        for value in products["category"].unique().sort()
        for locale in ("en", "zh")
    ]
    rows += [_group("department", DEPARTMENT, locale, named[DEPARTMENT]) for locale in ("en", "zh")]
    return pl.DataFrame(rows)


def _group(level: str, value: str, locale: str, words: Mapping[str, str | None]) -> dict[str, str]:
    suffix = "" if locale == "en" else f"_{locale}"
    aliases = (words.get(f"aliases{suffix}") or "").split(";")
    return {
        "level": level,
        "value": value,
        "locale": locale,
        "name": words.get(f"name{suffix}") or value,
        "aliases": json.dumps([alias for alias in aliases if alias], ensure_ascii=False),
    }
