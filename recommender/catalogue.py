"""What is known of the items themselves, and the way from item ids to indices and back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from recommender.arrays import FloatArray, IndexArray, IntArray, TextArray, as_floats, as_texts, same_length
from recommender.errors import InputError


@dataclass(frozen=True, init=False)
class Labels:
    """A column of repeated strings as codes: names[codes] is the column; "" means unknown."""

    names: TextArray
    codes: IndexArray

    def __init__(self, names: TextArray, codes: IndexArray) -> None:
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "codes", codes)

    @classmethod
    def of(cls, values: TextArray) -> "Labels":
        names, codes = np.unique(values, return_inverse=True)
        return cls(names, codes.astype(np.int32))

    def name_of(self, index: int) -> str:
        """The label of the item at that index."""
        return str(self.names[self.codes[index]])

    def code_of(self, name: str) -> int | None:
        """The code of a label; None where no item has it."""
        place = int(np.searchsorted(self.names, name))
        return place if place < len(self.names) and self.names[place] == name else None


@dataclass(frozen=True)
class ItemIds:
    """Item ids in index order; the way back is a dictionary made on first use."""

    ids: TextArray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {str(item_id): index for index, item_id in enumerate(self.ids)}

    def index_of(self, item_id: str) -> int | None:
        """The index of an item; None where it is unknown."""
        return self._index.get(item_id)

    def indices_of(self, item_ids: list[str]) -> IntArray:
        """One index an id, -1 for unknown ones."""
        lookup = self._index
        return np.fromiter((lookup.get(item_id, -1) for item_id in item_ids), np.int64, len(item_ids))


@dataclass(frozen=True, init=False)
class Catalogue:
    """The shop's items, one value an item in every column.

    item_ids: distinct and not empty. category, department, brand: labels, "" where unknown. text: what an
    item is (its names in any language, its kind and size). aliases: other words for what it is, which search
    trusts less; none by default. price: in the shop's currency, at least 0. added_day: days since the epoch.
    """

    ids: ItemIds
    category: Labels
    department: Labels
    brand: Labels
    text: tuple[str, ...]
    aliases: tuple[str, ...]
    price: FloatArray
    added_day: FloatArray

    def __init__(
        self,
        item_ids: npt.ArrayLike,
        category: npt.ArrayLike,
        department: npt.ArrayLike,
        brand: npt.ArrayLike,
        text: npt.ArrayLike,
        price: npt.ArrayLike,
        added_day: npt.ArrayLike,
        aliases: npt.ArrayLike | None = None,
    ) -> None:
        ids = as_texts("item_ids", item_ids)
        labels = {
            "category": as_texts("category", category),
            "department": as_texts("department", department),
            "brand": as_texts("brand", brand),
        }
        texts = {"text": _strings(text), "aliases": _strings([""] * len(ids) if aliases is None else aliases)}
        numbers = {
            "price": as_floats("price", price, minimum=0.0),
            "added_day": as_floats("added_day", added_day),
        }
        columns = {name: np.asarray(values, dtype=object) for name, values in texts.items()}
        same_length(item_ids=ids, **labels, **columns, **numbers)
        _check_ids(ids)
        for name, values in labels.items():
            object.__setattr__(self, name, Labels.of(values))
        for name, column in numbers.items():
            object.__setattr__(self, name, column)
        for name, strings in texts.items():
            object.__setattr__(self, name, strings)
        object.__setattr__(self, "ids", ItemIds(ids))

    def __len__(self) -> int:
        return len(self.ids)


def _strings(values: npt.ArrayLike) -> tuple[str, ...]:
    """Kept as Python strings: one long text would widen every row of a NumPy column."""
    return tuple("" if value is None else str(value) for value in np.asarray(values, dtype=object))


def _check_ids(ids: TextArray) -> None:
    if len(ids) == 0:
        raise InputError("item_ids", "a catalogue has at least one item")
    if (ids == "").any():
        raise InputError("item_ids", "must not be empty")
    if len(np.unique(ids)) != len(ids):
        raise InputError("item_ids", "must be distinct")
