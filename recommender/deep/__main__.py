"""Fits a sequence model where PyTorch is, for programs that run where it is not.

    python -m recommender.deep LOG.npz MODEL.npz [--settings JSON] [--seed N]

LOG.npz: the arrays of recommender.Interactions by name (write_log). MODEL.npz: for SequenceModel.load.
Progress on standard error.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from recommender.deep import DeepConfig, SequenceModel
from recommender.deep.storage import read_log
from recommender.errors import RecommenderError


def main(words: list[str] | None = None) -> int:
    """0, or 2 with one line on standard error for what cannot be used."""
    arguments = _parser().parse_args(words)
    try:
        config = DeepConfig.model_validate_json(arguments.settings)
        rng = np.random.default_rng(arguments.seed)
        model = SequenceModel.fit(read_log(arguments.log), config, rng=rng, progress=_report)
        model.save(arguments.model)
    except (OSError, RecommenderError, ValidationError) as error:
        print(f"recommender.deep: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


def _report(stage: str, share: float) -> None:
    print(f"deep: {share:4.0%} {stage}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender.deep", description=__doc__)
    parser.add_argument("log", type=Path, help="the log, as recommender.deep.storage.write_log wrote it")
    parser.add_argument("model", type=Path, help="where the model goes")
    parser.add_argument("--settings", default="{}", help="DeepConfig as JSON; what is left out stays")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that is drawn")
    return parser


if __name__ == "__main__":
    sys.exit(main())
