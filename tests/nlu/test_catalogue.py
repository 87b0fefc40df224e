"""The extractor against tables of sentences, and what happens to it as the catalogue's file comes, changes
and goes.
"""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.catalogue import CatalogueEntityExtractor, LiveMatcher
from nlu.lexicon import LexiconError, read_lexicon
from tests.nlu.conftest import TERMS


@pytest.fixture(scope="session")
def live(catalogue_file: Path) -> LiveMatcher:
    return LiveMatcher(catalogue_file)


AMOUNTS_ALONE = [("price_max", 5.0, "under $5"), ("price_currency", "USD", "under $5")]


def found(live: LiveMatcher, text: str) -> list[tuple[str, Any, str]]:
    return [(each.entity, each.value, text[each.start : each.end]) for each in live.find(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("any MILK here?", [("category", "milk", "MILK")]),
        ("two milks", [("quantity", 2, "two"), ("category", "milk", "milks")]),
        ("strawberry", [("category", "strawberries", "strawberry")]),
        ("Strawberries!", [("category", "strawberries", "Strawberries")]),
        ("a battery", [("category", "batteries", "battery")]),
        ("fluid milk", [("category", "milk", "fluid milk")]),
        ("white milk 1 gallon", [("product", "white-milk-gallon", "white milk 1 gallon")]),
        ("AA battery 4 pack", [("product", "duracell-aa", "AA battery 4 pack")]),
        ("AA battery, 5 pack", [("category", "batteries", "battery"), ("size", "5 pack", "5 pack")]),
        ("aa batteries (4-pack)", [("product", "duracell-aa", "aa batteries (4-pack")]),
        ("m&m's", [("brand", "m&m", "m&m's")]),
        ("the dairy", [("department", "dairy", "dairy")]),
        ("milkshake and buttermilk", []),
        ("我想买牛奶和草莓", [("category", "milk", "牛奶"), ("category", "strawberries", "草莓")]),
        ("请给我milk", [("category", "milk", "milk")]),
        ("\u0130\ufb03 milk \U0001f600 milk", [("category", "milk", "milk"), ("category", "milk", "milk")]),
        ("", []),
        ("?!", []),
    ],
)
def test_names(live: LiveMatcher, text: str, entities: list[Any]) -> None:
    assert found(live, text) == entities


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("milk under $5", (5.0, "under $5")),
        ("below 5 dollars", (5.0, "below 5 dollars")),
        ("less than 4.50", (4.5, "less than 4.50")),
        ("not more than €3", (3.0, "not more than €3")),
        ("under five bucks please", (5.0, "under five bucks")),
        ("$1,250.50 or less", (1250.5, "$1,250.50 or less")),
        ("10 dollars at most", (10.0, "10 dollars at most")),
        ("under 99 cents", (0.99, "under 99 cents")),
        ("up to 5$", (5.0, "up to 5$")),
        ("under 5 minutes", None),
        ("no more than 15", (15.0, "no more than 15")),
        ("milk between 5 and 10 dollars", (10.0, "between 5 and 10 dollars")),
        ("$5-$10 milk", (10.0, "$5-$10")),
        ("about 20 bucks or so", (24.0, "about 20 bucks or so")),
        ("under twenty five euros", (25.0, "under twenty five euros")),
        ("my budget is 30", (30.0, "my budget is 30")),
        ("deliver it between 9 and 12", None),
        ("five and ten dollars", None),
        ("over 10", None),
        ("how about 2", None),
        ("under 5%", None),
        ("$5 milk", None),
        ("3 or less", None),
        ("less than", None),
    ],
)
def test_price_limits(live: LiveMatcher, text: str, limit: tuple[float, str] | None) -> None:
    limits = [(value, words) for entity, value, words in found(live, text) if entity == "price_max"]
    assert limits == ([] if limit is None else [limit])


@pytest.mark.parametrize(
    ("text", "lowest"),
    [
        ("milk over $10", [10.0]),
        ("at least 5 dollars", [5.0]),
        ("no less than 15 euros", [15.0]),
        ("from $5 to $10", [5.0]),
        ("between 5 and 10", [5.0]),
        ("around $20", [16.0]),
        ("10 dollars and up", [10.0]),
        ("I'm over 18", []),
        ("over 10 minutes", []),
        ("under 10", []),
    ],
)
def test_lowest_prices(live: LiveMatcher, text: str, lowest: list[float]) -> None:
    assert [value for entity, value, _ in found(live, text) if entity == "price_min"] == lowest


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("under $5", ["USD"]),
        ("under 5 euros", ["EUR"]),
        ("under £5", ["GBP"]),
        ("under 20 canadian dollars", ["CAD"]),
        ("under HK$100", ["HKD"]),
        ("at most 30 yuan", ["CNY"]),
        ("max CHF 20", ["CHF"]),
        ("under 5", []),
    ],
)
def test_currencies_of_prices(live: LiveMatcher, text: str, currencies: list[str]) -> None:
    assert [value for entity, value, _ in found(live, text) if entity == "price_currency"] == currencies


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("write to Jo.Doe+shop@mail.example.com.", ["jo.doe+shop@mail.example.com"]),
        ("我的邮箱是abc@qq.com谢谢", ["abc@qq.com"]),
        ("milk@home.org", ["milk@home.org"]),
        ("milk @ home", []),
        ("a@b", []),
    ],
)
def test_emails(live: LiveMatcher, text: str, emails: list[str]) -> None:
    assert [value for entity, value, _ in found(live, text) if entity == "email"] == emails
    assert not emails or {entity for entity, _, _ in found(live, text)} == {"email"}


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("where is A1234567?", ["A1234567"]),
        ("where is a1234567?", ["A1234567"]),
        ("#31198570044", ["31198570044"]),
        ("order 31198570044 please", ["31198570044"]),
        ("my order number is 12345", ["12345"]),
        ("orders A1234567 and B7654321", ["A1234567", "B7654321"]),
        ("I have 12345 questions", []),
        ("call 911", []),
        ("ABCD1234567", []),
        ("under $1234567", ["1234567"]),
    ],
)
def test_order_numbers(live: LiveMatcher, text: str, orders: list[str]) -> None:
    assert [value for entity, value, _ in found(live, text) if entity == "order_id"] == orders


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("add 3 to my cart", 3),
        ("two bottles of milk", 2),
        ("2x milk", 2),
        ("milk x 4", 4),
        ("I want 12 strawberries", 12),
        ("1.5 milk", None),
        ("1000 milk", None),
        ("0 milk", None),
        ("the 2nd one", None),
        ("it took 3 days", None),
        ("twenty five strawberries", 25),
        ("a couple of strawberries", 2),
        ("2% milk", None),
        ("two gallons of milk", 2),
        ("a dozen strawberries", None),
        ("add 3 packs of milk", 3),
        ("remove 2", 2),
    ],
)
def test_quantities(live: LiveMatcher, text: str, quantity: int | None) -> None:
    quantities = [value for entity, value, _ in found(live, text) if entity == "quantity"]
    assert quantities == ([] if quantity is None else [quantity])


def test_the_component_adds_to_the_entities_that_are_there(live: LiveMatcher) -> None:
    message = Message({"text": "milk", "entities": [{"entity": "other"}]})
    CatalogueEntityExtractor(live).process([message, Message({})])
    expected = {
        "entity": "category",
        "value": "milk",
        "start": 0,
        "end": 4,
        "extractor": "CatalogueEntityExtractor",
    }
    assert message.get("entities") == [{"entity": "other"}, expected]


def test_a_missing_file_is_said_once_and_then_taken_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "catalogue.json"
    with caplog.at_level(logging.WARNING, "nlu.catalogue"):
        live = LiveMatcher(path)
        assert [found(live, "milk under $5"), found(live, "milk")] == [AMOUNTS_ALONE, []]
    assert len(caplog.records) == 1
    _write(path, "1", TERMS)
    assert _after_reload(live, "milk") == [("category", "milk", "milk")]


def test_a_newer_file_replaces_the_names_and_a_bad_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    _write(path, "1", TERMS)
    live = LiveMatcher(path)
    _write(path, "2", [{"entity": "category", "value": "tea", "forms": {"en": ["tea"]}}])
    assert _after_reload(live, "milk or tea") == [("category", "tea", "tea")]
    path.write_text('{"terms": [{}]}')
    assert _after_reload(live, "milk or tea") == [("category", "tea", "tea")]
    path.unlink()
    assert _after_reload(live, "milk or tea") == [("category", "tea", "tea")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "no list of terms"),
        ('{"terms": [{"entity": "category", "value": "a"}]}', r"terms\[0\] has no forms"),
        ('{"terms": [{"entity": "flavour", "value": "a", "forms": {}}]}', r"terms\[0\].entity"),
        ('{"terms": [{"entity": "brand", "value": "", "forms": {}}]}', r"terms\[0\].value"),
        ('{"terms": [{"entity": "brand", "value": "a", "forms": {"en": [1]}}]}', r"terms\[0\].forms"),
    ],
)
def test_a_bad_lexicon_is_refused_with_its_place(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(content)
    with pytest.raises(LexiconError, match=reason):
        read_lexicon(path)


def _write(path: Path, version: str, terms: list[Any]) -> None:
    """Replace the file as the shop does: whole, in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"version": version, "terms": terms}))
    fresh.replace(path)


def _after_reload(live: LiveMatcher, text: str) -> list[Any]:
    live.find(text)
    live.wait()
    return found(live, text)
