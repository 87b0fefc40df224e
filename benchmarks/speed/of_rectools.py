"""rectools' models, as its documentation calls them: a table of interactions in, a table of answers out."""

from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from implicit.nearest_neighbours import TFIDFRecommender
from rectools import Columns
from rectools.dataset import Dataset
from rectools.models import EASEModel, ImplicitItemKNNWrapperModel, PureSVDModel

from speed.contenders import Contender, N
from speed.dense import too_large


class Subject:
    """One model."""

    note = "answers are data frames, which a single query pays for"

    def __init__(self, contender: Contender, threads: int, seed: int) -> None:
        settings = contender.settings
        self._dense = contender.model == "EASEModel"
        if contender.model == "ImplicitItemKNNWrapperModel":
            self._model: Any = ImplicitItemKNNWrapperModel(TFIDFRecommender(**settings, num_threads=threads))
        elif contender.model == "PureSVDModel":
            self._model = PureSVDModel(**settings, random_state=seed, recommend_n_threads=threads)
        else:
            self._model = EASEModel(**settings, recommend_n_threads=threads)

    def refusal(self, train: sp.csr_array) -> str | None:
        """Why it cannot be fitted here."""
        return too_large(train.shape[1]) if self._dense else None

    def fit(self, train: sp.csr_array) -> None:
        entries = sp.coo_array(train)
        frame = pd.DataFrame({Columns.User: entries.row, Columns.Item: entries.col})
        frame[Columns.Weight], frame[Columns.Datetime] = 1.0, pd.Timestamp("2020-01-01")
        self._dataset = Dataset.construct(frame)
        self._model.fit(self._dataset)

    def query(self, shopper: int) -> Any:
        return np.array([shopper])

    def one(self, query: Any) -> Any:
        return self._model.recommend(users=query, dataset=self._dataset, k=N, filter_viewed=True)

    def batch(self, shoppers: np.ndarray) -> Any:
        return shoppers

    def many(self, batch: Any, threads: int) -> Any:
        if hasattr(self._model, "recommend_n_threads"):
            self._model.recommend_n_threads = threads
        return self.one(batch)

    def ranked(self, answer: Any, shoppers: np.ndarray) -> np.ndarray:
        places = pd.Series(np.arange(len(shoppers)), index=shoppers)
        table = np.full((len(shoppers), N), -1, dtype=np.int64)
        rows = places.loc[answer[Columns.User]].to_numpy()
        table[rows, answer[Columns.Rank].to_numpy() - 1] = answer[Columns.Item]
        return table
