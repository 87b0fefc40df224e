"""Publishing: a new version serves only when it passes, and the switch is one rename."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender import ArtefactError, PublishRefused, Recommender
from recommender.artefact import (
    answers_strangers,
    current_version,
    no_worse,
    open_current,
    publish,
    readable,
)
from recommender.config import RecommenderConfig, TuningConfig
from tests.recommender import shops

MODEL = shops.fitted(*shops.grocer())
OTHER = shops.fitted(shops.checkerboard())
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def refuse(_candidate: Recommender, _serving: Recommender | None) -> str | None:
    return "smells odd"


def test_the_first_version_serves(tmp_path: Path) -> None:
    version = publish(tmp_path, MODEL, [answers_strangers, no_worse(0.1)])
    assert current_version(tmp_path) == version == open_current(tmp_path).version


def test_a_newer_version_takes_over_and_the_last_one_is_kept(tmp_path: Path) -> None:
    versions = [
        publish(tmp_path, model, created=CREATED + timedelta(days=day))
        for day, model in enumerate([MODEL, OTHER, MODEL])
    ]
    assert open_current(tmp_path).n_items == MODEL.n_items
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == set(versions[1:])


def test_a_bad_version_never_replaces_a_good_one(tmp_path: Path) -> None:
    version = publish(tmp_path, MODEL)
    with pytest.raises(PublishRefused, match="smells odd") as refusal:
        publish(tmp_path, OTHER, [answers_strangers, refuse])
    assert refusal.value.failures == ("smells odd",)
    assert open_current(tmp_path).version == version
    assert {path.name for path in tmp_path.iterdir()} == {version, "current"}


def test_checks_see_what_serves(tmp_path: Path) -> None:
    seen: list[str | None] = []

    def look(_candidate: Recommender, serving: Recommender | None) -> None:
        seen.append(serving.version if serving else None)

    first = publish(tmp_path, MODEL, [look])
    publish(tmp_path, OTHER, [look])
    assert seen == [None, first]


def test_publishing_the_same_model_twice_is_harmless(tmp_path: Path) -> None:
    versions = [publish(tmp_path, MODEL, created=CREATED) for _ in range(2)]
    assert versions[0] == versions[1] == open_current(tmp_path).version


def test_an_open_model_goes_on_after_its_version_is_gone(tmp_path: Path) -> None:
    publish(tmp_path, MODEL, created=CREATED)
    serving = open_current(tmp_path)
    for day in (1, 2, 3):
        publish(tmp_path, OTHER, created=CREATED + timedelta(days=day))
    assert serving.popular() == MODEL.popular()


def test_a_damaged_model_in_service_does_not_bar_the_next(tmp_path: Path) -> None:
    version = publish(tmp_path, MODEL)
    (tmp_path / version / "manifest.json").write_text("{}")
    assert open_after(tmp_path, OTHER).n_items == OTHER.n_items


def open_after(root: Path, model: Recommender) -> Recommender:
    publish(root, model)
    return open_current(root)


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "a/b", "\xff"])
def test_a_damaged_pointer_is_said_so(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current").write_text(pointer, encoding="latin-1")
    with pytest.raises(ArtefactError, match="not a version id"):
        open_current(tmp_path)


def test_a_model_of_an_older_schema_is_refused_and_known_as_such(tmp_path: Path) -> None:
    assert not readable(tmp_path)
    version = publish(tmp_path, MODEL)
    assert readable(tmp_path)
    manifest = tmp_path / version / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": 2', '"schema": 1'))
    assert not readable(tmp_path)
    with pytest.raises(ArtefactError, match="schema 1; this program reads schema 2"):
        open_current(tmp_path)
    publish(tmp_path, OTHER, [no_worse(0.1)])
    assert readable(tmp_path)


def test_no_model_yet(tmp_path: Path) -> None:
    assert current_version(tmp_path) is None
    with pytest.raises(ArtefactError, match="no published model"):
        open_current(tmp_path)


def test_a_model_that_measures_worse_is_refused(tmp_path: Path) -> None:
    tuned = RecommenderConfig(tuning=TuningConfig(seconds=3))
    good, bad = (shops.fitted(*data, tuned) for data in (shops.grocer(), shuffled_grocer()))
    assert no_worse(0.1)(bad, good) is not None
    assert no_worse(0.1)(good, bad) is None
    assert no_worse(0.1)(MODEL, good) is None


def shuffled_grocer() -> tuple[object, object]:
    """The grocer's log with every line's item drawn anew: nothing left to learn."""
    import numpy as np

    log, shelf = shops.grocer()
    object.__setattr__(log, "item", np.random.default_rng(0).integers(0, 14, len(log)))
    return log, shelf
