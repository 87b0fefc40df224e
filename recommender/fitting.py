"""From a log and a catalogue to a model's state."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from recommender.builder import NOTHING_KNOWN, Builder, Shoppers, fit_oneoff, neighbours_of
from recommender.catalogue import Catalogue
from recommender.config import RecommenderConfig
from recommender.errors import InputError
from recommender.holdout import hold_out, visits_of
from recommender.interactions import Interactions
from recommender.state import State
from recommender.tuning import tune

Progress = Callable[[str, float], None]
"""Called with the name of the stage that begins and the share of the work done, in [0, 1]."""


def fit_state(
    interactions: Interactions,
    catalogue: Catalogue,
    config: RecommenderConfig,
    now: float,
    rng: np.random.Generator,
    progress: Progress,
    shoppers: Shoppers = NOTHING_KNOWN,
) -> State:
    """Fits, tuning decay, blend and neighbours on a hold-out first where config.tuning allows."""
    if interactions.n_items != len(catalogue):
        raise InputError("catalogue", f"has {len(catalogue)} items where the log has {interactions.n_items}")
    shoppers.check(interactions.n_shoppers)
    began = time.perf_counter()
    progress("log", 0.0)
    log = interactions.once_per_basket()
    progress("content", 0.05)
    content_rng, oneoff_rng = rng.spawn(2)
    builder = Builder.of(log, catalogue, config, now, shoppers, content_rng)
    progress("hold-out", 0.2)
    held = hold_out(log, config.tuning.shoppers, rng, last_baskets=builder.repeat_purchase)
    reports: dict[str, Any] = {}
    taken_with = None
    if len(log) and not builder.repeat_purchase:
        oneoff = fit_oneoff(log, config, oneoff_rng, lambda share: progress("one-off", 0.2 + 0.2 * share))
        found = oneoff.config.model_copy(update={"search": config.oneoff.search})
        config = config.model_copy(update={"oneoff": found})
        reports["oneoff"], taken_with = oneoff.report, neighbours_of(oneoff)
    settings = config
    if held.cases:
        cases, visits = tuple(map(shoppers.told, held.cases)), visits_of(held.cases, rng)
        trial = builder.state(held.rest, config, all_scorers=True)
        settings, tuned = tune(
            trial, held.rest, cases, visits, lambda share: progress("tuning", 0.4 + 0.3 * share)
        )
        reports |= tuned
    progress("neighbours", 0.7)
    state = builder.state(log, settings, all_scorers=False, taken_with=taken_with)
    progress("done", 1.0)
    seconds = round(time.perf_counter() - began, 2)
    details = {**reports, "content": builder.content.report, "fit_seconds": seconds}
    facts = replace(state.facts, details=details)
    return replace(state, relations=state.relations.merged(), facts=facts)
