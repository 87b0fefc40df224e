"""The one channel of this Rasa: `POST /webhooks/aisle/turn`, JSON both ways, for web only.

Request, answer and errors are described in tests/contracts/. An answer always says what happened: messages
with the turn's facts, or an error code with as many facts as there are; never an empty success.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import LockError
from rasa.shared.core.events import SlotSet
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from nlu import rasa_patches
from nlu.errors import BadRequest, EmptyTurn, ModelNotReady, TurnError, TurnTimeout, Unauthorized
from nlu.facts import facts_of
from nlu.guard import neutralise
from nlu.messages import Message, messages_of
from nlu.settings import Settings
from nlu.turn_request import Button, TurnRequest, read_turn

logger = logging.getLogger(__name__)

LANGUAGE_SLOT = "language"  # where the assistant has it; the responses are chosen by it

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
_dumps = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class TurnOutput(OutputChannel):
    """Collects one turn's messages, and remembers the tracker so that the facts can be told, also after a
    failure.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._tracker: Any = None
        self._start = 0

    @classmethod
    def name(cls) -> str:
        return AisleChannel.name()

    def begin_turn(self, tracker: Any) -> None:
        """Remember the tracker, whose last event is the shopper's message; answer in the language that web
        found this message to be in.
        """
        self._tracker, self._start = tracker, len(tracker.events)
        locale = tracker.latest_message.metadata["locale"]
        if LANGUAGE_SLOT in tracker.slots and tracker.get_slot(LANGUAGE_SLOT) != locale:
            tracker.update(SlotSet(LANGUAGE_SLOT, locale))

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.messages.extend(messages_of(message))

    def facts(self, *, model: str, committed: bool) -> dict[str, Any]:
        """Return the turn's facts; empty ones if the turn ended before its message was understood."""
        return facts_of(self._tracker, self._start, model=model, committed=committed)


class AisleChannel(InputChannel):
    """Checks the secret and the request, runs the turn, and answers."""

    def __init__(self, secret: str, deadline: float) -> None:
        self._secret = secret.encode()
        self._deadline = deadline

    @classmethod
    def name(cls) -> str:
        return "aisle"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "AisleChannel":  # noqa: ARG003
        """Make the channel for plain `rasa run`: the environment's secret, failing that the one in
        credentials.yml.
        """
        rasa_patches.apply()
        settings = Settings.from_environment()
        return cls(settings.rasa_secret, settings.turn_deadline)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the blueprint with the one route."""
        routes = Blueprint("aisle_channel")

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._answer(request, on_new_message)

        return routes

    async def _answer(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        output, turn_id, model = TurnOutput(), None, ""
        try:
            self._authorize(request)
            asked = read_turn(request.body)
            turn_id = asked.turn_id
            agent = _ready_agent(request)
            model = agent.model_name
            await self._run(on_new_message, user_message(asked, output, agent.domain))
        except TurnError as error:
            return _error(error, turn_id, output.facts(model=model, committed=False))
        except Exception:  # the boundary: whatever it was, web is told that the turn failed
            logger.exception("Turn %s failed", turn_id)
            return _error(TurnError("internal error"), turn_id, output.facts(model=model, committed=False))
        facts = output.facts(model=model, committed=True)
        if not output.messages:
            return _error(EmptyTurn("the turn produced no message"), turn_id, facts)
        return json_response({"turn_id": turn_id, "messages": output.messages, "facts": facts}, dumps=_dumps)

    def _authorize(self, request: Request) -> None:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not hmac.compare_digest(
            secret.encode("utf-8", "surrogateescape"), self._secret
        ):
            raise Unauthorized("the shared secret is missing or wrong")

    async def _run(self, on_new_message: OnNewMessage, message: UserMessage) -> None:
        """Run the turn within the deadline. A turn that is cut off is not stored: storing it is its last
        step.
        """
        try:
            await asyncio.wait_for(on_new_message(message), self._deadline)
        except TimeoutError as error:
            raise TurnTimeout(f"the turn took longer than {self._deadline} s") from error
        except LockError as error:
            raise TurnTimeout("the turn before this one in the conversation has not ended") from error


def _ready_agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise ModelNotReady("no model is loaded yet")
    return agent


def user_message(asked: TurnRequest, output: TurnOutput, domain: Any) -> UserMessage:
    """Return what Rasa is given for a turn: text that it cannot take for an intent, or a button already
    understood.

    Raises: BadRequest: the domain does not know the button's intent or one of its entities.
    """
    parsed = None if asked.button is None else _parse_data(asked.button, domain)
    return UserMessage(
        text=neutralise(asked.text) if asked.text is not None else parsed["text"] if parsed else None,
        output_channel=output,
        sender_id=asked.conversation_id,
        parse_data=parsed,
        input_channel=AisleChannel.name(),
        message_id=asked.turn_id,
        metadata=dict(asked.metadata),
    )


def _parse_data(button: Button, domain: Any) -> dict[str, Any]:
    """Return what NLU would have made of the button, so that Rasa has nothing to parse.

    The text is Rasa's own notation of a button, for those who read the tracker; with parse data given, Rasa
    never reads it.
    """
    if button.intent not in domain.intents:
        raise BadRequest(f"the assistant has no intent {button.intent!r}", "button.intent")
    for name in button.entities:
        if name not in domain.entities:
            raise BadRequest(f"the assistant has no entity {name!r}", f"button.entities.{name}")
    entities = [
        {"entity": name, "value": value}
        for name, values in button.entities.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    intent = {"name": button.intent, "confidence": 1.0}
    text = f"/{button.intent}" + (json.dumps(dict(button.entities), ensure_ascii=False) if entities else "")
    return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": entities}


def _error(error: TurnError, turn_id: str | None, facts: dict[str, Any]) -> HTTPResponse:
    told = {"code": error.code, "message": error.message} | ({"field": error.field} if error.field else {})
    if error.status >= 500:
        logger.warning("Turn %s: %s: %s", turn_id, error.code, error.message)
    body: dict[str, Any] = {"error": told}
    if turn_id is not None:
        body |= {"turn_id": turn_id, "facts": facts}
    return json_response(body, status=error.status, dumps=_dumps)
