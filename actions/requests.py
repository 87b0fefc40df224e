"""Skill: how the shopper's requests stand, and where the money is."""

from actions.proof import ask_for_proof, is_proof_needed
from actions.reply import Reply
from actions.turn import Turn
from shop.service_requests import requests_of

MOST_REQUESTS = 3


def track_refund(turn: Turn) -> Reply:
    """Say how the latest requests stand; who is not logged in proves an order first."""
    return ask_for_proof(turn) if is_proof_needed(turn) else show_requests(turn)


def show_requests(turn: Turn) -> Reply:
    """The latest requests, a line each."""
    made = requests_of(turn.shop, turn.audience, MOST_REQUESTS)
    if not made:
        return Reply("utter_no_requests")
    return Reply("utter_requests", {"lines": "\n".join(request.sentence for request in made)})
