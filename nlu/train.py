"""Trains the assistant: `python -m nlu.train [--force]`, from config.yml, domain.yml and data/ in the current
directory.

The model is named after a fingerprint of everything it is made from; if that model is there, nothing is
trained. It is written beside its place first, so that a training that fails leaves the models as they were.
Prints JSON `{"model", "trained", "seconds"}` on standard output, progress on standard error. `rasa train`
does the same work without the fingerprint.
"""

import argparse
import contextlib
import hashlib
import json
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu import lean_imports, logs

CODE = Path(__file__).parent


class TrainingFailed(RuntimeError):
    """No model came out; the message says why in one line."""


def main(arguments: list[str] | None = None) -> int:
    """Train unless there is nothing new; return the exit status."""
    options = _parser().parse_args(arguments)
    logs.configure()
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    started = time.monotonic()
    try:
        model, trained = train(
            options.config, options.domain, options.data, options.output, force=options.force
        )
    except TrainingFailed as error:
        print(f"nlu.train: {error}", file=sys.stderr)
        return 1
    seconds = round(time.monotonic() - started, 1)
    print(json.dumps({"model": str(model), "trained": trained, "seconds": seconds}))
    return 0


def train(config: Path, domain: Path, data: Path, output: Path, *, force: bool = False) -> tuple[Path, bool]:
    """Return the model of these sources, and whether it had to be trained.

    Raises:
        TrainingFailed: a source is missing or Rasa refuses it.
    """
    for source in (config, domain, data):
        if not source.exists():
            raise TrainingFailed(f"{source} is missing")
    model = output / f"aisle-{fingerprint([config, domain, data])}.tar.gz"
    if model.exists() and not force:
        os.utime(model)  # Rasa takes the newest model of a folder
        return model, False
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".training-") as scratch:
        Path(_train(config, domain, data, scratch)).replace(model)
    return model, True


def fingerprint(sources: Iterable[Path]) -> str:
    """Return 16 hexadecimal digits that change with any source, this package's code, Rasa's or Python's
    version.
    """
    from rasa import __version__

    digest = hashlib.sha256(f"{__version__} {platform.python_version()}".encode())
    for path in sorted({file for source in [*sources, CODE] for file in _files(source)}):
        digest.update(f"{path.name} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files(source: Path) -> Iterator[Path]:
    """Yield the YAML files of a source, or the Python files of this package."""
    if source.is_file():
        yield source
    elif source == CODE:
        yield from source.glob("*.py")
    else:
        yield from (path for path in source.rglob("*") if path.suffix in (".yml", ".yaml"))


def _train(config: Path, domain: Path, data: Path, output: str) -> str:
    lean_imports.trust_few_types()
    from rasa.engine.exceptions import GraphComponentException
    from rasa.model_training import train as train_rasa
    from rasa.shared.exceptions import RasaException

    try:
        with contextlib.redirect_stdout(sys.stderr):
            result = train_rasa(str(domain), str(config), [str(data)], output, force_training=True)
    except SystemExit as error:  # Rasa's way to refuse some training data, after it has printed why
        raise TrainingFailed("Rasa refused the training data, see above") from error
    except GraphComponentException as error:
        raise TrainingFailed(_in_one_line(error.__cause__ or error)) from error
    except (RasaException, ImportError, OSError, ValueError) as error:
        raise TrainingFailed(_in_one_line(error)) from error
    if result.code != 0 or not result.model:
        raise TrainingFailed("Rasa made no model, see above")
    return str(result.model)


def _in_one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:500]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description="Train the assistant.")
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--domain", type=Path, default=Path("domain.yml"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--output", type=Path, default=Path("models"))
    parser.add_argument("--force", action="store_true", help="train even if the model is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
