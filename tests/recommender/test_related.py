"""Similar items, what goes together, and bestsellers."""

import numpy as np
import pytest

from recommender import InputError, Recommender
from tests.recommender import shops


def test_similar_items_are_of_the_kind(grocer_model: Recommender) -> None:
    best = grocer_model.similar_items("i2", n=2)
    assert set(best.item_ids) == {"i3", "i12"}
    assert all(item.reasons[0].item_id == "i2" for item in best)


def test_a_cold_item_has_similar_items(grocer_model: Recommender) -> None:
    assert set(grocer_model.similar_items("i12", n=2).item_ids) == {"i2", "i3"}


def test_without_words_similar_is_what_is_taken_together(board_model: Recommender) -> None:
    odd = {f"i{item}" for item in range(1, 12, 2)} - {"i3"}
    ranking = board_model.similar_items("i3", n=12)
    assert set(ranking.item_ids) == odd
    assert {item.source for item in ranking} == {"item_knn"}


def test_similar_items_keep_to_what_is_allowed(grocer_model: Recommender) -> None:
    allowed = np.ones(14, dtype=bool)
    allowed[3] = False
    assert "i3" not in grocer_model.similar_items("i2", allowed=allowed).item_ids


def test_what_goes_with_cheese_is_no_cheese(grocer_model: Recommender) -> None:
    ranking = grocer_model.goes_with(["i2"], n=14)
    assert set(ranking.item_ids) >= {"i4", "i5", "i6"}
    assert not set(ranking.item_ids) & {"i2", "i3", "i12"}
    assert ranking.items[0].reasons[0].item_id == "i2"


def test_what_goes_with_a_basket_names_the_stronger_cause() -> None:
    # Tea goes with honey twice and soap with honey once; 4 and 5 keep company of their own.
    baskets = [(0, 1), (0, 1), (2, 1), (4, 5), (4, 5)]
    lines = [
        (shopper, item, float(day))
        for shopper in range(3)
        for day, pair in enumerate(baskets)
        for item in pair
    ]
    model = shops.fitted(shops.log(lines, 3, 6))
    best = model.goes_with(["i2", "i0"], n=1).items[0]
    assert best.item_id == "i1"
    assert best.reasons[0].kind == "bought_with"
    assert best.reasons[0].item_id == "i0"


def test_a_new_item_goes_with_what_its_like_go_with(grocer_model: Recommender) -> None:
    ranking = grocer_model.goes_with(["i12"], n=5)
    assert set(ranking.item_ids) & {"i4", "i5", "i6"}
    assert {item.reasons[0].item_id for item in ranking} == {"i12"}


def test_unknown_items_have_no_company(grocer_model: Recommender) -> None:
    assert len(grocer_model.similar_items("unknown")) == 0
    assert len(grocer_model.goes_with(["unknown"])) == 0
    assert len(grocer_model.goes_with([])) == 0


def test_bestsellers_of_one_category(grocer_model: Recommender) -> None:
    assert set(grocer_model.popular(category="soda").item_ids) == {"i9", "i10"}
    assert len(grocer_model.popular(category="no such category")) == 0


def test_bestsellers_overall(grocer_model: Recommender) -> None:
    assert set(grocer_model.popular(n=2).item_ids) == {"i0", "i1"}
    assert {item.reasons[0].kind for item in grocer_model.popular(n=3)} == {"popular"}


@pytest.mark.parametrize("n", [0, -1, True])
def test_a_length_of_nothing_is_refused(grocer_model: Recommender, n: int) -> None:
    for ask in (grocer_model.popular, lambda n: grocer_model.similar_items("i0", n)):
        with pytest.raises(InputError):
            ask(n)
