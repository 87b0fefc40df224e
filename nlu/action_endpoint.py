"""The way to the action server: loopback HTTP with a deadline, a cap on the answer, and no redirects."""

import json
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from nlu.errors import ActionFailed

ANSWER_CAP = 1_000_000  # bytes


class ActionEndpoint(EndpointConfig):
    """Rasa's endpoint configuration, whose `request` keeps one session and gives up after `deadline` seconds.

    Rasa's own waits five minutes, opens a session for every call, and takes an answer that is not JSON for no
    answer.
    """

    def __init__(self, url: str, secret: str, deadline: float) -> None:
        super().__init__(url, headers={"Authorization": f"Bearer {secret}"}, enable_selective_domain=True)
        self._timeout = aiohttp.ClientTimeout(total=deadline)
        self._session: aiohttp.ClientSession | None = None

    async def request(self, *, json: Any, **_: Any) -> Any:
        """Post an action call and return the decoded answer; Rasa's own timeout and compression are left
        aside.

        Raises: ClientResponseError: the answer's status is not 200; Rasa reads 400 as a rejection of the
        action. ActionFailed: the answer is over the cap or not JSON in UTF-8. aiohttp.ClientError,
        TimeoutError: no whole answer within the deadline.
        """
        session = self._open_session()
        async with session.post(self.url, json=json, headers=self.headers, allow_redirects=False) as answer:
            body = await _read(answer)
            if answer.status != 200:
                raise ClientResponseError(answer.status, answer.reason, body)
            return _decode(body)

    def _open_session(self) -> aiohttp.ClientSession:
        """Make the session in the running loop. Connections are not kept: a stale one would cost a turn."""
        if self._session is None:
            connector = aiohttp.TCPConnector(force_close=True, limit=0)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout)
        return self._session

    async def close(self) -> None:
        """Close the session; a later request opens a new one."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        body += chunk
        if len(body) > ANSWER_CAP:
            raise ActionFailed(f"the action server's answer is longer than {ANSWER_CAP} bytes")
    return bytes(body)


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ActionFailed(f"the action server's answer is not JSON in UTF-8: {error}") from error
