"""A fitted sequence model as one .npz file: arrays and two texts, no pickles."""

import json
import os
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from pydantic import ValidationError

from recommender.arrays import AnyArray
from recommender.deep.config import DeepConfig
from recommender.deep.fitting import Fitted
from recommender.deep.network import shapes
from recommender.errors import ArtefactError
from recommender.interactions import Interactions

SCHEMA = 1
HEAD = "network."
COLUMNS = ("shopper", "item", "day", "quantity", "basket")


def write(path: Path, fitted: Fitted, config: DeepConfig) -> None:
    """Writes the file whole or not at all."""
    about = {"schema": SCHEMA, "config": config.model_dump(mode="json"), "report": fitted.report}
    arrays: dict[str, AnyArray] = {HEAD + name: value for name, value in fitted.parameters.items()}
    arrays |= {"rows": fitted.rows, "takings": fitted.takings, "about": np.array(json.dumps(about))}
    with NamedTemporaryFile(dir=path.parent, prefix=".writing-", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def read(path: Path) -> tuple[Fitted, DeepConfig]:
    """The model and its settings; ArtefactError unless every array is there, fits and is finite."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
        config = DeepConfig.model_validate(about["config"])
        return _checked(arrays, about, config), config
    except FileNotFoundError as error:
        raise ArtefactError(f"{path} is missing") from error
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile, ValidationError) as error:
        raise ArtefactError(f"{path} does not hold a whole sequence model: {error}") from error


def _checked(arrays: dict[str, AnyArray], about: dict[str, Any], config: DeepConfig) -> Fitted:
    if about["schema"] != SCHEMA:
        raise ValueError(f"schema {about['schema']}; this program reads schema {SCHEMA}")
    rows, takings = arrays.pop("rows"), arrays.pop("takings")
    parameters = {name.removeprefix(HEAD): value for name, value in arrays.items()}
    expected = shapes(config.network, len(parameters["bias"]))
    if {name: value.shape for name, value in parameters.items()} != expected:
        raise ValueError("the arrays are not those of its settings")
    if not all(np.isfinite(value).all() for value in parameters.values()):
        raise ValueError("not all numbers are finite")
    if rows.shape != takings.shape or not (0 <= rows.min() <= rows.max() < len(parameters["bias"])):
        raise ValueError("items and vectors do not fit each other")
    return Fitted(parameters, rows, takings, about["report"])


def write_log(path: Path, log: Interactions) -> None:
    """A log as one .npz file, for `python -m recommender.deep`."""
    sizes = {"n_shoppers": np.array(log.n_shoppers), "n_items": np.array(log.n_items)}
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **{name: getattr(log, name) for name in COLUMNS}, **sizes)


def read_log(path: Path) -> Interactions:
    """What write_log wrote; ArtefactError where it is no such file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            columns = {name: file[name] for name in COLUMNS}
            sizes = {name: int(file[name]) for name in ("n_shoppers", "n_items")}
            return Interactions(**columns, **sizes)
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ArtefactError(f"{path} does not hold a log: {error}") from error
