"""The catalogue: what is refused, and the way from ids to indices."""

import numpy as np
import pytest

from recommender import Catalogue, InputError
from tests.recommender.shops import catalogue


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item_ids", []),
        ("item_ids", ["a", "a"]),
        ("item_ids", ["a", ""]),
        ("category", ["x"]),
        ("text", ["x"]),
        ("price", [1.0, -2.0]),
        ("price", [1.0, np.nan]),
        ("added_day", [0.0, np.inf]),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(field: str, value: list[object]) -> None:
    blank = ["", ""]
    good = {"item_ids": ["a", "b"], "category": blank, "department": blank, "brand": blank, "text": blank}
    with pytest.raises(InputError) as error:
        Catalogue(**{**good, "price": [1.0, 2.0], "added_day": [0.0, 0.0], field: value})
    assert error.value.field in (field, "category")


def test_ids_lead_to_indices_and_unknown_ones_to_nothing() -> None:
    ids = catalogue(3).ids
    assert ids.index_of("i2") == 2
    assert ids.index_of("x") is None
    assert ids.indices_of(["i1", "x", "i0"]).tolist() == [1, -1, 0]


def test_labels_know_their_codes() -> None:
    shop = catalogue(3, category=["soda", None, "milk"])
    assert [shop.category.name_of(item) for item in range(3)] == ["soda", "", "milk"]
    assert shop.category.code_of("milk") == shop.category.codes[2]
    assert shop.category.code_of("zebra") is None
