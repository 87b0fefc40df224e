"""What resembles an item, and what goes with a basket: questions about items rather than shoppers."""

from dataclasses import dataclass

import numpy as np

from recommender import kernels
from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.neighbours import Neighbours
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
        content = self.state.content
        by_content = np.maximum(self._row(content.alike, item), self._row(content.cold, item))
        by_taking = self._row(self.state.taken_with, item)
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
        causes, weights, stands_for = self._company(items)
        board = np.zeros(len(self.state.ids))
        self.state.basket.spread(board, causes, weights)
        mask = allowed & (board > 0.0) & ~self._substitutes(items)
        best = self.ranker.top(board, mask, n)
        return Ranking(
            tuple(self._accompanying(item, board, causes, weights, stands_for) for item in best.tolist())
        )

    def _accompanying(
        self, item: int, board: FloatArray, causes: IntArray, weights: FloatArray, stands_for: IntArray
    ) -> RankedItem:
        given = [
            float(self.state.basket.gather(causes[mine], weights[mine], item)[1].sum())
            for mine in (stands_for == asked for asked in np.unique(stands_for))
        ]
        strongest = int(np.argmax(given))
        share = min(given[strongest] / sum(given), 1.0)
        reason = Reason("bought_with", self._id(int(np.unique(stands_for)[strongest])), share)
        return RankedItem(self._id(item), float(board[item]), "basket", (reason,))

    def _company(self, items: IntArray) -> tuple[IntArray, FloatArray, IntArray]:
        """Items to look up in baskets, their weights, and which of the given items each stands for."""
        causes: list[int] = []
        weights: list[float] = []
        stands_for: list[int] = []
        for item in map(int, items):
            near, likeness = self.state.content.alike.row(item)
            alone = len(self.state.basket.row(item)[0]) > 0
            causes.extend([item] if alone else near[:STANDINS].tolist())
            weights.extend([1.0] if alone else (likeness[:STANDINS] / likeness[:STANDINS].sum()).tolist())
            stands_for.extend([item] * (len(causes) - len(stands_for)))
        return np.array(causes, dtype=np.int64), np.array(weights), np.array(stands_for, dtype=np.int64)

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
