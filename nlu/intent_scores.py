"""Fits and holds the scores of intents: for a text one number an intent, and how near the nearest training
sentence is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nlu.embeddings import Encoder
from nlu.kernel_machine import ROUGH, Kernel, alikeness, half_squares, solve
from nlu.sentences import plain
from nlu.word_features import WordFeatures

MOST_SENTENCES = 25_000  # that are fitted on, in 2.5 GB of memory: beyond, each intent is thinned alike


@dataclass(frozen=True)
class Space:
    """The directions of meaning in which training sentences differ, and their middle.

    Two thirds of an embedding's directions hold a tenth of what tells sentences apart and cost as much.
    """

    middle: Any
    directions: Any

    @classmethod
    def fit(cls, rows: Any, dimensions: int) -> "Space":
        """Find the directions of greatest variance."""
        middle = rows.mean(axis=0)
        apart = rows - middle
        _, directions = np.linalg.eigh(apart.T @ apart)
        return cls(middle, np.ascontiguousarray(directions[:, ::-1][:, :dimensions]))

    def points(self, rows: Any) -> Any:
        """Return the points of embeddings."""
        return (rows - self.middle) @ self.directions


@dataclass(frozen=True, kw_only=True)
class Scorer:
    """What was learnt.

    Attributes:
        planes: one row a feature of the words, one column an intent.
        space, points, weights: how meaning is measured, where the training sentences stand, and their weight
            for each intent; None where there was no encoder.
        lengths: half the squared length of each point.
        inside: tells of each training sentence whether it is in scope.
        outside: the column of the intent for what is out of scope, or None.
    """

    features: WordFeatures
    kernel: Kernel
    planes: Any
    space: Space | None
    points: Any
    lengths: Any
    weights: Any
    inside: Any
    outside: int | None

    def scores(self, texts: Sequence[str], embeddings: Any | None) -> tuple[Any, Any]:
        """Return a row of scores a text, and how near each is to the nearest sentence in scope: about the
        cosine of their embeddings; 0 without embeddings.
        """
        scores = self.features.weighted(texts, self.planes)
        if self.space is None or embeddings is None:
            return scores, np.zeros(len(texts), dtype=np.float32)
        alike = self.kernel.in_meaning(self.space.points(embeddings), self.points, self.lengths)
        return scores + alike @ self.weights, nearness(alike, self.kernel, self.inside)


def nearness(alike: Any, kernel: Kernel, inside: Any) -> Any:
    """Return how near the nearest sentence in scope is to each text, from the likeness in meaning to all."""
    nearest = np.where(inside, alike, 0.0).max(axis=1) / kernel.meaning
    return 1.0 + np.log(np.maximum(nearest, 1e-12)) / kernel.sharpness


@dataclass(frozen=True)
class Sentences:
    """Sentences as they are learnt from: plain texts, their embeddings, the column of each one's intent."""

    texts: list[str]
    embeddings: Any | None
    labels: Any

    def part(self, chosen: Any) -> "Sentences":
        """Return the chosen ones, by their places."""
        embeddings = None if self.embeddings is None else self.embeddings[chosen]
        return Sentences([self.texts[place] for place in chosen], embeddings, self.labels[chosen])


def read(texts: Sequence[str], labels: Any, encode: Encoder | None) -> Sentences:
    """Bring raw texts to the form that is learnt from."""
    plain_texts = [plain(text) for text in texts]
    embeddings = None if encode is None else np.asarray(encode(plain_texts), dtype=np.float32)
    return Sentences(plain_texts, embeddings, np.asarray(labels))


@dataclass(frozen=True)
class Fitted:
    """A scorer, and what is needed to judge it: how alike its sentences are, and whose they are."""

    scorer: Scorer
    sentences: Sentences
    alike: Any

    def judge(self, held: Any, intents: int, ridge: float) -> tuple[Any, Any]:
        """Return the scores and the nearness that `Scorer.scores` would give some of the sentences, had they
        not been learnt from.

        Args:
            held: the places of these sentences.
        """
        scorer, labels = self.scorer, self.sentences.labels
        learnt = np.ones(len(labels), dtype=bool)
        learnt[held] = False
        weights = solve(self.alike, ridge, labels, intents, learnt, exact=ROUGH)
        scores = self.alike[held] @ weights
        if scorer.space is None:
            return scores, np.zeros(len(held), dtype=np.float32)
        alike = scorer.kernel.in_meaning(scorer.points[held], scorer.points, scorer.lengths)
        return scores, nearness(alike, scorer.kernel, scorer.inside & learnt)


def fit_scorer(sentences: Sentences, intents: int, outside: int | None, options: dict[str, Any]) -> Fitted:
    """Learn from sentences; each intent has at least one."""
    if len(sentences.texts) > MOST_SENTENCES:
        sentences = sentences.part(_thinned(sentences.labels, MOST_SENTENCES))
    kernel = Kernel(meaning=options["meaning"], sharpness=options["sharpness"], ridge=options["ridge"])
    features, words = WordFeatures.fit(sentences.texts, options)
    space = points = None
    if sentences.embeddings is not None:
        space = Space.fit(sentences.embeddings, options["dimensions"])
        points = space.points(sentences.embeddings)
    alike = alikeness(kernel, words, points)
    everything = np.ones(len(sentences.labels), dtype=bool)
    weights = solve(alike, kernel.ridge, sentences.labels, intents, everything)
    scorer = Scorer(
        features=features,
        kernel=kernel,
        planes=np.ascontiguousarray(words.T @ weights),
        space=space,
        points=points,
        lengths=None if points is None else half_squares(points),
        weights=weights,
        inside=sentences.labels != (-1 if outside is None else outside),
        outside=outside,
    )
    return Fitted(scorer, sentences, alike)


def _thinned(labels: Any, most: int) -> Any:
    """Return places of about `most` sentences, the same share of each intent and at least one."""
    keep = most / len(labels)
    order = np.random.default_rng(0).permutation(len(labels))
    chosen = [order[labels[order] == label] for label in np.unique(labels)]
    return np.sort(np.concatenate([places[: max(1, int(len(places) * keep))] for places in chosen]))
