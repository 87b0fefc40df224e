import numpy as np
import pytest

from recommender.shoppers import orders_of
from recommender.shoppers.config import PropensityConfig
from recommender.shoppers.propensity import Rows, fit_propensity, pair_log, pair_rows, visit_rows
from recommender.shoppers.propensity.learners import LEARNERS, learn
from recommender.shoppers.propensity.scores import best_threshold, score
from tests.recommender.shoppers.logs import log_of, two_kinds

SMALL = PropensityConfig(horizon_days=5.0, cuts=3, trees=20, leaf=5)


def coin(n: int, seed: int) -> Rows:
    """Half of all buy, those with a positive first feature nine times in ten; the second says nothing."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 2))
    chance = np.where(values[:, 0] > 0, 0.9, 0.1)
    return Rows(np.arange(n), values, rng.random(n) < chance)


def test_features_come_from_before_the_cut_and_labels_from_after() -> None:
    orders = orders_of(log_of((0, 0, 1), (0, 0, 4), (1, 0, 2), (1, 0, 11), (2, 0, 9)))
    rows = visit_rows(orders, 3, cut=5.0, horizon=5.0)
    assert rows.who.tolist() == [0, 1]  # shopper 2 came later
    assert rows.label.tolist() == [False, False]
    assert visit_rows(orders, 3, cut=6.0, horizon=5.0).label.tolist() == [False, True]
    without_future = orders_of(log_of((0, 0, 1), (0, 0, 4), (1, 0, 2), n_shoppers=3))
    assert (rows.values == visit_rows(without_future, 3, 5.0, 5.0).values).all()


def test_pairs_are_of_what_was_bought_before() -> None:
    log = pair_log(log_of((0, 0, 1), (0, 1, 3), (0, 1, 8), (1, 2, 9), n_shoppers=2))
    rows = pair_rows(log, cut=5.0, horizon=5.0)  # categories by name: bread, milk, tea
    assert rows.who.tolist() == [0, 2]
    assert rows.label.tolist() == [True, False]
    assert np.isfinite(rows.values).all()
    assert len(pair_rows(log, cut=0.0, horizon=5.0)) == 0


@pytest.mark.parametrize("name", LEARNERS)
def test_probabilities_are_calibrated(name: str) -> None:
    test = coin(4000, 3)
    chance = learn(name, coin(4000, 1), coin(4000, 2), PropensityConfig(trees=50), 0).predict(test.values)
    assert chance.mean() == pytest.approx(0.5, abs=0.04)
    assert chance[chance > 0.5].mean() == pytest.approx(test.label[chance > 0.5].mean(), abs=0.05)
    found = score(test.label, chance, 0.5)
    assert found.accuracy > 0.85
    assert found.auc is not None
    assert found.auc > 0.85


def test_with_too_few_buyers_the_base_rate_answers() -> None:
    rows = Rows(np.arange(100), np.zeros((100, 1)), np.arange(100) == 0)
    chance = learn("random_forest", rows, rows, PropensityConfig(), 0).predict(rows.values)
    assert chance.tolist() == [pytest.approx(2 / 102)] * 100


def test_the_better_model_is_kept_and_told_from_the_base_rate() -> None:
    orders = orders_of(two_kinds(np.random.default_rng(2), n=200))
    fitted = fit_propensity(
        lambda cut: visit_rows(orders, 200, cut, 5.0), 199.0, np.random.default_rng(0), SMALL
    )
    assert fitted.chosen in LEARNERS
    losses = {name: scores.log_loss for name, scores in fitted.scores.items()}
    assert min(losses, key=lambda name: losses[name]) == fitted.chosen
    assert losses[fitted.chosen] < 0.7 * losses["base_rate"]
    rows = visit_rows(orders, 200, 199.0, 5.0)
    chance = fitted.predict(rows.values)
    assert chance[::2].min() > chance[1::2].max()  # who comes every 4 days, and who every 20


def test_a_log_that_is_too_short_gives_the_base_rate() -> None:
    orders = orders_of(log_of((0, 0, 1), (1, 0, 1)))
    fitted = fit_propensity(lambda cut: visit_rows(orders, 2, cut, 5.0), 1.0, np.random.default_rng(0), SMALL)
    assert fitted.chosen == "base_rate"
    assert np.isfinite(fitted.predict(visit_rows(orders, 2, 1.0, 5.0).values)).all()


def test_measures_by_hand() -> None:
    label = np.array([True, True, False, False])
    found = score(label, np.array([0.9, 0.4, 0.6, 0.1]), 0.5)
    assert (found.accuracy, found.precision, found.recall, found.f1, found.auc) == (0.5, 0.5, 0.5, 0.5, 0.75)
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert found.log_loss == pytest.approx(-np.log([0.9, 0.4, 0.4, 0.9]).mean())
    assert best_threshold(label, np.array([0.9, 0.4, 0.3, 0.1])) == 0.4


def test_where_nobody_bought_there_is_no_auc() -> None:
    found = score(
        np.zeros(3, dtype=bool), np.full(3, 0.2), best_threshold(np.zeros(3, dtype=bool), np.ones(3))
    )
    assert found.auc is None
    assert (found.accuracy, found.f1) == (1.0, 0.0)
