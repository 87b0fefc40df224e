"""Erasing a shopper's data in the middle of the traffic: the assistant asks for it by a notice, an API call
or a form does directly. Turns of the shopper that are under way end first, so that none writes afterwards.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

import structlog

from shop import erasure
from shop.context import Audience, Shop
from shop.conversations import Answer
from shop.erasure import REQUESTED, Receipt
from shop.errors import Unavailable
from shop.receipts import receipt_sentence
from web.threads import in_thread

# What the shopper is told in the place of the assistant's request.
ERASED = "data_erased"
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 300.0

log = structlog.get_logger()
Settle = Callable[[Collection[str]], Awaitable[None]]


def is_requested(messages: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the assistant asks for the shopper's data to be erased."""
    return any(each.get("kind") == "notice" and each.get("code") == REQUESTED for each in messages)


async def erase(shop: Shop, audience: Audience, settle: Settle) -> Receipt:
    """Erase the asker's data; `settle` waits for turns under way in these conversations."""
    visits = await in_thread(erasure.visits_of, shop, audience)
    number = await in_thread(erasure.begin, shop, audience)
    await settle(visits)
    return await _finish(shop, number)


def answer_with(shop: Shop, receipt: Receipt, answer: Answer) -> Answer:
    """The turn's answer with the receipt, which follows what the stream may have shown; there is no record of
    it any more."""
    text = receipt_sentence(shop, receipt, answer.locale)
    notice = {"kind": "notice", "code": ERASED, "text": text, "receipt": receipt.payload()}
    seqs = (max(answer.seqs, default=0) + 1,)
    return Answer(answer.turn_id, answer.status, answer.mode, answer.locale, (notice,), seqs)


async def keep_trying(shop: Shop, number: str) -> None:
    """Finish an erasure whose stores were in use, with growing pauses."""
    pause = FIRST_PAUSE_S
    while (await _finish(shop, number)).finished_at is None:
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


async def _finish(shop: Shop, number: str) -> Receipt:
    try:
        return await in_thread(erasure.finish, shop, number)
    except (Unavailable, OSError) as problem:
        # The database holds nothing any more; what lies outside it is tried again, and the receipt says so.
        log.warning("erasure_unfinished", reason=type(problem).__name__)
        return await in_thread(erasure.find_receipt, shop, number)


async def wait_for(tasks: Collection[asyncio.Task[Any]], seconds: float) -> None:
    """Wait for these to end, but not for ever: two of them may wait for each other."""
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)
