"""Skill: what to do when the message was not understood."""

from actions.find import search
from actions.reply import HANDOFF, Reply
from actions.turn import NAMES, Turn


def fall_back(turn: Turn) -> Reply:
    """Look for what was named; if nothing was, ask for other words, and the second time offer a person."""
    if turn.has(*NAMES):
        return search(turn)
    if turn.failures:
        return Reply("utter_still_not_understood", pending=HANDOFF)
    return Reply("utter_not_understood")
