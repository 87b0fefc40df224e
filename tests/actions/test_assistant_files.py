"""Domain, rules, responses and skills fit together; the words are complete in both languages."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.skills import SKILLS
from shop.settings import PROJECT_ROOT

DATA = PROJECT_ROOT / "data"
FEWEST_SENTENCES = 40
ASKED_BACK = "did_you_mean"  # set by the classifier when it is in doubt: nobody says it
_NAMED = re.compile(r"utter_\w+")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_GAP = re.compile(r"(?<!\{)\{(\w+)\}")


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _responses() -> dict[str, list[dict[str, Any]]]:
    return {
        name: variations
        for path in sorted((DATA / "responses").glob("*.yml"))
        for name, variations in _read(path)["responses"].items()
    }


def _rules() -> list[tuple[str, str]]:
    """(intent, action) of each rule that begins with what a shopper says."""
    return [
        (rule["steps"][0]["intent"], rule["steps"][1]["action"])
        for path in sorted((DATA / "rules").glob("*.yml"))
        for rule in _read(path)["rules"]
        if "intent" in rule["steps"][0]
    ]


def _actions_of_forms() -> set[str]:
    """What runs when a form has ended."""
    return {"action_service_done"}


def _sentences(language: str = "*") -> dict[str, list[str]]:
    """Every intent's sentences, of one language or of all."""
    told = defaultdict(list)
    for path in sorted((DATA / "nlu").glob(f"{language}/*.yml")):
        for part in _read(path)["nlu"]:
            if "intent" in part:
                told[part["intent"]] += [line[2:].strip() for line in part["examples"].splitlines()]
    return dict(told)


def _named_in_code() -> set[str]:
    code = "".join(path.read_text() for path in (PROJECT_ROOT / "actions").glob("*.py"))
    spoken = set(_NAMED.findall(code)) - {"utter_message", "utter_language_is_"}
    return spoken | {"utter_language_is_en", "utter_language_is_zh"}


def _is_chinese(variation: dict[str, Any]) -> bool:
    return variation.get("condition") == [{"type": "slot", "name": "language", "value": "zh"}]


domain = _read(PROJECT_ROOT / "domain.yml")


def test_every_intent_has_a_rule_and_enough_sentences() -> None:
    known = set(domain["intents"])
    assert {intent for intent, _ in _rules()} == known | {"nlu_fallback"}
    assert set(_sentences()) == known - {ASKED_BACK}
    assert {intent: len(said) for intent, said in _sentences().items() if len(said) < FEWEST_SENTENCES} == {}


def test_every_action_has_a_skill_and_is_used() -> None:
    used = {action for _, action in _rules() if action.startswith("action_")}
    assert set(domain["actions"]) - {f"validate_{form}" for form in domain["forms"]} == set(SKILLS)
    assert set(SKILLS) == used | _actions_of_forms()


def test_every_response_is_said_somewhere_and_every_one_said_exists() -> None:
    said = _named_in_code() | {action for _, action in _rules() if action.startswith("utter_")}
    assert said == set(_responses())


@pytest.mark.parametrize("name", sorted(_responses()))
def test_a_response_has_words_in_both_languages_with_the_same_gaps(name: str) -> None:
    variations = _responses()[name]
    if name.startswith("utter_language_is_") or all(_GAP.fullmatch(v["text"]) for v in variations):
        return
    chinese = [variation for variation in variations if _is_chinese(variation)]
    english = [variation for variation in variations if "condition" not in variation]
    assert chinese
    assert english
    assert len(chinese) + len(english) == len(variations)
    assert len({frozenset(_GAP.findall(variation["text"])) for variation in variations}) == 1


def test_buttons_mean_intents_and_entities_of_the_domain() -> None:
    for name, variations in _responses().items():
        for button in [button for variation in variations for button in variation.get("buttons", ())]:
            intent, _, entities = button["payload"].removeprefix("/").partition("{{")
            assert intent in domain["intents"], name
            assert set(re.findall(r'"(\w+)":', entities)) <= set(domain["entities"]), name


def _plain(sentence: str) -> str:
    return _ANNOTATION.sub(r"\1", sentence).lower()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_sentence_stands_twice(language: str) -> None:
    every = Counter(_plain(said) for sentences in _sentences(language).values() for said in sentences)
    assert {sentence for sentence, times in every.items() if times > 1} == set()


def test_no_sentence_belongs_to_two_intents() -> None:
    intents = defaultdict(set)
    for intent, sentences in _sentences().items():
        for sentence in sentences:
            intents[re.sub(r"[^\w ]", "", _plain(sentence)).strip() or sentence].add(intent)
    assert {sentence: names for sentence, names in intents.items() if len(names) > 1} == {}


def test_sentences_for_measuring_are_not_trained_on() -> None:
    known = {_plain(said) for sentences in _sentences().values() for said in sentences}
    for path in sorted((PROJECT_ROOT / "tests" / "assistant").glob("nlu_*.tsv")):
        rows = [line.split("\t") for line in path.read_text().splitlines()[1:]]
        assert {text for text, _ in rows if text.lower() in known} == set(), path.name
        assert {intent for _, intent in rows} == set(domain["intents"]) - {ASKED_BACK}, path.name
