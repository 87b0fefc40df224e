import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.shoppers.preferences import PreferenceNorm, fit_preferences, preferences_of, spending_of
from tests.recommender.shoppers.logs import log_of


def test_shares_are_mixed_with_the_shops() -> None:
    log = log_of((0, 0, 1), (0, 0, 2), (0, 1, 3), (1, 1, 1), (1, 2, 1), paid=[2, 2, 2, 2, 2])
    norm = PreferenceNorm({"tea": 0.4, "bread": 0.4, "milk": 0.2}, strength=3.0, line=2.0)
    tea, bread = preferences_of(spending_of(log, log.category), 0, norm)
    assert (tea.group, tea.lines) == ("tea", 2)
    assert tea.share == pytest.approx((2 + 3 * 0.4) / (3 + 3))
    assert tea.lift == pytest.approx(tea.share / 0.4)
    assert bread.excess < 0 < tea.excess


def test_the_shops_shares_are_of_what_is_spent() -> None:
    log = log_of((0, 0, 1), (1, 1, 1), paid=[9, 1])
    assert fit_preferences(spending_of(log, log.category)).shares == pytest.approx({"tea": 0.9, "bread": 0.1})


def test_where_tastes_differ_shoppers_are_believed_sooner() -> None:
    apart = log_of(*((who, who % 2, day) for who in range(20) for day in range(10)))
    alike = log_of(*((who, day % 2, day) for who in range(20) for day in range(10)))
    strengths = [fit_preferences(spending_of(log, log.category)).strength for log in (apart, alike)]
    assert strengths[0] < strengths[1]


def test_what_has_no_label_is_in_no_group() -> None:
    log = log_of((0, 0, 1), (0, 1, 1), category=("", "bread"))
    norm = fit_preferences(spending_of(log, log.category))
    assert norm.shares == {"bread": 1.0}
    assert preferences_of(spending_of(log, log.brand), 0, fit_preferences(spending_of(log, log.brand))) == []


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=40))
def test_shrunken_shares_stay_between_own_and_usual(lines: list[tuple[int, int]]) -> None:
    log = log_of(*((who, item, 1.0) for who, item in lines))
    spending = spending_of(log, log.category)
    norm = fit_preferences(spending)
    for who in {who for who, _ in lines}:
        for found in preferences_of(spending, who, norm):
            own = found.lines / sum(each == who for each, _ in lines)
            usual = norm.shares[found.group]
            assert min(own, usual) - 1e-9 <= found.share <= max(own, usual) + 1e-9
            assert np.isfinite(found.excess)
