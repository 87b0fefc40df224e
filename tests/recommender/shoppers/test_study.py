import json
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.shoppers import ShoppersConfig, figures_of, fit_norms, norms_from, study
from recommender.shoppers.config import PropensityConfig, SegmentConfig
from tests.recommender.shoppers.logs import log_of, two_kinds

QUICK = ShoppersConfig(
    propensity=PropensityConfig(horizon_days=5.0, cuts=2, trees=5, leaf=5, fewest=10),
    segments=SegmentConfig(most=5, restarts=1, members=1),
)


def all_numbers(thing: Any) -> list[np.ndarray]:
    """Every array of numbers in a result, however deep."""
    if is_dataclass(thing):
        return [found for each in fields(thing) for found in all_numbers(getattr(thing, each.name))]
    return [thing] if isinstance(thing, np.ndarray) and thing.dtype.kind == "f" else []


def test_everything_is_found_of_a_plain_shop() -> None:
    log = two_kinds(np.random.default_rng(0))
    found = study(log, 500.0, np.random.default_rng(0), QUICK)
    assert found.as_of == log.day.max()
    assert set(found.segment[::2].tolist()).isdisjoint(found.segment[1::2].tolist())
    assert found.chances.visit[::2].min() > found.chances.visit[1::2].max()
    sizes = [figures_of(found, label).size for label in range(1, found.segments.k + 1)]
    assert sizes == found.segments.sizes.tolist()
    assert json.loads(json.dumps(found.report()))["k"] == found.segments.k


def test_norms_survive_json() -> None:
    norms = fit_norms(two_kinds(np.random.default_rng(0), n=6))
    assert norms_from(json.loads(json.dumps(norms.as_json()))) == norms


def test_a_shop_where_nobody_buys_twice_and_nothing_has_a_price() -> None:
    log = log_of(*((who, who % 3, float(who % 7)) for who in range(40)))
    found = study(log, 10.0, np.random.default_rng(0), QUICK)
    assert not found.measures.lapsing.any()
    assert all(np.isfinite(numbers).all() for numbers in all_numbers(found))
    assert {traits["discount"] for traits in found.traits} == {"average"}


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.floats(0, 60)), min_size=1, max_size=30),
    st.sampled_from([None, 0.0, 2.5]),
)
def test_whatever_was_bought_no_number_is_missing(
    lines: list[tuple[int, int, float]], price: float | None
) -> None:
    columns = {} if price is None else {"paid": [price] * len(lines), "price": [price] * len(lines)}
    found = study(log_of(*lines, n_shoppers=8, **columns), 61.0, np.random.default_rng(0), QUICK)
    assert all(np.isfinite(numbers).all() for numbers in all_numbers(found))
    assert ((found.segment > 0) == found.measures.rfm.bought).all()
    assert ((found.chances.chance >= 0) & (found.chances.chance <= 1)).all()


def test_a_shop_without_purchases_says_so() -> None:
    with pytest.raises(InputError) as caught:
        study(log_of(n_shoppers=3), 10.0, np.random.default_rng(0))
    assert caught.value.field == "purchases"
