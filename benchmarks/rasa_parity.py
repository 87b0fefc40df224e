"""Shows that Rasa behaves on Aisle's environment as on the official one.

Trains the same bots in both, with each environment's own `rasa train`, holds the same conversations, and
compares them turn by turn: intent, confidence, entities, actions and messages. Then runs `rasa test` in both
and compares the reports.

    python benchmarks/rasa_parity.py              both bots; needs 2.7 GB of disk at the first time
    python benchmarks/rasa_parity.py --bot small  only the small bot of tests/nlu/bot
    python benchmarks/rasa_parity.py --limit 3 --no-rasa-test

Custom actions are answered by a server of this script, whose answers tell the tracker state that Rasa sent: a
real one would draw new ids for every answer.

The official environment (Python 3.10, Rasa 3.6.21 with TensorFlow, requirements as Rasa publishes them) is
made in benchmarks/stock_rasa/.venv if it is missing. Aisle's side runs as it is served: stand-ins for
left-out packages, hidden imports, changes to Rasa, SQL tracker store, catalogue entity extractor. Prints JSON
on standard output, progress on standard error; the exit status is 0 only if nothing differs.
"""

import argparse
import contextlib
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARITY = ROOT / "benchmarks/parity"
TOLERANCE = 1e-3  # of confidences: solvers of different library builds stop at slightly different weights
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
        versions: dict[str, Any] = json.loads(_run([self.python, "-W", "ignore", "-c", VERSIONS]))
        files = (
            path for path in (self.project / ".venv").rglob("*") if path.is_file() and not path.is_symlink()
        )
        return {**versions, "size_mb": round(sum(path.stat().st_blocks * 512 for path in files) / 1e6)}


@dataclass(frozen=True)
class Bot:
    """A bot to train: its files, and test stories where it has some."""

    name: str
    config: Path
    domain: Path
    data: Path
    stories: Path | None


OURS = Environment("ours", ROOT / "nlu", PARITY / "converse_ours.py")
STOCK = Environment("stock", ROOT / "benchmarks/stock_rasa", PARITY / "converse_stock.py")
SMALL = ROOT / "tests/nlu/bot"
BOTS = {
    "small": Bot(
        "small", SMALL / "config.yml", SMALL / "domain.yml", SMALL / "data", PARITY / "test_stories.yml"
    ),
    "shipped": Bot("shipped", ROOT / "config.yml", ROOT / "domain.yml", ROOT / "data", None),
}


def main() -> int:
    """Compare and print; return the exit status."""
    options = _parser().parse_args()
    try:
        report = compare([BOTS[name] for name in options.bot], options.limit, not options.no_rasa_test)
    except CannotCompare as error:
        print(f"rasa_parity: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 1 if report["differences"] else 0


def compare(bots: list[Bot], limit: int | None, rasa_test: bool) -> dict[str, Any]:
    """Return the report over all bots."""
    for environment in (OURS, STOCK):
        ensure(environment)
    report: dict[str, Any] = {"conversations": 0, "turns": 0, "equal": 0, "rasa_test": {}, "differences": []}
    report["largest_confidence_gap"], report["confidence_tolerance"] = 0.0, TOLERANCE
    with tempfile.TemporaryDirectory() as scratch, _actions() as url:
        for bot in bots:
            _compare_conversations(bot, url, Path(scratch), limit, report)
            if rasa_test:
                _compare_tests(bot, Path(scratch), report)
    report["environments"] = {environment.name: environment.describe() for environment in (OURS, STOCK)}
    return report


def _compare_conversations(
    bot: Bot, url: str, scratch: Path, limit: int | None, report: dict[str, Any]
) -> None:
    conversations = json.loads((PARITY / "conversations.json").read_text())[bot.name][:limit]
    conversations = [[{"text": t} if isinstance(t, str) else t for t in turns] for turns in conversations]
    sides = [_converse(environment, bot, conversations, url, scratch) for environment in (OURS, STOCK)]
    report["conversations"] += len(conversations)
    for number, (turns, ours, stock) in enumerate(zip(conversations, *sides, strict=True)):
        for position, (turn, our, their) in enumerate(zip(turns, ours, stock, strict=True)):
            report["turns"] += 1
            gap = abs(our["facts"]["intent"]["confidence"] - their["facts"]["intent"]["confidence"])
            report["largest_confidence_gap"] = max(report["largest_confidence_gap"], gap)
            differing = differences(our, their)
            report["equal"] += not differing
            place = {"bot": bot.name, "conversation": number, "turn": position, "said": turn}
            report["differences"] += [place | each for each in differing]


def differences(ours: dict[str, Any], stock: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what differs between two answers to the same turn; confidences may differ by `TOLERANCE`."""
    our, their = _comparable(ours), _comparable(stock)
    differing = [key for key in our if key != "confidence" and our[key] != their[key]]
    if abs(our["confidence"] - their["confidence"]) > TOLERANCE:
        differing.append("confidence")
    return [{"what": key, "ours": our[key], "stock": their[key]} for key in differing]


def same(ours: Any, stock: Any) -> bool:
    """Tell whether two parts of reports are equal, fractions but for the last digits of a sum."""
    if isinstance(ours, dict) and isinstance(stock, dict):
        return ours.keys() == stock.keys() and all(same(ours[key], stock[key]) for key in ours)
    if isinstance(ours, float) and isinstance(stock, float):
        return math.isclose(ours, stock, rel_tol=1e-9)
    return bool(ours == stock)


def _comparable(answer: dict[str, Any]) -> dict[str, Any]:
    facts = answer["facts"]
    return {
        "intent": facts["intent"]["name"],
        "confidence": facts["intent"]["confidence"],
        "entities": [(entity["entity"], entity["value"]) for entity in facts["entities"]],
        "actions": facts["actions"],
        "messages": answer["messages"],
    }


def _converse(
    environment: Environment, bot: Bot, conversations: list[Any], url: str, scratch: Path
) -> list[list[dict[str, Any]]]:
    _log(f"{bot.name} bot on {environment.name}: training")
    model = scratch / f"{bot.name}-{environment.name}"
    files = ["--config", bot.config, "--domain", bot.domain, "--data", bot.data]
    _rasa(environment, "train", *files, "--out", model, "--force", "--skip-validation", scratch=scratch)
    _log(f"{bot.name} bot on {environment.name}: {len(conversations)} conversations")
    trained = next(model.glob("*.tar.gz"))
    output = scratch / "answers.json"
    command = [environment.python, "-W", "ignore", environment.script, trained, url, output]
    _run(command, stdin=json.dumps(conversations), scratch=scratch)
    answers: list[list[dict[str, Any]]] = json.loads(output.read_text())
    return answers


def _compare_tests(bot: Bot, scratch: Path, report: dict[str, Any]) -> None:
    """Compare `rasa test nlu` on the training data, and `rasa test core` where the bot has test stories."""
    kinds = {"nlu": ["--nlu", bot.data]} | ({"core": ["--stories", bot.stories]} if bot.stories else {})
    for kind, files in kinds.items():
        summaries = []
        for environment in (OURS, STOCK):
            _log(f"{bot.name} bot on {environment.name}: rasa test {kind}")
            out = scratch / f"{bot.name}-{environment.name}-{kind}"
            model = next((scratch / f"{bot.name}-{environment.name}").glob("*.tar.gz"))
            _rasa(
                environment,
                "test",
                kind,
                "--model",
                model,
                *files,
                "--out",
                out,
                "--no-plot",
                scratch=scratch,
            )
            name = "intent_report.json" if kind == "nlu" else "story_report.json"
            summaries.append(json.loads((out / name).read_text()))
        ours, stock = summaries
        wrong = {key for key in {*ours, *stock} if not same(ours.get(key), stock.get(key))}
        report["rasa_test"][f"{bot.name} {kind}"] = {"accuracy": ours.get("accuracy"), "equal": not wrong}
        if wrong:
            place = {"bot": bot.name, "what": f"rasa test {kind}"}
            report["differences"] += [
                place | {"label": key, "ours": ours.get(key), "stock": stock.get(key)}
                for key in sorted(wrong)
            ]


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
    _log(f"making {environment.project / '.venv'} (Python {version})")
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


def _rasa(environment: Environment, *arguments: object, scratch: Path) -> None:
    _run(
        [environment.python, "-W", "ignore", "-m", "rasa", *arguments],
        scratch=scratch,
        environment=environment.name,
    )


def _run(
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


@contextlib.contextmanager
def _actions() -> Iterator[str]:
    """Serve actions whose every answer is a function of the call's content."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/webhook"
    server.shutdown()


class _Echo(BaseHTTPRequestHandler):
    """Answers an action call with what it was told: any difference of state shows up in the messages."""

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["content-length"])))
        tracker = call["tracker"]
        kinds = [event["event"] for event in tracker["events"]]
        state = {
            "action": call["next_action"],
            "slots": {k: v for k, v in tracker["slots"].items() if k != "session_started_metadata"},
            "loop": tracker["active_loop"].get("name"),
            "latest_action": tracker["latest_action_name"],
            "intent": tracker["latest_message"]["intent"].get("name"),
            "entities": [(e["entity"], e["value"]) for e in tracker["latest_message"]["entities"]],
            "events": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        }
        silent = call["next_action"].startswith("validate_")
        self._send({"events": [], "responses": [] if silent else [{"custom": {"kind": "state", **state}}]})

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rasa_parity.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bot", nargs="+", choices=BOTS, default=list(BOTS), help="which bots; default both")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N conversations of each bot")
    parser.add_argument("--no-rasa-test", action="store_true", help="leave `rasa test` out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
