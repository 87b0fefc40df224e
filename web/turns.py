"""A turn from the message to its answer: record it, ask the assistant, record what came of it.

Whatever goes wrong on the way, the shopper's message stands in the record and an honest answer follows it.
"""

import asyncio
import time
from collections.abc import Collection, Sequence
from typing import Any

import structlog

from shop import conversations, erasure
from shop.context import Audience, Shop
from shop.conversations import BOT, HUMAN, Answer, Conversation, Facts, Outcome, Received, Turn
from shop.erasure import Receipt
from web import erasing, replies
from web.audience import audience_of
from web.contract import TurnFacts, TurnMetadata, TurnRequest
from web.lanes import Lanes
from web.metrics import Metrics
from web.rasa_client import RasaClient, TurnFailed
from web.schemas import MessageIn
from web.sent import Sent, make_out
from web.threads import in_thread
from web.wakeups import Wakeups

log = structlog.get_logger()


class Turns:
    """Takes messages of all conversations; one turn is in flight in each of them at a time."""

    def __init__(self, shop: Shop, rasa: RasaClient, wakeups: Wakeups, metrics: Metrics) -> None:
        self._shop = shop
        self._rasa = rasa
        self._wakeups = wakeups
        self._metrics = metrics
        self._lanes = Lanes()
        self._in_flight: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._finishing: set[asyncio.Task[None]] = set()

    async def take(self, conversation: Conversation, message: MessageIn) -> Answer:
        """Answer a message; the same client id gets the same answer, also while the first is at work.

        Raises:
            InvalidInput, NotFound: the message cannot be used; nothing was recorded.
            TooMany: too many messages of this conversation wait already.
        """
        key = (conversation.id, message.client_message_id)
        task = self._in_flight.get(key)
        if task is None:
            task = asyncio.create_task(self._take(conversation, message))
            self._in_flight[key] = task
            task.add_done_callback(lambda _: self._in_flight.pop(key))
        # A shopper who closes the page must not stop a turn half-way.
        return await asyncio.shield(task)

    async def settle(self) -> None:
        """Wait for every turn at work; new ones are no longer expected. The next start finishes erasures."""
        for task in self._finishing:
            task.cancel()
        await asyncio.gather(*self._in_flight.values(), return_exceptions=True)

    async def answer_left_over(self) -> None:
        """Answer honestly what an earlier process received and never answered; end the erasures it began."""
        for turn in await in_thread(conversations.unanswered_turns, self._shop):
            await self._interrupted(turn)
        for number in await in_thread(erasure.unfinished, self._shop):
            self._finish_later(number)

    async def _take(self, conversation: Conversation, message: MessageIn) -> Answer:
        started = time.monotonic()
        sent = await in_thread(make_out, self._shop, conversation, message)
        async with self._lanes.turn_of(conversation.id):
            payload = {"kind": "text", "text": sent.shown}
            received = await in_thread(
                conversations.receive,
                self._shop,
                conversation.id,
                message.client_message_id,
                payload,
                sent.text,
            )
            self._wakeups.wake(conversation.id)
            with structlog.contextvars.bound_contextvars(
                conversation_id=conversation.id, turn_id=received.turn.id
            ):
                answer = await self._answer(received, sent, started)
        self._wakeups.wake(conversation.id)
        if erasing.is_requested(answer.messages):
            receipt = await self.erase(audience_of(conversation))
            return erasing.answer_with(self._shop, receipt, answer)
        return answer

    async def erase(self, audience: Audience) -> Receipt:
        """Erase the asker's data, after the turns that are at work in their conversations."""
        receipt = await erasing.erase(self._shop, audience, self._settle_in)
        if receipt.finished_at is None:
            self._finish_later(receipt.number)
        return receipt

    def _finish_later(self, number: str) -> None:
        task = asyncio.create_task(erasing.keep_trying(self._shop, number))
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)

    async def _settle_in(self, conversation_ids: Collection[str]) -> None:
        for conversation_id in conversation_ids:  # their streams end
            self._wakeups.wake(conversation_id)
        mine = asyncio.current_task()
        tasks = [
            task
            for (conversation_id, _), task in self._in_flight.items()
            if conversation_id in conversation_ids and task is not mine
        ]
        await erasing.wait_for(tasks, self._shop.settings.turn_timeout_s + 1)

    async def _answer(self, received: Received, sent: Sent, started: float) -> Answer:
        turn = received.turn
        if not received.is_new:
            known = await in_thread(conversations.find_answer, self._shop, turn)
            # In flight here, it would have been found above: an earlier process left it behind.
            return await self._interrupted(turn) if known.status == "received" else known
        outcome = await self._outcome(received, sent, started)
        answer = await in_thread(conversations.answer, self._shop, turn, outcome)
        self._count(outcome, time.monotonic() - started)
        return answer

    async def _outcome(self, received: Received, sent: Sent, started: float) -> Outcome:
        phrases, locale = self._shop.phrases, received.conversation.locale
        if sent.asks == "person":
            return Outcome(await in_thread(replies.person_called, self._shop, locale), mode=HUMAN)
        if sent.asks == "bot":
            return Outcome(replies.bot_is_back(phrases, locale), mode=BOT)
        if received.conversation.mode == HUMAN:
            return Outcome()
        try:
            messages, facts = await self._ask_assistant(received, sent, started)
        except TurnFailed as failure:
            log.warning("turn_failed", error_code=failure.code)
            return Outcome(
                replies.assistant_unavailable(phrases, locale),
                _facts(failure.facts),
                error_code=failure.code,
            )
        return Outcome(messages, _facts(facts))

    async def _ask_assistant(
        self, received: Received, sent: Sent, started: float
    ) -> tuple[Sequence[dict[str, Any]], TurnFacts]:
        turn, conversation = received.turn, received.conversation
        metadata = TurnMetadata.model_validate(
            {
                "shopper_id": conversation.shopper_id,
                "locale": conversation.locale,
                "turn_id": turn.id,
                "conversation_id": conversation.id,
            }
        )
        request = TurnRequest(
            conversation_id=conversation.id,
            turn_id=turn.id,
            text=sent.text,
            button=sent.press,
            metadata=metadata,
        )
        with self._metrics.assistant_seconds.time():
            return await self._rasa.turn(request, deadline=started + self._shop.settings.turn_timeout_s)

    async def _interrupted(self, turn: Turn) -> Answer:
        conversation = await in_thread(conversations.find_conversation, self._shop, turn.conversation_id)
        outcome = Outcome(
            replies.turn_interrupted(self._shop.phrases, conversation.locale), error_code="interrupted"
        )
        answer = await in_thread(conversations.answer, self._shop, turn, outcome)
        self._metrics.turns.labels(outcome="interrupted").inc()
        self._wakeups.wake(turn.conversation_id)
        return answer

    def _count(self, outcome: Outcome, seconds: float) -> None:
        self._metrics.turns.labels(outcome=outcome.error_code or "answered").inc()
        self._metrics.turn_seconds.observe(seconds)
        log.info("turn", outcome=outcome.error_code or "answered", ms=round(seconds * 1000))


def _facts(facts: TurnFacts | None) -> Facts:
    if facts is None:
        return Facts()
    return Facts(
        intent=facts.intent.name if facts.intent else None,
        confidence=facts.intent.confidence if facts.intent else None,
        entities=tuple(facts.entities),
        ranking=tuple(intent.model_dump(include={"name", "confidence"}) for intent in facts.ranking),
        actions=tuple(facts.actions),
        model=facts.model,
    )
