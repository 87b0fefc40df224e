"""From a log to the network's numbers: learns with PyTorch until a hold-out gains nothing more."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender import kernels
from recommender.arrays import IntArray, WeightArray
from recommender.deep import network
from recommender.deep.batches import batches
from recommender.deep.config import DeepConfig
from recommender.deep.sequences import Past, Sequences
from recommender.deep.training import Learner, pytorch, starting_values
from recommender.errors import InputError
from recommender.interactions import Interactions
from recommender.metrics import ndcg
from recommender.takings import bought_again

Progress = Callable[[str, float], None]
"""Called with the name of the stage that begins and the share of the time allowed, in [0, 1]."""

RETURNS, STAYS_AWAY = 1.0, -2.0
"""Where `again` starts: in shops where things are bought again, and in others."""


@dataclass(frozen=True)
class Fitted:
    """What was learned: see model.SequenceModel."""

    parameters: dict[str, WeightArray]
    rows: IntArray
    takings: IntArray
    report: dict[str, Any]


@dataclass(frozen=True)
class HeldOut:
    """The last baskets of a few shoppers, and where that leaves the ends of all: see batches."""

    ends: IntArray
    pasts: tuple[Past, ...]
    taken: tuple[IntArray, ...]
    again: bool

    @classmethod
    def of(cls, sequences: Sequences, again: bool, config: DeepConfig, rng: np.random.Generator) -> "HeldOut":
        """At most training.held_share of the shoppers with two baskets, drawn by rng; at least one."""
        ends = sequences.shoppers[1:].copy()
        eligible = np.flatnonzero(sequences.lengths >= 2)
        most = min(config.training.held_shoppers, int(config.training.held_share * len(eligible)))
        held = np.sort(rng.permutation(eligible)[: max(1, most)])
        ends[held] -= 1
        window = config.network.window
        firsts = np.maximum(sequences.shoppers[held], ends[held] - window).tolist()
        pasts = [sequences.past(first, end) for first, end in zip(firsts, ends[held].tolist(), strict=True)]
        return cls(ends, tuple(pasts), tuple(sequences.taken(end) for end in ends[held].tolist()), again)

    def ndcg(self, parameters: network.Parameters, rows: IntArray, config: DeepConfig) -> float:
        """Mean over the shoppers; where nothing is bought again, the past is left out of the rankings."""
        return float(np.mean([self._ndcg(at, parameters, rows, config) for at in range(len(self.pasts))]))

    def _ndcg(self, at: int, parameters: network.Parameters, rows: IntArray, config: DeepConfig) -> float:
        past = self.pasts[at]
        board = network.scores(parameters, config.network, past, rows).astype(np.float64)
        allowed = np.ones(len(board), dtype=np.bool_)
        allowed[past.items] = self.again
        best = kernels.best_first(board, allowed, min(config.n, len(board)))
        return ndcg(best, self.taken[at], config.n)


def fit(
    interactions: Interactions, config: DeepConfig, rng: np.random.Generator, progress: Progress
) -> Fitted:
    """The numbers that ranked the hold-out best. InputError where there is nothing to learn from."""
    torch = pytorch()
    began = time.process_time()
    progress("sequences", 0.0)
    sequences, log = Sequences.of(interactions), interactions.once_per_basket()
    again = bought_again(log)
    if len(sequences.lengths) == 0 or sequences.lengths.max() < 3:
        raise InputError("interactions", "no shopper has three baskets: there is no sequence to learn from")
    held = HeldOut.of(sequences, again, config, rng)
    takings = np.bincount(log.item, minlength=log.n_items)
    rows = rows_of(takings, config)
    popularity = np.bincount(rows, weights=takings) / np.bincount(rows)
    start = starting_values(config.network, popularity, RETURNS if again else STAYS_AWAY, rng)
    with _alone(torch, int(rng.integers(2**31))):
        learner = Learner.of(config, start, rows)
        best = _Search(learner, held, config, progress, began).run(sequences, rng)
    report = {
        "bought_again": again,
        "vectors": len(popularity),
        "numbers": sum(value.size for value in best.parameters.values()),
        "held_out": len(held.pasts),
        "ndcg": round(best.ndcg, 5),
        "epoch": best.epoch,
        "epochs": [round(value, 5) for value in best.seen],
        "cpu_s": round(time.process_time() - began, 1),
    }
    return Fitted(best.parameters, rows, takings, report)


@contextmanager
def _alone(torch: Any, seed: int) -> Iterator[None]:
    """One thread, which wastes no time waiting for others, and a random state that nobody else sees."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]), threadpool_limits(1):
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(threads)


def rows_of(takings: IntArray, config: DeepConfig) -> IntArray:
    """The row of every item's vector: one each for those in most baskets, the last for all others."""
    order = np.argsort(-takings, kind="stable")
    own = np.sort(order[: config.most_items][takings[order[: config.most_items]] >= config.min_support])
    rows = np.full(len(takings), len(own))
    rows[own] = np.arange(len(own))
    return rows


@dataclass
class _Best:
    parameters: dict[str, WeightArray]
    ndcg: float
    epoch: int = 0
    seen: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class _Search:
    """Pass by pass, until time is up or the hold-out has not gained for a while."""

    learner: Learner
    held: HeldOut
    config: DeepConfig
    progress: Progress
    began: float

    def run(self, sequences: Sequences, rng: np.random.Generator) -> _Best:
        training = self.config.training
        best = self._judged(_Best({}, -1.0), 0)
        for epoch in range(1, training.epochs + 1):
            spent = (time.process_time() - self.began) / training.seconds
            if spent >= 1.0 or epoch - best.epoch > training.patience:
                break
            self.progress(f"pass {epoch}, ndcg {best.seen[-1]:.4f}", min(spent, 0.99))
            n_items = len(self.learner.rows)
            for batch in batches(sequences, self.held.ends, n_items, self.config, rng):
                self._checked(self.learner.step(batch))
            best = self._judged(best, epoch)
        self.progress("done", 1.0)
        return best

    def _judged(self, best: _Best, epoch: int) -> _Best:
        parameters = self.learner.averaged()
        value = self.held.ndcg(parameters, self.learner.rows.numpy(), self.config)
        seen = [*best.seen, value]
        if value > best.ndcg:
            return _Best(parameters, value, epoch, seen)
        return _Best(best.parameters, best.ndcg, best.epoch, seen)

    def _checked(self, loss: float) -> None:
        if not np.isfinite(loss):
            raise InputError("training.learning_rate", f"the loss became {loss}; learn in smaller steps")


def silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
