"""Next item, next basket: the sequence model (recommender.deep) beside what serves today, on the same cases.

--ratings: each user's last rated item, from all before it, among all items not yet rated (ties in time keep
the order of the file). --demo: the protocol of next_basket.py (weeks 1 to 49 of the demo shop; each
household's first basket after, among all items). --history and --next: the same with a shop's own files.

Fitted on the same log: popularity; item-kNN and transitions, alone and with the settings they start from;
recommender.Recommender, which fits itself; where nothing is bought again also the one-off-purchase model; and
the sequence model, in an interpreter with PyTorch: this one, or that of --torch (with the project's
dependencies: uv sync --extra deep). It is asked here, without PyTorch.

JSON on standard output: "models" -> name -> {"ndcg@10", "recall@10", "fit_s", "p50_ms"}; "versus" -> the deep
model's NDCG less that of each model that serves today, case by case, with its standard error; "wins", by
recommender.deep.verdict; "deep", what its fit reports; "cases". Progress on standard error.

examples:
  python benchmarks/sequences.py --ratings u.data --torch /path/to/bin/python
  python benchmarks/sequences.py --demo --torch /path/to/bin/python --seconds 300
  python benchmarks/sequences.py --history past.parquet --next next.parquet
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from pydantic import ValidationError
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import next_basket, ratings
from recommender import History, Interactions, Query, Recommender
from recommender import profile as profiles
from recommender.config import DecayConfig, KnnConfig, PopularityConfig, TransitionConfig
from recommender.deep import DeepConfig, SequenceModel
from recommender.deep.storage import write_log
from recommender.deep.verdict import versus, wins
from recommender.errors import RecommenderError
from recommender.kernels import best_first
from recommender.metrics import ndcg, recall
from recommender.neighbours import item_neighbours
from recommender.oneoff.config import OneOffConfig, SearchConfig
from recommender.oneoff.model import OneOffModel
from recommender.scorers import ItemKnn, Popularity, Scorer, Transitions
from recommender.takings import bought_again, takings_of

ROOT = Path(__file__).resolve().parents[1]
N = 10
ONE_OFF_SECONDS = 60.0
SERVING = ("recommender", "one_off")

Rank = Callable[[History], np.ndarray]
"""From a history to the best N item indices."""


@dataclass(frozen=True)
class Task:
    """What to learn from, and what comes next for whom; `again`: whether past items may come back."""

    log: Interactions
    cases: list[tuple[History, np.ndarray]]
    again: bool

    @property
    def now(self) -> float:
        return float(self.log.day.max())

    def allowed(self, history: History) -> np.ndarray:
        """The items that may be ranked."""
        mask = np.ones(self.log.n_items, dtype=np.bool_)
        mask[history.items] = self.again
        return mask


def main(words: list[str] | None = None) -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    arguments = parse(words)
    try:
        report = run(task_of(arguments), arguments)
    except (OSError, ValueError, RecommenderError, ValidationError, pl.exceptions.PolarsError) as error:
        print(f"sequences: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    print(json.dumps(report))
    return 0


def run(task: Task, arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything the benchmark reports."""
    models, values = dict[str, Any](), dict[str, np.ndarray]()
    for name, fit in makers(task).items():
        models[name], values[name] = measured(name, fit, task)
    deep = None
    python = interpreter(arguments)
    if python is not None:
        model, fit_s = fit_deep(task, python, arguments)
        models["deep"], values["deep"] = judged("deep", deep_rank(model, task), task, fit_s)
        deep = {**model.report, "settings": model.config.model_dump(mode="json")}
    rivals = [name for name in SERVING if name in values] if deep else []
    differences = {name: versus(values["deep"], values[name]) for name in rivals}
    return {
        "models": models,
        "versus": differences,
        "wins": wins({"versus": differences}),
        "deep": deep,
        "cases": len(task.cases),
        "lines": len(task.log),
        "items": task.log.n_items,
        "bought_again": task.again,
    }


def makers(task: Task) -> dict[str, Callable[[], Rank]]:
    """By name, how every model that needs no PyTorch is fitted."""
    ordered = task.log.once_per_basket()
    found: dict[str, Callable[[], Rank]] = {
        "popularity": lambda: scorer_rank(Popularity.fit(ordered, PopularityConfig(), task.now), task),
        "item_knn": lambda: scorer_rank(ItemKnn(item_neighbours(takings_of(ordered), KnnConfig())), task),
        "transitions": lambda: scorer_rank(Transitions.fit(ordered, TransitionConfig()), task),
        "recommender": lambda: recommender_rank(task),
    }
    return found if task.again else {**found, "one_off": lambda: one_off_rank(ordered)}


def scorer_rank(scorer: Scorer, task: Task) -> Rank:
    def rank(history: History) -> np.ndarray:
        nobody = np.zeros(0, dtype=np.int64)
        profile = profiles.build(history, history.items, nobody, DecayConfig(), task.now)
        board = np.zeros(task.log.n_items)
        scorer.add_to(board, profile, 1.0)
        return best_first(board, task.allowed(history), min(N, len(board)))

    return rank


def recommender_rank(task: Task) -> Rank:
    catalogue = next_basket.nameless(np.array([str(item) for item in range(task.log.n_items)]))
    model = Recommender.fit(task.log, catalogue, now=task.now, progress=progress("recommender"))

    def rank(history: History) -> np.ndarray:
        query = Query(history=history, n=N, reason_count=0, seen="any" if task.again else "never")
        return np.array([model.index_of(item.item_id) for item in model.recommend(query)])

    return rank


def one_off_rank(ordered: Interactions) -> Rank:
    config = OneOffConfig(search=SearchConfig(seconds=ONE_OFF_SECONDS))
    model = OneOffModel.fit(takings_of(ordered), config, progress=progress("one_off"))
    return lambda history: model.recommend(history.items, N)[0]


def deep_rank(model: SequenceModel, task: Task) -> Rank:
    return lambda history: model.rank(history, N, task.allowed(history))[0]


def fit_deep(task: Task, python: Path, arguments: argparse.Namespace) -> tuple[SequenceModel, float]:
    """The model, fitted in another process, and the seconds that took."""
    config = json.loads(arguments.settings)
    config["training"] = {"seconds": arguments.seconds, **config.get("training", {})}
    settings = DeepConfig.model_validate(config).model_dump_json()
    with tempfile.TemporaryDirectory() as folder:
        log, model = Path(folder) / "log.npz", Path(folder) / "model.npz"
        write_log(log, task.log)
        command = [python, "-m", "recommender.deep", log, model, "--settings", settings]
        began = time.perf_counter()
        done = subprocess.run([*command, "--seed", str(arguments.seed)], cwd=ROOT, check=False)
        if done.returncode:
            raise ValueError(f"--torch: {python} could not fit the sequence model (status {done.returncode})")
        return SequenceModel.load(model), time.perf_counter() - began


def interpreter(arguments: argparse.Namespace) -> Path | None:
    """One with PyTorch; None where there is none."""
    if arguments.torch:
        if not arguments.torch.exists():
            raise ValueError(f"--torch: there is no {arguments.torch}")
        return arguments.torch
    if importlib.util.find_spec("torch"):
        return Path(sys.executable)
    print("sequences: PyTorch is not installed and --torch not given; no deep model", file=sys.stderr)
    return None


def measured(name: str, fit: Callable[[], Rank], task: Task) -> tuple[dict[str, float], np.ndarray]:
    began = time.perf_counter()
    rank = fit()
    return judged(name, rank, task, time.perf_counter() - began)


def judged(name: str, rank: Rank, task: Task, fit_s: float) -> tuple[dict[str, float], np.ndarray]:
    """The means over all cases, and the NDCG of each."""
    gains, found, seconds = [], [], []
    rank(task.cases[0][0])  # kernels compile
    with threadpool_limits(1):  # a query has one core
        for history, taken in task.cases:
            began = time.perf_counter()
            ranked = rank(history)
            seconds.append(time.perf_counter() - began)
            gains.append(ndcg(ranked, taken, N))
            found.append(recall(ranked, taken, N))
    means = {f"ndcg@{N}": float(np.mean(gains)), f"recall@{N}": float(np.mean(found))}
    print(f"sequences: {name} {means}", file=sys.stderr, flush=True)
    rest = {"fit_s": round(fit_s, 2), "p50_ms": round(1e3 * float(np.median(seconds)), 3)}
    return {**{key: round(value, 5) for key, value in means.items()}, **rest}, np.array(gains)


def task_of(arguments: argparse.Namespace) -> Task:
    """The log and the cases that the arguments ask for."""
    if arguments.ratings:
        return last_ratings(arguments.ratings)
    past, following = (
        next_basket.demo()
        if arguments.demo
        else (next_basket.read(arguments.history), next_basket.read(arguments.next))
    )
    past = next_basket.checked(past, next_basket.HISTORY_COLUMNS, "history")
    return baskets(past, next_basket.checked(following, next_basket.NEXT_COLUMNS, "next"))


def last_ratings(path: Path) -> Task:
    """Everybody's last rating is the case; users of one rating stay in the log."""
    table, rows = ratings.read(path)
    print(f"sequences: {rows}", file=sys.stderr)
    order = np.lexsort((table["day"], table["shopper"]))
    shopper, item, day = (table[name][order] for name in ("shopper", "item", "day"))
    last = (np.diff(shopper, append=-1) != 0) & (np.diff(shopper, prepend=-1) == 0)
    counts = int(shopper.max()) + 1, int(item.max()) + 1
    log = Interactions(
        *(column[~last] for column in (shopper, item, day, np.ones(len(item)), np.arange(len(item)))), *counts
    )
    cases = [
        (history_of(log, who), np.array([what])) for who, what in zip(shopper[last], item[last], strict=True)
    ]
    return checked(Task(log, cases, bought_again(log.once_per_basket())))


def baskets(past: pl.DataFrame, following: pl.DataFrame) -> Task:
    """Every shopper of the next baskets is a case; those without a past have an empty history."""
    shoppers, shopper = np.unique(past["shopper_id"].to_numpy(), return_inverse=True)
    items, item = np.unique(past["item_id"].to_numpy(), return_inverse=True)
    basket = past["basket_index"].rank("dense").to_numpy().astype(np.int64)
    day, ones = next_basket.days(past), np.ones(len(past))
    log = Interactions(shopper, item, day, ones, basket, len(shoppers), len(items))
    place = {shopper: at for at, shopper in enumerate(shoppers.tolist())}
    cases = [
        (history_of(log, place.get(shopper, -1)), taken)
        for shopper, taken in next_basket.cases(following, items)
    ]
    return checked(Task(log, cases, bought_again(log.once_per_basket())))


def history_of(log: Interactions, shopper: int) -> History:
    rows = np.flatnonzero(log.shopper == shopper)
    return History(log.item[rows], log.day[rows], baskets=log.basket[rows])


def checked(task: Task) -> Task:
    if not task.cases or len(task.log) == 0:
        raise ValueError("there is nothing to predict: no shopper has both a past and a next item")
    return task


def progress(name: str) -> Callable[[str, float], None]:
    def report(stage: str, share: float) -> None:
        print(f"{name}: {share:4.0%} {stage}", file=sys.stderr, flush=True)

    return report


def parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ratings", type=Path, help="table of ratings, as benchmarks/ratings.py reads it")
    parser.add_argument("--demo", action="store_true", help="the demo shop's next baskets")
    parser.add_argument("--history", type=Path, help="past baskets (Parquet)")
    parser.add_argument("--next", type=Path, help="the baskets that followed (Parquet)")
    parser.add_argument("--torch", type=Path, help="interpreter with PyTorch and the project's dependencies")
    parser.add_argument("--seconds", type=float, default=300.0, help="processor time the deep fit may take")
    parser.add_argument("--settings", default="{}", help="DeepConfig as JSON, for trials")
    parser.add_argument("--seed", type=int, default=0, help="seed of the deep fit")
    arguments = parser.parse_args(words)
    pair = bool(arguments.history and arguments.next)
    if [bool(arguments.ratings), arguments.demo, pair].count(True) != 1:
        parser.error("give --ratings, or --demo, or --history and --next")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
