"""implicit's models, as its documentation calls them."""

from typing import Any

import implicit.als
import implicit.bpr
import implicit.nearest_neighbours
import numpy as np
import scipy.sparse as sp

from speed.contenders import Contender, N

MODULES = (implicit.nearest_neighbours, implicit.als, implicit.bpr)


class Subject:
    """One model; queries carry the rows of their shoppers, sliced beforehand."""

    def __init__(self, contender: Contender, threads: int, seed: int) -> None:
        maker: Any = next(
            getattr(each, contender.model) for each in MODULES if hasattr(each, contender.model)
        )
        factors = "factors" in contender.settings
        self._model = maker(
            **contender.settings, num_threads=threads, **({"random_state": seed} if factors else {})
        )
        self.note = (
            None
            if factors
            else "its batch call asks one shopper after the other, so more threads do not help"
        )

    def refusal(self, train: sp.csr_array) -> str | None:
        """Why it cannot be fitted here."""
        return None

    def fit(self, train: sp.csr_array) -> None:
        self._table = sp.csr_matrix(train.astype(np.float32))
        self._model.fit(self._table, show_progress=False)

    def query(self, shopper: int) -> Any:
        return shopper, self._table[shopper]

    def one(self, query: Any) -> Any:
        return self._model.recommend(*query, N=N, filter_already_liked_items=True)[0]

    def batch(self, shoppers: np.ndarray) -> Any:
        return shoppers, self._table[shoppers]

    def many(self, batch: Any, threads: int) -> Any:
        self._model.num_threads = threads
        return self._model.recommend(*batch, N=N, filter_already_liked_items=True)[0]

    def ranked(self, answer: Any, shoppers: np.ndarray) -> np.ndarray:
        return np.asarray(answer)
