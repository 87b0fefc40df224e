"""Runs the blocking use cases away from the event loop."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The use case's result; other requests go on meanwhile."""
    return await asyncio.to_thread(use_case, *args, **kwargs)
