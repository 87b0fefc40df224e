"""The one sparse item-item matrix that is served: all that an item says of others, relation by relation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.arrays import AnyArray, check_csr
from recommender.neighbours import Neighbours

BLOCKS = (("taken_with", "cold", "followers"), ("basket", "alike"))
"""Relations whose rows of one item lie side by side: what past items are asked for, and the rest."""

NAMES = tuple(name for block in BLOCKS for name in block)


@dataclass(frozen=True)
class Relations:
    """What items say of one another, each relation as neighbours.

    taken_with: what shoppers take over time; cold: from known items to the cold ones like them; followers:
    what comes a basket later (empty where the hold-out had no use for it); basket: what lies in one basket;
    alike: from every item to known ones like it.
    """

    taken_with: Neighbours
    cold: Neighbours
    followers: Neighbours
    basket: Neighbours
    alike: Neighbours

    def __post_init__(self) -> None:
        # Nobody may change a model in service; and kernels compile once for fitted and for mapped arrays.
        for name in NAMES:
            for array in getattr(self, name).arrays().values():
                array.setflags(write=False)

    def merged(self) -> Self:
        """The same in one matrix: one set of arrays, to be mapped once, with five rows an item.

        Kept apart within the item, since a query weighs them apart (a session goes by other relations than
        the past; slates of new items by another blend), and since a reason names one of them. To read a row
        of each costs no more than to read their sum, as hardly any pair stands in two (docs/decisions/0010).
        """
        parts = {name: getattr(self, name) for name in NAMES}
        if all(part.rows for part in parts.values()):
            return self
        n_items = self.taken_with.n_items
        rows = places(n_items)
        lengths = np.zeros(len(NAMES) * n_items, dtype=np.int64)
        for name, part in parts.items():
            lengths[rows[name]] = np.diff(part.indptr)
        indptr = np.concatenate([[0], np.cumsum(lengths)])
        indices = np.empty(indptr[-1], dtype=np.int32)
        values = np.empty(indptr[-1], dtype=np.float32)
        for name, part in parts.items():
            moved = np.repeat(indptr[rows[name]] - part.indptr[:-1], np.diff(part.indptr))
            slots = moved + np.arange(len(moved))
            indices[slots], values[slots] = part.indices, part.values
        return self.of_matrix({"indptr": indptr, "indices": indices, "values": values}, n_items)

    def arrays(self) -> dict[str, AnyArray]:
        """The arrays of the merged matrix."""
        return self.merged().taken_with.arrays()

    @classmethod
    def of_matrix(cls, arrays: Mapping[str, AnyArray], n_items: int) -> Self:
        """The way back from arrays; KeyError where one is missing, ValueError unless they fit together."""
        indptr, indices, values = arrays["indptr"], arrays["indices"], arrays["values"]
        check_csr(indptr, indices, values, len(NAMES) * n_items, n_items)
        found = {name: Neighbours(indptr, indices, values, rows) for name, rows in places(n_items).items()}
        return cls(**found)


def places(n_items: int) -> dict[str, range]:
    """The rows of the merged matrix that each relation has, one an item."""
    found, first = dict[str, range](), 0
    for block in BLOCKS:
        stop = first + len(block) * n_items
        found |= {name: range(first + at, stop, len(block)) for at, name in enumerate(block)}
        first = stop
    return found
