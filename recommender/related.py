"""What resembles an item, and what goes with a basket: questions about items rather than shoppers."""

from dataclasses import dataclass

import numpy as np

from recommender import kernels
from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.neighbours import Neighbours, Voice, gather, spread
from recommender.ranker import Ranker
from recommender.ranking import RankedItem, Ranking, Reason
from recommender.state import State

TAKEN_WITH_SHARE = 0.3
"""Share of co-occurrence in `similar`: what is bought together is more often a complement than a likeness."""

STANDINS = 5
"""Items like one that no basket has shown yet, whose company is taken for its own."""


@dataclass(frozen=True)
class Related:
    """Answers from the neighbours of a state."""

    state: State
    ranker: Ranker

    def similar(self, item: int, allowed: BoolArray, n: int) -> Ranking:
        """Items like this one: by content (both ways, to find cold ones too) blended with co-occurrence."""
        said = self.state.relations
        by_content = np.maximum(self._row(said.alike, item), self._row(said.cold, item))
        by_taking = self._row(said.taken_with, item)
        board = (1.0 - TAKEN_WITH_SHARE) * by_content + TAKEN_WITH_SHARE * by_taking
        mask = allowed & (board > 0.0)
        mask[item] = False
        best = kernels.best_first(board, mask, min(n, len(board)))
        reason = Reason("similar_to", self._id(item), 1.0)
        return Ranking(
            tuple(
                RankedItem(
                    self._id(found),
                    float(board[found]),
                    "content" if by_content[found] >= by_taking[found] else "item_knn",
                    (reason,),
                )
                for found in map(int, best)
            )
        )

    def goes_with(self, items: IntArray, allowed: BoolArray, n: int) -> Ranking:
        """Items that lie in the same baskets and are no substitutes: none of the given items' own categories.

        An item that no basket has shown yet is stood in for by known items like it.
        """
        company = [self._company(item) for item in items.tolist()]
        board = np.zeros(len(self.state.ids))
        for causes, weights in company:
            spread(board, [Voice(self.state.relations.basket, causes, weights)])
        mask = allowed & (board > 0.0) & ~self._substitutes(items)
        best = self.ranker.top(board, mask, n).astype(np.int64)
        given = np.array([self._given(best, causes, weights) for causes, weights in company])
        strongest = given.argmax(axis=0)
        shares = np.minimum(given.max(axis=0) / given.sum(axis=0), 1.0)
        return Ranking(
            tuple(
                RankedItem(
                    self._id(item),
                    float(board[item]),
                    "basket",
                    (Reason("bought_with", self._id(int(items[cause])), float(share)),),
                )
                for item, cause, share in zip(best.tolist(), strongest.tolist(), shares.tolist(), strict=True)
            )
        )

    def _given(self, items: IntArray, causes: IntArray, weights: FloatArray) -> list[float]:
        """What these causes together gave to each item."""
        (given,) = gather(items, [Voice(self.state.relations.basket, causes, weights)])
        return [float(parts.sum()) for _, parts in given]

    def _company(self, item: int) -> tuple[IntArray, FloatArray]:
        """What to look up in baskets for an item: itself, or those that stand in for it; with weights."""
        if len(self.state.relations.basket.row(item)[0]) > 0:
            return np.array([item]), np.ones(1)
        near, likeness = self.state.relations.alike.row(item)
        weights = likeness[:STANDINS].astype(np.float64)
        return near[:STANDINS].astype(np.int64), weights / max(float(weights.sum()), 1e-300)

    def _substitutes(self, items: IntArray) -> BoolArray:
        """The items themselves and all of their categories; an unnamed category makes no substitutes."""
        category = self.state.category
        own = np.unique(category.codes[items])
        telling = len(category.names) > 1
        mask: BoolArray = np.isin(category.codes, own[category.names[own] != ""]) & telling
        mask[items] = True
        return mask

    def _row(self, neighbours: Neighbours, item: int) -> FloatArray:
        """A row as one value an item, the highest 1."""
        board = np.zeros(neighbours.n_items)
        found, values = neighbours.row(item)
        if len(found):
            board[found] = values / values.max()
        return board

    def _id(self, item: int) -> str:
        return str(self.state.ids.ids[item])
