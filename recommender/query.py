"""One question to the recommender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
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
    segment: the label of the shopper's segment, empty where none. traits: what else is known of them, by name
    ({"age": "35-44"}). What the model was not fitted with is ignored.
    promoted: item ids of which one may stand in each promotion slot (config.rank), the likeliest first, under
    the same limits as all others. shown: how often items were shown to this shopper lately and left alone.
    """

    history: History = field(default_factory=History.empty)
    session: Sequence[str] = ()
    n: int = 10
    now: float | None = None
    allowed: BoolArray | None = None
    exclude: Sequence[str] = ()
    reason_count: int = 2
    seen: Seen = "auto"
    segment: str = ""
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    promoted: Sequence[str] = ()
    shown: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        check_n(self.n)
        if self.now is not None and not np.isfinite(self.now):
            raise InputError("now", "must be a finite day number")
        if self.reason_count < 0:
            raise InputError("reason_count", "must be at least 0")
        if self.seen not in get_args(Seen):
            raise InputError("seen", f"must be one of {', '.join(get_args(Seen))}")
        for name in ("session", "exclude", "promoted"):
            if isinstance(getattr(self, name), str):
                raise InputError(name, "must be a sequence of item ids, not one string")
        if not isinstance(self.segment, str):
            raise InputError("segment", "must be text")
        check_traits("traits", self.traits)
        if not isinstance(self.shown, Mapping) or any(times < 0 for times in self.shown.values()):
            raise InputError("shown", "must map item ids to numbers of at least 0")


def check_traits(field_name: str, traits: Mapping[str, str]) -> None:
    """InputError naming the field unless it maps text to text."""
    if not isinstance(traits, Mapping):
        raise InputError(field_name, "must map names of traits to values")
    if not all(isinstance(part, str) for pair in traits.items() for part in pair):
        raise InputError(field_name, "must hold text alone")


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
