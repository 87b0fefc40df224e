"""Quality and speed of the one-off-purchase model on a train and a test matrix, with no parameters given.

Both files are CSR matrices, shoppers x items, as scipy.sparse.save_npz writes them. The model fits itself on
the train matrix alone; then every shopper of the test matrix gets a ranking of all items they lack in train.

Recall@20 divides by the number of a shopper's test items; the ideal of NDCG@20 ranks min(20, test items).
Both are means over the shoppers with test items. JSON on standard output, progress on standard error.

examples:
  python benchmarks/recommender_quality.py --train gowalla-train.npz --test gowalla-test.npz
  python benchmarks/recommender_quality.py --train a.npz --cut 0.2 > report.json   (cuts a test matrix off)
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from recommender.errors import InputError
from recommender.metrics import ndcg, recall
from recommender.oneoff.model import OneOffModel

N = 20
QUERIES = 2000


def main() -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    arguments = _parser().parse_args()
    try:
        train, test = _matrices(arguments)
        report = measure(train, test)
    except (OSError, ValueError, InputError) as error:
        print(f"recommender_quality: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report))
    return 0


def measure(train: sp.csr_array, test: sp.csr_array) -> dict[str, Any]:
    """Everything the benchmark reports."""
    began = time.perf_counter()
    model = OneOffModel.fit(train, progress=_Progress())
    fitted = time.perf_counter() - began
    shoppers = np.flatnonzero(np.diff(test.indptr) > 0)
    model.recommend_many(train[shoppers[:2]], N)  # compiles
    began = time.perf_counter()
    ranked = model.recommend_many(train[shoppers], N)
    seconds = time.perf_counter() - began
    taken = [test.indices[test.indptr[shopper] : test.indptr[shopper + 1]] for shopper in shoppers]
    return {
        "recall@20": round(float(np.mean([recall(*pair, N) for pair in zip(ranked, taken, strict=True)])), 5),
        "ndcg@20": round(float(np.mean([ndcg(*pair, N) for pair in zip(ranked, taken, strict=True)])), 5),
        "fit_s": round(fitted, 1),
        "users_per_s": round(len(shoppers) / seconds),
        "p50_us": round(_median_query(model, train, shoppers) * 1e6),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "users": len(shoppers),
        "chosen": model.report,
    }


def _median_query(model: OneOffModel, train: sp.csr_array, shoppers: Any) -> float:
    times = []
    for shopper in np.random.default_rng(0).permutation(shoppers)[:QUERIES]:
        history = train.indices[train.indptr[shopper] : train.indptr[shopper + 1]]
        began = time.perf_counter()
        model.recommend(history, N)
        times.append(time.perf_counter() - began)
    return float(np.median(times))


def _matrices(arguments: argparse.Namespace) -> tuple[sp.csr_array, sp.csr_array]:
    train = sp.csr_array(sp.load_npz(arguments.train))
    if arguments.test is None:
        return _cut(train, arguments.cut, np.random.default_rng(arguments.seed))
    test = sp.csr_array(sp.load_npz(arguments.test))
    if test.shape[0] > train.shape[0] or test.shape[1] > train.shape[1]:
        raise ValueError(f"--test is {test.shape}, larger than --train, which is {train.shape}")
    if test.nnz == 0:
        raise ValueError("--test holds no interactions")
    return train, test


def _cut(table: sp.csr_array, share: float, rng: np.random.Generator) -> tuple[sp.csr_array, sp.csr_array]:
    """That share of the interactions, at random, as the test matrix."""
    entries = sp.coo_array(table)
    held = rng.random(table.nnz) < share
    parts = [
        sp.csr_array((entries.data[mask], (entries.row[mask], entries.col[mask])), shape=table.shape)
        for mask in (~held, held)
    ]
    return parts[0], parts[1]


class _Progress:
    def __init__(self) -> None:
        self._began = time.perf_counter()

    def __call__(self, stage: str, share: float) -> None:
        print(f"{time.perf_counter() - self._began:7.1f} s {share:4.0%} {stage}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, required=True, help="CSR matrix to fit on (.npz)")
    parser.add_argument("--test", type=Path, help="CSR matrix of what was taken next (.npz)")
    parser.add_argument(
        "--cut", type=float, default=0.2, help="without --test: share of --train cut off for it"
    )
    parser.add_argument("--seed", type=int, default=0, help="without --test: seed of the cut")
    return parser


if __name__ == "__main__":
    sys.exit(main())
