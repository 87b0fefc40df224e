"""From a matrix of takings to the terms of the one-off model, with no settings given."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.arrays import WeightArray
from recommender.oneoff.affordable import with_fewer_directions
from recommender.oneoff.config import OneOffConfig
from recommender.oneoff.holdout import hold_out, share_held_out
from recommender.oneoff.kernels import Table
from recommender.oneoff.merged import merged
from recommender.oneoff.parts import PartMaker
from recommender.oneoff.search import Chosen, choose
from recommender.oneoff.spectral import Directions
from recommender.oneoff.terms import Terms, as_array

NEGLIGIBLE = 0.01
"""Share of all takings that may be missing from what serves."""

Progress = Callable[[str, float], None]
"""Called with the name of the stage that begins and the share of the work done, in [0, 1]."""

LIKENESS_RANK = 64
"""Directions by which it is judged which items of a shopper belong together."""


@dataclass(frozen=True)
class Fitted:
    """The terms, the same as one sparse matrix, their settings, and a report of how those were found."""

    terms: Terms
    merged: Table
    config: OneOffConfig
    report: dict[str, Any]


def fit(takings: sp.csr_array, config: OneOffConfig, rng: np.random.Generator, progress: Progress) -> Fitted:
    """Chooses the settings on a hold-out, then fits on everything.

    Of very many shoppers a hold-out takes next to nothing away (NEGLIGIBLE). Then what was fitted on the rest
    serves, for a second fit would take as long as the first and hardly change it.

    takings: as takings.as_takings gives it.
    """
    began = time.perf_counter()
    progress("directions", 0.0)
    config = with_fewer_directions(config, takings)
    once = 0.0 < share_held_out(takings, config.search) <= NEGLIGIBLE
    directions = Directions.fit(takings, LIKENESS_RANK if once else config.spectral.rank, rng)
    chosen = _choose(takings, directions, config, rng, began + config.search.seconds, progress, once)
    progress("fit", 0.85)
    terms = chosen.terms or PartMaker(takings, directions).terms(chosen.config)
    progress("merge", 0.95)
    one = merged(terms, as_array(chosen.config.weights), takings)
    progress("done", 1.0)
    seconds = round(time.perf_counter() - began, 2)
    report = {**chosen.report(), "fitted_on": "rest" if chosen.terms else "all", "fit_seconds": seconds}
    return Fitted(terms, one, chosen.config, report)


def _choose(
    takings: sp.csr_array,
    directions: Directions,
    config: OneOffConfig,
    rng: np.random.Generator,
    deadline: float,
    progress: Progress,
    once: bool,
) -> Chosen:
    progress("hold-out", 0.1)
    held = hold_out(takings, likeness(directions), config.search, rng)
    # Of so much data, the few strongest directions hardly hear of what was held out.
    known = not len(held.shoppers) or (once and config.spectral.rank <= LIKENESS_RANK)
    rest = directions if known else Directions.fit(held.rest, config.spectral.rank, rng)
    progress("search", 0.2)

    def searching(share: float) -> None:
        progress("search", min(0.85, 0.2 + 0.65 * share))

    return choose(config, held, rest, deadline, searching, keep_terms=once)


def likeness(directions: Directions) -> WeightArray:
    """Items x directions, each row of length 1 (or 0): how alike items are, by their dot products."""
    scaled = directions.vectors[:, :LIKENESS_RANK] * directions.strengths[:LIKENESS_RANK]
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    rows: WeightArray = (scaled / np.maximum(lengths, 1e-12)).astype(np.float32)
    return rows
