"""Models on disk: the same answers, shared memory, and no trust in what was altered."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from recommender import ArtefactError, Query, Recommender
from recommender.config import RecommenderConfig, TuningConfig
from tests.recommender import shops

MODEL = shops.well_known_grocer()


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "first"
    MODEL.save(directory)
    return directory


@pytest.fixture
def copy(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "copy"))


@given(query=shops.queries(MODEL.n_items))
def test_a_loaded_model_gives_the_same_answers(saved: Path, query: Query) -> None:
    loaded = LOADED.setdefault(saved, Recommender.load(saved))
    assert loaded.recommend(query) == MODEL.recommend(query)


LOADED: dict[Path, Recommender] = {}


def test_every_other_answer_survives_too(saved: Path) -> None:
    loaded = Recommender.load(saved)
    assert loaded.search("chese") == MODEL.search("chese")
    assert loaded.similar_items("i12") == MODEL.similar_items("i12")
    assert loaded.goes_with(["i2"]) == MODEL.goes_with(["i2"])
    assert loaded.popular(category="soda") == MODEL.popular(category="soda")
    assert loaded.config == MODEL.config
    assert loaded.facts == MODEL.facts


def test_arrays_are_mapped_and_cannot_be_written(saved: Path) -> None:
    values = Recommender.load(saved)._state.relations.taken_with.values
    assert isinstance(values.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 1.0


def test_the_version_says_when_and_what(tmp_path: Path) -> None:
    created = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    first = MODEL.save(tmp_path / "a", created=created)
    second = MODEL.save(tmp_path / "b", created=created)
    other = shops.fitted(shops.checkerboard()).save(tmp_path / "c", created=created)
    assert first.startswith("20260102T030405Z-")
    assert first == second != other
    assert Recommender.load(tmp_path / "a").version == first


def test_the_manifest_tells_what_was_trained(saved: Path) -> None:
    manifest = json.loads((saved / "manifest.json").read_text())
    assert manifest["items"] == MODEL.n_items
    assert manifest["facts"]["n_interactions"] > 0
    assert manifest["config"]["blend"]["frequency"] == 1.0


def test_infinite_half_lives_survive(tmp_path: Path) -> None:
    config = RecommenderConfig.model_validate({"decay": {"half_life_days": "inf"}, "tuning": {"shoppers": 0}})
    model = shops.fitted(shops.checkerboard(), config=config)
    model.save(tmp_path / "model")
    assert Recommender.load(tmp_path / "model").config == config


def test_nothing_is_written_over(saved: Path) -> None:
    with pytest.raises(ArtefactError, match="exists"):
        MODEL.save(saved)


def test_a_failed_save_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full_disk)
    with pytest.raises(OSError, match="space"):
        MODEL.save(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_a_flipped_bit_is_found(copy: Path) -> None:
    path = copy / "matrix.values.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ArtefactError, match="altered"):
        Recommender.load(copy)


def test_a_file_cut_short_is_found(copy: Path) -> None:
    path = copy / "items.ids.npy"
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(ArtefactError, match="cut short"):
        Recommender.load(copy)


def test_a_missing_file_is_found(copy: Path) -> None:
    (copy / "search.values.npy").unlink()
    with pytest.raises(ArtefactError, match="cannot be read"):
        Recommender.load(copy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 99}, "schema 99"),
        ({"items": 3}, "altered"),
        ({"arrays": {}}, "altered"),
        ({"arrays": 1}, "altered"),
    ],
)
def test_an_altered_manifest_is_found(copy: Path, change: dict[str, object], message: str) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ArtefactError, match=message):
        Recommender.load(copy)


@pytest.mark.parametrize("content", ["", "not json", "[]", "\x00"])
def test_a_manifest_that_is_none_is_found(copy: Path, content: str) -> None:
    (copy / "manifest.json").write_text(content)
    with pytest.raises(ArtefactError):
        Recommender.load(copy)


def test_no_model_at_all(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="holds no model"):
        Recommender.load(tmp_path / "nowhere")


def test_a_tuned_model_survives(tmp_path: Path) -> None:
    model = shops.fitted(*shops.grocer(), RecommenderConfig(tuning=TuningConfig(seconds=1)))
    model.save(tmp_path / "model")
    assert Recommender.load(tmp_path / "model").facts == model.facts
