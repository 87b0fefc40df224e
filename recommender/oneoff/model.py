"""The one-off-purchase model: for shops where a thing once taken is not taken again."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray, as_indices
from recommender.errors import InputError
from recommender.neighbours import THREADS
from recommender.oneoff import kernels
from recommender.oneoff.config import OneOffConfig
from recommender.oneoff.fitting import Fitted, Progress, fit
from recommender.oneoff.merged import SparseRanker, fill, fill_rows
from recommender.oneoff.takings import as_takings, item_counts
from recommender.oneoff.terms import NAMES, as_array
from recommender.scorers import Contributions

CHUNK = 256  # histories a piece of work


class OneOffModel:
    """Ranks items not yet taken by neighbours, local ridge regression and a spectral term.

    Score of an item = sum over terms of weight * what the history's items give it / the term's spread over
    all items for this history. Items are indices. `sparse` ranks by one sparse matrix in place of the terms,
    nearly as well and much faster. Holds no shopper's data; safe to use from many threads at
    once.
    """

    def __init__(self, fitted: Fitted, popularity: IntArray) -> None:
        self._terms = fitted.terms
        self._weights = as_array(fitted.config.weights)
        self._popular = np.argsort(-popularity, kind="stable").astype(np.int32)
        self.sparse = SparseRanker(fitted.merged, self._popular)
        self.config = fitted.config
        self.report: dict[str, Any] = fitted.report

    @classmethod
    def fit(
        cls,
        takings: Any,
        config: OneOffConfig | None = None,
        *,
        rng: np.random.Generator | None = None,
        progress: Progress | None = None,
    ) -> "OneOffModel":
        """Chooses its settings on hold-outs of its own (config.search), then fits on everything.

        takings: shoppers x items, SciPy sparse or dense; entries above 0 count as taken. rng: draws the
        hold-outs. progress: called with (stage, share of work done). InputError for what takings.as_takings
        refuses.
        """
        table = as_takings(takings)
        fitted = fit(table, config or OneOffConfig(), rng or np.random.default_rng(0), progress or _silent)
        return cls(fitted, item_counts(table))

    @property
    def n_items(self) -> int:
        """Items of the catalogue: the length of `allowed`."""
        return self._terms.n_items

    def recommend(
        self, history: npt.ArrayLike, n: int = 20, allowed: BoolArray | None = None
    ) -> tuple[IndexArray, FloatArray]:
        """The n best allowed items outside the history, and their scores.

        history: item indices, repeats ignored; may be empty. Where the terms reach fewer than n items, the
        most popular others follow with score 0. InputError for an index or a mask that does not fit.
        """
        past = self._past(history)
        mask = self._mask(allowed)
        items, parts = self._parts(past, mask)
        scores = parts @ self._weights
        best = kernels.best_of(items, scores, max(0, min(n, self.n_items)))
        chosen = np.concatenate([items[best], fill(self._popular, items[best], past, mask, n - len(best))])
        values = np.zeros(len(chosen))
        values[: len(best)] = scores[best]
        return chosen, values

    def recommend_many(self, histories: Any, n: int = 20, threads: int = THREADS) -> IndexArray:
        """The n best unseen items of each row of a matrix of takings, then the most popular; -1 where the
        catalogue holds no more.

        histories: shoppers x items, SciPy sparse.
        """
        if histories.shape[1] != self.n_items:
            raise InputError(
                "histories", f"has {histories.shape[1]} items where the model has {self.n_items}"
            )
        indptr, indices = histories.indptr.astype(np.int64), histories.indices.astype(np.int32)
        ranked = np.full((len(indptr) - 1, min(n, self.n_items)), -1, dtype=np.int32)
        tables = self._terms.knn, self._terms.ridge, self._terms.dense

        def piece(first: int) -> None:
            last = min(first + CHUNK, len(ranked))
            kernels.rank_rows(indptr, indices, first, last, *tables, self._weights, ranked)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(piece, range(0, len(ranked), CHUNK)))
        fill_rows(self._popular, ranked, histories)
        return ranked

    def explain(self, history: npt.ArrayLike, item: int) -> Contributions:
        """The items of the history that speak for an item, strongest first, and what each gives its score.

        With what speaks against it (ridge and spectral terms may), the contributions add up to the score.
        """
        past = self._past(history)
        as_indices("item", np.array([item]), self.n_items)
        given = self._contributions(past, item)
        order = np.argsort(-given, kind="stable")
        return Contributions.of(past[order].astype(np.int64), given[order])

    def _contributions(self, past: IndexArray, item: int) -> FloatArray:
        """What each item of the history gives the score, of either sign."""
        given = np.zeros(len(past))
        for name, weight in zip(NAMES, self._weights, strict=True):
            given += float(weight) * self._given(name, past, item)
        return given

    def _given(self, name: str, past: IndexArray, item: int) -> FloatArray:
        if name == "spectral":
            spectral = self._terms.spectral
            towards = kernels.direction(past, spectral.inward)
            spread = kernels.spread_along(towards, spectral.gram, spectral.means)
            raw = spectral.inward[past].astype(np.float64) @ spectral.outward[item]
        else:
            raw, spread = self._sparse_given(getattr(self._terms, name), past, item)
        return raw / spread if spread > 0 else np.zeros(len(past))

    def _sparse_given(self, table: kernels.Table, past: IndexArray, item: int) -> tuple[FloatArray, float]:
        indptr, indices, values = table
        raw = np.zeros(len(past))
        for place, cause in enumerate(past):
            row = slice(indptr[cause], indptr[cause + 1])
            raw[place] = values[row][indices[row] == item].sum()
        board, marks, touched = self._buffers()
        return raw, float(kernels.accumulate(past, table, board[0], marks, touched, 0)[1])

    def _parts(self, past: IndexArray, mask: BoolArray) -> tuple[IndexArray, Any]:
        boards, marks, touched = self._buffers()
        terms = self._terms
        return kernels.parts_of(past, mask, terms.knn, terms.ridge, terms.dense, boards, marks, touched)

    def _buffers(self) -> tuple[Any, BoolArray, IndexArray]:
        size = self.n_items
        return (
            np.zeros((2, size), dtype=np.float32),
            np.zeros(size, dtype=np.bool_),
            np.empty(size, dtype=np.int32),
        )

    def _past(self, history: npt.ArrayLike) -> IndexArray:
        return np.unique(as_indices("history", history, self.n_items)).astype(np.int32)

    def _mask(self, allowed: BoolArray | None) -> BoolArray:
        if allowed is None:
            return self._everything
        mask = np.asarray(allowed)
        if mask.dtype != np.bool_ or mask.shape != (self.n_items,):
            raise InputError("allowed", f"must hold {self.n_items} truth values")
        return np.ascontiguousarray(mask)

    @cached_property
    def _everything(self) -> BoolArray:
        return np.ones(self.n_items, dtype=np.bool_)


def _silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
