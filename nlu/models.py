"""Finds trained models. Imports nothing heavy, so that a missing model is said at once."""

from pathlib import Path

MODELS = Path("models")


class NoModel(FileNotFoundError):
    """There is no trained model at the path."""


def find_model(path: Path) -> Path:
    """Return the model file that `path` is, or the newest one in the folder that it is, as Rasa itself would.

    Raises:
        NoModel: neither.
    """
    candidates = list(path.glob("*.tar.gz")) if path.is_dir() else [path] if path.is_file() else []
    if not candidates:
        raise NoModel(f"no trained model at {path}: train one with `python -m nlu.train`")
    return max(candidates, key=lambda candidate: candidate.stat().st_ctime)
