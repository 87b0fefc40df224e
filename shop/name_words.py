"""Which products carry a word in their names, in any language: "only organic", "without nuts"."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from recommender import Recommender
from recommender.text import words

WORDS_REMEMBERED = 200


class NameWords:
    """Names of a model's items; a word that none of them carries is looked up as search does.

    place: where each item stands in the model. names: (item id, name), several for an item.
    """

    def __init__(
        self, model: Recommender, place: Mapping[str, int], names: Iterable[tuple[str, str]]
    ) -> None:
        self._model, self._place = model, place
        self._places: dict[str, list[int]] = {}
        for item_id, name in names:
            if item_id in place:
                self._places.setdefault(name, []).append(place[item_id])
        self._known = lru_cache(WORDS_REMEMBERED)(self._having)

    def having(self, word: str) -> NDArray[np.bool_]:
        """One flag per item of the model: its names carry the word, or each pair of signs of a Chinese one.

        Forgiving where nothing is called so: a slip, a plural, or a word for the shelf ("frozen").
        """
        return self._known(word.casefold())

    def _having(self, word: str) -> NDArray[np.bool_]:
        found = np.ones(self._model.n_items, dtype=np.bool_)
        for part in words(word):
            found &= self._mask(self._index.get(part) or self._searched(part))
        return found

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """Where each word stands; made when the first word is asked for, by distinct names."""
        index: dict[str, list[int]] = {}
        for name, places in self._places.items():
            for word in set(words(name)):
                index.setdefault(word, []).extend(places)
        return index

    def _searched(self, part: str) -> list[int]:
        found = self._model.search(part, self._model.n_items)
        return [self._place[item.item_id] for item in found]

    def _mask(self, places: list[int]) -> NDArray[np.bool_]:
        mask = np.zeros(self._model.n_items, dtype=np.bool_)
        mask[places] = True
        return mask
