"""Aisle's own model: its three terms, and the merged matrix that says nearly the same."""

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from recommender.oneoff import serving
from recommender.oneoff.config import OneOffConfig, SearchConfig
from recommender.oneoff.model import OneOffModel
from speed.contenders import Contender, N
from speed.cut import row
from speed.timing import percentiles_us, singles


class Subject:
    """The full model, or with `sparse` the merged matrix of one that is fitted already."""

    note: str | None = "divides each term by its spread for the very shopper: slower, and a little better"

    def __init__(
        self, contender: Contender, threads: int, seed: int, fit_seconds: float | None = None
    ) -> None:
        self._seed = seed
        self._fit_seconds = fit_seconds

    def refusal(self, train: sp.csr_array) -> str | None:
        """Why it cannot be fitted here."""
        return None

    def fit(self, train: sp.csr_array) -> None:
        self._table = train
        search = SearchConfig() if self._fit_seconds is None else searching(self._fit_seconds)
        rng = np.random.default_rng(self._seed)
        model = OneOffModel.fit(train, OneOffConfig(search=search), rng=rng, progress=_progress())
        self._ranker: Any = model
        self.sparse = Sparse(model.sparse, train)

    def query(self, shopper: int) -> Any:
        return row(self._table, shopper).astype(np.int32)

    def one(self, query: Any) -> Any:
        return self._ranker.recommend(query, N)[0]

    def batch(self, shoppers: np.ndarray) -> Any:
        return self._table[shoppers]

    def many(self, batch: Any, threads: int) -> Any:
        return self._ranker.recommend_many(batch, N, threads)

    def ranked(self, answer: Any, shoppers: np.ndarray) -> np.ndarray:
        return np.asarray(answer)


class Sparse(Subject):
    """Ranks by the merged matrix."""

    note = None

    def __init__(self, ranker: Any, train: sp.csr_array) -> None:
        self._ranker, self._table = ranker, train

    def more(self, shoppers: np.ndarray, seconds: float) -> dict[str, Any]:
        """The compiled call alone, and what the matrix weighs."""
        histories = [self.query(int(shopper)) for shopper in shoppers]
        return {**kernel_times(self._ranker, histories, seconds), **weight(self._ranker)}


def kernel_times(ranker: Any, histories: list[np.ndarray], seconds: float = 2.0) -> dict[str, float]:
    """Of the compiled call on arrays that lie ready, one by one, with the call from Python (about 1 us)."""
    board = np.zeros(ranker.n_items, dtype=np.float32)
    allowed = np.ones(ranker.n_items, dtype=np.bool_)
    items, scores = np.empty(N, dtype=np.int32), np.empty(N, dtype=np.float32)
    table = ranker.table

    def ask(history: np.ndarray) -> int:
        return serving.best_of_table(history, *table, allowed, board, items, scores)

    times = percentiles_us(singles(ask, histories, seconds))
    return {f"kernel_{name}": value for name, value in times.items()}


def weight(ranker: Any) -> dict[str, float]:
    """Entries of the merged matrix, and its size."""
    return {
        "entries": len(ranker.table[1]),
        "mb": round(sum(array.nbytes for array in ranker.table) / 2**20, 1),
    }


def searching(seconds: float) -> SearchConfig:
    """A search of about that long; none for 0."""
    return SearchConfig(seconds=seconds) if seconds > 0 else SearchConfig(shoppers=0)


def _progress() -> Any:
    began = time.perf_counter()

    def say(stage: str, share: float) -> None:
        print(f"  {time.perf_counter() - began:6.1f} s {share:4.0%} {stage}", file=sys.stderr, flush=True)

    return say
