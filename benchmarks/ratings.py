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

# Only numpy is imported here: with --as-peer this file runs where the project's packages are not installed.
ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "benchmarks" / "peers" / ".venv" / "bin" / "python"
NAMES = {
    "user": ("user", "user_id", "userid", "shopper", "shopper_id", "customer_id", "reviewerid", "user-id"),
    "item": (
        "item",
        "item_id",
        "itemid",
        "movie",
        "movie_id",
        "movieid",
        "product_id",
        "asin",
        "isbn",
        "book_id",
    ),
    "rating": ("rating", "value", "stars", "score", "overall", "book-rating"),
    "timestamp": ("timestamp", "time", "date", "unixreviewtime"),
}
SEPARATORS = ("::", "\t", ";", ",")
HIGHEST = 1e9
DENSE_MB = 4000


def main(words: list[str] | None = None) -> int:
    """Runs the benchmark; 0, or 2 with one line on standard error for input it cannot use."""
    words = sys.argv[1:] if words is None else words
    if words[:1] == ["--as-peer"]:
        return as_peer(Path(words[1]), float(words[2]))
    sys.path.insert(0, str(ROOT))
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
        **{name: _summary(results) for name, results in ours.items()},
        "peers": peers,
        "ratio_to_peers": _ratios(ours, peers),
        "rows": rows,
        "folds": {"of": arguments.folds, "run": len(turns), "seed": arguments.seed},
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "chosen": chosen,
    }


def measure(
    table: dict[str, np.ndarray], turns: range, arguments: argparse.Namespace
) -> tuple[dict[str, list[dict[str, float]]], list[dict[str, Any]]]:
    """For every algorithm its errors in each fold, and what was chosen in each."""
    from recommender.ratings import RatingBlend, Ratings
    from recommender.ratings.config import RatingBlendConfig

    results: dict[str, list[dict[str, float]]] = {}
    chosen = []
    counts = int(table["shopper"].max()) + 1, int(table["item"].max()) + 1
    config = (
        RatingBlendConfig() if arguments.seconds is None else RatingBlendConfig(seconds=arguments.seconds)
    )
    for turn in turns:
        train, test = ({key: table[key][rows] for key in table} for rows in _split(table["fold"], turn))
        log = Ratings(train["shopper"], train["item"], train["value"], *counts, train["day"])
        began = time.perf_counter()
        rng = np.random.default_rng([arguments.seed, turn])
        blend = RatingBlend.fit(log, config, rng=rng, progress=_Progress(turn, len(turns)))
        fit_s = time.perf_counter() - began
        timed = {name: (part.predictor, part.seconds) for name, part in blend.parts.items()}
        for name, (predictor, seconds) in {**timed, "blend": (blend, fit_s)}.items():
            misses = predictor.predict(test["shopper"], test["item"]) - test["value"]
            results.setdefault(name, []).append({**_errors(misses), "fit_s": seconds})
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
        command = [python, str(Path(__file__).resolve()), "--as-peer", path, str(arguments.peer_seconds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise ValueError(f"the peers ended with status {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def as_peer(path: Path, seconds: float) -> int:
    """Runs in the peers' interpreter: each algorithm on each fold, until the time is up; JSON."""
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
        train, test = _split(table["fold"], turn)
        triples = zip(*(table[key][train].tolist() for key in ("shopper", "item", "value")), strict=True)
        data = dataset(reader)
        model, start = make(), time.perf_counter()
        model.fit(data.construct_trainset([(*triple, None) for triple in triples]))
        fit_s = time.perf_counter() - start
        pairs = zip(table["shopper"][test].tolist(), table["item"][test].tolist(), strict=True)
        told = np.array([model.predict(*pair).est for pair in pairs])
        results.append({**_errors(told - table["value"][test]), "fit_s": fit_s})
        print(f"fold {turn + 1}: surprise {name} {results[-1]['rmse']:.5f}", file=sys.stderr, flush=True)
    return {**_summary(results), "by_fold": [result["rmse"] for result in results]}


def read(path: Path) -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """shopper, item (indices), value and day of the usable rows, and how many rows there are of each kind."""
    import polars as pl

    frame = _columns(path)
    number = pl.col("rating").str.strip_chars().cast(pl.Float64, strict=False)
    missing = pl.any_horizontal(pl.col("user", "item", "rating").fill_null("").str.strip_chars() == "")
    usable = (number.is_finite() & (number.abs() <= HIGHEST)).fill_null(False)
    kinds = frame.select(missing=missing, not_a_number=~missing & ~usable, kept=~missing & usable)
    kept = frame.filter(kinds["kept"]).with_columns(value=number)
    day = _days(kept["timestamp"])
    pair = kept.select("user", "item").with_columns(day=pl.Series(day)).with_row_index("row")
    last = pair.sort("day", "row").unique(["user", "item"], keep="last").sort("row")["row"].to_numpy()
    if len(last) < 2:
        raise ValueError(f"{path} holds {len(last)} usable ratings; at least 2 are needed")
    table = {name: np.unique(kept[key].to_numpy()[last], return_inverse=True)[1] for name, key in SIDES}
    table |= {"value": kept["value"].to_numpy()[last], "day": day[last]}
    rows = {
        "read": len(frame),
        "kept": len(last),
        "missing": int(kinds["missing"].sum()),
        "not_a_number": int(kinds["not_a_number"].sum()),
        "duplicate": len(kept) - len(last),
        "shoppers": int(table["shopper"].max()) + 1,
        "items": int(table["item"].max()) + 1,
    }
    return table, rows


SIDES = (("shopper", "user"), ("item", "item"))


def _columns(path: Path) -> Any:
    """The file as text columns user, item, rating, timestamp."""
    import polars as pl

    text = path.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff")
    first = text.split("\n", 1)[0].strip("\r")
    separator = next((mark for mark in SEPARATORS if mark in first), None)
    if separator is None:
        raise ValueError(f"{path} is no table: its first line holds none of tab, comma, semicolon or ::")
    cells = [cell.strip().strip('"') for cell in first.split(separator)]
    headed = len(cells) < 3 or not _is_number(cells[2])
    places = _places(cells) if headed else {name: at for at, name in enumerate(NAMES) if at < len(cells)}
    lacking = [name for name in ("user", "item", "rating") if name not in places]
    if lacking:
        raise ValueError(f"{path} has no column {', '.join(lacking)}")
    try:
        frame = pl.read_csv(
            text.replace("::", "\t").encode() if separator == "::" else text.encode(),
            separator="\t" if separator == "::" else separator,
            has_header=False,
            skip_rows=int(headed),
            schema={str(at): pl.String for at in range(len(cells))},
            truncate_ragged_lines=True,
            quote_char='"' if separator in ",;" else None,
        )
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"{path} cannot be read as a table: {error}") from error
    wanted = {
        name: pl.col(str(places[name])) if name in places else pl.lit(None, pl.String) for name in NAMES
    }
    return frame.select(**{name: column.str.strip_chars() for name, column in wanted.items()})


def _places(heads: list[str]) -> dict[str, int]:
    """Where each column stands; RecBole's types, after a colon, are left off."""
    known = [head.split(":")[0].lower() for head in heads]
    found = {name: [alias for alias in aliases if alias in known] for name, aliases in NAMES.items()}
    return {name: known.index(aliases[0]) for name, aliases in found.items() if aliases}


def _days(column: Any) -> np.ndarray:
    """Days since the epoch; 0 where the time cannot be read."""
    import polars as pl

    seconds = column.cast(pl.Float64, strict=False)
    if seconds.is_null().all() and not column.is_null().all():
        try:
            seconds = column.str.to_datetime(strict=False, time_unit="us").dt.epoch("s").cast(pl.Float64)
        except pl.exceptions.PolarsError:
            print("ratings: the timestamps cannot be read and are left out", file=sys.stderr)
    values = seconds.fill_null(0.0).to_numpy()
    return np.where(np.isfinite(values), values, 0.0) / 86_400


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _split(fold: np.ndarray, turn: int) -> tuple[np.ndarray, np.ndarray]:
    return np.flatnonzero(fold != turn), np.flatnonzero(fold == turn)


def _errors(misses: np.ndarray) -> dict[str, float]:
    return {"rmse": float(np.sqrt(np.mean(misses**2))), "mae": float(np.mean(np.abs(misses)))}


def _summary(results: list[dict[str, float]]) -> dict[str, Any]:
    means = {key: float(np.mean([result[key] for result in results])) for key in ("rmse", "mae", "fit_s")}
    rounded = {key: round(value, 2 if key == "fit_s" else 5) for key, value in means.items()}
    return {**rounded, "folds": len(results)}


def _ratios(ours: dict[str, list[dict[str, float]]], peers: dict[str, Any] | None) -> dict[str, float]:
    """Blend's RMSE / peer's, over the folds that the peer had time for."""
    ratios = {}
    for name, result in (peers or {}).items():
        theirs = result.get("by_fold", [])
        if theirs:
            mine = [fold["rmse"] for fold in ours["blend"][: len(theirs)]]
            ratios[name] = round(float(np.mean(mine) / np.mean(theirs)), 4)
    return ratios


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
