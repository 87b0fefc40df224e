"""A model on disk: one .npy file an array and a manifest that vouches for them; no pickles."""

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from pydantic import ValidationError

from recommender.arrays import AnyArray
from recommender.config import RecommenderConfig
from recommender.errors import ArtefactError
from recommender.state import Facts, State

SCHEMA = 2
"""1: a matrix for each relation; 2: all in one."""
MANIFEST = "manifest.json"


def write(directory: Path, state: State, created: datetime | None = None) -> str:
    """Writes a state into a new directory, by way of a temporary one beside it; returns its version id.

    The id is the time (UTC) and the head of a hash over all content, so equal ids mean equal models.
    ArtefactError where the directory exists: versions are never written over.
    """
    if directory.exists():
        raise ArtefactError(f"{directory} exists already; a saved model is never written over")
    created = created or datetime.now(UTC)
    directory.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(mkdtemp(prefix=".writing-", dir=directory.parent))
    try:
        manifest = _write_files(temporary, state, created)
        temporary.chmod(0o755)
        temporary.rename(directory)
        flush_directory(directory.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return str(manifest["version"])


def _write_files(directory: Path, state: State, created: datetime) -> dict[str, Any]:
    entries = {name: _write_array(directory, name, array) for name, array in state.arrays().items()}
    content = {
        "schema": SCHEMA,
        "items": len(state.ids),
        "config": state.config.model_dump(mode="json"),
        "facts": asdict(state.facts),
        "arrays": entries,
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    version = f"{created:%Y%m%dT%H%M%SZ}-{digest[:12]}"
    manifest = {"version": version, "created": created.isoformat(), "digest": digest, **content}
    with (directory / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _write_array(directory: Path, name: str, array: AnyArray) -> dict[str, Any]:
    path = directory / f"{name}.npy"
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return {"dtype": array.dtype.str, "shape": list(array.shape), "sha256": _sha256(path)}


def read(directory: Path) -> tuple[State, str]:
    """The state saved there and its version id; arrays are mapped read-only, so processes share them."""
    manifest = read_manifest(directory)
    arrays = {name: _read_array(directory, name, entry) for name, entry in manifest["arrays"].items()}
    try:
        config = RecommenderConfig.model_validate(manifest["config"])
        state = State.from_arrays(arrays, config, Facts(**manifest["facts"]))
        state.check()
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise ArtefactError(f"{directory} does not hold a whole model: {error}") from error
    return state, str(manifest["version"])


def read_manifest(directory: Path) -> dict[str, Any]:
    """What was saved there; ArtefactError where it is missing, altered or of another schema."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ArtefactError(f"{directory} holds no model: {MANIFEST} is missing") from error
    except ValueError as error:
        raise ArtefactError(f"{directory / MANIFEST} is not JSON") from error
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        found = manifest.get("schema") if isinstance(manifest, dict) else None
        raise ArtefactError(f"{directory} has schema {found}; this program reads schema {SCHEMA}")
    content = {
        name: value for name, value in manifest.items() if name not in ("version", "created", "digest")
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    if digest != manifest.get("digest") or not isinstance(content.get("arrays"), dict):
        raise ArtefactError(f"{directory / MANIFEST} has been altered")
    return manifest


def _read_array(directory: Path, name: str, entry: dict[str, Any]) -> AnyArray:
    path = directory / f"{name}.npy"
    try:
        if _sha256(path) != entry["sha256"]:
            raise ArtefactError(f"{path} has been altered or cut short")
        empty = 0 in entry["shape"]  # nothing to map: NumPy refuses to
        array = np.load(path, mmap_mode=None if empty else "r", allow_pickle=False)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{path} cannot be read: {error}") from error
    if array.dtype.str != entry["dtype"] or list(array.shape) != entry["shape"]:
        raise ArtefactError(f"{path} is not the array that the manifest names")
    return np.asarray(array)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_directory(directory: Path) -> None:
    """Makes a rename in this directory last through a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
