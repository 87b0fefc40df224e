"""What was written before a button asked back goes along with the button: nothing need be said twice."""

from collections.abc import Mapping, Sequence
from typing import Any

SAID, PLACES = "said", "places"

Found = Mapping[str, Any]


def carry(text: str, entities: Sequence[tuple[str, Any, int | None, int | None]]) -> dict[str, Any]:
    """A text and what was found in it (name, value, start, end), as the entities of a button."""
    kept: dict[str, Any] = {}
    for name, value, _, _ in entities:
        kept.setdefault(name, []).append(value)
    places = [f"{name}:{start}:{end}" for name, _, start, end in entities if start is not None]
    return kept | {SAID: text} | ({PLACES: places} if places else {})


def restore(found: Sequence[Found]) -> tuple[str, list[Found]]:
    """The text that a button carries, and its entities in their places again; no text if it carries none."""
    text = next((str(each["value"]) for each in found if each["entity"] == SAID), "")
    places: dict[str, list[tuple[int, int]]] = {}
    for each in found:
        if each["entity"] == PLACES:
            name, start, end = str(each["value"]).split(":")
            places.setdefault(name, []).append((int(start), int(end)))
    rest = [each for each in found if each["entity"] not in (SAID, PLACES)]
    return text, [_placed(each, places.get(each["entity"], [])) for each in rest]


def _placed(each: Found, places: list[tuple[int, int]]) -> Found:
    if not places:
        return each
    start, end = places.pop(0)
    return {**each, "start": start, "end": end}
