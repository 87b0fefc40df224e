"""Quality and speed of the shipped intent classifier on any labelled sentences: trains on one file, tests on
another.

Files are tab-separated text and intent, with or without a line of headings, quoted as spreadsheets do or not
at all. It runs in Rasa's own environment, which it enters by itself. Limits for what is out of scope are
fitted on --val and --oos-val, or on a fifth of the training sentences. Prints JSON:

accuracy                  share of the test sentences whose likeliest intent is right, none rejected
accuracy_after_rejection  share of them that are right and not rejected
oos_recall, oos_auroc     share of --oos that is rejected; how well assurance tells --test from --oos
train_s                   wall time of the whole training, reading the encoder and encoding included
p50_ms, p95_ms            wall time of understanding one message, one thread

example:
  ./aisle bench nlu_quality --train a.tsv --test b.tsv --val v.tsv --oos-val c.tsv --oos d.tsv
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "nlu/.venv/bin/python"


def main() -> int:
    """Enter Rasa's environment; there, measure and print."""
    options = _parser().parse_args()
    if Path(sys.prefix) != PYTHON.parent.parent:
        return _enter()
    sys.path.insert(0, str(ROOT))
    from understanding.files import CannotMeasure
    from understanding.measure import measure

    try:
        report = measure(options)
    except (CannotMeasure, OSError) as error:
        print(f"nlu_quality: {error}", file=sys.stderr)
        return 1
    print(json.dumps(report))
    return 0


def _enter() -> int:
    if not PYTHON.exists():
        print("nlu_quality: Rasa's environment is missing; `./aisle train` makes it", file=sys.stderr)
        return 2
    command = [PYTHON, "-W", "ignore", Path(__file__).resolve(), *sys.argv[1:]]
    return subprocess.run(command, check=False).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nlu_quality.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, required=True, metavar="A.tsv", help="sentences to learn from")
    parser.add_argument("--test", type=Path, required=True, metavar="B.tsv", help="sentences to test on")
    parser.add_argument("--val", type=Path, metavar="V.tsv", help="in scope, to fit limits on")
    parser.add_argument("--oos-val", type=Path, metavar="C.tsv", help="out of scope, to fit limits on")
    parser.add_argument("--oos", type=Path, metavar="D.tsv", help="out of scope, to test on")
    parser.add_argument("--words-only", action="store_true", help="without the sentence encoder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
