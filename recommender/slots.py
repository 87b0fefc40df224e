"""Places on a slate that are kept for promotion, and items shown so often that they had better rest."""

from collections.abc import Sequence

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray
from recommender.ranker import Ranker


def promoted_slate(
    best: IndexArray, promoted: Sequence[int], slots: Sequence[int], n: int
) -> tuple[IndexArray, frozenset[int]]:
    """The slate with promoted items in the slots, and which items stand there only for that.

    best: items by merit. promoted: items that may be promoted, the best first. slots: places from 1; those
    beyond the slate's end stay empty. An item that stands on the slate by merit is not promoted once more.
    Whatever has to make room leaves at the end of the slate.
    """
    slate = best.tolist()
    waiting = [item for item in dict.fromkeys(promoted) if item not in slate]
    placed: list[int] = []
    for slot in sorted(slots):
        if waiting and slot <= min(n, len(slate) + 1):
            placed.append(waiting.pop(0))
            slate.insert(slot - 1, placed[-1])
    slate = slate[:n]
    return np.array(slate, dtype=np.int32), frozenset(placed) & frozenset(slate)


def rested(ranker: Ranker, board: FloatArray, candidates: BoolArray, tired: IntArray, n: int) -> IndexArray:
    """The n best candidates, tired ones only where nothing else is left."""
    tiring = tired[candidates[tired]]
    if len(tiring) == 0:
        return ranker.top(board, candidates, n)
    fresh = candidates.copy()
    fresh[tiring] = False
    best = ranker.top(board, fresh, n)
    if len(best) == min(n, len(board)):
        return best
    rest = np.zeros_like(candidates)
    rest[tiring] = True
    return np.concatenate([best, ranker.top(board, rest, n - len(best))])
