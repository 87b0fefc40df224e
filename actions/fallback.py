"""Skills: when it is not clear what a message means, or when it is nothing that a shop can help with."""

from actions.answers import found_answer
from actions.find import search
from actions.handoff import hand_over
from actions.orders import track_order
from actions.refine import refine
from actions.reply import HANDOFF, Reply, offered
from actions.said import carry
from actions.turn import NAMES, Turn
from shop.languages import is_foreign

MOST_GUESSES = 2
# Refining tells by itself what narrows down the screen and what begins a new search.
_FINDING = frozenset({"search_product", "refine"})
# Not worth a question: whoever means one of these will say so again.
_NOT_OFFERED = frozenset(
    {"out_of_scope", "nlu_fallback", "did_you_mean", "affirm", "deny", "thank", "greet", "goodbye"}
)


def fall_back(turn: Turn) -> Reply:
    """Answer what the shop's file answers, look for what was named, be it an order; else ask for other words,
    and the second time call a person.
    """
    if is_foreign(turn.text):
        return Reply("utter_language_which")
    if turn.has("order_id"):
        return track_order(turn)
    if answer := found_answer(turn):
        return answer
    if turn.has(*NAMES):
        return search(turn)
    if turn.failures:
        return hand_over(turn, "failures")
    return Reply("utter_not_understood")


def did_you_mean(turn: Turn) -> Reply:
    """Ask which of the two likeliest things is meant, unless both come to the same; a button carries on with
    what was written.
    """
    guesses = [intent for intent in turn.ranking if intent not in _NOT_OFFERED][:MOST_GUESSES]
    if not guesses:
        return fall_back(turn)
    if _FINDING.issuperset(guesses):
        return refine(turn)
    said = carry(turn.text, [(each.name, each.value, each.start, each.end) for each in turn.entities])
    buttons = offered(turn, guesses, said)
    return Reply("utter_did_you_mean", buttons=[*buttons, *offered(turn, ["nlu_fallback"])])


def out_of_scope(turn: Turn) -> Reply:
    """Say what the assistant is there for, unless the shop's file has an answer after all; offer a person to
    whom that does not help.
    """
    if answer := found_answer(turn):
        return answer
    if turn.failures:
        return Reply("utter_out_of_scope_again", pending=HANDOFF)
    return Reply("utter_out_of_scope")
