"""How queries are timed: the same way for everybody."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

WARM_UP = 20
SINGLE = 1000
PILOT = 100
PASSES = 5


def percentiles_us(times_ns: Sequence[int]) -> dict[str, float]:
    """Median and 95th percentile, in microseconds."""
    p50, p95 = np.percentile(np.asarray(times_ns, dtype=np.float64) / 1e3, [50, 95])
    return {"p50_us": round(float(p50), 1), "p95_us": round(float(p95), 1)}


def singles(ask: Callable[[Any], Any], queries: Sequence[Any], seconds: float) -> list[int]:
    """Nanoseconds of each call of `ask`, one by one, until the queries or the seconds are spent."""
    for query in queries[:WARM_UP]:
        ask(query)
    times = []
    stop = time.perf_counter() + seconds
    for query in queries[:SINGLE]:
        began = time.perf_counter_ns()
        ask(query)
        times.append(time.perf_counter_ns() - began)
        if time.perf_counter() > stop:
            break
    return times


def affordable(ask: Callable[[np.ndarray], Any], users: np.ndarray, seconds: float) -> int:
    """How many users a pass may hold so that two passes fit into the time; told by a small pilot."""
    pilot = users[:PILOT]
    ask(pilot)
    began = time.perf_counter()
    ask(pilot)
    each = (time.perf_counter() - began) / len(pilot)
    return int(min(len(users), max(len(pilot), seconds / 2 / each)))


def throughput(ask: Callable[[], Any], users: int, seconds: float) -> float:
    """Users a second in the best of up to PASSES passes: what the machine can do when nothing disturbs it."""
    best = 0.0
    stop = time.perf_counter() + seconds
    for _ in range(PASSES):
        began = time.perf_counter()
        ask()
        best = max(best, users / (time.perf_counter() - began))
        if time.perf_counter() > stop:
            break
    return round(best, 1)


def memory_mb(field: str = "VmHWM") -> float:
    """Of this process: VmHWM, the most it ever held; VmRSS, what it holds."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise OSError(f"/proc/self/status names no {field}")
