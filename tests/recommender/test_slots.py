"""Promotion slots and rest for what was shown too often."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Catalogue, InputError, Query
from recommender.slots import promoted_slate
from tests.recommender import shops

BEST = np.array([4, 2, 9], dtype=np.int32)


def test_a_promoted_item_takes_its_slot_and_the_last_one_leaves() -> None:
    slate, promoted = promoted_slate(BEST, [7, 8], [2], n=3)
    assert slate.tolist() == [4, 7, 2]
    assert promoted == {7}


def test_what_stands_by_merit_is_not_promoted() -> None:
    slate, promoted = promoted_slate(BEST, [2, 7], [1], n=3)
    assert slate.tolist() == [7, 4, 2]
    assert promoted == {7}


def test_a_short_slate_grows() -> None:
    slate, promoted = promoted_slate(BEST[:1], [7], [3, 2], n=3)
    assert slate.tolist() == [4, 7]
    assert promoted == {7}


@given(
    st.lists(st.integers(0, 20), unique=True, max_size=8),
    st.lists(st.integers(0, 20), max_size=5),
    st.lists(st.integers(1, 9), max_size=3),
    st.integers(1, 8),
)
def test_slates_hold_each_item_once_and_keep_the_order_of_merit(
    best: list[int], promoted: list[int], slots: list[int], n: int
) -> None:
    slate, placed = promoted_slate(np.array(best[:n], dtype=np.int32), promoted, slots, n)
    by_merit = [item for item in slate.tolist() if item not in placed]
    assert len(slate) == len(set(slate.tolist())) <= n
    assert by_merit == best[: len(by_merit)]
    assert placed <= set(promoted)
    assert len(placed) <= len(slots)


def ids(query: Query, shop: Catalogue | None = None) -> list[str]:
    log, catalogue = shops.grocer()
    return list(shops.fitted(log, shop or catalogue).recommend(query).item_ids)


def test_a_promoted_item_keeps_to_the_limits_of_the_query() -> None:
    model = shops.fitted(*shops.grocer())
    allowed = np.ones(model.n_items, dtype=bool)
    allowed[12] = False
    shown = model.recommend(Query(n=5, allowed=allowed, promoted=["i12", "i13", "unknown"], exclude=["i11"]))
    assert [item.item_id for item in shown if item.promoted] == ["i13"]
    assert shown.item_ids[2] == "i13"


def test_what_was_shown_too_often_rests_unless_nothing_else_is_left() -> None:
    plain = ids(Query(n=4))
    assert plain[0] not in ids(Query(n=4, shown={plain[0]: 6}))
    assert ids(Query(n=4, shown={plain[0]: 5})) == plain
    assert set(ids(Query(n=14, shown={plain[0]: 6}))) == set(ids(Query(n=14)))
    assert ids(Query(n=14, shown={plain[0]: 6}))[-1] == plain[0]


def test_bad_limits_are_refused() -> None:
    with pytest.raises(InputError, match="shown"):
        Query(shown={"i1": -1})
    with pytest.raises(InputError, match="promoted"):
        Query(promoted="i1")
