"""Runs conversations on stock Rasa: in the official environment, with Rasa's own agent, processor and parsing
of buttons.

`python converse_stock.py MODEL ACTIONS_URL OUTPUT < conversations.json`; writes for each conversation the
turns' messages and facts, in the shapes of nlu's channel so that they can be compared. Only the pure
functions that make those shapes are taken from nlu.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import numpy
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, SlotSet
from rasa.utils.endpoints import EndpointConfig

from nlu.facts import facts_of
from nlu.messages import messages_of


def main():
    model, actions_url, output = sys.argv[1:]
    actions = EndpointConfig(actions_url, enable_selective_domain=True)
    with tempfile.TemporaryDirectory() as folder:
        store = SQLTrackerStore(db=f"{folder}/tracker.db")
        agent = Agent.load(model, tracker_store=store, action_endpoint=actions)
        answers = asyncio.run(_converse(agent, json.load(sys.stdin)))
    Path(output).write_text(json.dumps(answers))  # standard output has Rasa's own lines


async def _converse(agent, conversations):
    answers = []
    for number, turns in enumerate(conversations):
        answers.append([await _turn(agent, f"c{number}", turn) for turn in turns])
        print(f"  stock: conversation {number + 1} of {len(conversations)}", file=sys.stderr)
    return answers


async def _turn(agent, conversation, turn):
    """Handle one message as `MessageProcessor.handle_message` does, with the language set as the channel sets
    it.
    """
    numpy.random.seed(0)  # Rasa draws a response among variations
    processor = agent.processor
    text = turn["text"] if "text" in turn else _notation(turn["button"])
    metadata = {"locale": turn.get("locale", "en")}
    message = UserMessage(text, CollectingOutputChannel(), conversation, metadata=metadata)
    tracker = await processor.log_message(message, should_save_tracker=False)
    start = len(tracker.events)
    if "language" in tracker.slots and tracker.get_slot("language") is None:
        tracker.update(SlotSet("language", metadata["locale"]))
    await processor.run_action_extract_slots(message.output_channel, tracker)
    await processor._run_prediction_loop(message.output_channel, tracker)
    await processor.save_tracker(tracker)
    uttered = [event for event in list(tracker.events)[start:] if isinstance(event, BotUttered)]
    return {
        "messages": [message for event in uttered for message in messages_of(event.message())],
        "facts": facts_of(tracker, start, model="", committed=True),
    }


def _notation(button):
    return f"/{button['intent']}" + (json.dumps(button["entities"]) if button.get("entities") else "")


if __name__ == "__main__":
    main()
