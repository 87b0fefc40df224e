"""`./aisle lint`: formatting, lint rules, types and direction of imports; each has its say before it ends."""

import subprocess
import sys
from pathlib import Path

from cli.console import console
from shop.settings import PROJECT_ROOT

CHECKS = {
    "format": ("ruff", "format", "--check"),
    "lint": ("ruff", "check"),
    "types": ("mypy",),
    "types of nlu": ("mypy", "--config-file", "nlu/pyproject.toml", "-p", "nlu"),
    "imports": ("lint-imports",),
}


def run_linters() -> int:
    """Run every check and name the ones that failed.

    Returns:
        0 when all passed, else 1.
    """
    tools = Path(sys.executable).parent
    failed = []
    for name, (tool, *arguments) in CHECKS.items():
        console.rule(name)
        if subprocess.run([str(tools / tool), *arguments], cwd=PROJECT_ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        console.print(f"[bold red]aisle:[/] failed: {', '.join(failed)}")
    return int(bool(failed))
