"""All relations in one matrix: each can still be told from the others, and all are read in one pass."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from recommender import Query, Recommender
from recommender.blend import Blend
from recommender.neighbours import Neighbours, Voice, gather, spread
from recommender.pipeline import Pipeline
from recommender.relations import NAMES, Relations, places
from tests.recommender import shops

N_ITEMS = 12
MODEL = shops.well_known_grocer()


def drawn(seed: int, density: float = 0.3) -> Relations:
    rng = np.random.default_rng(seed)
    tables = {
        name: sp.random_array((N_ITEMS, N_ITEMS), density=density * (name != "followers"), rng=rng)
        for name in NAMES
    }
    return Relations(**{name: Neighbours.of(sp.csr_array(table)) for name, table in tables.items()})


@given(seed=st.integers(0, 99), density=st.sampled_from([0.0, 0.1, 0.9]))
def test_merged_relations_say_what_they_said_alone(seed: int, density: float) -> None:
    apart = drawn(seed, density)
    merged = apart.merged()
    for name in NAMES:
        one, other = getattr(apart, name), getattr(merged, name)
        assert (one.matrix().toarray() == other.matrix().toarray()).all()
        assert one.empty == other.empty
        for item in range(N_ITEMS):
            assert [part.tolist() for part in one.row(item)] == [part.tolist() for part in other.row(item)]
        everything = np.arange(N_ITEMS)
        assert (one.peaks(everything) == other.peaks(everything)).all()


def test_all_relations_share_their_arrays_and_every_row_is_somebodys() -> None:
    merged = drawn(1).merged()
    assert len({id(getattr(merged, name).values) for name in NAMES}) == 1
    rows = [row for part in places(N_ITEMS).values() for row in part]
    assert sorted(rows) == list(range(len(NAMES) * N_ITEMS))
    assert merged.merged() is merged


def test_past_items_find_what_they_are_asked_for_side_by_side() -> None:
    found = places(N_ITEMS)
    for item in range(N_ITEMS):
        first = found["taken_with"][item]
        assert [found["cold"][item], found["followers"][item]] == [first + 1, first + 2]


@given(seed=st.integers(0, 99))
def test_many_voices_are_the_sum_of_each(seed: int) -> None:
    rng = np.random.default_rng(seed)
    merged, past, session = drawn(seed).merged(), np.array([0, 4, 9]), np.array([4, 2])
    voices = [
        Voice(getattr(merged, name), sources, rng.random(len(sources)))
        for name, sources in (("taken_with", past), ("cold", past), ("basket", session), ("alike", session))
    ]
    board = np.zeros(N_ITEMS)
    spread(board, voices)
    expected = sum(voice.weights @ voice.neighbours.matrix().toarray()[voice.sources] for voice in voices)
    assert board == pytest.approx(expected)
    gathered = gather(np.arange(N_ITEMS), voices)
    for voice, given_by in zip(voices, gathered, strict=True):
        parts = voice.weights[:, None] * voice.neighbours.matrix().toarray()[voice.sources]
        for item, (causes, weights) in enumerate(given_by):
            assert causes.tolist() == voice.sources[parts[:, item] > 0].tolist()
            assert weights == pytest.approx(parts[parts[:, item] > 0, item])


@given(query=shops.queries(MODEL.n_items))
def test_the_blend_at_once_is_the_sum_of_its_scorers(query: Query) -> None:
    pipeline = Pipeline.of(MODEL._state)
    profile, blend = pipeline.profile(query), pipeline.blend_for(query)
    board = np.zeros(MODEL.n_items)
    for scorer in blend.scorers:
        scorer.add_to(board, profile, float(getattr(blend.weights, scorer.source)))
    assert blend.board(profile) == pytest.approx(board)


def test_relations_in_matrices_of_their_own_answer_alike() -> None:
    state = MODEL._state
    apart = Relations(**{name: Neighbours.of(getattr(state.relations, name).matrix()) for name in NAMES})
    blends = [
        Blend(replace(state, relations=relations).scorers(), state.config.blend, MODEL.n_items)
        for relations in (state.relations, apart)
    ]
    profile = shops.profile_of({2: 1.0, 5: 2.0}, session=np.array([7]), session_ages=np.zeros(1, np.int64))
    assert blends[0].board(profile) == pytest.approx(blends[1].board(profile))


def test_what_is_saved_is_one_matrix(tmp_path: Path) -> None:
    MODEL.save(tmp_path / "model")
    loaded = Recommender.load(tmp_path / "model")._state.relations
    assert isinstance(loaded.taken_with.values.base, np.memmap)
    assert all(getattr(loaded, name).values is loaded.taken_with.values for name in NAMES)
