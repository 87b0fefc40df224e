"""Writes the tables and charts of docs/benchmarks.md anew, from the results stored in benchmarks/results.

With --run it first runs the named benchmarks and stores what they say. What was never run is shown as not
measured yet. --keep stores a result that was had otherwise (its JSON) under a name. --check changes nothing
and exits with 1 where the page is not what the stored results say.

examples:
  ./aisle bench report
  ./aisle bench report --run next_basket algorithms
  ./aisle bench report --run speed --data FOLDER --peers PYTHON   (FOLDER: gowalla-train.npz and the like)
  ./aisle bench report --keep ratings ratings.json --seconds 610
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from reporting.page import filled  # noqa: E402
from reporting.store import Stored, load, machine, run  # noqa: E402
from reporting.tasks import TASKS, Task  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images" / "benchmarks"
RESULTS = HERE / "results"


def main(words: list[str] | None = None) -> int:
    """Runs, stores, writes; 0, 1 where --check finds a difference, 2 with one line for bad input."""
    arguments = _parser().parse_args(words)
    try:
        for name in arguments.run:
            measured(name, arguments).save(RESULTS)
        if arguments.keep:
            kept(*arguments.keep, arguments.seconds).save(RESULTS)
        return written(arguments.check)
    except (OSError, ValueError) as error:
        print(f"report: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


def measured(name: str, arguments: argparse.Namespace) -> Stored:
    """A run of a benchmark."""
    task = known(name)
    print(f"{name}: {task.shown}", file=sys.stderr, flush=True)
    return run(name, task, task.words(arguments.data, arguments.peers), HERE)


def kept(name: str, path: str, seconds: float) -> Stored:
    """A result that a benchmark printed earlier."""
    result = json.loads(Path(path).read_text(encoding="utf-8"))
    day = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC).date().isoformat()
    return Stored(name, known(name).shown, day, machine(), None, seconds, result)


def known(name: str) -> Task:
    if name not in TASKS:
        raise ValueError(f"{name} is none of {', '.join(TASKS)}")
    return TASKS[name]


def written(check: bool) -> int:
    """Writes page and charts, or compares them with what is there."""
    stored = {name: found for name in TASKS if (found := load(RESULTS, name))}
    page, charts = filled(PAGE.read_text(encoding="utf-8"), stored)
    files = {PAGE: page, **{IMAGES / name: svg for name, svg in charts.items()}}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if check:
        for path in stale:
            print(f"report: {path.relative_to(ROOT)} is out of date", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    print(json.dumps({"written": [str(path.relative_to(ROOT)) for path in stale], "results": list(stored)}))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", nargs="+", default=[], metavar="NAME", help=f"of {', '.join(TASKS)}")
    parser.add_argument("--data", default="", help="folder of the data that is not shipped")
    parser.add_argument("--peers", default="", help="interpreter that has the libraries compared with")
    parser.add_argument("--keep", nargs=2, metavar=("NAME", "JSON"), help="store a result had otherwise")
    parser.add_argument("--seconds", type=float, default=0.0, help="with --keep: how long that run took")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if out of date")
    return parser


if __name__ == "__main__":
    sys.exit(main())
