"""Cold items: weights that the shop's own known items teach, and matrices worked out by hand."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import ColdConfig, ContentConfig
from recommender.content import ContentNeighbours, content_neighbours
from recommender.content.appeal import log_appeal
from recommender.content.cold import Pairs
from recommender.kernels import cosines_of_pairs
from tests.recommender.shops import catalogue

ONLY_BRAND = ColdConfig(
    words=0.0, measure=0.0, category=1.0, department=0.0, brand=1.0, price=0.0, popularity=0.0, discount=0.0
)


def by_brand(n_items: int = 400, n_shoppers: int = 100) -> tuple[dict[str, object], sp.csr_array]:
    """Shoppers who are true to one brand and take half of it, of any category; ten of each."""
    rng = np.random.default_rng(3)
    item, shopper = np.arange(n_items), np.arange(n_shoppers)[:, None]
    taken = (item % 10 == shopper % 10) & (rng.random((n_shoppers, n_items)) < 0.5)
    columns: dict[str, object] = {
        "brand": [f"brand {at % 10}" for at in item],
        "category": [f"category {at // 10 % 10}" for at in item],
        "text": [f"word{at // 10 % 10}" for at in item],
    }
    return columns, sp.csr_array(taken.astype(np.float64))


def learnt(n_cold: int = 40, seed: int = 0) -> tuple[ContentNeighbours, np.ndarray]:
    columns, takings = by_brand()
    known = np.arange(400) >= n_cold
    rest = sp.csr_array(takings @ sp.diags_array(known.astype(np.float64)))
    rest.eliminate_zeros()
    popularity = np.ones(400, dtype=np.float32)
    config, rng = ContentConfig(cold=ColdConfig(brand=0.0)), np.random.default_rng(seed)
    shop = catalogue(400, **columns)
    return content_neighbours(shop, known, popularity, config, rest, rng), rest.toarray()


def test_a_shop_where_the_brand_decides_teaches_the_brand() -> None:
    report = learnt()[0].report
    assert report["chosen"]["brand"] > 0.0
    assert report["ndcg_after"] > report["ndcg_before"] + 0.1


def test_cold_items_of_the_brand_come_first() -> None:
    found, takings = learnt()
    scores = takings @ found.cold.matrix().toarray()
    first = scores[:, :40].argmax(axis=1)
    assert (first % 10 == np.arange(100) % 10).mean() > 0.9


def test_the_same_seed_teaches_the_same() -> None:
    one, other = learnt(seed=5)[0], learnt(seed=5)[0]
    assert one.report["chosen"] == other.report["chosen"]
    assert (one.cold.values == other.cold.values).all()


def test_a_small_shop_keeps_the_settings() -> None:
    shop = catalogue(4, text=["green tea", "black tea", "dish soap", "hand soap"])
    takings = sp.csr_array(np.eye(3, 4))
    known = np.array([True, True, True, False])
    found = content_neighbours(shop, known, np.ones(4, np.float32), ContentConfig(), takings)
    assert found.report == {"cases": 0}
    assert found.cold.row(2)[0].tolist() == [3]


def test_cold_neighbours_lead_from_known_to_cold_items_only() -> None:
    matrix = sp.coo_array(learnt()[0].cold.matrix())
    assert matrix.nnz > 0
    assert (matrix.row >= 40).all()
    assert (matrix.col < 40).all()


def pairs(promise: list[float]) -> Pairs:
    """Two cold items; items 0 and 1 speak for the first, by brand and category, and by category; 0 for the
    second, by brand."""
    shared = {
        "words": np.zeros(3, np.float32),
        "brand": np.array([1, 0, 1], np.float32),
        "category": np.array([1, 1, 0], np.float32),
    }
    source, column = np.array([0, 1, 0]), np.array([0, 0, 1])
    return Pairs(source, column, shared, np.array(promise), np.array([0.5, 0.5]))


def test_likeness_is_the_weighted_sum_sharpened() -> None:
    settings = ONLY_BRAND.model_copy(update={"sharpness": 2.0})
    assert pairs([0.0, 0.0]).matrix(settings).toarray().tolist() == [[1.0, 0.25], [0.25, 0.0]]


def test_a_promise_raises_all_that_speaks_for_an_item() -> None:
    settings = ONLY_BRAND.model_copy(update={"sharpness": 1.0, "popularity": 0.5})
    found = pairs([np.log(4.0), 0.0]).matrix(settings).toarray()
    assert found.tolist() == [[2.0, 0.5], [1.0, 0.0]]


def test_neighbours_that_everybody_takes_say_less() -> None:
    settings = ONLY_BRAND.model_copy(update={"sharpness": 1.0, "discount": 1.0})
    found = pairs([0.0, 0.0]).matrix(settings).toarray()
    # Without the discount, the average shopper gives 0.75 and 0.25: 1.5 and 0.5 of their mean.
    assert found == pytest.approx(np.array([[1.0 / 1.5, 0.5 / 0.5], [0.5 / 1.5, 0.0]]))


def test_only_the_likest_speak() -> None:
    settings = ONLY_BRAND.model_copy(update={"neighbours": 1})
    assert pairs([0.0, 0.0]).matrix(settings).toarray()[1].tolist() == [0.0, 0.0]


def test_appeal_follows_what_items_described_alike_have() -> None:
    signs = sp.csr_array(np.repeat(np.eye(2), 50, axis=0))
    takers = np.where(np.arange(100) < 50, 100.0, 4.0)
    guessed = log_appeal(signs, np.arange(10, 90), takers)
    assert guessed[0] == pytest.approx(np.log(100.0), abs=0.2)
    assert guessed[99] == pytest.approx(np.log(4.0), abs=0.2)


def test_appeal_of_a_shop_without_known_items_is_flat() -> None:
    signs = sp.csr_array(np.eye(3))
    assert log_appeal(signs, np.zeros(0, np.int64), np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=6))
def test_products_of_pairs_are_those_of_the_rows(rows: list[list[int]]) -> None:
    dense = np.array(rows, dtype=np.float32)
    table = sp.csr_array(dense)
    left, right = (each.ravel() for each in np.indices((len(rows), len(rows))))
    starts = table.indptr.astype(np.int64)
    found = cosines_of_pairs(left, right, starts, table.indices.astype(np.int32), table.data)
    assert found.reshape(len(rows), -1).tolist() == (dense @ dense.T).tolist()
