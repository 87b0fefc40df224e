"""Skills: a person takes over, on request or because a program should not go on; and the offer of one."""

from actions.reply import HANDOFF, Reply
from actions.turn import Turn
from shop.conversations import HANDOFF_NOTICE
from shop.handoffs import staff_sentence

_TOLD = {
    "requested": "utter_handoff",
    "failures": "utter_handoff_not_understood",
    "anger": "utter_handoff_angry",
    "topic": "utter_handoff_urgent",
}


def hand_over(turn: Turn, reason: str = "requested") -> Reply:
    """Ask staff to join, and say when they will; web sees the notice and lets them have the conversation."""
    staff = staff_sentence(turn.shop, turn.audience.locale)
    card = {"kind": "notice", "code": HANDOFF_NOTICE, "reason": reason}
    return Reply(_TOLD[reason], {"staff": staff}, card=card).settled()


def on_request(turn: Turn) -> Reply:
    """Ask staff to join because the shopper wants a person."""
    return hand_over(turn)


def urgent(turn: Turn) -> Reply:
    """What no program should handle: danger, illness, lawyers, the press."""
    return hand_over(turn, "topic")


def complain(_turn: Turn) -> Reply:
    """Apologise and offer a person."""
    return Reply("utter_complaint", pending=HANDOFF)
