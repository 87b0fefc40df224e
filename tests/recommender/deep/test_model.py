"""What every question to the sequence model may rely on; and its file."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recommender import ArtefactError, History, InputError
from recommender.deep import DeepConfig, NetworkConfig, SequenceModel, TorchMissing
from recommender.deep.__main__ import main
from recommender.deep.storage import read_log, write_log
from tests.recommender.deep import small

MODEL = SequenceModel.load(small.TRAINED)
N_ITEMS = small.CYCLE + 2


@given(
    history=small.histories(),
    n=st.integers(1, 20),
    allowed=st.lists(st.booleans(), min_size=N_ITEMS, max_size=N_ITEMS).map(np.array),
)
def test_every_ranking_is_finite_ordered_and_allowed(history: History, n: int, allowed: np.ndarray) -> None:
    items, scores = MODEL.rank(history, n, allowed)
    assert len(items) == len(set(items.tolist())) == min(n, allowed.sum())
    assert allowed[items].all()
    assert np.isfinite(scores).all()
    assert (np.diff(scores) <= 0).all()


@given(history=small.histories())
def test_a_question_leaves_nothing_behind(history: History) -> None:
    before = MODEL.scores(small.history([1]))
    assert (MODEL.scores(history) == MODEL.scores(history)).all()
    assert (MODEL.scores(small.history([1])) == before).all()


@pytest.mark.parametrize("history", [History.empty(), History([99], [0.0]), History([-1], [0.0])])
def test_strangers_get_what_is_popular(history: History) -> None:
    takings = np.bincount(small.cycle().once_per_basket().item, minlength=N_ITEMS)
    items, scores = MODEL.rank(history, N_ITEMS)
    assert items.tolist() == np.argsort(-takings, kind="stable").tolist()
    assert np.isfinite(scores).all()


def test_a_very_long_history_is_answered() -> None:
    lines = 100_000
    history = History(np.arange(lines) % small.CYCLE, np.arange(lines) / 10)
    items, scores = MODEL.rank(history, 3)
    assert len(items) == 3
    assert np.isfinite(scores).all()


def test_it_has_learned_what_follows() -> None:
    found = [MODEL.rank(small.history([at], [at + 1], [at + 2]), 1)[0][0] for at in range(small.CYCLE - 3)]
    assert found == [at + 3 for at in range(small.CYCLE - 3)]


@pytest.mark.parametrize(("field", "question"), [("n", {"n": 0}), ("allowed", {"allowed": np.array([True])})])
def test_bad_questions_are_refused(field: str, question: dict[str, object]) -> None:
    with pytest.raises(InputError, match=field):
        MODEL.rank(History.empty(), **question)


def test_saved_and_loaded_it_says_the_same(tmp_path: Path) -> None:
    MODEL.save(tmp_path / "model.npz")
    loaded = SequenceModel.load(tmp_path / "model.npz")
    history = small.history([1], [2, 4])
    assert (loaded.scores(history) == MODEL.scores(history)).all()
    assert (loaded.config, loaded.report) == (MODEL.config, MODEL.report)
    assert [path.name for path in tmp_path.iterdir()] == ["model.npz"]


def test_a_missing_file_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="missing"):
        SequenceModel.load(tmp_path / "none.npz")


@pytest.mark.parametrize("length", [0, 100, -1])
def test_a_file_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    (tmp_path / "model.npz").write_bytes(small.TRAINED.read_bytes()[:length])
    with pytest.raises(ArtefactError, match="whole"):
        SequenceModel.load(tmp_path / "model.npz")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rows", np.full(N_ITEMS, 99)),
        ("takings", np.zeros(3)),
        ("network.bias", np.full(small.CYCLE + 1, np.nan, dtype=np.float32)),
        ("network.items", np.zeros((small.CYCLE + 1, 3), dtype=np.float32)),
        ("network.last_norm", np.array([{}], dtype=object)),
        ("about", np.array('{"schema": 99, "config": {}}')),
        ("about", np.array("not JSON")),
    ],
)
def test_an_altered_file_is_refused(tmp_path: Path, name: str, value: np.ndarray) -> None:
    with np.load(small.TRAINED) as file:
        arrays = {**file, name: value}
    np.savez(tmp_path / "model.npz", **arrays)
    with pytest.raises(ArtefactError, match="whole"):
        SequenceModel.load(tmp_path / "model.npz")


def test_without_pytorch_fitting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(TorchMissing, match="extra `deep`"):
        SequenceModel.fit(small.cycle())


def test_the_command_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    write_log(tmp_path / "log.npz", small.cycle())
    assert main([str(tmp_path / "log.npz"), str(tmp_path / "model.npz")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_log_on_disk_stays_what_it_is(tmp_path: Path) -> None:
    write_log(tmp_path / "log.npz", small.cycle())
    log = read_log(tmp_path / "log.npz")
    assert (log.item == small.cycle().item).all()
    assert (log.n_shoppers, log.n_items) == (60, N_ITEMS)
    with pytest.raises(ArtefactError, match="hold a log"):
        read_log(small.ANSWERS)


def test_heads_share_the_dimensions() -> None:
    with pytest.raises(ValidationError, match="multiple of heads"):
        NetworkConfig(dimensions=8, heads=3)
    assert DeepConfig().network.dimensions % DeepConfig().network.heads == 0
