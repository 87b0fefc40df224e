"""Cost at one number of items, in a process of its own; started by recommender_speed.py --scale.

python scale.py ITEMS serve|fit. serve: the kernel on a synthetic merged matrix of 200 neighbours an item.
fit: a model without search, fitted on synthetic takings. JSON on standard output.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE.parent), str(HERE)]

from recommender.oneoff.config import OneOffConfig, SearchConfig  # noqa: E402
from recommender.oneoff.merged import SparseRanker  # noqa: E402
from recommender.oneoff.model import OneOffModel  # noqa: E402
from recommender.oneoff.takings import as_takings  # noqa: E402
from speed import synthetic, timing  # noqa: E402
from speed.contenders import N  # noqa: E402
from speed.cut import row  # noqa: E402
from speed.of_aisle import kernel_times, weight  # noqa: E402

ASKED = 20_000  # shoppers a batch


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("items", type=int)
    parser.add_argument("what", choices=("serve", "fit"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = np.random.default_rng([arguments.seed, arguments.items])
    takings = as_takings(synthetic.takings(arguments.items, rng))
    report = serve(takings, arguments, rng) if arguments.what == "serve" else fit(takings, arguments)
    print(json.dumps(report))
    return 0


def serve(takings: Any, arguments: argparse.Namespace, rng: np.random.Generator) -> dict[str, Any]:
    """The kernel, the public call and batches."""
    table = synthetic.merged_table(arguments.items, rng)
    ranker = SparseRanker(table, np.arange(arguments.items, dtype=np.int32))
    size = {"interactions": int(takings.nnz), "per_shopper": round(takings.nnz / takings.shape[0], 1)}
    return {**size, **asked(ranker, takings, arguments, rng), "rss_mb": timing.memory_mb("VmRSS")}


def fit(takings: Any, arguments: argparse.Namespace) -> dict[str, Any]:
    """Seconds and memory of a fit without search, and its own merged matrix."""
    OneOffModel.fit(takings[:300], OneOffConfig(search=SearchConfig(shoppers=0)))  # compiles
    before = timing.memory_mb("VmRSS")
    began = time.perf_counter()
    model = OneOffModel.fit(takings, OneOffConfig(search=SearchConfig(shoppers=0)))
    seconds = round(time.perf_counter() - began, 1)
    grown = round(timing.memory_mb() - before, 1)
    rng = np.random.default_rng(arguments.seed)
    return {"fit_s": seconds, "fit_mb": grown, **asked(model.sparse, takings, arguments, rng)}


def asked(
    ranker: Any, takings: Any, arguments: argparse.Namespace, rng: np.random.Generator
) -> dict[str, Any]:
    """Times of single queries, in the kernel and through the public call, and of batches."""
    shoppers = rng.permutation(takings.shape[0])[:ASKED]
    histories = [row(takings, int(shopper)) for shopper in shoppers[: timing.SINGLE]]
    batch = takings[shoppers]
    seconds = arguments.seconds / 4
    public = timing.percentiles_us(timing.singles(lambda past: ranker.recommend(past, N), histories, seconds))
    ranker.recommend_many(batch[:10], N)
    rate = timing.throughput(
        lambda: ranker.recommend_many(batch, N, arguments.threads), len(shoppers), seconds
    )
    return {**kernel_times(ranker, histories, seconds), **public, "users_per_s": rate, **weight(ranker)}


if __name__ == "__main__":
    sys.exit(main())
