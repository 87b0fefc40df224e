"""Runs a skill as an action of rasa-sdk: off the event loop, the shop's errors as honest sentences."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff import hand_over
from actions.reply import AskBack, Reply, offered
from actions.turn import Turn, read_turn
from actions.within_form import within_form
from shop.context import Shop
from shop.currencies import in_own_currency
from shop.errors import AisleError, Unavailable
from shop.moods import is_angry
from shop.sentences import error_sentence

# Said in anger, there is nothing to answer to these.
HOPELESS = frozenset(
    {
        "complaint",
        "deny",
        "bot_challenge",
        "did_you_mean",
        "nlu_fallback",
        "out_of_scope",
        "rate_service",
        "review",
    }
)
PERSON = "contact_human_agent"

Skill = Callable[[Turn], Reply]
Action = Callable[[CollectingDispatcher, Tracker, Mapping[str, Any]], Awaitable[list[Mapping[str, Any]]]]


def as_action(shop: Shop, skill: Skill) -> Action:
    """The skill as rasa-sdk calls it. What is not an error of the shop's is the server's to answer."""

    async def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Mapping[str, Any]
    ) -> list[Mapping[str, Any]]:
        turn = read_turn(shop, tracker)
        reply = await asyncio.to_thread(answer, skill, turn)
        return within_form(turn, reply).speak(dispatcher)

    return run


def answer(skill: Skill, turn: Turn) -> Reply:
    """What the skill says, or what there is to say instead; who is angry gets the way to a person with it,
    and the person at once where a program has nothing to offer.
    """
    angry = is_angry(turn.text)
    if angry and turn.intent in HOPELESS:
        return hand_over(turn, "anger")
    reply = _answer(skill, turn)
    return reply.with_buttons(offered(turn, [PERSON])) if angry else reply


def _answer(skill: Skill, turn: Turn) -> Reply:
    try:
        return skill(replace(turn, audience=in_own_currency(turn.shop, turn.audience)))
    except AskBack as question:
        return question.reply
    except Unavailable:
        return Reply("utter_unavailable")
    except AisleError as error:
        return _told(turn, error)


def _told(turn: Turn, error: AisleError) -> Reply:
    """The shop's own sentence for the error; a fault of the shop's is no answer and goes on."""
    if error.status >= 500:
        raise error
    return Reply(
        "utter_problem", {"sentence": error_sentence(turn.shop.phrases, error, turn.audience.locale)}
    )
