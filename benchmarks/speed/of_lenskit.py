"""LensKit's scorers in its standard top-N pipeline, as its documentation puts them together."""

from typing import Any

import lenskit
import numpy as np
import pandas as pd
import scipy.sparse as sp
from lenskit.als import ImplicitMFScorer
from lenskit.batch import recommend as recommend_batch
from lenskit.data import from_interactions_df
from lenskit.knn import EASEScorer, ItemKNNScorer
from lenskit.pipeline import topn_pipeline
from lenskit.training import TrainingOptions

from speed.contenders import Contender, N
from speed.dense import too_large

SCORERS = {each.__name__: each for each in (ItemKNNScorer, ImplicitMFScorer, EASEScorer)}


class Subject:
    """One pipeline."""

    note = "its pipeline runs once per shopper, in this process"

    def __init__(self, contender: Contender, threads: int, seed: int) -> None:
        extra = {"feedback": "implicit"} if contender.model == "ItemKNNScorer" else {}
        self._dense = contender.model == "EASEScorer"
        self._seed = seed
        self._pipeline = topn_pipeline(SCORERS[contender.model], {**contender.settings, **extra}, n=N)

    def refusal(self, train: sp.csr_array) -> str | None:
        """Why it cannot be fitted here."""
        return too_large(train.shape[1]) if self._dense else None

    def fit(self, train: sp.csr_array) -> None:
        entries = sp.coo_array(train)
        frame = pd.DataFrame({"user_id": entries.row, "item_id": entries.col})
        self._pipeline.train(from_interactions_df(frame), TrainingOptions(rng=self._seed))

    def query(self, shopper: int) -> Any:
        return shopper

    def one(self, query: Any) -> Any:
        return lenskit.recommend(self._pipeline, query, N)

    def batch(self, shoppers: np.ndarray) -> Any:
        return shoppers.tolist()

    def many(self, batch: Any, threads: int) -> Any:
        return recommend_batch(self._pipeline, batch, N, n_jobs=1)

    def ranked(self, answer: Any, shoppers: np.ndarray) -> np.ndarray:
        table = np.full((len(shoppers), N), -1, dtype=np.int64)
        places = {int(shopper): place for place, shopper in enumerate(shoppers)}
        for key, items in answer:
            found = items.ids()
            table[places[int(key.user_id)], : len(found)] = found
        return table
