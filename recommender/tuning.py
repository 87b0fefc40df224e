"""Choosing decay, blend and neighbours on a hold-out: no data set's parameters are written down."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from recommender.climbing import Climb, Question, Scores, Tuned, clearly_better
from recommender.config import RecommenderConfig
from recommender.holdout import Case
from recommender.interactions import Interactions
from recommender.judging import Judge
from recommender.ladders import (
    ANY_ITEM,
    DECAY,
    DETAILS,
    NEIGHBOURS,
    NEW_ITEMS,
    SESSION_WEIGHTS,
    SPEAKERS,
    SPECIALISTS,
    VISITS,
    Ladders,
)
from recommender.state import State
from recommender.workshop import Workshop

SHARES = {"tuning": 0.4, "tuning_new": 0.5, "tuning_visits": 0.6, "tuning_neighbours": 0.85}
"""Share of the time after which a stage ends at the latest; the rest is for the last weights."""


def tune(
    state: State,
    log: Interactions,
    cases: tuple[Case, ...],
    visits: tuple[Case, ...],
    progress: Callable[[float], None],
) -> tuple[RecommenderConfig, dict[str, Any]]:
    """Climbs each ladder from where the settings stand, as long as the hold-out gains and time is left.

    state: fitted on `log`, which is what the cases leave. visits: see holdout.visits_of. Coordinate ascent:
    one setting at a time; first decay and blend for slates of any items, then the blend for slates of new
    ones (the latter alone where nothing is bought again), and for strangers on a visit. Then how neighbours
    are made, for all of these that hang on it taken together; where that changes, the blends once more.
    Answers the settings, and a report: "tuning" for what the shop mostly asks, "tuning_new",
    "tuning_visits", "tuning_neighbours".
    """
    Judge(state, cases[:1], "any").ndcg(state.config)  # compiles the kernels, on nobody's time
    bench = _Bench(state, log, time.thread_time())
    questions = _questions(state, cases, visits)
    turns = len(questions) + 1
    reports: dict[str, Any] = {}
    hang_on_neighbours = []
    for turn, (name, (question, ladders)) in enumerate(questions.items()):
        told = partial(_tell, progress, turn, turns)
        tuned = bench.climb(name, (question,)).run(ladders, told)
        bench.take(tuned)
        reports[name] = tuned.report()
        if _hangs_on_neighbours(tuned):
            hang_on_neighbours.append(question)
    told = partial(_tell, progress, turns - 1, turns)
    reports["tuning_neighbours"] = bench.weave(tuple(hang_on_neighbours), told)
    if reports["tuning_neighbours"]["taken"]:
        for name, (question, ladders) in questions.items():
            weights = {key: ladder for key, ladder in ladders.items() if key.startswith(("blend", "session"))}
            tuned = bench.climb("", (question,)).run(weights, told, 1)
            bench.take(tuned)
            reports[name] = _continued(reports[name], tuned)
    return bench.state.config, reports


@dataclass
class _Bench:
    """What tuning works on: the state with what has been chosen so far."""

    state: State
    log: Interactions
    began: float

    def climb(self, stage: str, questions: tuple[Question, ...]) -> Climb:
        """stage: one of SHARES; else all of the time may be used."""
        deadline = self.began + SHARES.get(stage, 1.0) * self.state.config.tuning.seconds
        return Climb(self.state, questions, Workshop(self.state, self.log), deadline)

    def take(self, tuned: Tuned) -> None:
        self.state = replace(self.state, config=tuned.config)

    def weave(self, questions: tuple[Question, ...], progress: Callable[[float], None]) -> dict[str, Any]:
        """Neighbours made otherwise, if on whole rankings they are clearly better too; the report.

        While climbing, settings are compared by the items that those of the start might have shown. So what
        is found has to prove itself where its own neighbours are shown.
        """
        if not questions:
            return {"trials": [], "taken": False}
        climb = self.climb("tuning_neighbours", questions)
        tuned = climb.run(_neighbour_ladders(self.state), progress, 1)
        report = {**tuned.report(), "taken": tuned.config != self.state.config}
        if report["taken"]:
            woven = Workshop(self.state, self.log).of(tuned.config)
            report["taken"] = clearly_better(_whole(woven, questions), _whole(self.state, questions))
            self.state = woven if report["taken"] else self.state
        return report


def _hangs_on_neighbours(tuned: Tuned) -> bool:
    """Whether a question was answered worse without one of the scorers that neighbours speak through."""
    speakers = {speaker for speakers in SPEAKERS.values() for speaker in speakers}
    return any(score < tuned.best for source, score in tuned.without.items() if source in speakers)


def _whole(state: State, questions: tuple[Question, ...]) -> Scores:
    """What the slates of a state score."""
    return tuple(Judge(state, each.cases, each.seen).ndcg(state.config) for each in questions)


def _neighbour_ladders(state: State) -> Ladders:
    """Those that this shop has a use for: where things are bought once, the one-off model fits its own."""
    idle = set() if state.facts.repeat_purchase else {"item_knn"}
    idle |= SPEAKERS.keys() - {"item_knn", "basket_knn"} - {scorer.source for scorer in state.scorers()}
    return {name: ladder for name, ladder in NEIGHBOURS.items() if name.split(".")[0] not in idle}


def _continued(report: dict[str, Any], later: Tuned) -> dict[str, Any]:
    """A report with what was chosen in the end."""
    after = later.report()
    before = {"ndcg_before": report["ndcg_before"], "trials": [*report["trials"], *after["trials"]]}
    return {**report, **after, **before, "chosen": {**report["chosen"], **after["chosen"]}}


def _questions(
    state: State, cases: tuple[Case, ...], visits: tuple[Case, ...]
) -> dict[str, tuple[Question, Ladders]]:
    fresh = _new_to_them(cases)
    if state.facts.repeat_purchase:
        special = [_specialists(state, blend) for blend in ("blend", "blend_new")]
        return {
            "tuning": (Question("any", cases, "blend"), DECAY | ANY_ITEM | special[0] | DETAILS),
            "tuning_new": (Question("never", fresh, "blend_new"), NEW_ITEMS | special[1]),
            "tuning_visits": (Question("any", visits, "blend"), {"blend.session": SESSION_WEIGHTS} | VISITS),
        }
    ladders = DECAY | NEW_ITEMS | _specialists(state, "blend_new") | DETAILS
    looked_at = {"blend_new.session": SESSION_WEIGHTS} | VISITS
    return {
        "tuning": (Question("never", fresh, "blend_new"), ladders),
        "tuning_visits": (Question("never", visits, "blend_new"), looked_at),
    }


def _specialists(state: State, blend: str) -> Ladders:
    present = {scorer.source for scorer in state.scorers()}
    return {f"{blend}.{source}": ladder for source, ladder in SPECIALISTS.items() if source in present}


def _tell(progress: Callable[[float], None], turn: int, turns: int, share: float) -> None:
    progress((turn + share) / turns)


def _new_to_them(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases with what was taken for the first time, where there is any."""
    fresh = [(case, np.setdiff1d(case.taken, case.history.items)) for case in cases]
    return tuple(replace(case, taken=taken) for case, taken in fresh if len(taken))
