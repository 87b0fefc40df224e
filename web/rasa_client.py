"""The only place that speaks to Rasa: one turn in, its messages and facts out, or one clear failure."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import ValidationError

from web.contract import TurnAnswer, TurnFacts, TurnRequest, turn_answer, turn_error

TURN_PATH = "/webhooks/aisle/turn"
HEALTH_PATH = "/health"
MAX_ANSWER_BYTES = 1_000_000
RETRY_PAUSE_S = 0.3


class TurnFailed(Exception):
    """Rasa gave no answer that could be shown.

    Attributes:
        code: the channel's own code, or `unreachable`, `timeout`, `bad_answer`, `bad_status`.
        facts: what is known of the turn nevertheless.
        retry_is_safe: Rasa certainly did not act on the turn.
    """

    def __init__(self, code: str, facts: TurnFacts | None = None, *, retry_is_safe: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.retry_is_safe = retry_is_safe


class RasaClient:
    """Sends turns to the Rasa channel; one pooled connection keeps the round trip short."""

    def __init__(self, url: str, secret: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=None,  # noqa: S113 - every call stands under asyncio.timeout with what is left of the turn
            trust_env=False,
            # Loading certificates takes a fifth of a second, and Rasa is on this machine, without TLS.
            verify=url.startswith("https:"),
        )

    async def turn(self, request: TurnRequest, deadline: float) -> tuple[list[dict[str, Any]], TurnFacts]:
        """Messages exactly as Rasa sent them, and the turn's facts.

        `deadline` is an instant of `time.monotonic()`; a turn that Rasa certainly never saw is sent once
        more if there is time.

        Raises:
            TurnFailed: no usable answer came before the deadline.
        """
        try:
            return await self._attempt(request, deadline)
        except TurnFailed as failure:
            if not failure.retry_is_safe or time.monotonic() + RETRY_PAUSE_S > deadline:
                raise
        await asyncio.sleep(RETRY_PAUSE_S)
        return await self._attempt(request, deadline)

    async def answers(self, timeout_s: float = 1.0) -> bool:
        """Whether Rasa is up with a model loaded."""
        try:
            async with asyncio.timeout(timeout_s):
                return (await self._http.get(HEALTH_PATH)).status_code == httpx.codes.OK
        except (httpx.HTTPError, TimeoutError):
            return False

    async def close(self) -> None:
        """Close the pooled connections."""
        await self._http.aclose()

    async def _attempt(self, request: TurnRequest, deadline: float) -> tuple[list[dict[str, Any]], TurnFacts]:
        status, body = await self._post(request.body(), deadline)
        if status != httpx.codes.OK:
            raise _failure(status, body)
        answer = _read_answer(body)
        if answer.turn_id != request.turn_id:
            raise TurnFailed("bad_answer")
        return json.loads(body)["messages"], answer.facts

    async def _post(self, body: Mapping[str, Any], deadline: float) -> tuple[int, bytes]:
        try:
            async with (
                asyncio.timeout(max(0.0, deadline - time.monotonic())),
                self._http.stream("POST", TURN_PATH, json=body) as response,
            ):
                return response.status_code, await _read_capped(response)
        except TimeoutError:
            raise TurnFailed("timeout") from None
        except httpx.ConnectError:
            raise TurnFailed("unreachable", retry_is_safe=True) from None
        except httpx.HTTPError:
            raise TurnFailed("unreachable") from None


async def _read_capped(response: httpx.Response) -> bytes:
    body = b""
    async for part in response.aiter_bytes():
        body += part
        if len(body) > MAX_ANSWER_BYTES:
            raise TurnFailed("bad_answer")
    return body


def _read_answer(body: bytes) -> TurnAnswer:
    try:
        return turn_answer.validate_json(body)
    except ValidationError:
        raise TurnFailed("bad_answer") from None


def _failure(status: int, body: bytes) -> TurnFailed:
    try:
        told = turn_error.validate_json(body)
    except ValidationError:
        return TurnFailed("bad_status")
    # A channel that was not ready has not touched the conversation; every other failure may have.
    untouched = status == httpx.codes.SERVICE_UNAVAILABLE and told.error.code == "model_not_ready"
    return TurnFailed(told.error.code, told.facts, retry_is_safe=untouched)
