"""A conversation in which the form runs as Rasa 3.6 does it: before every rule, again after other skills."""

from typing import Any

import yaml

from shop.settings import PROJECT_ROOT
from tests.actions.chat import Chat

FORM = "service_form"
MOST_STEPS = 6


def rules() -> dict[str, str]:
    """What the rules do first with each intent."""
    files = sorted((PROJECT_ROOT / "data" / "rules").glob("*.yml"))
    every = [rule for path in files for rule in yaml.safe_load(path.read_text())["rules"]]
    return {
        rule["steps"][0]["intent"]: rule["steps"][1]["action"]
        for rule in every
        if "intent" in rule["steps"][0] and "condition" not in rule
    }


class FormChat(Chat):
    """`hear` is a whole turn; it answers everything that was uttered, the form's question last."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.loop: str | None = None
        self.is_rejected = False
        self.slots["requested_slot"] = None

    async def hear(
        self, text: str = "", intent: str = "nlu_fallback", **entities: Any
    ) -> list[dict[str, Any]]:
        """What the assistant utters when this was understood."""
        self.clock.advance(seconds=9)
        self.message = self._understood(text, intent, entities)
        self.events.append({"event": "user", "text": self.message["text"]})
        self.said: list[dict[str, Any]] = []
        if intent == "restart" or not self.loop or self.is_rejected or not await self._form(fresh=True):
            await self._by_rule(intent)
        self.events.append({"event": "action", "name": "action_listen"})
        return self.said

    async def ask_button(self, said: dict[str, Any], place: int) -> dict[str, Any]:
        """The last thing that is uttered when a button was pressed."""
        button = said["buttons"][place]
        return await self.ask("", button["intent"], **button["entities"])

    async def ask(self, text: str = "", intent: str = "nlu_fallback", **entities: Any) -> dict[str, Any]:
        """The last thing that is uttered."""
        return (await self.hear(text, intent, **entities))[-1]

    @property
    def is_idle(self) -> bool:
        """Whether no form waits and nothing of one is left."""
        left = {
            name for name, value in self.slots.items() if name.startswith("service_") and value is not None
        }
        return self.loop is None and self.slots["requested_slot"] is None and not left

    async def _by_rule(self, intent: str) -> None:
        action = rules()[intent]
        if action == FORM:
            self.loop = FORM
            assert await self._form(fresh=False), "the form may not refuse what starts it"
            return
        if action.startswith("utter_"):
            self.said.append({"response": action})
            self.events.append({"event": "action", "name": action})
            follows = None
        else:
            follows = await self._run(action)
        if follows == FORM and self.loop is None:
            self.loop = FORM
        if self.loop and follows != "action_listen":
            assert await self._form(fresh=False), "the form may not refuse after another skill"

    async def _form(self, *, fresh: bool) -> bool:
        """Run the form; False when it rejects the message."""
        before = list(self.events)
        self.events.append({"event": "action", "name": FORM})
        events = await self._call(f"validate_{FORM}")
        filled = [event for event in events if event["name"] != "requested_slot"]
        if fresh and not filled:
            self.events = [*before, {"event": "action_execution_rejected", "name": FORM}]
            self.is_rejected = True
            return False
        self.events, self.is_rejected = [*before, {"event": "action", "name": FORM}], False
        self._apply(events)
        if self.slots["requested_slot"] is None:
            self.loop = None
            self._apply(await self._call("action_service_done"))
        return True

    async def _run(self, action: str) -> str | None:
        events = await self._call(action)
        self.events.append({"event": "action", "name": action})
        self._apply(events)
        return next((event["name"] for event in events if event["event"] == "followup"), None)

    async def _call(self, action: str) -> list[dict[str, Any]]:
        tracker = self._tracker(self.message) | {"active_loop": {"name": self.loop} if self.loop else {}}
        call = {"next_action": action, "domain": {}, "tracker": tracker}
        result = (await self._executor.run(call)).model_dump()
        self.said += result["responses"]
        return list(result["events"])

    def _apply(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                self.loop = event["name"]
            if event["event"] == "reset_slots":
                self.slots = dict.fromkeys(self.slots)
