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
import json
import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from parity.echo import serving_actions  # noqa: E402
from parity.environments import (  # noqa: E402
    OURS,
    PARITY,
    ROOT,
    STOCK,
    CannotCompare,
    Environment,
    ensure,
    log,
    rasa,
    run,
)

TOLERANCE = 1e-3  # of confidences: solvers of different library builds stop at slightly different weights


@dataclass(frozen=True)
class Bot:
    """A bot to train: its files, and test stories where it has some."""

    name: str
    config: Path
    domain: Path
    data: Path
    stories: Path | None


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
    with tempfile.TemporaryDirectory() as scratch, serving_actions() as url:
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
    log(f"{bot.name} bot on {environment.name}: training")
    model = scratch / f"{bot.name}-{environment.name}"
    files = ["--config", bot.config, "--domain", bot.domain, "--data", bot.data]
    rasa(environment, "train", *files, "--out", model, "--force", "--skip-validation", scratch=scratch)
    log(f"{bot.name} bot on {environment.name}: {len(conversations)} conversations")
    trained = next(model.glob("*.tar.gz"))
    output = scratch / "answers.json"
    command = [environment.python, "-W", "ignore", environment.script, trained, url, output]
    run(command, stdin=json.dumps(conversations), scratch=scratch)
    answers: list[list[dict[str, Any]]] = json.loads(output.read_text())
    return answers


def _compare_tests(bot: Bot, scratch: Path, report: dict[str, Any]) -> None:
    """Compare `rasa test nlu` on the training data, and `rasa test core` where the bot has test stories."""
    kinds = {"nlu": ["--nlu", bot.data]} | ({"core": ["--stories", bot.stories]} if bot.stories else {})
    for kind, files in kinds.items():
        summaries = []
        for environment in (OURS, STOCK):
            log(f"{bot.name} bot on {environment.name}: rasa test {kind}")
            out = scratch / f"{bot.name}-{environment.name}-{kind}"
            model = next((scratch / f"{bot.name}-{environment.name}").glob("*.tar.gz"))
            rasa(
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
