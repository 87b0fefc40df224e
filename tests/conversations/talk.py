"""A shopper at the widget's side of the API: types, presses buttons, uses cards, reads what comes back."""

import time
from typing import Any
from uuid import uuid4

import httpx
import jwt

from shop.settings import Settings

Message = dict[str, Any]


class Talk:
    """One conversation with a running Aisle; `shopper_id` None is somebody who is not logged in."""

    def __init__(
        self, url: str, settings: Settings, locale: str = "en", shopper_id: str | None = None
    ) -> None:
        self._client = httpx.Client(base_url=url, timeout=15)
        asked: dict[str, str] = {"locale": locale}
        if shopper_id is not None:
            claims = {"sub": shopper_id, "exp": int(time.time()) + 600}
            asked["identity"] = jwt.encode(claims, settings.secret("identity"), algorithm="HS256")
        session = self._client.post("/api/v1/sessions", json=asked).raise_for_status().json()
        self._client.headers["Authorization"] = f"Bearer {session['token']}"
        self.conversation_id = str(session["conversation_id"])
        self.messages: list[Message] = []
        self.turn_id = ""
        self.mode = "bot"

    def say(self, text: str) -> list[Message]:
        """Type something."""
        return self._send({"text": text})

    def press(self, title: str) -> list[Message]:
        """Press the button of the last answer whose title contains `title`."""
        buttons = [button for message in self.messages for button in message.get("buttons", ())]
        tokens = [button["token"] for button in buttons if title in button["title"]]
        assert tokens, f"no button {title!r} among {[button['title'] for button in buttons]}"
        return self._send({"button": tokens[0]})

    def use_card(self, kind: str, place: int) -> list[Message]:
        """Ask `similar` or `why` on a card of the last slate; places count from 1."""
        slate = next(message for message in self.messages if message["kind"] == "slate")
        item_id = slate["items"][place - 1]["item_id"]
        return self._send({"action": {"kind": kind, "slate_id": slate["slate_id"], "item_id": item_id}})

    def get(self, path: str) -> httpx.Response:
        """Read something with this session."""
        return self._client.get(path)

    def close(self) -> None:
        """Give back the connection."""
        self._client.close()

    def _send(self, what: dict[str, Any]) -> list[Message]:
        sent = self._client.post("/api/v1/messages", json=what | {"client_message_id": uuid4().hex})
        answer = sent.raise_for_status().json()
        self.turn_id, self.mode, self.messages = answer["turn_id"], answer["mode"], answer["messages"]
        return self.messages
