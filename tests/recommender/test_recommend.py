"""recommend, asked everything from the usual to the absurd."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import History, InputError, Interactions, Query, Recommender, RecommenderConfig
from recommender.config import TuningConfig
from tests.recommender import shops

MODEL = shops.fitted(*shops.grocer())
N_ITEMS = MODEL.n_items


@given(shops.queries(N_ITEMS))
def test_any_query_gets_a_proper_slate(query: Query) -> None:
    ranking = MODEL.recommend(query)
    scores = [item.score for item in ranking]
    places = [MODEL.index_of(item_id) for item_id in ranking.item_ids]
    assert len(ranking) <= query.n
    assert len(set(ranking.item_ids)) == len(ranking)
    assert np.isfinite(scores).all()
    assert all(score >= 0 for score in scores)
    assert not set(ranking.item_ids) & {*query.exclude, *query.session}
    assert query.allowed is None or all(query.allowed[place] for place in places)
    for item in ranking:
        assert len(item.reasons) <= query.reason_count
        assert all(0 < reason.weight <= 1 for reason in item.reasons)


@given(shops.queries(N_ITEMS))
def test_a_slate_is_full_where_enough_is_allowed(query: Query) -> None:
    if query.seen == "any":
        barred = {*query.exclude, *query.session}
        ids = [
            item_id
            for place, item_id in enumerate(MODEL.item_ids)
            if query.allowed is None or query.allowed[place]
        ]
        assert len(MODEL.recommend(query)) == min(query.n, len(set(ids) - barred))


@given(shops.queries(N_ITEMS))
def test_the_same_query_gets_the_same_answer(query: Query) -> None:
    assert MODEL.recommend(query) == MODEL.recommend(query)


@given(shops.histories(N_ITEMS), st.sampled_from(["only", "never"]))
def test_seen_is_kept_to(history: History, seen: str) -> None:
    past = {f"i{item}" for item in history.items.tolist()}
    shown = set(MODEL.recommend(Query(history=history, seen=seen)).item_ids)
    assert shown <= past if seen == "only" else not shown & past


def test_scores_fall_along_a_slate_without_limits() -> None:
    ranking = MODEL.recommend(Query(history=History(["i2", "i3"], [99, 99]), n=N_ITEMS))
    scores = [item.score for item in ranking]
    assert scores == sorted(scores, reverse=True)


def test_what_is_bought_again_and_again_leads() -> None:
    history = History(["i5", "i2", "i5", "i5"], [70, 80, 85, 95])
    best = MODEL.recommend(Query(history=history, n=3)).items[0]
    assert (best.item_id, best.source) == ("i5", "frequency")
    reason = best.reasons[0]
    assert (reason.kind, reason.item_id) == ("bought_often", "i5")
    assert reason.detail == {"times": 3, "every_days": 12.5}


def test_a_new_purchase_changes_the_next_answer() -> None:
    before = MODEL.recommend(Query(n=1)).item_ids
    after = MODEL.recommend(Query(history=History(["i9"], [100]), n=1)).item_ids
    assert (before, after) == (("i0",), ("i9",)) or (before, after) == (("i1",), ("i9",))


def test_a_stranger_sees_bestsellers_of_several_kinds() -> None:
    ranking = MODEL.recommend(Query(n=5))
    assert set(ranking.item_ids) >= {"i0", "i1"}
    assert {item.source for item in ranking} == {"popularity"}
    assert {item.reasons[0].kind for item in ranking} == {"popular"}
    categories = [MODEL._state.category.name_of(MODEL.index_of(item)) for item in ranking.item_ids]
    assert max(map(categories.count, categories)) <= 2


def test_the_session_moves_a_strangers_slate() -> None:
    by_session = MODEL.recommend(Query(session=["i9", "i10"], n=3, allowed=np.arange(N_ITEMS) >= 2))
    assert set(by_session.item_ids) <= {"i7", "i8", "i11"}
    assert by_session.items[0].reasons[0].kind == "session"


def test_a_cold_item_reaches_those_who_like_its_kind() -> None:
    only_new = np.arange(N_ITEMS) >= 12
    best = MODEL.recommend(Query(history=History(["i2", "i3"], [99, 100]), n=1, allowed=only_new)).items[0]
    assert (best.item_id, best.source) == ("i12", "content")
    assert best.reasons[0].kind in ("similar_to", "favourite_category")
    assert best.reasons[0].item_id in ("i2", "i3")


def test_everything_excluded_leaves_an_empty_slate() -> None:
    assert len(MODEL.recommend(Query(exclude=MODEL.item_ids))) == 0
    assert len(MODEL.recommend(Query(allowed=np.zeros(N_ITEMS, dtype=bool)))) == 0


def test_unknown_items_are_ignored() -> None:
    unknown = Query(history=History(["nothing", "i3"], [1, 2]), session=["nope"], exclude=["never"])
    assert MODEL.recommend(unknown).item_ids[0] == "i3"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"n": 0}, "n"),
        ({"n": 2.5}, "n"),
        ({"reason_count": -1}, "reason_count"),
        ({"now": float("nan")}, "now"),
        ({"seen": "sometimes"}, "seen"),
        ({"session": "i1"}, "session"),
        ({"exclude": "i1"}, "exclude"),
        ({"allowed": np.ones(3, dtype=bool)}, "allowed"),
        ({"allowed": np.ones(N_ITEMS)}, "allowed"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as error:
        MODEL.recommend(Query(**changed))
    assert error.value.field == field


def test_checkerboard_shoppers_get_the_one_square_they_miss(
    board: Interactions, board_model: Recommender
) -> None:
    for shopper in range(12):
        query = Query(history=shops.history_of(board, shopper), n=1)
        assert board_model.recommend(query).item_ids == (f"i{shopper}",)


def test_a_shop_of_one_item() -> None:
    model = shops.fitted(shops.log([(0, 0, 1)], 1, 1))
    assert model.recommend(Query()).item_ids == ("i0",)
    assert model.recommend(Query(history=History(["i0"], [1]), seen="any")).item_ids == ("i0",)
    assert len(model.similar_items("i0")) == 0
    assert len(model.goes_with(["i0"])) == 0


def test_a_shop_that_has_sold_nothing_yet_still_shows_its_shelves() -> None:
    empty = Interactions([], [], [], [], [], n_shoppers=0, n_items=3)
    model = shops.fitted(empty, shops.catalogue(3, text=["red tea", "green tea", "soap"]))
    assert model.recommend(Query()).item_ids == ("i0", "i1", "i2")
    assert model.similar_items("i0").item_ids[0] == "i1"
    assert len(model.popular()) == 0


def test_a_shopper_with_a_hundred_thousand_lines() -> None:
    rng = np.random.default_rng(3)
    history = History(rng.integers(0, N_ITEMS, 100_000), rng.uniform(0, 100, 100_000), np.full(100_000, 1e15))
    ranking = MODEL.recommend(Query(history=history))
    assert len(ranking) == 10
    assert np.isfinite([item.score for item in ranking]).all()


def test_a_catalogue_of_another_size_is_refused() -> None:
    with pytest.raises(InputError, match="catalogue"):
        shops.fitted(shops.checkerboard(), shops.catalogue(5))


@pytest.mark.parametrize("config", [shops.UNTUNED, RecommenderConfig(tuning=TuningConfig(seconds=0.5))])
def test_progress_is_told_from_start_to_end(config: RecommenderConfig) -> None:
    told: list[tuple[str, float]] = []
    Recommender.fit(
        *shops.grocer(),
        config,
        now=shops.NOW,
        progress=lambda stage, share: told.append((stage, share)),
    )
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (told[0][1], told[-1]) == (0.0, ("done", 1.0))
