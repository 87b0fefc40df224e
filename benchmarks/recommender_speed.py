"""Speed, memory and quality of Aisle beside implicit, rectools and LensKit: same data, same cut, same run.

Of some thousand shoppers a fifth of the items is held out; every model is fitted on the rest and ranks for
those shoppers all items they lack. Each model runs in a process of its own, one after the other, with as
many threads and as long rankings as the others, and a warm-up before the clock starts.

JSON on standard output: "models": name -> fit_s, fit_mb (the most it held while fitting, less what it held
before), p50_us and p95_us (one query through the public call), users_per_s (best of up to five passes; on all
threads, and on one), recall@20, ndcg@20; or "skipped" with the reason. "ratios": throughput of Aisle's merged
matrix over each of implicit's models. With --scale instead: how cost grows with the number of items, on
synthetic data.

Peers run in the interpreter that --peers names (benchmarks/peers has a lock file for one).

examples:
  python benchmarks/recommender_speed.py --train gowalla-train.npz --peers PYTHON > speed.json
  python benchmarks/recommender_speed.py --train a.npz --models aisle,implicit --seconds 4
  python benchmarks/recommender_speed.py --scale --sizes 10000,100000,1000000
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
sys.path[:0] = [str(ROOT), str(HERE)]

from speed.contenders import CONTENDERS, Contender, N, chosen  # noqa: E402
from speed.cut import best_known, cut, row  # noqa: E402

from recommender.metrics import ndcg, recall  # noqa: E402

PEERS = HERE / "peers" / ".venv" / "bin" / "python"
SIZES = "10000,30000,100000,300000,1000000"
SPARSE = "aisle-sparse"


def main(words: list[str] | None = None) -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    arguments = _parser().parse_args(words)
    try:
        report = grow(arguments) if arguments.scale else compare(arguments)
    except (OSError, ValueError) as error:
        print(f"recommender_speed: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    print(json.dumps(report))
    return 0


def compare(arguments: argparse.Namespace) -> dict[str, Any]:
    """All contenders on one cut."""
    taking_part = chosen(arguments.models)
    train, test = _matrices(arguments)
    rng = np.random.default_rng(arguments.seed)
    shoppers = rng.permutation(np.flatnonzero(np.diff(test.indptr) > 0))
    models: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sp.save_npz(folder / "train.npz", sp.csr_matrix(train), compressed=False)
        np.save(folder / "shoppers.npy", shoppers)
        for contender in taking_part:
            print(f"{contender.name} ...", file=sys.stderr, flush=True)
            for label, result in ask(contender, folder, arguments).items():
                models[label] = {**result, **quality(folder / f"{label}.npy", shoppers, test)}
                print(f"{label}: {json.dumps(models[label])}", file=sys.stderr, flush=True)
    data = {
        "shoppers": train.shape[0],
        "items": train.shape[1],
        "interactions": int(train.nnz),
        "asked": len(shoppers),
    }
    return {"data": data, "threads": arguments.threads, "models": models, "ratios": ratios(models)}


def ask(contender: Contender, folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """What the worker of one contender measured; {"skipped": reason} where it could not."""
    python = Path(sys.executable) if contender.library == "aisle" else arguments.peers
    if python is None or not python.exists():
        return {contender.name: {"skipped": f"no interpreter with {contender.library} (--peers)"}}
    command = [str(python), str(HERE / "speed" / "worker.py"), str(folder), contender.name]
    command += ["--threads", str(arguments.threads), "--seconds", str(arguments.seconds)]
    command += ["--seed", str(arguments.seed)]
    if contender.library == "aisle" and arguments.fit_seconds is not None:
        command += ["--fit-seconds", str(arguments.fit_seconds)]
    answer = answered(command, environment(contender, arguments.threads), arguments.limit)
    return {contender.name: answer} if "skipped" in answer else answer


def answered(command: list[str], environment: dict[str, str], limit: float) -> dict[str, Any]:
    """A worker's JSON; {"skipped": reason} where it ran out of time or failed."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, env=environment, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return {"skipped": f"not done within {limit:.0f} s"}
    if done.returncode:
        return {"skipped": f"ended with status {done.returncode}"}
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def environment(contender: Contender, threads: int) -> dict[str, str]:
    """As each library asks for: implicit wants OpenBLAS on one thread, since it has threads of its own."""
    blas = str(threads if contender.blas else 1)
    own = {name: str(threads) for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "LK_NUM_THREADS")}
    return {**os.environ, **own, "OPENBLAS_NUM_THREADS": blas, "MKL_NUM_THREADS": blas, "LK_NUM_PROCS": "1"}


def quality(path: Path, shoppers: np.ndarray, test: sp.csr_array) -> dict[str, float]:
    """Means over the shoppers that the worker had time to rank for; nothing where it left no rankings."""
    if not path.exists():
        return {}
    ranked = np.load(path)
    pairs = [(found, row(test, int(shopper))) for found, shopper in zip(ranked, shoppers, strict=False)]
    return {
        "recall@20": round(float(np.mean([recall(*pair, N) for pair in pairs])), 5),
        "ndcg@20": round(float(np.mean([ndcg(*pair, N) for pair in pairs])), 5),
        "users": len(ranked),
    }


def ratios(models: dict[str, Any]) -> dict[str, Any]:
    """Throughput of the merged matrix over implicit's, on all threads and on one, with both recalls."""
    ours = models.get(SPARSE, {})
    peers = {
        name: each for name, each in models.items() if name.startswith("implicit-") and "skipped" not in each
    }
    if "users_per_s" not in ours or not peers:
        return {}
    each = {
        name: {
            "throughput": round(ours["users_per_s"] / result["users_per_s"], 2),
            "throughput_one_thread": round(
                ours["users_per_s_one_thread"] / result["users_per_s_one_thread"], 2
            ),
            "recall": round(ours["recall@20"] / result["recall@20"], 4) if result["recall@20"] else None,
        }
        for name, result in peers.items()
    }
    best = max(peers, key=lambda name: peers[name]["recall@20"])
    fastest = max(peers, key=lambda name: peers[name]["users_per_s"])
    return {
        "each": each,
        "to_implicits_best": {"name": best, **each[best]},
        "to_implicits_fastest": {"name": fastest, **each[fastest]},
    }


def grow(arguments: argparse.Namespace) -> dict[str, Any]:
    """One process a size; a fit that would take longer than the limit, going by the last, is left out."""
    sizes = _sizes(arguments.sizes)
    rows: list[dict[str, Any]] = []
    for size in sizes:
        print(f"{size} items ...", file=sys.stderr, flush=True)
        command = [sys.executable, str(HERE / "speed" / "scale.py"), str(size), "--seed", str(arguments.seed)]
        command += ["--threads", str(arguments.threads), "--seconds", str(arguments.seconds)]
        own = environment(CONTENDERS[0], arguments.threads)
        served = answered([*command, "serve"], own, arguments.limit)
        fitted = _fitted(rows, size, arguments.fit_limit) or answered([*command, "fit"], own, arguments.limit)
        rows.append({"items": size, **served, "fit": fitted})
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    return {"threads": arguments.threads, "sizes": rows}


def _fitted(rows: list[dict[str, Any]], size: int, limit: float) -> dict[str, Any] | None:
    """The reason to leave a fit out, told by the one before."""
    if not rows:
        return None
    last = rows[-1]
    took = last["fit"].get("fit_s")
    expected = None if took is None else took * size / last["items"]
    if expected is not None and expected <= limit:
        return None
    told = "the smaller one was left out" if expected is None else f"about {expected:.0f} s expected"
    return {"skipped": f"over the {limit:.0f} s allowed for a fit: {told}"}


def _sizes(text: str) -> list[int]:
    try:
        sizes = [int(word) for word in text.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1000:
        raise ValueError(f"--sizes: must be whole numbers of at least 1000, with commas between: {text}")
    return sorted(sizes)


def _matrices(arguments: argparse.Namespace) -> tuple[sp.csr_array, sp.csr_array]:
    if arguments.train is None:
        raise ValueError("name a matrix with --train, or use --scale")
    table = sp.csr_array(sp.load_npz(arguments.train))
    if arguments.items is not None:
        table = best_known(table, arguments.items)
    rng = np.random.default_rng(arguments.seed)
    train, test = cut(table, arguments.share, arguments.shoppers, rng)
    if test.nnz == 0:
        raise ValueError("--train: nobody has two items, so nothing can be held out")
    return train, test


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, help="CSR matrix, shoppers x items (.npz)")
    parser.add_argument("--items", type=int, help="keep that many items, the most frequent")
    parser.add_argument("--shoppers", type=int, default=5000, help="of whom items are held out")
    parser.add_argument("--share", type=float, default=0.2, help="of their items that is held out")
    parser.add_argument("--models", help="who takes part: starts of names, with commas between")
    parser.add_argument("--peers", type=Path, default=PEERS, help="interpreter that has the peers")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=8.0, help="about how long to question each model")
    parser.add_argument("--fit-seconds", type=float, help="Aisle's time for fitting; 0: no search")
    parser.add_argument("--limit", type=float, default=240.0, help="seconds a model may take in all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", action="store_true", help="how cost grows with the number of items")
    parser.add_argument("--sizes", default=SIZES, help="with --scale: numbers of items")
    parser.add_argument("--fit-limit", type=float, default=150.0, help="with --scale: seconds a fit may take")
    return parser


if __name__ == "__main__":
    sys.exit(main())
