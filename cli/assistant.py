"""Trains and asks the assistant, which lives in Rasa's environment."""

import re
import subprocess
from collections.abc import Sequence

from cli.console import Report
from cli.system import NLU_PYTHON
from shop.errors import AisleError
from shop.settings import PROJECT_ROOT, Settings

# Rasa prints a great deal while it trains; these lines tell what it is at.
TRAINING_STAGE = re.compile(r"Starting to train component '(\w+)'")


class TrainingFailed(AisleError):
    """The assistant could not be trained."""

    code = "training_failed"


def train_assistant(settings: Settings, report: Report, *, force: bool = False) -> None:
    """Train Rasa in its own environment; left alone when its newest model is of the same files.

    Raises:
        TrainingFailed: with the last line that Rasa's environment said.
    """
    command = [str(NLU_PYTHON), "-m", "nlu.train", *(["--force"] if force else [])]
    environment = settings.environment()
    last = ""
    with subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        for number, line in enumerate(process.stderr or ()):
            last = line.strip() or last
            if stage := TRAINING_STAGE.search(line):
                report(stage[1], min(0.1 + number / 200, 0.9))
    if process.returncode:
        raise TrainingFailed(f"the assistant could not be trained: {last}")
    report("ready", 1.0)


def run_in_rasa(settings: Settings, module: str, arguments: Sequence[str]) -> int:
    """Run a module in Rasa's environment with this shop's settings; its exit code."""
    command = [str(NLU_PYTHON), "-m", module, *arguments]
    return subprocess.run(command, cwd=PROJECT_ROOT, env=settings.environment(), check=False).returncode
