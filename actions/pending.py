"""Skills: what "yes" and "no" refer to."""

from actions.checkout import place_order
from actions.handoff import hand_over
from actions.my_data import erase
from actions.recommend import bestsellers
from actions.reply import BESTSELLERS, CHECKOUT, ERASE, HANDOFF, Reply
from actions.turn import Turn

_YES = {CHECKOUT: place_order, HANDOFF: hand_over, BESTSELLERS: bestsellers, ERASE: erase}
_NO = {CHECKOUT: "utter_order_not_placed", HANDOFF: "utter_no_handoff", ERASE: "utter_not_erased"}


def affirm(turn: Turn) -> Reply:
    """Do what was offered a moment ago."""
    skill = _YES.get(turn.pending or "")
    return skill(turn).settled() if skill else Reply("utter_yes_to_what")


def deny(turn: Turn) -> Reply:
    """Drop what was offered a moment ago."""
    return Reply(_NO.get(turn.pending or "", "utter_no_problem")).settled()
