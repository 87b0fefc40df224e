"""The search: what it finds, what it leaves alone, and that it keeps to its time."""

import time

import numpy as np

from recommender.oneoff.config import OneOffConfig, SearchConfig, SpectralConfig
from recommender.oneoff.fitting import likeness
from recommender.oneoff.holdout import hold_out
from recommender.oneoff.search import LADDERS, Chosen, choose, value_of, with_value
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import as_takings
from tests.recommender.oneoff.shops import checkerboard


def chosen(seconds: float, shoppers: int = 200) -> Chosen:
    rng = np.random.default_rng(0)
    takings = as_takings(checkerboard(shoppers, 30))
    config = OneOffConfig(search=SearchConfig(seconds=seconds, n=3), spectral=SpectralConfig(rank=8))
    directions = Directions.fit(takings, 8, rng)
    held = hold_out(takings, likeness(directions), config.search, rng)
    return choose(config, held, directions, time.perf_counter() + seconds, lambda share: None)


def test_never_worse_than_the_start() -> None:
    found = chosen(seconds=3.0)
    assert found.start is not None
    assert found.quality is not None
    assert found.quality.worth >= found.start.worth
    assert found.trials


def test_no_time_means_no_trial() -> None:
    found = chosen(seconds=0.0)
    assert found.out_of_time
    assert not found.trials
    assert found.config.knn == OneOffConfig().knn


def test_keeps_to_its_time() -> None:
    chosen(seconds=0.0)
    began = time.perf_counter()
    assert chosen(seconds=0.02).out_of_time
    assert time.perf_counter() - began < 5.0


def test_too_few_shoppers_to_judge_on() -> None:
    found = chosen(seconds=5.0, shoppers=30)
    assert found.quality is None
    assert found.report()["hold_out"] == {}


def test_every_ladder_names_a_setting_and_holds_its_start() -> None:
    config = OneOffConfig()
    for name, ladder in LADDERS.items():
        assert value_of(config, name) in ladder
        for value in ladder:
            changed = with_value(config, name, value)
            assert OneOffConfig.model_validate(changed.model_dump()) == changed
