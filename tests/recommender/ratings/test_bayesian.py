"""The sampler: exact where the answer is known, and faithful to its own books."""

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.stats import norm

from recommender.ratings import BayesianFactors, Ratings
from recommender.ratings.bayesian import LEAST_SWEEPS
from recommender.ratings.config import BayesianConfig
from recommender.ratings.features import sides
from recommender.ratings.gibbs import Side, draw_loadings, draw_prior, estimates, sweep
from recommender.ratings.likelihoods import MOST_LEVELS, Gaussian, Ordinal
from tests.recommender.ratings import tables


def lone(values: list[float], prior_mean: float = 0.0, prior_precision: float = 1.0) -> Side:
    """One entity with one feature, rated so often."""
    one, start = np.zeros(len(values), dtype=np.int64), np.array([0, 1])
    zero = np.zeros((1, 1))
    return Side(
        one,
        start,
        one[:1],
        np.ones(1),
        one[:1],
        zero.copy(),
        zero + prior_mean,
        zero + prior_precision,
        zero.copy(),
    )


def test_a_bias_is_drawn_from_its_posterior() -> None:
    # Prior N(1, 1/2), ratings 2 and 4 with precision 3: N((2 * 1 + 3 * 6) / 8, 1/8).
    rng, values = np.random.default_rng(0), [2.0, 4.0]
    side, draws = lone(values, 1.0, 2.0), []
    residual = np.array(values)
    for _ in range(4000):
        draw_loadings(rng, side, lone(values), 0, residual, 3.0)
        draws.append(side.loadings[0, 0])
    assert np.mean(draws) == pytest.approx(2.5, abs=0.03)
    assert np.std(draws) == pytest.approx(np.sqrt(1 / 8), rel=0.05)


def test_priors_follow_their_group() -> None:
    rng = np.random.default_rng(0)
    side = lone([0.0])._replace(
        loadings=rng.normal([[-2.0] * 4000 + [5.0] * 4000], 0.5),
        group=np.repeat([0, 1], 4000),
        mean=np.zeros((1, 2)),
        precision=np.ones((1, 2)),
    )
    for _ in range(3):
        draw_prior(rng, side, 0)
    assert side.mean[0] == pytest.approx([-2.0, 5.0], abs=0.1)
    assert side.precision[0] == pytest.approx([4.0, 4.0], rel=0.1)


@pytest.mark.parametrize("implicit", [True, False])
def test_residuals_and_places_are_kept_up_to_date(implicit: bool) -> None:
    rng, (log, _) = np.random.default_rng(0), tables.checkerboard(6)
    shoppers, items = sides(log, 3, implicit, rng)
    target = rng.normal(size=len(log))
    residual = target - told(shoppers, items)
    for _ in range(5):
        sweep(rng, shoppers, items, residual, 2.0)
    assert residual == pytest.approx(target - told(shoppers, items), abs=1e-5)
    columns = sp.csc_array((shoppers.weights, shoppers.members, shoppers.starts))
    assert shoppers.places == pytest.approx((columns @ shoppers.loadings.T).T)


def told(shoppers: Side, items: Side) -> np.ndarray:
    tables_ = (side.places.T.astype(np.float32, order="C") for side in (shoppers, items))
    return estimates(*tables_, shoppers.entity, items.entity)


def test_implicit_features_weigh_one_over_the_root_of_their_number() -> None:
    log = tables.of([(0, 0, 1.0), (0, 1, 2.0), (0, 2, 3.0), (0, 3, 2.0), (1, 3, 1.0)], 2, 4)
    shopper, item = sides(log, 1, True, np.random.default_rng(0))
    features = sp.csc_array((shopper.weights, shopper.members, shopper.starts)).toarray()
    assert features.tolist() == [[1, 0, 0.5, 0.5, 0.5, 0.5], [0, 1, 0, 0, 0, 1]]
    assert (len(item.group), item.group.sum()) == (6, 2)


def test_who_rated_what_tells_even_of_shoppers_with_little_to_say() -> None:
    # Shoppers of the left half rate left items, and all of them 5; the others rate right items, and those 1.
    # One more shopper rates two left items; how they like the shared item 20 follows their kind.
    rows = [(s, i + 10 * (s % 2), 3.0) for s in range(40) for i in range(10)]
    shared = [(s, 20, 5.0 - 4.0 * (s % 2)) for s in range(40)]
    log = tables.of([*rows, *shared, (40, 0, 3.0), (40, 1, 3.0), (41, 10, 3.0), (41, 11, 3.0)], 42, 21)
    model = BayesianFactors.fit(log, BayesianConfig(rank=2, sweeps=150, burn_in=50))
    left, right = model.predict([40, 41], [20, 20])
    assert left > right + 1.0


def test_gaussian_noise_is_measured() -> None:
    rng = np.random.default_rng(0)
    log = Ratings(np.arange(5000), np.zeros(5000, int), rng.normal(3.0, 2.0, 5000), 5000, 1)
    likelihood = Gaussian(log)
    residual = likelihood.residual(np.zeros(5000)) * 0.5
    precisions = [likelihood.draw(rng, residual) for _ in range(50)]
    assert np.mean(precisions) == pytest.approx(4.0, rel=0.05)


def test_hidden_values_fall_between_their_thresholds() -> None:
    rng, value = np.random.default_rng(0), np.array([1.0, 2.0, 2.0, 4.0, 4.0, 4.0])
    likelihood = Ordinal(Ratings(np.arange(6), np.zeros(6, int), value, 6, 1))
    residual = likelihood.residual(np.zeros(6))
    for _ in range(50):
        likelihood.draw(rng, residual)
        ends = np.concatenate([[-np.inf], likelihood.state, [np.inf]])
        step = np.array([0, 1, 1, 2, 2, 2])
        assert ((ends[step] <= residual) & (residual <= ends[step + 1])).all()


def test_thresholds_settle_where_the_shares_put_them() -> None:
    rng, value = np.random.default_rng(0), np.repeat([1.0, 2.0, 5.0], [200, 500, 300])
    likelihood = Ordinal(Ratings(np.arange(1000), np.zeros(1000, int), value, 1000, 1))
    residual, states = likelihood.residual(np.zeros(1000)), []
    for _ in range(1500):
        likelihood.draw(rng, residual)
        residual[:] = likelihood._hidden  # the estimate stays 0
        states.append(likelihood.state)
    assert np.mean(states[500:], axis=0) == pytest.approx(norm.ppf([0.2, 0.7]), abs=0.06)
    assert likelihood.expected(np.zeros(1), norm.ppf([0.2, 0.7])) == pytest.approx([value.mean()])


def test_scales_without_steps_are_cut_into_some() -> None:
    value = np.linspace(-10.0, 10.0, 500)
    likelihood = Ordinal(Ratings(np.arange(500), np.zeros(500, int), value, 500, 1))
    assert len(likelihood.state) == MOST_LEVELS - 1
    expected = likelihood.expected(np.array([-9.0, 0.0, 9.0]), likelihood.state)
    assert (expected[0] < -8.0, expected[2] > 8.0) == (True, True)


@pytest.mark.parametrize(("seconds", "sweeps"), [(1e-9, LEAST_SWEEPS), (1e9, 180)])
def test_chains_fit_into_the_time(seconds: float, sweeps: int) -> None:
    config = BayesianFactors.within(BayesianConfig(), 1000, seconds)
    assert config.sweeps == sweeps
    assert config.burn_in < config.sweeps
