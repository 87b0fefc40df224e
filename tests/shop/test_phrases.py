"""Both languages say the same things, with the same values; and everything that code can ask for is there."""

from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor

from recommender.ranking import Reason, ReasonKind
from shop import errors
from shop.context import Shop
from shop.errors import AisleError
from shop.phrases import LOCALES, load_phrases
from shop.reasons import Names, rhythm, say_reasons
from shop.sentences import error_sentence
from shop.settings import PROJECT_ROOT

DIRECTORY = PROJECT_ROOT / "data" / "phrases"
FILES = sorted(path.name for path in (DIRECTORY / "en").glob("*.ftl"))


class Variables(Visitor):
    """Collects the values that a phrase uses."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.names.add(node.id.name)


def phrases_of(path: Path) -> dict[str, set[str]]:
    """Every key of a file, with the values its phrase uses."""
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice in {path.name}"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


def test_every_language_has_the_same_files() -> None:
    for locale in LOCALES:
        assert sorted(path.name for path in (DIRECTORY / locale).glob("*.ftl")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_keys_and_values(name: str) -> None:
    assert phrases_of(DIRECTORY / "en" / name) == phrases_of(DIRECTORY / "zh" / name)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_stands_in_two_files(locale: str) -> None:
    keys = [key for name in FILES for key in phrases_of(DIRECTORY / locale / name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", get_args(ReasonKind))
@pytest.mark.parametrize("item_id", [None, "coffee-beans"])
def test_every_reason_has_its_words(kind: ReasonKind, item_id: str | None, locale: str) -> None:
    details: dict[str, list[dict[str, float | str]]] = {
        "bought_often": [
            {"times": 1},
            {"times": 2, "every_days": 2.0},
            {"times": 5, "every_days": 0.6},
            {"times": 5, "every_days": 9.4},
            {"times": 3, "every_days": 30},
            {"times": 3, "every_days": 90},
        ],
        "favourite_category": [{"category": "Coffee"}],
    }
    names = Names({"coffee-beans": "Coffee beans"}, {"Coffee": "咖啡"})
    for detail in details.get(kind, [{}]):
        (sentence,) = say_reasons(
            load_phrases(DIRECTORY), [Reason(kind, item_id, 1.0, detail)], names, locale
        )
        assert 0 < len(sentence) <= 60
        assert "coffee-beans" not in sentence


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.2, ("days", 1)),
        (7, ("days", 7)),
        (10.4, ("days", 10)),
        (13, ("weeks", 2)),
        (59, ("weeks", 8)),
        (60, ("months", 2)),
        (95, ("months", 3)),
    ],
)
def test_a_rhythm_is_told_in_round_units(days: float, said: tuple[str, int]) -> None:
    assert rhythm(days) == said


def test_popularity_is_told_only_where_nothing_else_speaks(small_shop: Shop) -> None:
    popular, often = Reason("popular", None, 0.7), Reason("bought_often", "flour", 0.3, {"times": 2})
    nothing = Names({}, {})
    say = small_shop.phrases
    assert say_reasons(say, [popular, often], nothing, "en") == ("You bought this twice",)
    assert say_reasons(say, [popular], nothing, "en") == ("Popular right now",)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_error_has_a_sentence(locale: str) -> None:
    phrases = load_phrases(DIRECTORY)
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AisleError)
    ]
    general = error_sentence(phrases, AisleError("broken"), locale)
    for kind in kinds:
        sentence = error_sentence(phrases, kind("broken", code="a_code_without_words"), locale)
        assert sentence
        assert kind is AisleError or sentence != general
