"""Skill: how content the shopper is with the service."""

import re

from actions.reply import HANDOFF, Button, Reply
from actions.turn import Turn
from shop.satisfaction import SCORES, rate

_DIGIT = re.compile(r"(?<!\d)([1-5])(?!\d)")
_WORDS = {
    **dict(zip(("one", "two", "three", "four", "five"), SCORES, strict=True)),
    **dict(zip("一二三四五", SCORES, strict=True)),
}
_WORD = re.compile(r"\b(one|two|three|four|five)\b|([一二三四五])(?=[颗个]?[星分])", re.IGNORECASE)
STAR = "★"
LOW = 2


def rate_service(turn: Turn) -> Reply:
    """Keep the score that was given, or ask for one."""
    score = _score(turn)
    if score is None:
        return Reply("utter_rate_which", buttons=[_button(each) for each in reversed(SCORES)])
    rate(turn.shop, turn.audience, score)
    if score <= LOW:
        return Reply("utter_rated_low", pending=HANDOFF)
    return Reply("utter_rated")


def _score(turn: Turn) -> int | None:
    given = turn.first("rating")
    if given is not None:
        return int(given)
    if digit := _DIGIT.search(turn.text):
        return int(digit[1])
    word = _WORD.search(turn.text)
    return _WORDS[word[0].lower()] if word else None


def _button(score: int) -> Button:
    return Button(STAR * score, "rate_service", {"rating": score})
