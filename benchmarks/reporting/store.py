"""Results as small JSON files, with when, on what and how they were had."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.tasks import Task


@dataclass(frozen=True)
class Stored:
    """One run. load_average: of the last minute, before the run and after it; None if
    nobody looked."""

    name: str
    command: str
    date: str
    machine: str
    load_average: tuple[float, float] | None
    seconds: float
    result: dict[str, Any]

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / f"{self.name}.json").write_text(f"{text}\n", encoding="utf-8")


def load(folder: Path, name: str) -> Stored | None:
    """None where it was not run yet; ValueError for a file that is no result."""
    path = folder / f"{name}.json"
    if not path.exists():
        return None
    try:
        stored = Stored(**json.loads(path.read_text(encoding="utf-8")))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} is no stored result: {error}") from error
    return stored


def run(name: str, task: Task, words: list[str], scripts: Path) -> Stored:
    """Runs a benchmark in this interpreter; ValueError where it fails or prints no JSON."""
    command = [sys.executable, str(scripts / f"{task.script}.py"), *words]
    before, began = os.getloadavg()[0], time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{task.script} ended with status {done.returncode}")
    seconds = round(time.perf_counter() - began, 1)
    loads = (round(before, 1), round(os.getloadavg()[0], 1))
    today = datetime.now(UTC).date().isoformat()
    return Stored(name, task.shown, today, machine(), loads, seconds, json.loads(done.stdout))


def machine() -> str:
    """This machine in words."""
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f"{cores} cores ({processor()}), {memory:.0f} GB, Python {version}"


def processor() -> str:
    """Make of the processor."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
