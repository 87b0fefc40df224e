"""The assistant's training sentences, as the files under data/nlu hold them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Sentence:
    """A sentence without its annotations, what it means, and where it stands."""

    text: str
    intent: str
    language: str
    file: str


def read_sentences(folder: Path) -> list[Sentence]:
    """Every sentence of `folder`/<language>/*.yml, in the order of the files."""
    return [each for path in sorted(folder.glob("*/*.yml")) for each in _of_file(path)]


def _of_file(path: Path) -> Iterator[Sentence]:
    for part in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ()):
        for line in part["examples"].splitlines() if "intent" in part else ():
            text = _ANNOTATION.sub(r"\1", line.removeprefix("-").strip())
            if text:
                yield Sentence(text, part["intent"], path.parent.name, path.name)
