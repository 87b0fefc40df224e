"""What a model learns from: features known at a cut-off, and what happened after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Rows:
    """Features of one thing each (a shopper; a shopper and a category), and whether it was bought after.

    who: what each row is about, as the maker of the rows says. values: one row each. label: whether it
    happened within the horizon; all false where the horizon lies in the future.
    """

    who: IntArray
    values: FloatArray
    label: BoolArray

    def __len__(self) -> int:
        return len(self.label)

    @property
    def rate(self) -> float:
        """The share of rows with a purchase; 0 of no rows."""
        return float(self.label.mean()) if len(self) else 0.0

    def sample(self, most: int, rng: np.random.Generator) -> "Rows":
        """At most so many rows, drawn evenly."""
        if len(self) <= most:
            return self
        chosen = np.sort(rng.choice(len(self), most, replace=False))
        return Rows(self.who[chosen], self.values[chosen], self.label[chosen])


RowsAt = Callable[[float], Rows]
"""The rows at a cut-off (a day): features from before it, labels from the horizon after it."""


def joined(parts: Sequence[Rows]) -> Rows:
    """All rows of several cut-offs (at least one)."""
    return Rows(
        np.concatenate([part.who for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.label for part in parts]),
    )
