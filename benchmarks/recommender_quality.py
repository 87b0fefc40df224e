"""Quality and speed of the one-off-purchase model on a train and a test matrix, with no parameters given.

Both files are CSR matrices, shoppers x items, as scipy.sparse.save_npz writes them. The model fits itself on
the train matrix alone; then every shopper of the test matrix gets a ranking of all items they lack in train.

Without a test matrix, one is cut from the train matrix: a part of the items of some thousand shoppers.

Recall@20 divides by the number of a shopper's test items; the ideal of NDCG@20 ranks min(20, test items).
Both are means over the shoppers with test items. "sparse" says the same of the merged matrix alone, and how
long its compiled call takes. JSON on standard output, progress on standard error.

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

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from speed.cut import cut, row  # noqa: E402
from speed.of_aisle import kernel_times, weight  # noqa: E402
from speed.timing import percentiles_us, singles  # noqa: E402

from recommender.errors import InputError  # noqa: E402
from recommender.metrics import ndcg, recall  # noqa: E402
from recommender.oneoff.model import OneOffModel  # noqa: E402

N = 20
SECONDS = 5.0  # that single queries may take, at most


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
    return {
        **_ranking(model, train, test, shoppers),
        "fit_s": round(fitted, 1),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "users": len(shoppers),
        "sparse": {**_ranking(model.sparse, train, test, shoppers), **_kernel(model.sparse, train, shoppers)},
        "chosen": model.report,
    }


def _ranking(ranker: Any, train: sp.csr_array, test: sp.csr_array, shoppers: Any) -> dict[str, float]:
    """Quality and speed of one way to rank."""
    ranker.recommend_many(train[shoppers[:2]], N)  # compiles
    began = time.perf_counter()
    ranked = ranker.recommend_many(train[shoppers], N)
    seconds = time.perf_counter() - began
    pairs = [(found, row(test, shopper)) for found, shopper in zip(ranked, shoppers, strict=True)]
    return {
        "recall@20": round(float(np.mean([recall(*pair, N) for pair in pairs])), 5),
        "ndcg@20": round(float(np.mean([ndcg(*pair, N) for pair in pairs])), 5),
        "users_per_s": round(len(shoppers) / seconds),
        "p50_us": _single(ranker, train, shoppers),
    }


def _single(ranker: Any, train: sp.csr_array, shoppers: Any) -> float:
    """Median of the public call, in microseconds."""
    histories = [row(train, shopper) for shopper in np.random.default_rng(0).permutation(shoppers)]
    times = singles(lambda history: ranker.recommend(history, N), histories, SECONDS)
    return percentiles_us(times)["p50_us"]


def _kernel(ranker: Any, train: sp.csr_array, shoppers: Any) -> dict[str, float]:
    """The compiled call alone, timed call by call on arrays that lie ready; and the size of the matrix."""
    drawn = np.random.default_rng(0).permutation(shoppers)
    histories = [row(train, shopper).astype(np.int32) for shopper in drawn]
    return {**kernel_times(ranker, histories, SECONDS), **weight(ranker)}


def _matrices(arguments: argparse.Namespace) -> tuple[sp.csr_array, sp.csr_array]:
    train = sp.csr_array(sp.load_npz(arguments.train))
    if arguments.test is None:
        return cut(train, arguments.cut, arguments.shoppers, np.random.default_rng(arguments.seed))
    test = sp.csr_array(sp.load_npz(arguments.test))
    if test.shape[0] > train.shape[0] or test.shape[1] > train.shape[1]:
        raise ValueError(f"--test is {test.shape}, larger than --train, which is {train.shape}")
    if test.nnz == 0:
        raise ValueError("--test holds no interactions")
    return train, test


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
        "--cut", type=float, default=0.2, help="without --test: share of their items cut off for it"
    )
    parser.add_argument("--shoppers", type=int, default=5000, help="without --test: of so many shoppers")
    parser.add_argument("--seed", type=int, default=0, help="without --test: seed of the cut")
    return parser


if __name__ == "__main__":
    sys.exit(main())
