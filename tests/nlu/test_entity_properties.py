"""What holds for the entities of any text: they stand where they say, apart, and can be sent as JSON."""

import json
import math
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.catalogue import LiveMatcher
from nlu.found import Found

CAP = 2000  # characters of the longest message
PRICES = {"price_min", "price_max", "price_currency"}
PIECES = [
    *"milk$5€#A1234567 ,.x-/%@<>{}\"'\\牛奶一两三十百点零万块元毛个瓶俩第来加到上周月号İ\n\t\0\U0001f600",
    "strawberries ", "strawbery ", "batteri ", " under ", " between ", " and ", "以下", "左右", "不超过",
    "订单", "1234567", " last tuesday ", " nov 3 ", " 3 days ago ", "11月3号", " 24 oz ", " 12 pack ",
    "两升装", " two hundred ", " dollars ", "a@b.com ", "<script>", "/greet", '{"a": 1}', "²", "٣", "①",
    "1e999", "999999999999999999999999",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@pytest.fixture(scope="module")
def live(catalogue_file: Path) -> LiveMatcher:
    return LiveMatcher(catalogue_file)


def test_entities_stand_inside_the_text_and_apart(live: LiveMatcher) -> None:
    @settings(max_examples=600, deadline=None)
    @given(TEXTS)
    def check(text: str) -> None:
        found = live.find(text)
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert [each.start for each in found] == sorted(each.start for each in found)
        assert all(_apart(one, two) for one, two in combinations(found, 2))

    check()


def test_values_are_finite_and_survive_json(live: LiveMatcher) -> None:
    @settings(max_examples=400, deadline=None)
    @given(TEXTS)
    def check(text: str) -> None:
        for each in live.find(text):
            assert json.loads(json.dumps(each.value, allow_nan=False)) == each.value
            assert (
                math.isfinite(each.value) and each.value >= 0
                if not isinstance(each.value, str)
                else each.value
            )

    check()


def test_amounts_are_what_they_should_be(live: LiveMatcher) -> None:
    @settings(max_examples=400, deadline=None)
    @given(TEXTS)
    def check(text: str) -> None:
        values = {each.entity: each.value for each in live.find(text)}
        assert isinstance(values.get("quantity", 1), int)
        assert 1 <= values.get("quantity", 1) <= 999
        assert values.get("price_min", 0) <= values.get("price_max", math.inf)
        assert values.get("order_id", "A").isascii()
        assert not set(values.get("email", "")) & set("<>\"' {}\\/\n\0")
        assert not set(values.get("size", "")) & set("<>\"'{}\\\n\0")

    check()


def test_messages_as_long_as_may_be_are_read(live: LiveMatcher) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.text(max_size=3))
    def check(pieces: list[str], between: str) -> None:
        text = (between.join(pieces) * CAP)[:CAP]
        assert all(each.end <= CAP for each in live.find(text))

    check()


def test_any_price_limit_is_read_as_it_is_written(live: LiveMatcher) -> None:
    @given(
        st.integers(1, 999_999), st.sampled_from(["under ${}", "{} dollars or less", "{}块以下", "最多{}元"])
    )
    def check(amount: int, phrase: str) -> None:
        limits = [each.value for each in live.find(phrase.format(amount)) if each.entity == "price_max"]
        assert limits == [amount]

    check()


def _apart(one: Found, two: Found) -> bool:
    """Tell whether two entities do not overlap; those of one price stand at the same place."""
    twins = {one.entity, two.entity} <= PRICES and (one.start, one.end) == (two.start, two.end)
    return twins or one.end <= two.start or two.end <= one.start
