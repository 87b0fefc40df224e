"""The one-off model as its callers see it."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.oneoff.config import TermWeights
from recommender.oneoff.model import OneOffModel
from recommender.settings import KnnConfig
from tests.recommender.oneoff.shops import checkerboard, plain


@pytest.fixture(scope="module")
def model() -> OneOffModel:
    return OneOffModel.fit(checkerboard(), plain())


@pytest.mark.parametrize("side", [0, 1])
def test_even_shoppers_like_even_items(model: OneOffModel, side: int) -> None:
    items, scores = model.recommend([side, side + 2, side + 4], n=7)
    assert set(items % 2) == {side}
    assert (np.diff(scores) <= 0).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 19), max_size=12), st.integers(0, 25), st.integers(0, 2**20 - 1))
def test_slates_hold_what_they_may(model: OneOffModel, history: list[int], n: int, bits: int) -> None:
    allowed = np.array([bits >> item & 1 for item in range(20)], dtype=bool)
    items, scores = model.recommend(history, n, allowed)
    assert allowed[items].all()
    assert not set(items.tolist()) & set(history)
    assert len(set(items.tolist())) == len(items)
    assert len(items) == min(n, int(allowed.sum()) - int(allowed[list(set(history))].sum()))
    assert np.isfinite(scores).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 19), min_size=1, max_size=8, unique=True))
def test_contributions_stand_behind_the_score(model: OneOffModel, history: list[int]) -> None:
    items, scores = model.recommend(history, n=1)
    given_by = model.explain(history, int(items[0]))
    assert set(given_by.causes.tolist()) <= set(history)
    assert given_by.weights.sum() >= scores[0] - 1e-3


@pytest.mark.parametrize("term", ["knn", "ridge", "spectral"])
def test_each_term_is_explained_exactly(term: str) -> None:
    weights = TermWeights(knn=0, ridge=0, spectral=0).model_copy(update={term: 1.0})
    model = OneOffModel.fit(checkerboard(), plain(weights=weights))
    items, scores = model.recommend([0, 2, 4], n=1)
    parts = model._contributions(np.array([0, 2, 4], dtype=np.int32), int(items[0]))
    assert parts.sum() == pytest.approx(scores[0], rel=1e-3)


def test_many_at_once_rank_as_one_by_one(model: OneOffModel) -> None:
    histories = checkerboard(seed=5)
    ranked = model.recommend_many(histories, n=3)
    for row in range(10):
        history = histories.indices[histories.indptr[row] : histories.indptr[row + 1]]
        assert ranked[row].tolist() == model.recommend(history, n=3)[0].tolist()


def test_strangers_get_what_is_popular() -> None:
    table = checkerboard().toarray()
    table[:, 7] = 1.0
    items, scores = OneOffModel.fit(table, plain()).recommend([], n=2)
    assert items[0] == 7
    assert (scores == 0).all()


def test_fits_itself_and_says_how() -> None:
    seen: list[float] = []
    model = OneOffModel.fit(
        checkerboard(200, 30),
        plain().model_copy(
            update={"search": plain().search.model_copy(update={"shoppers": 100, "seconds": 0.5})}
        ),
        progress=lambda stage, share: seen.append(share),
    )
    assert model.report["hold_out"].keys() == {"scattered", "together"}
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_one_item() -> None:
    items, _ = OneOffModel.fit(np.ones((3, 1)), plain()).recommend([], n=5)
    assert items.tolist() == [0]


def test_sizes_do_not_matter_only_presence() -> None:
    table = checkerboard()
    huge = table.copy()
    huge.data = huge.data * 1e30
    left, right = OneOffModel.fit(table, plain()), OneOffModel.fit(huge, plain())
    assert left.recommend([1, 3])[0].tolist() == right.recommend([1, 3])[0].tolist()


@pytest.mark.parametrize(
    "table",
    [
        np.zeros((3, 3)),
        np.zeros((3, 0)),
        np.array([[1.0, np.nan]]),
        np.array([[1.0, -1.0]]),
        np.array([[np.inf]]),
    ],
)
def test_bad_takings(table: np.ndarray) -> None:
    with pytest.raises(InputError, match="takings"):
        OneOffModel.fit(sp.csr_array(table), plain())


def test_bad_queries(model: OneOffModel) -> None:
    with pytest.raises(InputError, match="history"):
        model.recommend([99])
    with pytest.raises(InputError, match="allowed"):
        model.recommend([0], allowed=np.ones(3, dtype=bool))
    with pytest.raises(InputError, match="histories"):
        model.recommend_many(sp.csr_array(np.ones((1, 3))))
    with pytest.raises(InputError, match="item"):
        model.explain([0], 20)


def test_pruning_by_target(model: OneOffModel) -> None:
    other = OneOffModel.fit(checkerboard(), plain(knn=KnnConfig(neighbours=2, prune="target", min_support=1)))
    assert set(other.recommend([0, 2], n=5)[0] % 2) == {0}
