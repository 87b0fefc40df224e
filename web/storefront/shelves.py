"""Shelves of the storefront: slates like those of the chat, in the same log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from shop.errors import Conflict, Unavailable
from shop.slates import Slate

log = structlog.get_logger()


@dataclass(frozen=True)
class Shelf:
    """A slate under a heading; `key` names its phrases, `said` is how many reasons stand on a card."""

    key: str
    slate_id: str
    items: list[dict[str, Any]]
    said: int = 1


def shelf(key: str, serve: Callable[[], Slate], said: int = 1) -> Shelf | None:
    """A shelf, or None where there is nothing to put on it.

    A page is worth having without its suggestions, so a recommender that is not there, and a shopper who
    paused personal suggestions, leave the shelf away.
    """
    try:
        slate = serve()
    except (Unavailable, Conflict) as reason:
        log.warning("shelf_left_out", shelf=key, code=reason.code)
        return None
    if not slate.items:
        return None
    return Shelf(key, slate.slate_id, slate.payload()["items"], said)


def stocked(*shelves: Shelf | None) -> list[Shelf]:
    """The shelves that hold something."""
    return [found for found in shelves if found is not None]
