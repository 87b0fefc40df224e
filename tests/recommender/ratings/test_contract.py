"""The contract that every rating predictor keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.ratings import Ratings
from tests.recommender.ratings import tables

EVERY_PAIR = np.divmod(np.arange(30), 6)
QUICK_FITS = {name: fit for name, fit in tables.FITS.items() if name != "blend"}


@st.composite
def logs(draw: st.DrawFn) -> Ratings:
    """Any few ratings by 5 shoppers of 6 items, on any scale."""
    low, step = draw(st.sampled_from([(1.0, 1.0), (0.5, 0.5), (-10.0, 0.37), (0.0, 1000.0)]))
    row = st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(0, 9))
    rows = draw(st.lists(row, min_size=1, max_size=25))
    return tables.of([(shopper, item, low + step * level) for shopper, item, level in rows], 5, 6)


@pytest.mark.parametrize("fit", tables.FITS.values(), ids=tables.FITS)
class TestEveryPredictor:
    def test_one_rating_is_enough(self, fit: tables.Fit) -> None:
        told = fit(tables.of([(2, 3, 4.0)], 5, 6), 0).predict(*EVERY_PAIR)
        assert told == pytest.approx(np.full(30, 4.0))

    def test_constant_ratings_are_foretold(self, fit: tables.Fit) -> None:
        rows = [(shopper, item, 3.0) for shopper in range(4) for item in range(5)]
        assert fit(tables.of(rows, 5, 6), 0).predict(*EVERY_PAIR) == pytest.approx(np.full(30, 3.0))

    def test_only_the_latest_of_a_pair_counts(self, fit: tables.Fit) -> None:
        rows = [(0, 0, 5.0), (0, 1, 2.0), (1, 0, 4.0), (1, 1, 1.0), (2, 1, 2.0)]
        once, twice = tables.of(rows, 3, 2), tables.of([(0, 0, 1.0), *rows], 3, 2)
        pairs = np.divmod(np.arange(6), 2)
        assert (fit(once, 0).predict(*pairs) == fit(twice, 0).predict(*pairs)).all()

    def test_the_same_seed_gives_the_same_answer(self, fit: tables.Fit) -> None:
        train, test = tables.checkerboard(8)
        told = [fit(train, 3).predict(test.shopper, test.item) for _ in range(2)]
        assert (told[0] == told[1]).all()

    def test_the_log_is_left_as_it_was(self, fit: tables.Fit) -> None:
        train, _ = tables.checkerboard(8)
        before = train.value.copy()
        fit(train, 0)
        assert (train.value == before).all()

    def test_cold_pairs_are_answered_by_the_baseline(self, fit: tables.Fit) -> None:
        # Everybody finds item 0 good and item 1 bad; shopper 9 and item 9 are unknown.
        rows = [(shopper, item, 5.0 - 4 * item) for shopper in range(8) for item in range(2)]
        good, bad, unknown = fit(tables.of(rows, 10, 10), 0).predict([9, 9, 9], [0, 1, 9])
        assert bad < unknown < good
        assert unknown == pytest.approx(3.0, abs=0.01)

    def test_nothing_asked_nothing_told(self, fit: tables.Fit) -> None:
        assert len(fit(tables.of([(0, 0, 1.0), (0, 1, 2.0)], 1, 2), 0).predict([], [])) == 0

    def test_order_and_company_of_the_pairs_do_not_matter(self, fit: tables.Fit) -> None:
        train, test = tables.checkerboard(8)
        model = fit(train, 0)
        together = model.predict(test.shopper, test.item)
        alone = [
            model.predict(*pair)[0] for pair in zip(test.shopper[:, None], test.item[:, None], strict=True)
        ]
        assert together == pytest.approx(alone)

    @pytest.mark.parametrize(
        ("shoppers", "items", "field"),
        [([1], [0], "shoppers"), ([0], [2], "items"), ([-1], [0], "shoppers"), ([0, 0], [0], "items")],
    )
    def test_pairs_that_do_not_exist_are_refused(
        self, fit: tables.Fit, shoppers: list[int], items: list[int], field: str
    ) -> None:
        model = fit(tables.of([(0, 0, 1.0), (0, 1, 2.0)], 1, 2), 0)
        with pytest.raises(InputError) as caught:
            model.predict(shoppers, items)
        assert caught.value.field == field


@pytest.mark.parametrize("fit", QUICK_FITS.values(), ids=QUICK_FITS)
@settings(max_examples=25)
@given(log=logs())
def test_answers_are_finite_and_within_the_scale(fit: tables.Fit, log: Ratings) -> None:
    told = fit(log, 0).predict(*EVERY_PAIR)
    assert np.isfinite(told).all()
    assert log.scale[0] <= told.min()
    assert told.max() <= log.scale[1]


@settings(max_examples=5)
@given(log=logs())
def test_so_are_those_of_the_blend(log: Ratings) -> None:
    told = tables.FITS["blend"](log, 0).predict(*EVERY_PAIR)
    assert ((told >= log.scale[0]) & (told <= log.scale[1])).all()


@pytest.mark.parametrize("name", tables.PERSONAL)
def test_taste_is_found_where_averages_say_nothing(name: str) -> None:
    train, test = tables.checkerboard()
    told = tables.FITS[name](train, 0).predict(test.shopper, test.item)
    assert ((told > 3.0) == (test.value > 3.0)).all()


@pytest.mark.parametrize("name", tables.FITS)
@pytest.mark.parametrize(("factor", "shift"), [(2.0, 0.0), (1.0, -7.0)])
def test_the_scale_does_not_matter(name: str, factor: float, shift: float) -> None:
    train, test = tables.checkerboard(8)
    moved = Ratings(train.shopper, train.item, factor * train.value + shift, 8, 8)
    plain, other = (tables.FITS[name](log, 0).predict(test.shopper, test.item) for log in (train, moved))
    if name in ("baseline", "bayesian", "bayesian_ordinal"):
        assert other == pytest.approx(factor * plain + shift, abs=1e-6)
    else:
        assert np.corrcoef(plain, other)[0, 1] > 0.95
