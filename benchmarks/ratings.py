"""Error of rating predictions by cross-validation, every algorithm and their blend, with no parameters given.

The ratings are cut into folds at random; for each, everything is fitted on the others (settings and weights
too, on hold-outs of its own) and predicts it. RMSE and MAE are means over the folds. Beside it, on the same
folds: scikit-surprise, in this interpreter or in the one that --peers names.

File: tab, comma, semicolon or "::" between the columns; a header that names user, item, rating and perhaps
timestamp (also user_id:token, as RecBole writes it), or none and the columns in that order, as in MovieLens'
u.data. Rows that cannot be used are counted and set aside; of a pair rated twice the latest counts.

JSON on standard output: algorithm -> {"rmse", "mae", "fit_s"}, "peers", "ratio_to_peers" (ours / theirs,
below 1 is better), "rows", and per fold what was "chosen". Progress on standard error.

examples:
  python benchmarks/ratings.py --ratings ml-100k.inter --folds 5
  python benchmarks/ratings.py --ratings u.data --only 1 --no-peers > report.json
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from stars.errors import errors_of, ratios, split, summary  # noqa: E402
from stars.table import read  # noqa: E402

from recommender.ratings import RatingBlend, Ratings  # noqa: E402
from recommender.ratings.config import RatingBlendConfig  # noqa: E402

PEERS = HERE / "peers" / ".venv" / "bin" / "python"


def main(words: list[str] | None = None) -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    arguments = _parser().parse_args(words)
    try:
        report = run(arguments)
    except (OSError, ValueError) as error:
        print(f"ratings: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    print(json.dumps(report))
    return 0


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything the benchmark reports."""
    if arguments.peers and not arguments.peers.exists():
        raise ValueError(f"--peers: there is no {arguments.peers}")
    table, rows = read(arguments.ratings)
    if not 2 <= arguments.folds <= len(table["value"]):
        raise ValueError(f"--folds: must lie between 2 and the {len(table['value'])} usable ratings")
    order = np.random.default_rng(arguments.seed).permutation(len(table["value"]))
    table["fold"] = np.empty(len(order), dtype=np.int64)
    table["fold"][order] = np.arange(len(order)) % arguments.folds
    turns = range(min(arguments.folds, arguments.only or arguments.folds))
    ours, chosen = measure(table, turns, arguments)
    peers = None if arguments.no_peers else ask_peers(table, turns, arguments)
    return {
        **{name: summary(results) for name, results in ours.items()},
        "peers": peers,
        "ratio_to_peers": ratios(ours, peers),
        "rows": rows,
        "folds": {"of": arguments.folds, "run": len(turns), "seed": arguments.seed},
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "chosen": chosen,
    }


def measure(
    table: dict[str, np.ndarray], turns: range, arguments: argparse.Namespace
) -> tuple[dict[str, list[dict[str, float]]], list[dict[str, Any]]]:
    """For every algorithm its errors in each fold, and what was chosen in each."""
    results: dict[str, list[dict[str, float]]] = {}
    chosen = []
    counts = int(table["shopper"].max()) + 1, int(table["item"].max()) + 1
    config = (
        RatingBlendConfig() if arguments.seconds is None else RatingBlendConfig(seconds=arguments.seconds)
    )
    for turn in turns:
        train, test = ({key: table[key][rows] for key in table} for rows in split(table["fold"], turn))
        log = Ratings(train["shopper"], train["item"], train["value"], *counts, train["day"])
        began = time.perf_counter()
        rng = np.random.default_rng([arguments.seed, turn])
        blend = RatingBlend.fit(log, config, rng=rng, progress=_Progress(turn, len(turns)))
        fit_s = time.perf_counter() - began
        timed = {name: (part.predictor, part.seconds) for name, part in blend.parts.items()}
        for name, (predictor, seconds) in {**timed, "blend": (blend, fit_s)}.items():
            misses = predictor.predict(test["shopper"], test["item"]) - test["value"]
            results.setdefault(name, []).append({**errors_of(misses), "fit_s": seconds})
            print(f"fold {turn + 1}: {name} {results[name][-1]['rmse']:.5f}", file=sys.stderr, flush=True)
        chosen.append(blend.chosen)
    return results, chosen


def ask_peers(
    table: dict[str, np.ndarray], turns: range, arguments: argparse.Namespace
) -> dict[str, Any] | None:
    """What scikit-surprise makes of the same folds; None where it is not installed."""
    default = PEERS if PEERS.exists() else Path(sys.executable)
    python = arguments.peers or default
    if subprocess.run([python, "-c", "import surprise"], capture_output=True, check=False).returncode:
        if arguments.peers:
            raise ValueError(f"--peers: {python} has no scikit-surprise")
        print("ratings: scikit-surprise is not installed; no comparison", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "folds.npz"
        np.savez(path, allow_pickle=False, turns=np.array(turns), **table)
        command = [python, str(HERE / "stars" / "surprise_peer.py"), path, str(arguments.peer_seconds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise ValueError(f"the peers ended with status {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class _Progress:
    def __init__(self, turn: int, turns: int) -> None:
        self._title, self._began = f"fold {turn + 1} of {turns}", time.perf_counter()

    def __call__(self, stage: str, share: float) -> None:
        seconds = time.perf_counter() - self._began
        print(f"{self._title} {seconds:6.1f} s {share:4.0%} {stage}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ratings", type=Path, required=True, help="table of ratings")
    parser.add_argument("--folds", type=int, default=5, help="parts of the cross-validation")
    parser.add_argument("--only", type=int, help="run so many of the folds")
    parser.add_argument("--seed", type=int, default=0, help="seed of the folds and of all that is drawn")
    parser.add_argument("--seconds", type=float, help="about how long a fit may take")
    parser.add_argument("--peers", type=Path, help="interpreter that has scikit-surprise")
    parser.add_argument("--no-peers", action="store_true", help="leave the comparison out")
    parser.add_argument("--peer-seconds", type=float, default=900.0, help="about how long the peers may take")
    return parser


if __name__ == "__main__":
    sys.exit(main())
