"""One question to the recommender."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from recommender.arrays import BoolArray
from recommender.errors import InputError
from recommender.history import History

Seen = Literal["auto", "any", "only", "never"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """Who asks (their history and session), what may be shown, and how much of it.

    session: item ids viewed, clicked or carted just now, oldest first; they are not shown again.
    n: items wanted; fewer come back when fewer may be shown. now: day of the question (default: the day the
    model was fitted for, or that of the latest line where later). allowed: bool per item of the catalogue;
    stock, price, category and brand are resolved to it by the caller. exclude: item ids never to show.
    seen: whether items of the history may come back: "any", "only", "never", or "auto", as is usual in this
    shop (a grocer's are bought again, a bookshop's are not). reason_count: reasons wanted per item, at most.
    """

    history: History = field(default_factory=History.empty)
    session: Sequence[str] = ()
    n: int = 10
    now: float | None = None
    allowed: BoolArray | None = None
    exclude: Sequence[str] = ()
    reason_count: int = 2
    seen: Seen = "auto"

    def __post_init__(self) -> None:
        check_n(self.n)
        if self.now is not None and not np.isfinite(self.now):
            raise InputError("now", "must be a finite day number")
        if self.reason_count < 0:
            raise InputError("reason_count", "must be at least 0")
        if self.seen not in get_args(Seen):
            raise InputError("seen", f"must be one of {', '.join(get_args(Seen))}")
        for name in ("session", "exclude"):
            if isinstance(getattr(self, name), str):
                raise InputError(name, "must be a sequence of item ids, not one string")


def check_n(n: int) -> int:
    """n itself, or an InputError unless it is a whole number of at least 1."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise InputError("n", "must be a whole number of at least 1")
    return int(n)


def check_allowed(allowed: BoolArray | None, n_items: int) -> BoolArray:
    """The mask itself (all True for None), or an InputError unless it is bool[n_items]."""
    if allowed is None:
        return np.ones(n_items, dtype=np.bool_)
    mask = np.asarray(allowed)
    if mask.dtype != np.bool_ or mask.shape != (n_items,):
        raise InputError("allowed", f"must be a bool array of length {n_items}")
    return mask
