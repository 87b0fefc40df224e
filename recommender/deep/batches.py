"""A few sequences at a time, laid out for one step of learning."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.arrays import IntArray, WeightArray
from recommender.deep.config import DeepConfig
from recommender.deep.sequences import Sequences, pieces


@dataclass(frozen=True)
class Batch:
    """Sequences side by side, padded to the longest; their cells are numbered row by row.

    lengths: baskets read of each; length: of the longest. items, cell: the lines read, and the cell each
    belongs to. asked: the cells whose next basket is predicted. candidates: item indices, ascending, the
    columns of the scores; corrections: what is added to each column while learning. target_of, target_place,
    target_weight: the items of those next baskets: by place in `asked`, by column, and what a hit counts.
    return_cell, return_age: for every basket behind an asked cell that holds a candidate: the place in the
    flattened scores, and the baskets since.
    """

    lengths: IntArray
    length: int
    items: IntArray
    cell: IntArray
    asked: IntArray
    candidates: IntArray
    corrections: WeightArray
    target_of: IntArray
    target_place: IntArray
    target_weight: WeightArray
    return_cell: IntArray
    return_age: WeightArray


def batches(
    sequences: Sequences, ends: IntArray, n_items: int, config: DeepConfig, rng: np.random.Generator
) -> Iterator[Batch]:
    """One pass over the log in random order; sequences of about one length stand together."""
    found = np.array(pieces(sequences, ends, config.network.window, rng), dtype=np.int64).reshape(-1, 2)
    lengths = found[:, 1] - found[:, 0]
    order = np.argsort(lengths * rng.uniform(0.8, 1.25, len(found)), kind="stable")
    groups = [order[at : at + config.training.batch] for at in range(0, len(order), config.training.batch)]
    for at in rng.permutation(len(groups)):
        yield batch_of(sequences, found[groups[at]], n_items, config, rng)


def batch_of(
    sequences: Sequences, runs: IntArray, n_items: int, config: DeepConfig, rng: np.random.Generator
) -> Batch:
    """Of runs of baskets (first, end): all but the last are read, all but the first may be asked for."""
    lengths = runs[:, 1] - runs[:, 0] - 1
    length = int(lengths.max())
    asked = _asked(lengths, length, config.training.positions, rng)
    followers = runs[asked // length, 0] + asked % length + 1
    target_of, wanted = _lines(sequences, followers, followers + 1)
    targets = sequences.items[wanted]
    candidates, corrections = _candidates(np.unique(targets), n_items, config.training.candidates, rng)
    sizes = np.diff(sequences.baskets)[followers]
    read_by, read = _lines(sequences, runs[:, 0], runs[:, 1] - 1)
    cell = read_by * length + sequences.basket_of[read] - runs[read_by, 0]
    return_cell, return_age = _returns(sequences, runs[asked // length, 0], followers, candidates)
    return Batch(
        lengths=lengths,
        length=length,
        items=sequences.items[read],
        cell=cell,
        asked=asked,
        candidates=candidates,
        corrections=corrections,
        target_of=target_of,
        target_place=np.searchsorted(candidates, targets),
        target_weight=(1.0 / (sizes[target_of] * len(asked))).astype(np.float32),
        return_cell=return_cell,
        return_age=return_age,
    )


def _asked(lengths: IntArray, length: int, most: int, rng: np.random.Generator) -> IntArray:
    """At most so many cells of each sequence, drawn at random."""
    drawn = rng.random((len(lengths), length))
    drawn[np.arange(length)[None, :] >= lengths[:, None]] = np.inf
    ranked = np.argsort(np.argsort(drawn, axis=1), axis=1)
    return np.flatnonzero((ranked < most) & np.isfinite(drawn))


def _candidates(
    targets: IntArray, n_items: int, wanted: int, rng: np.random.Generator
) -> tuple[IntArray, WeightArray]:
    """The targets and a sample of all other items, each of which stands for as many as it was drawn from."""
    if n_items <= wanted:
        return np.arange(n_items), np.zeros(n_items, dtype=np.float32)
    rest = np.delete(np.arange(n_items), targets)
    drawn = rng.choice(rest, min(len(rest), max(wanted - len(targets), wanted // 4)), replace=False)
    candidates = np.sort(np.concatenate([targets, drawn]))
    corrections = np.full(len(candidates), np.log(max(len(rest), 1) / max(len(drawn), 1)), dtype=np.float32)
    corrections[np.searchsorted(candidates, targets)] = 0.0
    return candidates, corrections


def _lines(sequences: Sequences, first: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
    """The run of every line in runs of baskets, and the line: one run after the other."""
    return spans(sequences.baskets[first], sequences.baskets[end])


def _returns(
    sequences: Sequences, first: IntArray, followers: IntArray, candidates: IntArray
) -> tuple[IntArray, WeightArray]:
    """See Batch: every line between the beginning of a run and the basket asked for."""
    place, lines = _lines(sequences, first, followers)
    items, age = sequences.items[lines], followers[place] - 1 - sequences.basket_of[lines]
    column = np.minimum(np.searchsorted(candidates, items), len(candidates) - 1)
    kept = candidates[column] == items
    return place[kept] * len(candidates) + column[kept], age[kept].astype(np.float32)


def spans(starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """The whole numbers of all spans [start, end), one span after the other; first, the span of each."""
    sizes = ends - starts
    place = np.repeat(np.arange(len(starts)), sizes)
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return place, starts[place] + offset
