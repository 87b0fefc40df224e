"""Judging settings on candidates: measures worked by hand, and agreement with the model itself."""

import numpy as np
import pytest

from recommender import metrics
from recommender.oneoff import judging, kernels
from recommender.oneoff.config import OneOffConfig, SearchConfig
from recommender.oneoff.fitting import likeness
from recommender.oneoff.holdout import hold_out
from recommender.oneoff.parts import PartMaker
from recommender.oneoff.pool import Pool, Quality
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import as_takings
from recommender.oneoff.terms import NAMES, as_array
from tests.recommender.oneoff.shops import checkerboard

DISCOUNTS = 1.0 / np.log2(np.arange(2, 4))


def test_quality_by_hand() -> None:
    # One shopper, three taken, hits ranked first and third of four; judged at 2.
    scores, hits = np.array([4.0, 3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0, 0.0])
    recall, ndcg = judging.quality(scores, hits, np.array([0, 4]), np.array([3]), DISCOUNTS)
    assert recall[0] == pytest.approx(1 / 3)
    assert ndcg[0] == pytest.approx(1.0 / DISCOUNTS.sum())


def test_a_tie_is_no_hit() -> None:
    recall, _ = judging.quality(np.ones(3), np.array([1.0, 0, 0]), np.array([0, 3]), np.array([1]), DISCOUNTS)
    assert recall[0] == 0.0


def test_worth_counts_shares_of_quality() -> None:
    hard, easy = Quality((0.1, 0.4), (0.1, 0.4)), Quality((0.2, 0.2), (0.2, 0.2))
    assert hard.worth == pytest.approx(easy.worth)


def test_agrees_with_ranking_everything() -> None:
    rng = np.random.default_rng(0)
    takings = as_takings(checkerboard(shoppers=100, items=30))
    directions = Directions.fit(takings, 8, rng)
    held = hold_out(takings, likeness(directions), SearchConfig(), rng)
    maker = PartMaker(held.rest, directions)
    config = OneOffConfig()
    terms = maker.terms(config)
    pool = Pool.of(held, terms, best=30, n=5)
    judged = pool.judge(sum(maker.part(pool, name, config) for name in NAMES))
    ranked = np.full((len(held.shoppers), 5), -1, dtype=np.int32)
    rest, spared = held.rest[held.shoppers], held.spared[held.shoppers]
    indptr, indices = rest.indptr.astype(np.int64), rest.indices.astype(np.int32)
    tables = terms.knn, terms.ridge, terms.dense
    kernels.rank_rows(indptr, indices, 0, len(ranked), *tables, as_array(config.weights), ranked)
    taken = np.split(spared.indices, spared.indptr[1:-1])
    recalls = [metrics.recall(row, wanted, 5) for row, wanted in zip(ranked, taken, strict=True)]
    half = len(held.groups[0])
    assert judged.recall == pytest.approx((np.mean(recalls[:half]), np.mean(recalls[half:])), abs=0.02)
