"""`rasa test` on the stories: every sentence understood, every step predicted as the stories say."""

import json
from pathlib import Path

import pytest

from cli.assistant import run_in_rasa
from tests.live import LiveAisle

pytestmark = pytest.mark.live


def test_stories(live_aisle: LiveAisle, tmp_path: Path) -> None:
    """The assistant that the live system runs is the newest model of models/."""
    arguments = [
        "test",
        "core",
        "--stories",
        "tests/test_stories.yml",
        "--out",
        str(tmp_path),
        "--fail-on-prediction-errors",
    ]
    assert run_in_rasa(live_aisle.settings, "rasa", arguments) == 0
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["conversation_accuracy"]["accuracy"] == 1.0
    assert report["conversation_accuracy"]["total"] >= 10
