import numpy as np
import pytest

from recommender.shoppers.config import RhythmConfig
from recommender.shoppers.rhythm import rhythms_of


def arrays(*rows: tuple[int, int, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    who, thing, day = zip(*rows, strict=True)
    return np.array(who), np.array(thing), np.array(day, dtype=float)


def test_a_thing_bought_every_week_is_due_a_week_after_the_last() -> None:
    found = rhythms_of(*arrays((0, 5, 0), (0, 5, 7), (0, 5, 14)))
    assert (found.times.tolist(), found.every_days.tolist()) == ([3], [7.0])
    assert (found.last_day.tolist(), found.due_day.tolist()) == ([14.0], [21.0])


def test_the_own_gap_is_mixed_with_everybodys() -> None:
    rows = [(0, 0, 0), (0, 0, 4), (0, 0, 8), (1, 0, 0), (1, 0, 10), (1, 0, 20), (1, 0, 30)]
    found = rhythms_of(*arrays(*rows), RhythmConfig(prior_gaps=1.0))
    usual = (8 + 30) / (2 + 3)
    assert found.every_days.tolist() == pytest.approx([(8 + usual) / 3, (30 + usual) / 4])


def test_two_days_have_an_interval_but_no_rhythm() -> None:
    assert len(rhythms_of(*arrays((0, 1, 0), (0, 1, 9), (0, 1, 9.5), (0, 2, 1)))) == 0


def test_nothing_bought_has_no_rhythm() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert len(rhythms_of(nothing, nothing, np.zeros(0))) == 0
