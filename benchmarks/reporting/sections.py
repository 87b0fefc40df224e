"""What docs/benchmarks.md shows of each benchmark: tables, charts, and what is said of a chart in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reporting.charts import Bar, bars, lines, number

Results = Mapping[str, dict[str, Any]]
"""The result of each run that was stored, by its name."""


@dataclass(frozen=True)
class Shown:
    """A table, the charts by file name with their descriptions, and sentences."""

    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    charts: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """runs: the results it may show. show: gets those that are there, one at least."""

    runs: tuple[str, ...]
    show: Callable[[Results], Shown]


def quality(results: Results) -> Shown:
    heads = (
        "Data",
        "Ranked by",
        "Recall@20",
        "NDCG@20",
        "users/s",
        "query p50",
        "kernel p50",
        "fit",
        "memory",
    )
    rows, marks = [], []
    for name, result in results.items():
        data = name.removeprefix("quality-").capitalize()
        for label, each in (("all terms", result), ("merged matrix", result.get("sparse", {}))):
            rows.append(
                (data, label, *ranking(each), cell(each, "kernel_p50_us", "{:.1f} us"), *fitting(each))
            )
            if "recall@20" in each:
                marks.append(Bar(f"{data}, {label}", each["recall@20"], own=True))
    return Shown(heads, rows, {"quality": charted("Recall@20 on own cuts", marks)})


def ranking(each: dict[str, Any]) -> tuple[str, ...]:
    """Quality and speed."""
    scores = (cell(each, "recall@20", "{:.4f}"), cell(each, "ndcg@20", "{:.4f}"))
    return (*scores, cell(each, "users_per_s", "{:,.0f}"), cell(each, "p50_us", "{:,.0f} us"))


def fitting(each: dict[str, Any]) -> tuple[str, str]:
    """Seconds and memory of a fit, which the merged matrix shares with the terms; then its own size."""
    memory = cell(each, "peak_rss_mb", "{:,.0f} MB", cell(each, "mb", "{:.0f} MB"))
    return cell(each, "fit_s", "{:.0f} s", "the same"), memory


def next_basket(results: Results) -> Shown:
    result = results["next_basket"]
    names = ("recall@10", "ndcg@10", "phr@10")
    row = (*(cell(result, name, "{:.4f}") for name in names), cell(result, "fit_s", "{:.0f} s"))
    return Shown(("Recall@10", "NDCG@10", "shoppers with a hit", "fit"), [row])


def algorithms(results: Results) -> Shown:
    table = results["algorithms"]["algorithms"]
    ordered = sorted(table.items(), key=lambda pair: -pair[1]["ndcg@10"])
    rows = [
        (
            plain(name),
            cell(each, "ndcg@10", "{:.4f}"),
            cell(each, "recall@10", "{:.4f}"),
            cell(each.get("new", {}), "ndcg@10", "{:.4f}"),
            cell(each, "fit_s", "{:.1f} s"),
        )
        for name, each in ordered
    ]
    marks = [Bar(plain(name), each["ndcg@10"], own=name == "blend") for name, each in ordered]
    chart = charted("Next basket: NDCG@10 of each algorithm alone, and of their blend", marks)
    return Shown(
        ("Algorithm", "NDCG@10", "Recall@10", "NDCG@10, new items only", "fit"), rows, {"algorithms": chart}
    )


COLD = {
    "ndcg@10": "product, fitted",
    "unfitted": "product, as it starts",
    "plain_knn": "plain content-kNN",
    "tfidf_profile": "TF-IDF profile",
}


def cold_items(results: Results) -> Shown:
    result = results["cold_items"]
    kept = [(label, result[name]) for name, label in COLD.items() if name in result]
    marks = [Bar(label, value, own=label.startswith("product")) for label, value in kept]
    rows = [(label, f"{value:.4f}") for label, value in kept]
    chart = charted("Items nobody has bought yet: NDCG@10", marks)
    return Shown(("Ranked by", "NDCG@10"), rows, {"cold_items": chart})


def ratings(results: Results) -> Shown:
    result = results["ratings"]
    own = {name: each for name, each in result.items() if isinstance(each, dict) and "rmse" in each}
    peers = {name: each for name, each in (result.get("peers") or {}).items() if "rmse" in each}
    whole = [(plain(name), "Aisle", each) for name, each in own.items()]
    whole += [(name.replace("_", ", "), "scikit-surprise", each) for name, each in peers.items()]
    whole.sort(key=lambda entry: float(entry[2]["rmse"]))
    rows = [
        (name, by, f"{each['rmse']:.4f}", cell(each, "mae", "{:.4f}"), cell(each, "fit_s", "{:.1f} s"))
        for name, by, each in whole
    ]
    marks = [Bar(f"{name} ({by})"[:30], each["rmse"], own=by == "Aisle") for name, by, each in whole]
    chart = charted("Error of rating predictions (RMSE, shorter is better)", marks)
    return Shown(("Algorithm", "by", "RMSE", "MAE", "fit, a fold"), rows, {"ratings": chart})


def sequences(results: Results) -> Shown:
    rows, marks = [], []
    for run, result in results.items():
        data = "demo shop" if run.endswith("demo") else "MovieLens 100K"
        ordered = sorted(result["models"].items(), key=lambda pair: -pair[1]["ndcg@10"])
        for name, each in ordered:
            scores = (cell(each, "ndcg@10", "{:.4f}"), cell(each, "recall@10", "{:.4f}"))
            costs = (cell(each, "fit_s", "{:.1f} s"), cell(each, "p50_ms", "{:.2f} ms"))
            rows.append((data, plain(name), *scores, *costs))
            marks.append(Bar(f"{plain(name)}, {data}"[:30], each["ndcg@10"], own=name == "deep"))
    chart = charted("The sequence model beside what serves today: NDCG@10", marks)
    heads = ("Data", "Model", "NDCG@10", "Recall@10", "fit", "query p50")
    return Shown(heads, rows, {"sequences": chart})


def speed(results: Results) -> Shown:
    (run, result), *_ = results.items()
    heads = (
        "Model",
        "Recall@20",
        "NDCG@20",
        "users/s",
        "users/s, one thread",
        "query p50",
        "query p95",
        "kernel p50",
        "fit",
        "memory to fit",
        "shoppers ranked",
    )
    models = result["models"]
    rows = [speed_row(name, each) for name, each in models.items()]
    asked = [(name, each) for name, each in models.items() if "users_per_s" in each]
    marks = [
        Bar(
            name,
            each["users_per_s"],
            f"{each['users_per_s']:,.0f}, recall {each['recall@20']:.3f}",
            name.startswith("aisle"),
        )
        for name, each in sorted(asked, key=lambda pair: -pair[1]["users_per_s"])
    ]
    items = f"{result['data']['items']:,} items"
    chart = charted(f"Users a second in batches, and recall@20 ({items})", marks)
    return Shown(heads, rows, {run: chart}, compared(result))


def speed_row(name: str, each: dict[str, Any]) -> tuple[str, ...]:
    """A model's line; one that was left out says why."""
    if "skipped" in each:
        return (name, f"left out: {each['skipped']}", *[""] * 9)
    scores = (cell(each, "recall@20", "{:.4f}"), cell(each, "ndcg@20", "{:.4f}"))
    rates = (cell(each, "users_per_s", "{:,.0f}"), cell(each, "users_per_s_one_thread", "{:,.0f}"))
    names = ("p50_us", "p95_us", "kernel_p50_us")
    times = tuple(cell(each, key, "{:,.1f} us") for key in names)
    return (
        name,
        *scores,
        *rates,
        *times,
        cell(each, "fit_s", "{:.1f} s"),
        cell(each, "fit_mb", "{:,.0f} MB"),
        cell(each, "users", "{:,}"),
    )


RIVALS = {"to_implicits_best": "its best by recall", "to_implicits_fastest": "its fastest"}


def compared(result: dict[str, Any]) -> list[str]:
    """The merged matrix beside implicit, in sentences."""
    found = result.get("ratios") or {}
    form = (
        "The merged matrix serves {throughput:.1f} times as many users a second as {name}, {which} "
        "({throughput_one_thread:.1f} times on one thread), at {recall:.2f} times its recall."
    )
    return [form.format(**found[key], which=which) for key, which in RIVALS.items() if key in found]


def scale(results: Results) -> Shown:
    sizes = [each for each in results["scale"]["sizes"] if "users_per_s" in each]
    heads = (
        "Items",
        "kernel p50",
        "kernel p95",
        "public call p50",
        "users/s",
        "matrix",
        "fit",
        "memory to fit",
    )
    rows = [
        (
            f"{each['items']:,}",
            cell(each, "kernel_p50_us", "{:.1f} us"),
            cell(each, "kernel_p95_us", "{:.1f} us"),
            cell(each, "p50_us", "{:,.1f} us"),
            cell(each, "users_per_s", "{:,.0f}"),
            cell(each, "mb", "{:,.0f} MB"),
            cell(each["fit"], "fit_s", "{:.0f} s", each["fit"].get("skipped", "")),
            cell(each["fit"], "fit_mb", "{:,.0f} MB"),
        )
        for each in sizes
    ]
    served = [
        ("public call", [(each["items"], each["p50_us"]) for each in sizes]),
        ("kernel", [(each["items"], each["kernel_p50_us"]) for each in sizes]),
    ]
    title = "Median query in microseconds"
    charts = {"scale": (lines(title, spoken(served), "items in the catalogue", served), spoken(served))}
    fits = [(each["items"], each["fit"]["fit_s"]) for each in sizes if "fit_s" in each["fit"]]
    if len(fits) > 1:
        fitted = [("fit", fits)]
        told = spoken(fitted)
        charts["scale-fit"] = (
            lines("Seconds to fit, without search", told, "items in the catalogue", fitted),
            told,
        )
    return Shown(heads, rows, charts)


SECTIONS = {
    "quality": Section(("quality-gowalla", "quality-yelp2018"), quality),
    "next_basket": Section(("next_basket",), next_basket),
    "algorithms": Section(("algorithms",), algorithms),
    "cold_items": Section(("cold_items",), cold_items),
    "ratings": Section(("ratings",), ratings),
    "speed": Section(("speed",), speed),
    "speed-10000": Section(("speed-10000",), speed),
    "scale": Section(("scale",), scale),
    "sequences": Section(("sequences", "sequences-demo"), sequences),
}


def cell(each: Mapping[str, Any], name: str, form: str, missing: str = "") -> str:
    """A figure, or what stands where there is none."""
    value = each.get(name)
    return missing if value is None else form.format(value)


def plain(name: str) -> str:
    return name.replace("_", " ")


def charted(title: str, marks: list[Bar]) -> tuple[str, str]:
    """A chart of bars and its description."""
    told = "; ".join(f"{mark.label} {mark.note or number(mark.value)}" for mark in marks)
    described = f"{title}: {told}."
    return bars(title, described, marks), described


def spoken(series: list[tuple[str, list[tuple[float, float]]]]) -> str:
    """What lines show, in words."""
    each = [
        f"{name}: " + ", ".join(f"{number(up)} at {number(left)} items" for left, up in points)
        for name, points in series
    ]
    return "; ".join(each) + "."
