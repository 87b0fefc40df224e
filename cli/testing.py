"""`./aisle test`: the tests of Rasa's environment, then those of the app, each under its own Python."""

import subprocess
import sys
from collections.abc import Sequence

from cli.console import console
from cli.system import NLU_PYTHON
from shop.settings import PROJECT_ROOT

NLU_TESTS = "tests/nlu"


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest; with no arguments everything, with a path under tests/nlu only that, in Rasa's environment.

    Returns:
        The first exit code that is not 0, else 0. The app's run comes last, so its closing line is the last.
    """
    for_nlu = [part for part in arguments if part.startswith(NLU_TESTS)]
    if for_nlu:
        return _pytest(str(NLU_PYTHON), *arguments)
    nlu_code = 0
    if not arguments:
        console.rule("Rasa's environment")
        nlu_code = _pytest(str(NLU_PYTHON), NLU_TESTS)
        console.rule("The app's environment")
    app_code = _pytest(sys.executable, *arguments)
    return nlu_code or app_code


def _pytest(python: str, *arguments: str) -> int:
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=PROJECT_ROOT, check=False).returncode
