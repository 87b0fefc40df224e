"""Gibbs sampling of a factorisation whose shoppers and items are sums of features.

A shopper's place is the sum of the loadings of their features: the shopper itself, and each item they rated,
weighed by 1/sqrt(how many), as in SVD++ (Koren, "Factorization meets the neighborhood", KDD 2008); an item's
likewise, with who rated it. Every loading has a Gaussian prior of its feature's group and factor, whose mean
and precision are drawn too. Salakhutdinov and Mnih, "Bayesian probabilistic matrix factorization using
MCMC" (ICML 2008), drawn one coordinate at a time and block by block as in Rendle, "Scaling factorization
machines to relational data" (VLDB 2013): a feature is drawn from sums over entities, not over ratings.

Column 0 of the factors holds the biases: there the other side counts as 1.
"""

from typing import NamedTuple

import numpy as np

from recommender.arrays import FloatArray, IndexArray, IntArray, WeightArray
from recommender.kernels import compiled

PRIOR = 1.0
"""Shape and rate of the hyper-prior of every precision, for ratings of standard deviation 1."""


class Side(NamedTuple):
    """One side's unknowns. Features are columns in CSC form over the entities (starts, members, weights).

    entity: of each rating. group: of each feature. loadings: factors x features. mean, precision: factors x
    groups. places: factors x entities, the features' loadings added up.
    """

    entity: IndexArray
    starts: IntArray
    members: IndexArray
    weights: FloatArray
    group: IndexArray
    loadings: FloatArray
    mean: FloatArray
    precision: FloatArray
    places: FloatArray


@compiled
def sweep(
    rng: np.random.Generator, shoppers: Side, items: Side, residual: FloatArray, noise_precision: float
) -> None:
    """Draws all unknowns of both sides once. residual: rating less estimate, kept up to date."""
    for factor in range(shoppers.loadings.shape[0]):
        draw_prior(rng, shoppers, factor)
        draw_loadings(rng, shoppers, items, factor, residual, noise_precision)
        draw_prior(rng, items, factor)
        draw_loadings(rng, items, shoppers, factor, residual, noise_precision)


@compiled
def draw_prior(rng: np.random.Generator, side: Side, factor: int) -> None:
    """Mean and precision of each group, given its loadings."""
    loadings, means, precisions = side.loadings[factor], side.mean[factor], side.precision[factor]
    groups = len(means)
    count, total, square = np.zeros(groups), np.zeros(groups), np.zeros(groups)
    for feature in range(len(loadings)):
        count[side.group[feature]] += 1.0
        total[side.group[feature]] += loadings[feature]
    for group in range(groups):
        scale = np.sqrt((count[group] + 1.0) * precisions[group])
        means[group] = total[group] / (count[group] + 1.0) + rng.standard_normal() / scale
    for feature in range(len(loadings)):
        square[side.group[feature]] += (loadings[feature] - means[side.group[feature]]) ** 2
    for group in range(groups):
        shape = 0.5 * (PRIOR + count[group] + 1.0)
        rate = 0.5 * (PRIOR + square[group] + means[group] ** 2)
        precisions[group] = rng.standard_gamma(shape) / rate


@compiled
def draw_loadings(
    rng: np.random.Generator,
    side: Side,
    other: Side,
    factor: int,
    residual: FloatArray,
    noise_precision: float,
) -> None:
    """One side's loadings of one factor, feature by feature."""
    places, loadings = side.places[factor], side.loadings[factor]
    slopes = np.ones_like(other.places[factor]) if factor == 0 else other.places[factor]
    square, product = _evidence(side.entity, other.entity, slopes, residual, len(places))
    before = places.copy()
    starts, members, weights, group = side.starts, side.members, side.weights, side.group
    prior_means, prior_precisions = side.mean[factor], side.precision[factor]
    for feature in range(len(loadings)):
        evidence = pull = 0.0
        for slot in range(starts[feature], starts[feature + 1]):
            weight = weights[slot]
            evidence += weight * weight * square[members[slot]]
            pull += weight * product[members[slot]]
        prior = prior_precisions[group[feature]]
        precision = prior + noise_precision * evidence
        mean = noise_precision * (pull + loadings[feature] * evidence) + prior * prior_means[group[feature]]
        step = mean / precision + rng.standard_normal() / np.sqrt(precision) - loadings[feature]
        loadings[feature] += step
        for slot in range(starts[feature], starts[feature + 1]):
            move = weights[slot] * step
            places[members[slot]] += move
            product[members[slot]] -= move * square[members[slot]]
    _explain(side.entity, other.entity, slopes, residual, places - before)


@compiled
def _evidence(
    entity: IndexArray, opposite: IndexArray, slopes: FloatArray, residual: FloatArray, n: int
) -> tuple[FloatArray, FloatArray]:
    """For each entity, the sums of slope^2 and of slope * residual over its ratings."""
    square, product = np.zeros(n), np.zeros(n)
    for at in range(len(residual)):
        slope = slopes[opposite[at]]
        square[entity[at]] += slope * slope
        product[entity[at]] += slope * residual[at]
    return square, product


@compiled
def _explain(
    entity: IndexArray, opposite: IndexArray, slopes: FloatArray, residual: FloatArray, moves: FloatArray
) -> None:
    """Takes off the residual what the entities' moves explain."""
    for at in range(len(residual)):
        residual[at] -= slopes[opposite[at]] * moves[entity[at]]


@compiled
def estimates(
    shopper: WeightArray, item: WeightArray, shoppers: IndexArray | IntArray, items: IndexArray | IntArray
) -> FloatArray:
    """b_u + b_i + p_u . q_i for each pair, from places (entities x factors, factor 0 the bias)."""
    answers = np.empty(len(shoppers))
    for at in range(len(shoppers)):
        p, q = shopper[shoppers[at]], item[items[at]]
        total = float(p[0] + q[0])
        for factor in range(1, len(p)):
            total += p[factor] * q[factor]
        answers[at] = total
    return answers
