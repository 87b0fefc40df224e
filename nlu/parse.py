"""Shows what the assistant understands: `python -m nlu.parse TEXT...`, or `--file F.tsv` with columns text
and intent.

Prints JSON on standard output: `{"text", "intent", "confidence", "band", "ranking", "entities"}` for a text;
`{"n", "accuracy", "errors"}` for a file, where an intent `faq/x` counts as `x` and a fallback as
`out_of_scope`. The band is "sure", "unsure" (the assistant asks "did you mean ...?"; the likeliest intent is
shown and graded) or "lost". No server is started.
"""

import argparse
import asyncio
import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nlu import lean_imports, logs
from nlu.guard import neutralise
from nlu.models import MODELS, find_model

FALLBACK = "nlu_fallback"
DID_YOU_MEAN = "did_you_mean"
OUT_OF_SCOPE = "out_of_scope"


class BadFile(ValueError):
    """The sentences' file cannot be used; the message says where."""


def main(arguments: list[str] | None = None) -> int:
    """Parse and print; return the exit status."""
    options = _parser().parse_args(arguments)
    if bool(options.text) == bool(options.file):
        return _fail("give a text, or --file F.tsv")
    lean_imports.hide_unused()
    logs.configure()
    try:
        sentences = read_sentences(options.file) if options.file else None
        agent = _load(find_model(options.model))
    except (BadFile, OSError) as error:
        return _fail(str(error))
    answer = parse(agent, " ".join(options.text)) if sentences is None else grade(agent, sentences)
    print(json.dumps(answer, ensure_ascii=False))
    return 0


def _load(model: Path) -> Any:
    lean_imports.trust_few_types()
    from nlu.assistant import load_for_parsing

    return load_for_parsing(model)


def parse(agent: Any, text: str) -> dict[str, Any]:
    """Return the likeliest intent with its confidence, how sure that is, the ranking, and the entities of a
    text.
    """
    parsed = asyncio.run(agent.parse_message(neutralise(text)))
    intent = parsed["intent"]
    if intent["name"] == DID_YOU_MEAN:
        intent = parsed["intent_ranking"][0]
    return {
        "text": text,
        "intent": name_of(intent),
        "confidence": float(intent["confidence"]),
        "band": parsed.get("band") or ("lost" if intent["name"] in (None, FALLBACK) else "sure"),
        "ranking": [
            {"name": intent["name"], "confidence": float(intent["confidence"])}
            for intent in parsed.get("intent_ranking", [])
        ],
        "entities": [_entity(entity) for entity in parsed["entities"]],
    }


def name_of(intent: dict[str, Any]) -> str | None:
    """Return an intent's name, with its second half where it is a retrieval intent."""
    name: str | None = intent.get("full_retrieval_intent_name") or intent["name"]
    return name


def grade(agent: Any, sentences: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Parse every sentence; return their number, the share understood as expected, and the others."""
    n, errors = 0, []
    for text, expected in sentences:
        n += 1
        parsed = parse(agent, text)
        if counted(parsed["intent"]) != counted(expected):
            told = {"intent": parsed["intent"], "confidence": round(parsed["confidence"], 4)}
            errors.append({"text": text, "expected": expected, **told})
    return {"n": n, "accuracy": (n - len(errors)) / n if n else None, "errors": errors}


def counted(intent: str | None) -> str:
    """Return what an intent counts as: `x` for `faq/x`, out_of_scope for a fallback or for none."""
    return OUT_OF_SCOPE if intent in (None, FALLBACK) else str(intent).removeprefix("faq/")


def read_sentences(path: Path) -> list[tuple[str, str]]:
    """Read a file of tab-separated text and intent, with or without a line of headings.

    Raises:
        BadFile: a line has not two columns.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=1):
        if len(row) != 2:
            raise BadFile(f"{path}:{number}: expected two columns, text and intent, found {len(row)}")
    sentences = [(text, intent.strip()) for text, intent in rows]
    return sentences[1:] if sentences[:1] == [("text", "intent")] else sentences


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: entity[key] for key in ("entity", "value", "start", "end") if key in entity}


def _fail(message: str) -> int:
    print(f"nlu.parse: {message}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nlu.parse", description="Show what the assistant understands."
    )
    parser.add_argument("text", nargs="*", help="a text; several words make one text")
    parser.add_argument("--file", type=Path, help="tab-separated text and intent")
    parser.add_argument("--model", type=Path, default=MODELS, help="a model file, or a folder: its newest")
    return parser


if __name__ == "__main__":
    sys.exit(main())
