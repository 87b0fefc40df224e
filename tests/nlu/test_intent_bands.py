"""Sure, unsure, lost: limits that take the share they are told to."""

import json

import numpy as np
import pytest

from nlu.intent_bands import LOST, SURE, UNSURE, Bands, Unseen, fit_bands


def made_up(strangers: int = 0, outside: int | None = None) -> Unseen:
    """Sentences in scope score about 1 for their intent and are near; strangers score low and are far."""
    rng = np.random.default_rng(5)
    labels = np.r_[rng.integers(0, 3, 600), np.full(strangers, -1)]
    scores = rng.normal(0.0, 0.15, (len(labels), 4 if outside else 3))
    scores[np.arange(600), labels[:600]] += rng.normal(0.9, 0.25, 600)
    nearest = np.r_[rng.normal(0.8, 0.08, 600), rng.normal(0.45, 0.1, strangers)]
    scripts = ["en" if place % 3 else "zh" for place in range(len(labels))]
    scores[:600:3] *= 0.8  # one script scores lower
    return Unseen(scores=scores, nearest=nearest, labels=labels, scripts=scripts, outside=outside)


def bands_of(bands: Bands, unseen: Unseen) -> np.ndarray:
    confidences = bands.confidences(unseen.scores).max(axis=1)
    assurance = bands.assurance(unseen.best, unseen.nearest)
    return np.array([bands.band(*each) for each in zip(confidences, assurance, unseen.scripts, strict=True)])


@pytest.mark.parametrize("strangers", [0, 100])
def test_each_script_loses_the_share_it_may_lose(strangers: int) -> None:
    unseen = made_up(strangers)
    bands = fit_bands(unseen, rejected=0.05, asked=0.04, by_meaning=True)
    told, scripts = bands_of(bands, unseen)[:600], np.array(unseen.scripts[:600])
    assert np.mean(told[scripts == "en"] == LOST) == pytest.approx(0.05, abs=0.01)
    assert np.mean(told[scripts == "zh"] == LOST) == pytest.approx(0.05, abs=0.01)
    assert np.mean(told == UNSURE) == pytest.approx(0.04, abs=0.01)


def test_strangers_are_lost() -> None:
    unseen = made_up(strangers=100)
    told = bands_of(fit_bands(unseen, rejected=0.05, asked=0.04, by_meaning=True), unseen)
    assert np.mean(told[600:] == LOST) > 0.9


def test_doubt_is_where_mistakes_are() -> None:
    unseen = made_up()
    told = bands_of(fit_bands(unseen, rejected=0.05, asked=0.04, by_meaning=True), unseen)
    wrong = unseen.scores.argmax(axis=1) != unseen.labels
    assert wrong[told == UNSURE].mean() > 5 * wrong[told == SURE].mean()


def test_confidences_are_chances_and_about_true() -> None:
    unseen = made_up()
    confidences = fit_bands(unseen, rejected=0.05, asked=0.0, by_meaning=True).confidences(unseen.scores)
    assert confidences.sum(axis=1) == pytest.approx(1.0)
    right = unseen.scores.argmax(axis=1) == unseen.labels
    assert confidences.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.03)


def test_few_sentences_share_one_limit_and_nobody_is_asked() -> None:
    unseen = made_up()
    few = Unseen(
        scores=unseen.scores[:9],
        nearest=unseen.nearest[:9],
        labels=unseen.labels[:9],
        scripts=unseen.scripts[:9],
        outside=None,
    )
    bands = fit_bands(few, rejected=0.05, asked=0.04, by_meaning=False)
    assert set(bands.lost) == {""}
    assert UNSURE not in bands_of(bands, few)


def test_bands_are_stored_as_json() -> None:
    bands = fit_bands(made_up(), rejected=0.05, asked=0.04, by_meaning=True)
    assert Bands.restore(json.loads(json.dumps(bands.describe()))) == bands
