"""Versions of a model side by side, and the one pointer that says which of them serves.

root/<version>/ holds a model each (recommender.archive); the file root/current names the one that serves.
Processes that have an older one open keep it, mapped, until they open the current one.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from recommender import archive
from recommender.errors import ArtefactError, PublishRefused
from recommender.model import Recommender
from recommender.query import Query

POINTER = "current"

Check = Callable[[Recommender, Recommender | None], str | None]
"""Looks at a candidate and at what serves now; says what is wrong, or None."""


def publish(
    root: Path, model: Recommender, checks: Sequence[Check] = (), *, created: datetime | None = None
) -> str:
    """Writes a version and, if every check passes on what was written, points to it; returns its id.

    PublishRefused where a check fails: the version is removed and what served before goes on serving. Of
    older versions the one that served last is kept.
    """
    before = current_version(root)
    created = created or datetime.now(UTC)
    incoming = root / f".incoming-{os.getpid()}-{created:%Y%m%dT%H%M%S%f}"
    version = model.save(incoming, created=created)
    try:
        _judge(version, incoming, checks, _serving(root))
        if not (root / version).exists():
            incoming.rename(root / version)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    _point(root, version)
    _prune(root, {version, before or version})
    return version


def open_current(root: Path) -> Recommender:
    """The model that serves; ArtefactError where there is none or it is damaged."""
    version = current_version(root)
    if version is None:
        raise ArtefactError(f"{root} holds no published model")
    return Recommender.load(root / version)


def readable(root: Path) -> bool:
    """Whether a model serves that this program can read: one of an older schema has to be fitted anew.

    Looks at the manifest alone; what else may be wrong, open_current finds out.
    """
    try:
        version = current_version(root)
        return version is not None and bool(archive.read_manifest(root / version))
    except ArtefactError:
        return False


def current_version(root: Path) -> str | None:
    """The id of the version that serves, None before the first; cheap enough to ask before every query."""
    try:
        version = (root / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise ArtefactError(f"{root / POINTER} is not a version id") from error
    if not version or Path(version).name != version:
        raise ArtefactError(f"{root / POINTER} is not a version id")
    return version


def answers_strangers(candidate: Recommender, _serving: Recommender | None) -> str | None:
    """A check: somebody unknown gets a slate."""
    return None if len(candidate.recommend(Query(n=1))) else "recommends nothing to a stranger"


def no_worse(tolerance: float) -> Check:
    """A check: hold-out NDCG not lower than the serving model's by more than `tolerance` (a share of it).

    Passes where either was not measured.
    """

    def check(candidate: Recommender, serving: Recommender | None) -> str | None:
        new, old = measured(candidate), measured(serving) if serving else None
        if new is None or old is None or new >= old * (1.0 - tolerance):
            return None
        return f"hold-out NDCG {new:.4f} is below the serving model's {old:.4f}"

    return check


def measured(model: Recommender) -> float | None:
    """NDCG on the hold-out that the model was tuned on; None where there was none."""
    tuning = model.facts.details.get("tuning", {})
    return float(tuning["ndcg_after"]) if tuning.get("trials") else None


def _serving(root: Path) -> Recommender | None:
    """What serves; None before the first version, and where it is damaged: that must not bar a sound one."""
    try:
        return open_current(root)
    except ArtefactError:
        return None


def _judge(version: str, directory: Path, checks: Sequence[Check], serving: Recommender | None) -> None:
    candidate = Recommender.load(directory)
    failures = tuple(failure for check in checks if (failure := check(candidate, serving)))
    if failures:
        raise PublishRefused(version, failures)


def _point(root: Path, version: str) -> None:
    temporary = root / f".{POINTER}-{os.getpid()}"
    with temporary.open("w", encoding="ascii") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / POINTER)
    archive.flush_directory(root)


def _prune(root: Path, kept: set[str]) -> None:
    for path in root.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
