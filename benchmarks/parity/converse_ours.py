"""Runs conversations on Aisle's Rasa as it is served, without the HTTP: same arguments and output as
converse_stock.py.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import numpy

from nlu import lean_imports, logs

lean_imports.hide_unused()
logs.configure()
lean_imports.trust_few_types()

from nlu.assistant import load_agent  # noqa: E402 - what serving hides is hidden before Rasa is imported
from nlu.channel import TurnOutput, user_message  # noqa: E402
from nlu.settings import Settings  # noqa: E402
from nlu.turn_request import read_turn  # noqa: E402


def main():
    model, actions_url, output = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(actions_url=actions_url, tracker_url=f"sqlite:///{folder}/tracker.db")
        answers = asyncio.run(_converse(load_agent(Path(model), settings), json.load(sys.stdin)))
        Path(output).write_text(json.dumps(answers))  # standard output has Rasa's own lines


async def _converse(agent, conversations):
    answers = []
    for number, turns in enumerate(conversations):
        answers.append([await _turn(agent, f"c{number}", turn) for turn in turns])
        print(f"  ours: conversation {number + 1} of {len(conversations)}", file=sys.stderr)
    await agent.action_endpoint.close()
    return answers


async def _turn(agent, conversation, turn):
    numpy.random.seed(0)  # Rasa draws a response among variations
    asked = {
        "conversation_id": conversation,
        "turn_id": "t",
        "metadata": {"locale": turn.get("locale", "en")},
    }
    asked |= {key: turn[key] for key in ("text", "button") if key in turn}
    output = TurnOutput()
    await agent.handle_message(user_message(read_turn(json.dumps(asked).encode()), output, agent.domain))
    return {"messages": output.messages, "facts": output.facts(model="", committed=True)}


if __name__ == "__main__":
    main()
