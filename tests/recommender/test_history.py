"""A query's history: what is refused, and how lines find their baskets."""

import numpy as np
import pytest

from recommender import History, InputError


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ((["a"], [np.nan]), "history.days"),
        ((["a"], [1.0, 2.0]), "history.days"),
        ((["a"], [1.0], [-1]), "history.quantities"),
        ((["a"], [1.0], [1], [1, 2]), "history.baskets"),
        (([1.5], [1.0]), "history.items"),
        (([None], [1.0]), "history.items"),
        ((["a"], ["yesterday"]), "history.days"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(arguments: tuple[object, ...], field: str) -> None:
    with pytest.raises(InputError) as error:
        History(*arguments)
    assert error.value.field == field


def test_lines_of_one_day_are_one_basket_by_default() -> None:
    history = History(["a", "b", "c"], [1.0, 3.0, 1.0])
    assert history.baskets_ago.tolist() == [1, 0, 1]
    assert history.basket_sizes.tolist() == [2, 1, 2]


def test_basket_numbers_tell_baskets_of_one_day_apart() -> None:
    history = History(["a", "b", "c"], [1.0, 1.0, 1.0], baskets=[5, 9, 5])
    assert history.baskets_ago.tolist() == [1, 0, 1]


def test_returned_lines_are_left_out() -> None:
    assert History(["a", "b"], [1.0, 2.0], [0, 2]).items.tolist() == ["b"]


def test_without_an_item_the_others_keep_their_place_in_time() -> None:
    history = History(["a", "b", "c"], [1.0, 2.0, 3.0])
    rest = history.without(["c"])
    assert rest.items.tolist() == ["a", "b"]
    assert rest.baskets_ago.tolist() == [2, 1]


def test_an_empty_history_is_a_history() -> None:
    assert len(History.empty()) == 0
