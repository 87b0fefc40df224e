"""Whether a message was written in anger, by the words of data/mood.toml."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from shop.settings import PROJECT_ROOT

MOODS = PROJECT_ROOT / "data" / "mood.toml"


def is_angry(text: str) -> bool:
    """Whether a message holds words that only somebody angry writes."""
    return bool(text) and _angry(MOODS).search(text) is not None


@lru_cache(maxsize=1)
def _angry(path: Path) -> re.Pattern[str]:
    words = tomllib.loads(path.read_text(encoding="utf-8"))["angry"]
    english = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words["en"])
    chinese = "|".join(map(re.escape, words["zh"]))
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE)
