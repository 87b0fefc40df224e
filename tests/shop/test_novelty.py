"""What counts as new, worked out by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shop.novelty import LONGEST_DAYS, UNKNOWN_DAY, newest

OPENED, TODAY = 1000, 2000


def new_places(added: list[int], today: int = TODAY) -> list[int]:
    return np.flatnonzero(newest(np.array(added, dtype=np.int64), today)).tolist()


def test_the_newest_twentieth_is_new() -> None:
    added = [OPENED] * 57 + [TODAY - 3, TODAY - 40, TODAY - 2, TODAY - 60]
    assert new_places(added) == [57, 58, 59, 60]
    assert new_places([*added[:37], TODAY - 3, TODAY - 40, TODAY - 2, TODAY - 60]) == [37, 38, 39]


def test_what_came_on_the_same_day_is_new_together() -> None:
    assert new_places([OPENED] * 10 + [TODAY - 5] * 4) == [10, 11, 12, 13]


def test_what_the_shop_opened_with_is_never_new() -> None:
    assert new_places([TODAY] * 10) == []


def test_nothing_stays_new_where_little_is_added() -> None:
    assert new_places([OPENED] * 10 + [TODAY - LONGEST_DAYS - 1]) == []
    assert new_places([OPENED] * 10 + [TODAY - LONGEST_DAYS]) == [10]


def test_unknown_days_and_announcements_are_not_new() -> None:
    assert new_places([OPENED, UNKNOWN_DAY, TODAY + 1]) == []
    assert new_places([UNKNOWN_DAY, UNKNOWN_DAY]) == []
    assert new_places([]) == []


@given(st.lists(st.integers(UNKNOWN_DAY, TODAY + 5), max_size=60))
def test_no_item_is_new_while_a_later_one_is_not(added: list[int]) -> None:
    new = [added[place] for place in new_places(added)]
    past = [day for day in added if day <= TODAY]
    assert all(TODAY - LONGEST_DAYS <= day <= TODAY for day in new)
    assert not new or sum(day >= min(new) for day in past) == len(new)
