"""One contender in a process of its own: fits, answers, times it, leaves its rankings beside the matrices.

python worker.py FOLDER NAME --threads 2 --seconds 8, as recommender_speed.py starts it. JSON on stdout.
FOLDER: train.npz (CSR), shoppers.npy (whom to rank for). Leaves NAME.npy: shoppers x N items, -1 for none.
"""

import argparse
import importlib
import json
import logging
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speed import timing
from speed.contenders import named


def main() -> int:
    arguments = _parser().parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    contender = named(arguments.name)
    try:
        library = importlib.import_module(f"speed.of_{contender.library}")
    except ImportError as error:
        print(json.dumps({contender.name: {"skipped": f"{contender.library} is not installed: {error}"}}))
        return 0
    extra = {} if arguments.fit_seconds is None else {"fit_seconds": arguments.fit_seconds}
    subject = library.Subject(contender, arguments.threads, arguments.seed, **extra)
    train = sp.csr_array(sp.load_npz(arguments.folder / "train.npz"))
    shoppers = np.load(arguments.folder / "shoppers.npy")
    print(json.dumps(measure(subject, contender.name, train, shoppers, arguments)))
    return 0


def measure(
    subject: Any, name: str, train: sp.csr_array, shoppers: np.ndarray, arguments: argparse.Namespace
) -> dict[str, Any]:
    """Name -> all figures but the quality, which the parent judges by the rankings left behind."""
    if reason := subject.refusal(train):
        return {name: {"skipped": reason}}
    before = timing.memory_mb("VmRSS")
    began = time.perf_counter()
    subject.fit(train)
    fitted = {
        "fit_s": round(time.perf_counter() - began, 2),
        "fit_mb": round(timing.memory_mb() - before, 1),
    }
    report = {}
    for label, each in _subjects(subject, name):
        asked = _asked(each, label, shoppers, arguments)
        report[label] = {**fitted, **asked, "peak_rss_mb": timing.memory_mb(), "note": each.note}
    return report


def _subjects(subject: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, subject
    if hasattr(subject, "sparse"):
        yield f"{name}-sparse", subject.sparse


def _asked(subject: Any, label: str, shoppers: np.ndarray, arguments: argparse.Namespace) -> dict[str, Any]:
    """Times of single and batch queries; leaves the rankings in the folder."""
    seconds = arguments.seconds / 4
    prepared = [subject.query(int(shopper)) for shopper in shoppers[: timing.SINGLE]]
    single = timing.percentiles_us(timing.singles(subject.one, prepared, seconds))
    size = timing.affordable(
        lambda some: subject.many(subject.batch(some), arguments.threads), shoppers, seconds
    )
    batch = subject.batch(shoppers[:size])
    rates = {
        f"users_per_s{suffix}": timing.throughput(lambda n=n: subject.many(batch, n), size, seconds)
        for suffix, n in (("", arguments.threads), ("_one_thread", 1))
    }
    judged = shoppers[: max(size, int(rates["users_per_s"] * arguments.seconds * 2))]
    ranked = subject.ranked(subject.many(subject.batch(judged), arguments.threads), judged)
    np.save(arguments.folder / f"{label}.npy", ranked)
    more = subject.more(shoppers[: timing.SINGLE], seconds) if hasattr(subject, "more") else {}
    return {**single, **rates, **more}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fit-seconds", type=float)
    return parser


if __name__ == "__main__":
    sys.exit(main())
