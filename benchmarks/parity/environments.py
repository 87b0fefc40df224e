"""The two Rasa environments that are compared, and how commands are run in them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARITY = Path(__file__).resolve().parent
ROOT = PARITY.parents[1]
TERMS = [
    ("milk", "牛奶"),
    ("strawberries", "草莓"),
    ("cheese", "奶酪"),
    ("coffee", "咖啡"),
    ("tea", "茶"),
    ("bread", "面包"),
]
VERSIONS = """
import json, platform, importlib.metadata as m
names = ["rasa", "tensorflow", "numpy", "scipy", "scikit-learn", "spacy", "sanic", "SQLAlchemy"]
found = {d.metadata["Name"].lower(): d.version for d in m.distributions()}
print(json.dumps({"python": platform.python_version(), **{n: found.get(n.lower()) for n in names}}))
"""


class CannotCompare(RuntimeError):
    """The comparison cannot be made; the message says why in one line."""


@dataclass(frozen=True)
class Environment:
    """A Rasa environment: its project folder, whose .venv it is in, and the script that holds conversations
    in it.
    """

    name: str
    project: Path
    script: Path

    @property
    def python(self) -> Path:
        return self.project / ".venv/bin/python"

    def describe(self) -> dict[str, Any]:
        """Return versions of what matters, and the size on disk in MB."""
        versions: dict[str, Any] = json.loads(run([self.python, "-W", "ignore", "-c", VERSIONS]))
        files = (
            path for path in (self.project / ".venv").rglob("*") if path.is_file() and not path.is_symlink()
        )
        return {**versions, "size_mb": round(sum(path.stat().st_blocks * 512 for path in files) / 1e6)}


OURS = Environment("ours", ROOT / "nlu", PARITY / "converse_ours.py")
STOCK = Environment("stock", ROOT / "benchmarks/stock_rasa", PARITY / "converse_stock.py")


def ensure(environment: Environment) -> None:
    """Make an environment from its lock file if it is missing.

    Raises:
        CannotCompare: no uv, no Python of the right version, or the installation failed.
    """
    if environment.python.exists():
        return
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        raise CannotCompare("uv is needed to make the environments; name it in $UV or put it on PATH")
    version = "3.11" if environment is OURS else "3.10"
    log(f"making {environment.project / '.venv'} (Python {version})")
    command: list[str | Path] = [
        uv,
        "sync",
        "--frozen",
        "--project",
        environment.project,
        "--python",
        find_python(version, uv),
    ]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise CannotCompare(f"{environment.project / '.venv'} could not be made, see above")


def find_python(version: str, uv: str) -> str:
    """Return an interpreter of a version: on PATH, among pyenv's, or wherever uv finds or fetches one."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [shutil.which(f"python{version}"), *pyenv.glob(f"{version}.*/bin/python{version}")]
    for candidate in filter(None, candidates):
        asked = [str(candidate), "-c", "import sys; print(sys.executable)"]  # a shim may lead nowhere
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.strip()
    found = subprocess.run([uv, "python", "find", version], capture_output=True, text=True, check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    raise CannotCompare(f"Python {version} is needed and was found neither on PATH, nor by pyenv, nor by uv")


def rasa(environment: Environment, *arguments: object, scratch: Path) -> None:
    """Run a standard Rasa command in an environment."""
    run(
        [environment.python, "-W", "ignore", "-m", "rasa", *arguments],
        scratch=scratch,
        environment=environment.name,
    )


def run(
    command: list[object], *, stdin: str | None = None, scratch: Path | None = None, environment: str = ""
) -> str:
    """Run a command from the project's root and return its standard output; raise with its last line if it
    fails.
    """
    settings = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if scratch is not None:
        settings["AISLE_CATALOGUE"] = str(_catalogue(scratch))
        settings["RASA_CACHE_DIRECTORY"] = str(scratch / f"cache-{environment}")
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=settings,
        input=stdin,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stderr[-4000:], file=sys.stderr)
        raise CannotCompare(f"{' '.join(map(str, command[:6]))} ... failed, see above")
    return done.stdout


def _catalogue(scratch: Path) -> Path:
    """Write the little catalogue that both sides read."""
    path = scratch / "catalogue.json"
    if not path.exists():
        terms = [{"entity": "category", "value": en, "forms": {"en": [en], "zh": [zh]}} for en, zh in TERMS]
        path.write_text(json.dumps({"version": "parity", "terms": terms}))
    return path


def log(line: str) -> None:
    """Say what is being done."""
    print(line, file=sys.stderr, flush=True)
