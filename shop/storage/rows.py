"""Rows of a result as the dataclasses that queries hand out."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection

__all__ = ["Connection", "all_of", "first_of"]

T = TypeVar("T")


def all_of(kind: Callable[..., T], result: Iterable[Any]) -> list[T]:
    """Each row as a `kind`, whose fields stand in the order of the selected columns."""
    return [kind(*row) for row in result]


def first_of(kind: Callable[..., T], result: Iterable[Any]) -> T | None:
    """The first row as a `kind`, None when there is none."""
    return next((kind(*row) for row in result), None)
