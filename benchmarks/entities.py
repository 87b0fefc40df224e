"""What finding entities costs with a large catalogue: `nlu/.venv/bin/python benchmarks/entities.py`.

Names are made up from a seed, of English and invented words; messages are written here: plain, misspelled,
with dates, and as long as the cap allows. Prints JSON: milliseconds a message (median, p99), megabytes, and
seconds to take up a new file, with and without the names, and what messages take while that happens. With
`--lexicon`, a shop's own names are misspelled by one letter, and it is counted what is found then.
"""

import argparse
import gc
import importlib.util
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RASA_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
sys.path.insert(0, str(ROOT))
if importlib.util.find_spec("spacy") is None:  # started in the app's environment
    os.execv(RASA_PYTHON, [str(RASA_PYTHON), *sys.argv])

from nlu.catalogue import LiveMatcher  # noqa: E402 - Rasa's environment has no package of ours
from nlu.found import Found  # noqa: E402
from nlu.typos import SHORTEST, ordinary_words  # noqa: E402

KINDS = {
    "plain": [
        "do you have oat milk",
        "add two gallons of milk to my cart",
        "where is my order 40012345",
        "red wine under 20 dollars",
        "I want the cheapest dog food you have",
        "show me something else please",
        "二十块左右的红酒有吗",
        "来两瓶牛奶和一斤草莓",
        "上周二的订单到哪了",
    ],
    "misspelled": [
        "choclate bars please",
        "do you sell yogrut",
        "brocoli and bannana",
        "strawbery jam under $5",
        "add shampo to the cart",
        "avacado, spagetti and mayonaise",
        "wher is the frozn piza",
        "i ned toliet papper",
    ],
    "date": ["my order from last tuesday", "what i bought on nov 3", "it came 3 days ago", "11月3号买的牛奶"],
    "long": [
        ("add 3 of the choclatte and yogrutt for 5 or more " * 60)[:2000],
        ("来三瓶牛奶要二十块以下的还有草莓" * 200)[:2000],
        ("12 oz $5 under 3 " * 200)[:2000],
        ("qwrtzx mnbvcx plkjhg " * 200)[:2000],
    ],
}
REPEATS = {"plain": 120, "misspelled": 120, "date": 120, "long": 12}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--lexicon", type=Path, help="a shop's catalogue.json, to misspell its names")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.json"
        results = {str(count): measure(path, count, options.seed) for count in (0, 1_000, options.names)}
    answer: dict[str, Any] = {"names": options.names, "by_names": results}
    if options.lexicon:
        answer["typos"] = misspelling(options.lexicon, random.Random(options.seed))
    print(json.dumps(answer, indent=2))


def measure(path: Path, count: int, seed: int) -> dict[str, Any]:
    """Measure with a lexicon of `count` names."""
    path.write_text(lexicon(count, random.Random(seed)))
    before = memory_mb()
    load_s, live = timed(lambda: LiveMatcher(path, lambda: date(2026, 11, 22)))
    grown = memory_mb() - before
    spent = {kind: milliseconds(live, texts, REPEATS[kind]) for kind, texts in KINDS.items()}
    result = {kind: summary(values) for kind, values in spent.items()}
    return {
        "load_s": round(load_s, 2),
        "memory_mb": round(grown, 1),
        **result,
        "while_reloading": reloading(live, path),
    }


def milliseconds(live: LiveMatcher, texts: Sequence[str], repeats: int) -> list[float]:
    """Return what each message took, after one round to warm up."""
    for text in texts:
        live.find(text)
    return [timed(lambda text=text: live.find(text))[0] * 1e3 for _ in range(repeats) for text in texts]


def reloading(live: LiveMatcher, path: Path) -> dict[str, float]:
    """Return what plain messages took while the file was taken up again in a thread."""
    path.touch()
    live.find("milk")
    spent: list[float] = []
    start = time.perf_counter()
    while any(thread.name == "catalogue" for thread in threading.enumerate()):
        spent += [timed(lambda text=text: live.find(text))[0] * 1e3 for text in KINDS["plain"]]
        time.sleep(0.02)
    return {**summary(spent), "reload_s": round(time.perf_counter() - start, 2)}


def misspelling(path: Path, rng: random.Random, most: int = 2_000) -> dict[str, float]:
    """Misspell names of categories and products by one letter; return the shares of what is found then."""
    live = LiveMatcher(path)
    terms = [
        term for term in json.loads(path.read_bytes())["terms"] if term["entity"] in ("category", "product")
    ]
    names = [form for term in terms for form in term["forms"].get("en", ()) if _can_be_misspelled(form)]
    counts = dict.fromkeys(("same", "none", "another"), 0)
    for name in rng.sample(names, min(most, len(names))):
        meant, got = _names(live.find(name)), _names(live.find(misspelled(name, rng)))
        counts["same" if got == meant else "none" if not got else "another"] += 1
    total = sum(counts.values())
    return {"names": total, **{kind: round(count / total, 3) for kind, count in counts.items()}}


def misspelled(name: str, rng: random.Random) -> str:
    """Return the name with one letter of a long word doubled, lost, swapped with the next, or wrong."""
    words = name.split(" ")
    place = rng.choice([place for place, word in enumerate(words) if len(word) >= SHORTEST])
    word = words[place]
    at = rng.randrange(1, len(word) - 1)
    edits = (
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + rng.choice("aeiourstln") + word[at + 1 :],
    )
    return " ".join([*words[:place], rng.choice(edits), *words[place + 1 :]])


def _can_be_misspelled(form: str) -> bool:
    words = form.split(" ")
    plain = all(word.isascii() and word.isalpha() for word in words)
    return plain and len(words) <= 3 and any(len(word) >= SHORTEST for word in words)


def _names(found: Sequence[Found]) -> list[tuple[str, Any]]:
    return [(each.entity, each.value) for each in found]


def lexicon(count: int, rng: random.Random) -> str:
    """Return a lexicon of that many names of one to four words; one in three words is made up."""
    known = sorted(ordinary_words())
    made_up = [
        "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(rng.randint(2, 5)))
        for _ in range(30_000)
    ]
    terms = [
        {"entity": "category", "value": word, "forms": {"en": [word]}}
        for word in (
            "milk",
            "chocolate",
            "yogurt",
            "broccoli",
            "bananas",
            "shampoo",
            "wine",
            "dog food",
            "toilet paper",
        )
    ][: count or 0]
    for number in range(max(count - len(terms), 0)):
        words = [rng.choice(known if rng.random() < 0.67 else made_up) for _ in range(rng.randint(1, 4))]
        entity = rng.choice(("product", "brand"))
        terms.append({"entity": entity, "value": f"{number}", "forms": {"en": [" ".join(words)]}})
    return json.dumps({"version": str(count), "terms": terms})


def summary(values: Sequence[float]) -> dict[str, float]:
    """Return median and 99th percentile of milliseconds."""
    if len(values) < 2:
        return {}
    return {
        "p50_ms": round(statistics.median(values), 3),
        "p99_ms": round(statistics.quantiles(values, n=100)[98], 3),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that the work took, and what it returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def memory_mb() -> float:
    """Return the resident memory of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
