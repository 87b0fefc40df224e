"""Skills: a person takes over, and the offer of one."""

from actions.reply import HANDOFF, Reply
from actions.turn import Turn
from shop.conversations import HANDOFF_NOTICE


def hand_over(_turn: Turn) -> Reply:
    """Ask staff to join; web sees the notice and lets them have the conversation."""
    return Reply("utter_handoff", card={"kind": "notice", "code": HANDOFF_NOTICE})


def complain(_turn: Turn) -> Reply:
    """Apologise and offer a person."""
    return Reply("utter_complaint", pending=HANDOFF)
