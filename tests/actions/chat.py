"""A conversation with the skills as Rasa leads it: trackers go in, responses and events come out."""

from dataclasses import replace
from typing import Any

from actions.server import executor_for
from shop.context import Audience, Shop
from tests.conftest import FakeClock


class Chat:
    """Keeps what Rasa's tracker would keep between two actions."""

    def __init__(self, shop: Shop, audience: Audience, clock: FakeClock) -> None:
        self.shop = shop
        self.clock = clock
        self.audience = audience
        self.events: list[dict[str, Any]] = []
        self.slots: dict[str, Any] = {"language": audience.locale, "pending": None}
        self.ranking: list[str] = []
        self._executor = executor_for(shop)

    async def say(self, action: str, text: str = "", intent: str = "", **entities: Any) -> dict[str, Any]:
        """What the action utters when `text` was understood so; entities are found again in the text."""
        self.clock.advance(seconds=9)
        message = self._understood(text, intent or action.removeprefix("action_"), entities)
        self.events.append({"event": "user", "text": message["text"]})
        call = {"next_action": action, "domain": {}, "tracker": self._tracker(message)}
        result = (await self._executor.run(call)).model_dump()
        self.events.append({"event": "action", "name": action})
        for event in result["events"]:
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        (said,) = result["responses"]
        self.events += [self._uttered(said), {"event": "action", "name": "action_listen"}]
        return dict(said)

    async def press(self, button: dict[str, Any], action: str) -> dict[str, Any]:
        """What the action utters when a button was pressed."""
        return await self.say(action, intent=button["intent"], **button["entities"])

    def at(self, conversation_id: str) -> None:
        """Go on in a conversation that the record knows."""
        self.audience = replace(self.audience, conversation_id=conversation_id)

    def as_shopper(self, shopper_id: str) -> "Chat":
        """Another conversation in the same shop."""
        audience = Audience(shopper_id=shopper_id, conversation_id=f"conversation-of-{shopper_id}")
        return Chat(self.shop, audience, self.clock)

    def _understood(self, text: str, intent: str, entities: dict[str, Any]) -> dict[str, Any]:
        return {
            "text": text or f"/{intent}",
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [{"name": name, "confidence": 0.4} for name in self.ranking],
            "entities": [
                self._entity(text, name, value)
                for name, values in entities.items()
                for value in (values if isinstance(values, list) else [values])
            ],
            "metadata": {
                "shopper_id": self.audience.shopper_id,
                "locale": self.audience.locale,
                "turn_id": f"turn-{len(self.events)}",
                "conversation_id": self.audience.conversation_id,
            },
        }

    @staticmethod
    def _entity(text: str, name: str, value: Any) -> dict[str, Any]:
        """`value`, or (value, as typed)."""
        value, typed = value if isinstance(value, tuple) else (value, str(value))
        place = {"start": text.lower().index(typed.lower())} if text and typed.lower() in text.lower() else {}
        if place:
            place["end"] = place["start"] + len(typed)
        return {"entity": name, "value": value, **place}

    def _tracker(self, message: dict[str, Any]) -> dict[str, Any]:
        tracker = {"sender_id": self.audience.conversation_id, "slots": self.slots, "latest_message": message}
        return tracker | {"events": list(self.events), "paused": False, "active_loop": {}}

    @staticmethod
    def _uttered(said: dict[str, Any]) -> dict[str, Any]:
        data = ("text", "buttons", "custom", "elements", "attachment", "image")
        metadata = {name: value for name, value in said.items() if name not in data}
        return {"event": "bot", "data": {"custom": said["custom"]}, "metadata": metadata}


def item_ids(said: dict[str, Any]) -> list[str]:
    """What a slate shows."""
    return [item["item_id"] for item in said["custom"]["items"]]
