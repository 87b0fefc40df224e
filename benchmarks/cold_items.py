"""Items that nobody has bought yet: how well content finds the shoppers who did buy them.

Protocol. Items with at least --least takers (5) may be held out; a seed draws --share of them (0.1), and all
their lines leave the log. The content model is fitted on what is left, the weights for cold items included.
Every shopper who took any of the held-out items gets a ranking of these alone, from the rest of their own
history (an item weighs ln(1 + baskets with it)). N@10 counts what they took; mean over such shoppers, and
over --seeds (3). In the same run, on the same cuts: the profile (cosine of a shopper's summed TF-IDF vectors
with the item's; TF-IDF with scikit-learn over words and attributes), the plain content-kNN (50 nearest bought
items by the same vectors), the product's neighbours with the weights they start from, and fitted.

--demo cuts the demo shop. Its importer invents varieties ("strawberry") for products of one name, the best
seller keeping the plain name: that order is made of the very sales that are held out, so texts are read
without it; --varieties puts it back.

JSON on standard output, progress on standard error.

examples:
  python benchmarks/cold_items.py --demo
  python benchmarks/cold_items.py --demo --meaning --seeds 1
  python benchmarks/cold_items.py --products products.csv --lines lines.parquet
      (item_id, category, department, brand, text, price / shopper_id, item_id and, if at hand, basket_id)
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from recommender import Catalogue
from recommender.arrays import FloatArray, IntArray
from recommender.config import ContentConfig
from recommender.content import content_neighbours
from recommender.embeddings import Encoder, sentence_encoder
from recommender.errors import InputError
from recommender.settings import KnnConfig

N = 10
PLAIN_NEIGHBOURS = 50
LABELS = ("category", "department", "brand")
Means = dict[str, float]


def main(words: list[str] | None = None) -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    arguments = parse(words)
    try:
        if arguments.demo:
            products, lines = demo(arguments.varieties)
        else:
            products, lines = read(arguments.products), read(arguments.lines)
        shop = Cut.of(checked_products(products), checked_lines(lines))
        report = measure(shop, arguments)
    except (OSError, ValueError, InputError, pl.exceptions.PolarsError) as error:
        print(f"cold_items: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report))
    return 0


@dataclass(frozen=True)
class Cut:
    """A shop: catalogue, and shoppers x items with the baskets that hold each."""

    catalogue: Catalogue
    baskets: sp.csr_array

    @classmethod
    def of(cls, products: pl.DataFrame, lines: pl.DataFrame) -> "Cut":
        """Lines of items that are no products are left out."""
        items = products["item_id"]
        lines = lines.filter(pl.col("item_id").is_in(items.implode()))
        if lines.is_empty():
            raise ValueError("no line is of any of the products")
        columns = [products[name].to_numpy() for name in (*LABELS, "text", "price")]
        catalogue = Catalogue(items.to_numpy(), *columns, np.zeros(len(items)))
        item = catalogue.ids.indices_of(lines["item_id"].to_list())
        shopper = lines["shopper_id"].rank("dense").to_numpy().astype(np.int64) - 1
        shape = (int(shopper.max()) + 1, len(items))
        table = sp.csr_array((np.ones(len(item)), (shopper, item)), shape=shape)
        table.sum_duplicates()
        return cls(catalogue, table)

    def without(self, cold: IntArray) -> sp.csr_array:
        """Shoppers x items: ln(1 + baskets), the cold items never taken."""
        kept = np.ones(len(self.catalogue))
        kept[cold] = 0.0
        rest = sp.csr_array(self.baskets @ sp.diags_array(kept))
        rest.eliminate_zeros()
        rest.data = np.log1p(rest.data)
        return rest


def measure(shop: Cut, arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything the benchmark reports."""
    takers = np.bincount(shop.baskets.indices, minlength=len(shop.catalogue))
    eligible = np.flatnonzero(takers >= arguments.least)
    size = int(arguments.share * len(eligible))
    if size < N + 1:
        raise ValueError(
            f"only {len(eligible)} items have {arguments.least} takers; lower --least or --share"
        )
    encoder = sentence_encoder() if arguments.meaning else None
    vectors = plain_vectors(shop.catalogue)
    results, chosen = list[Means](), list[dict[str, Any]]()
    for seed in range(arguments.seeds):
        rng = np.random.default_rng(seed)
        cold = np.sort(rng.choice(eligible, size, replace=False)).astype(np.int64)
        means, report = measure_cut(shop, cold, vectors, encoder, rng)
        results.append(means)
        chosen.append(report)
        print(f"cold_items: seed {seed}: {json.dumps(means)}", file=sys.stderr, flush=True)
    means = {name: round(float(np.mean([each[name] for each in results])), 4) for name in results[0]}
    return {
        "ndcg@10": means.pop("fitted"),
        **means,
        "ndcg@10_by_seed": [round(each["fitted"], 4) for each in results],
        "items": len(shop.catalogue),
        "cold_items": size,
        "shoppers": shop.baskets.shape[0],
        "chosen": chosen,
    }


def measure_cut(
    shop: Cut, cold: IntArray, vectors: sp.csr_array, encoder: Encoder | None, rng: np.random.Generator
) -> tuple[Means, dict[str, Any]]:
    """What every way of ranking the cold items scores, and what the product's chose."""
    takings = shop.without(cold)
    taken = shop.baskets[:, cold].toarray() > 0
    takers = np.bincount(takings.indices, minlength=len(shop.catalogue))
    known, popularity = takers >= KnnConfig().min_support, (takers / takers.max()).astype(np.float32)
    config = ContentConfig() if encoder is None else ContentConfig(least_lonely=0)
    began = time.perf_counter()
    fitted = content_neighbours(shop.catalogue, known, popularity, config, takings, rng, encoder)
    seconds = time.perf_counter() - began
    unfitted = config.model_copy(update={"cold": config.cold.model_copy(update={"seconds": 0.0})})
    start = content_neighbours(shop.catalogue, known, popularity, unfitted, takings, rng, encoder)
    likeness = (vectors @ vectors[cold].T).tocsr()
    boards = {
        "fitted": takings @ fitted.cold.matrix()[:, cold],
        "unfitted": takings @ start.cold.matrix()[:, cold],
        "plain_knn": takings @ best_of_columns(likeness, takers > 0, PLAIN_NEIGHBOURS),
        "tfidf_profile": takings @ likeness,
    }
    means = {name: mean_ndcg(board.toarray(), taken) for name, board in boards.items()}
    return {**means, "fit_s": round(seconds, 1)}, fitted.report


def mean_ndcg(scores: FloatArray, taken: np.ndarray) -> float:
    """Mean over the rows with anything taken; see recommender.metrics.ndcg."""
    asked = taken.any(axis=1)
    scores, taken = scores[asked], taken[asked]
    best = np.argsort(-scores, axis=1, kind="stable")[:, :N]
    gained = np.take_along_axis(taken & (scores > 0), best, axis=1)
    discounts = 1.0 / np.log2(np.arange(2, N + 2))
    ideal = np.cumsum(discounts)[np.minimum(taken.sum(axis=1), N) - 1]
    return float(((gained * discounts).sum(axis=1) / ideal).mean())


def plain_vectors(catalogue: Catalogue) -> sp.csr_array:
    """Rows of length 1: TF-IDF over the words of text and labels, as scikit-learn makes it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    tags = [
        [f"{name}={value}" for value in labels.names[labels.codes]]
        for name, labels in ((name, getattr(catalogue, name)) for name in LABELS)
    ]
    documents = [[*text.casefold().split(), *own] for text, *own in zip(catalogue.text, *tags, strict=True)]
    return sp.csr_array(TfidfVectorizer(analyzer=list).fit_transform(documents))


def best_of_columns(likeness: sp.csr_array, allowed: np.ndarray, n: int) -> sp.csr_array:
    """The n largest entries of every column, from allowed rows alone."""
    entries = sp.coo_array(likeness)
    kept = allowed[entries.row]
    row, column, value = entries.row[kept], entries.col[kept], entries.data[kept]
    order = np.lexsort((-value, column))
    column_ends = np.searchsorted(column[order], column[order])
    best = order[np.arange(len(order)) - column_ends < n]
    return sp.csr_array((value[best], (row[best], column[best])), shape=likeness.shape)


def demo(varieties: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The demo shop's products as its importer names them, and its lines."""
    from datetime import UTC, datetime

    from shop.importers.complete_journey import load
    from shop.importers.complete_journey.source import read_source
    from shop.importers.complete_journey.vocabulary import read_vocabulary

    whole = load.Demo(read_source(), read_vocabulary(), datetime.now(UTC), 0)
    catalogue = load.read_catalogue(whole)
    named = catalogue.products
    rows = load.tables_of(whole, catalogue, load.read_sales(whole, catalogue), complete=True).rows
    parts = ["name", "name_zh", "kind", "size"] if varieties else ["kind", "detail", "size"]
    parts += [] if varieties else ["kind_zh", "detail_zh", "size_zh"]
    text = pl.concat_list(parts).list.drop_nulls().list.join(" ")
    latest = rows["prices"].sort("valid_from").group_by("product_id").agg(pl.col("price_minor").last() / 100)
    products = (
        named.select(pl.col("id").alias("item_id"), *LABELS, text=text)
        .join(latest.rename({"product_id": "item_id", "price_minor": "price"}), on="item_id")
        .sort("item_id")
    )
    orders = rows["orders"].select(pl.col("id").alias("order_id"), "shopper_id")
    lines = rows["order_lines"].join(orders, on="order_id")
    return products, lines.rename({"product_id": "item_id", "order_id": "basket_id"})


def read(path: Path) -> pl.DataFrame:
    """CSV or Parquet, by the name's ending; CSV as text alone."""
    return pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)


def checked_products(frame: pl.DataFrame) -> pl.DataFrame:
    """One row an item id; nothing is said by columns that are missing, except the item's id."""
    if "item_id" not in frame.columns or frame.is_empty():
        raise ValueError("products: item_id is missing, or there are no rows")
    blank = [pl.lit("").alias(name) for name in (*LABELS, "text", "price") if name not in frame.columns]
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in (*LABELS, "text")]
    price = pl.col("price").cast(pl.Float64, strict=False)
    price = pl.when(price.is_finite() & (price > 0)).then(price).otherwise(0.0)
    frame = frame.with_columns(*blank).with_columns(pl.col("item_id").cast(pl.String), *texts, price=price)
    return (
        frame.drop_nulls("item_id")
        .filter(pl.col("item_id") != "")
        .unique("item_id", keep="first")
        .sort("item_id")
    )


def checked_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """One row an item and basket, where baskets are told apart."""
    wanted = ("shopper_id", "item_id")
    missing = [name for name in wanted if name not in frame.columns]
    if missing or frame.is_empty():
        raise ValueError(f"lines: {', '.join(missing)} is missing" if missing else "lines: there are no rows")
    names = [*wanted, *(["basket_id"] if "basket_id" in frame.columns else [])]
    return (
        frame.select(pl.col(name).cast(pl.String) for name in names).drop_nulls().unique(maintain_order=True)
    )


def parse(words: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", action="store_true", help="the demo shop (default without --products)")
    parser.add_argument("--products", type=Path, help="CSV or Parquet, one row an item")
    parser.add_argument("--lines", type=Path, help="CSV or Parquet, one row an item bought")
    parser.add_argument("--share", type=float, default=0.1, help="share of the items held out")
    parser.add_argument("--least", type=int, default=5, help="takers that an item held out has at least")
    parser.add_argument("--seeds", type=int, default=3, help="cuts, from seed 0 on")
    parser.add_argument("--varieties", action="store_true", help="demo: names with the invented varieties")
    parser.add_argument("--meaning", action="store_true", help="compare texts by sentence embeddings too")
    arguments = parser.parse_args(words)
    if (arguments.products is None) != (arguments.lines is None):
        parser.error("--products and --lines go together")
    if not 0.0 < arguments.share < 1.0 or arguments.seeds < 1 or arguments.least < 1:
        parser.error("--share lies between 0 and 1; --seeds and --least are at least 1")
    arguments.demo = arguments.demo or arguments.products is None
    return arguments


if __name__ == "__main__":
    sys.exit(main())
