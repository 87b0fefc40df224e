"""What an answer means for the form that it interrupts: Rasa goes back to the form, unless it should not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.reply import Reply
from actions.service_form import ITEMS, KIND, ORDER, REASON, REQUESTED, WISH
from actions.turn import Turn
from shop.conversations import HANDOFF_NOTICE

LEAVES = frozenset({"restart", "delete_my_data"})
FOR_STAFF = (KIND, ORDER, ITEMS, REASON, WISH)


def within_form(turn: Turn, reply: Reply) -> Reply:
    """The reply with what it does to the form.

    Who starts over, or gets a person, leaves it; staff see what was filled. A skill that asks something
    itself is answered first: the form waits for the turn after.
    """
    if turn.form is None:
        return reply
    if _is_handoff(reply):
        return _left(replace(reply, card={**(reply.card or {}), "form": _filled(turn)}))
    if turn.intent in LEAVES:
        return _left(reply)
    if reply.pending:
        return replace(reply, events=[*reply.events, FollowupAction("action_listen")])
    return reply


def _is_handoff(reply: Reply) -> bool:
    return reply.card is not None and reply.card.get("code") == HANDOFF_NOTICE


def _filled(turn: Turn) -> Mapping[str, Any]:
    return {slot: turn.slots[slot] for slot in FOR_STAFF if turn.slots.get(slot) is not None}


def _left(reply: Reply) -> Reply:
    return replace(reply, events=[*reply.events, ActiveLoop(None), SlotSet(REQUESTED, None)])
