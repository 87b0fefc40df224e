"""Whether a model that inverts a dense matrix of all pairs of items can be had at all."""

from pathlib import Path

COPIES = 4  # of the matrix in float32: as counted, its inverse, what LAPACK works in, and the weights
SLOW_ITEMS = 15_000


def too_large(items: int) -> str | None:
    """Why not, in a sentence; None where it fits."""
    needed = COPIES * 4 * items**2 / 2**30
    free = available_gb()
    if needed > free:
        return f"inverting {items} x {items} numbers takes about {needed:.0f} GB; {free:.0f} GB are free"
    if items > SLOW_ITEMS:
        return f"inverting {items} x {items} numbers takes too long here"
    return None


def available_gb() -> float:
    """Memory that a new process could have."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("MemAvailable"))) / 2**20
