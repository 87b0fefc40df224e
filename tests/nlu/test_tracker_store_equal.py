"""What Rasa sees through our tracker store is what it sees through its own, after every turn.

`python -m tests.nlu.twin_stores` does the same for as many turns as asked.
"""

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent

from tests.nlu.twin_stores import compare_many, load_bot


@pytest.fixture(scope="module")
def bot() -> Agent:
    return load_bot()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_conversations_are_seen_alike(bot: Agent, tmp_path: Path, seed: int) -> None:
    held = asyncio.run(compare_many(bot, tmp_path, turns=60, seed=seed))
    assert held["turns"] >= 60
