"""scikit-surprise on the same folds: python surprise_peer.py FOLDS.npz SECONDS, where it is installed.

FOLDS.npz: shopper, item, value and fold of each rating, and turns, the folds to run. JSON on standard output:
algorithm -> means over the folds it had time for, and the RMSE of each.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stars.errors import errors_of, split, summary

DENSE_MB = 4000


def main(path: Path, seconds: float) -> int:
    """Each algorithm on each fold, until the time is up."""
    from surprise import SVD, Dataset, KNNBaseline, Reader, SVDpp  # type: ignore[import-not-found]

    with np.load(path) as archive:
        table = dict(archive)
    by_item = {"name": "pearson_baseline", "user_based": False}
    makers = {
        "KNNBaseline": lambda: KNNBaseline(verbose=False),
        "KNNBaseline_items": lambda: KNNBaseline(sim_options=by_item, verbose=False),
        "SVD": lambda: SVD(random_state=0),
        "SVDpp": lambda: SVDpp(random_state=0),
    }
    reader = Reader(rating_scale=(float(table["value"].min()), float(table["value"].max())))
    report = {}
    for name, make in makers.items():
        side = table["item" if name.endswith("items") else "shopper"]
        if name.startswith("KNN") and (int(side.max()) + 1) ** 2 * 16 > DENSE_MB * 2**20:
            report[name] = {"skipped": "its matrix of similarities does not fit into memory"}
            continue
        report[name] = _peer(make, table, reader, Dataset, seconds / len(makers), name)
    print(json.dumps(report))
    return 0


def _peer(
    make: Any, table: dict[str, np.ndarray], reader: Any, dataset: Any, seconds: float, name: str
) -> dict[str, Any]:
    results: list[dict[str, float]] = []
    began = time.perf_counter()
    for turn in table["turns"].tolist():
        spent = time.perf_counter() - began
        if results and spent + spent / len(results) > seconds:
            break
        train, test = split(table["fold"], turn)
        triples = zip(*(table[key][train].tolist() for key in ("shopper", "item", "value")), strict=True)
        data = dataset(reader)
        model, start = make(), time.perf_counter()
        model.fit(data.construct_trainset([(*triple, None) for triple in triples]))
        fit_s = time.perf_counter() - start
        pairs = zip(table["shopper"][test].tolist(), table["item"][test].tolist(), strict=True)
        told = np.array([model.predict(*pair).est for pair in pairs])
        results.append({**errors_of(told - table["value"][test]), "fit_s": fit_s})
        print(f"fold {turn + 1}: surprise {name} {results[-1]['rmse']:.5f}", file=sys.stderr, flush=True)
    return {**summary(results), "by_fold": [result["rmse"] for result in results]}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2])))
