"""Which events before a point of a conversation still matter after it.

A tracker that is given those, and all later events, stands as one that is given everything: the same slots,
loop, pause and follow-up action, the same newest states for the policies, the same slots to carry into a new
session, and for the skills the newest bot message of each kind. Nothing is made up: a head is a selection of
what happened, bounded by the number of slots and not by the length of the conversation.
"""

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

# How many actions of the past the policies may look at: rules of so many states, a memory of so many turns.
ACTIONS = 8

# Names a state that an event sets, and that a later event of the same name sets anew.
Mark = str | tuple[str, str]

_REVERTS = (UserUtteranceReverted, ActionReverted)


def head_of(events: Sequence[Event], actions: int = ACTIONS) -> list[int]:
    """Return the places, in order, of the events that still matter at the end of these."""
    applied = applied_places(events)
    anchors = _newest_actions(events, applied, actions) | _remembered_actions(events, applied, actions + 1)
    kept = _not_overridden(events, applied, anchors)
    session = _last(events, range(len(events)), SessionStarted)
    kept |= _trigger(events, kept, anchors) | _newest_messages(events, session + 1)
    return sorted(kept | {session} if session >= 0 else kept)


def applied_places(events: Sequence[Event]) -> list[int]:
    """Return the places of the events that count, without what was undone: Rasa's own judgement."""
    places = {id(event): place for place, event in enumerate(events)}
    tracker = DialogueStateTracker("", slots=())
    tracker.events.extend(events)
    return [places[id(event)] for event in tracker.applied_events()]


def reaches_back(events: Sequence[Event], start: int) -> bool:
    """Whether something from place `start` on undoes what lies before it."""
    reverts = [place for place in range(start, len(events)) if isinstance(events[place], _REVERTS)]
    return any(_undone_from(events, place) < start for place in reverts)


def _undone_from(events: Sequence[Event], revert: int) -> int:
    """Return the place of the first event that a revert undoes; -1 if it undoes all there is."""
    applied = applied_places(events[:revert])
    if isinstance(events[revert], UserUtteranceReverted):
        applied = applied[: max(_last(events, applied, UserUttered), 0)]
    action = _last(events, applied, ActionExecuted)
    return applied[action] if action >= 0 else -1


def _last(events: Sequence[Event], places: Sequence[int], kind: type[Event]) -> int:
    """Return the index in `places` of the last event of a kind, -1 if there is none."""
    return next((i for i in range(len(places) - 1, -1, -1) if isinstance(events[places[i]], kind)), -1)


def _newest_actions(events: Sequence[Event], applied: Sequence[int], wanted: int) -> set[int]:
    """Return the places of the newest actions, whole turns: at least as many as are wanted, if there are."""
    found: list[int] = []
    complete = 0  # how many of them belong to whole turns
    for place in reversed(applied):
        event = events[place]
        if isinstance(event, UserUttered):
            complete = len(found)
        elif isinstance(event, ActionExecuted):
            if complete >= wanted and event.action_name == ACTION_LISTEN_NAME:
                return set(found[:complete])
            found.append(place)
    return set(found)


def _remembered_actions(events: Sequence[Event], applied: Sequence[int], wanted: int) -> set[int]:
    """Return the places of the newest actions before which a policy that learns from stories sees a state.

    Rules that stand in no story are hidden from it, however many turns they take. This follows
    `Domain.states_for_tracker_history`, which tells which turns are hidden.
    """
    remembered: list[int] = []
    is_hidden, followup, latest, loop = False, True, None, None
    for place in applied:
        event = events[place]
        if isinstance(event, ActionExecuted):
            if not followup and latest != loop:
                is_hidden = event.hide_rule_turn
            if not is_hidden:
                remembered.append(place)
            latest = event.action_name or event.action_text
        elif isinstance(event, ActiveLoop):
            loop = event.name
        if isinstance(event, ActionExecuted | UserUttered | FollowupAction):
            followup = isinstance(event, FollowupAction)
    return set(remembered[-wanted:])


def _not_overridden(events: Sequence[Event], applied: Sequence[int], anchors: set[int]) -> set[int]:
    """Return the places of the anchors, and of what makes the state before each of them."""
    kept = set(anchors)
    overridden: set[Mark] = set()  # by later events of the same stretch
    for place in reversed(applied):
        event = events[place]
        if place in anchors:
            overridden.clear()
        elif isinstance(event, ActionExecuted):
            overridden |= {"said", "followup", event.action_name}
        else:
            marks, overrides = _marks(event)
            if marks and not overridden.intersection(marks):
                kept.add(place)
            overridden |= overrides
    return kept


def _marks(event: Event) -> tuple[set[Mark], set[Mark]]:
    """Return by which marks an event is overridden, none if it never matters; and which it overrides."""
    match event:
        case SlotSet():
            return {("slot", event.key)}, {("slot", event.key)}
        case AllSlotsReset():  # slots set before it stay: Rasa carries them into the next session
            return {"reset"}, {"reset"}
        case UserUttered():
            return {"user"}, {"user", "said", "followup"}
        case EntitiesAdded() | DefinePrevUserUtteredFeaturization():
            return {"said"}, set()
        case ActiveLoop():
            return {"loop"}, {"loop"}
        case ActionExecutionRejected():
            return {"loop", event.action_name, ("rejected", event.action_name)}, {
                ("rejected", event.action_name)
            }
        case ConversationPaused() | ConversationResumed():
            return {"pause"}, {"pause"}
        case FollowupAction():
            return {"followup"}, {"followup"}
    return set(), set()


def _trigger(events: Sequence[Event], kept: set[int], anchors: set[int]) -> set[int]:
    """Return the place of the message that the open loop began with, which the loop goes on telling."""
    opened = max((place for place in kept if isinstance(events[place], ActiveLoop)), default=-1)
    if opened < 0 or events[opened].name is None:
        return set()
    said = _last(events, range(opened), UserUttered)
    after = (place for place in sorted(kept) if place > opened)
    later = next((place for place in after if place in anchors or isinstance(events[place], UserUttered)), -1)
    # Where an action comes before the next message, its message must be the one that counts.
    return set() if said < 0 or later in anchors else {said}


def _newest_messages(events: Sequence[Event], start: int) -> set[int]:
    """Return the places of the newest bot messages of each kind: the skills look for what was shown last."""
    newest: dict[Any, int] = {}
    for place in range(start, len(events)):
        event = events[place]
        if isinstance(event, BotUttered):
            card = event.data.get("custom") or {}
            newest[card.get("kind"), bool(event.metadata.get("item_id"))] = place
    return set(newest.values())
