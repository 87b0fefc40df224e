"""What the extractor finds in a text, and how findings are kept apart."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Found(NamedTuple):
    """An entity and where it stands in the text (characters, end exclusive)."""

    entity: str
    value: str | float | int
    start: int
    end: int


class Taken:
    """The parts of a text that are spoken for."""

    def __init__(self, found: Iterable[Found] = ()) -> None:
        self._positions: set[int] = set()
        self.add(found)

    def add(self, found: Iterable[Found]) -> None:
        """Take the places of these as well."""
        for each in found:
            self._positions.update(range(each.start, each.end))

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether nothing between the two is taken."""
        return self._positions.isdisjoint(range(start, end))

    def free(self, found: Iterable[Found]) -> list[Found]:
        """Return those whose places are free."""
        return [each for each in found if self.is_free(each.start, each.end)]


class Names:
    """The places of the catalogue's names, for what counts them: "two bottles of milk"."""

    def __init__(self, names: Sequence[Found]) -> None:
        self._starts = sorted(name.start for name in names)

    def next_after(self, position: int) -> int | None:
        """Return where the next name begins, at or after a position."""
        place = bisect_left(self._starts, position)
        return self._starts[place] if place < len(self._starts) else None
