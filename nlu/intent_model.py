"""The intent classifier by itself, without Rasa: learn from sentences, understand a text, store and read.

What is stored is JSON and plain arrays: nothing in it can run code when it is loaded.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.embeddings import Encoder
from nlu.intent_bands import LOST, Bands, Unseen, best_in_scope, fit_bands
from nlu.intent_scores import Scorer, Space, fit_scorer, read
from nlu.kernel_machine import Kernel, half_squares
from nlu.sentences import plain, says_nothing, script
from nlu.word_features import WordFeatures

OUT_OF_SCOPE = "out_of_scope"
OPTIONS: dict[str, Any] = {
    "words": [1, 2],
    "pieces": [2, 5],
    "characters": [1, 3],
    "meaning": 2.0,
    "sharpness": 3.0,
    "ridge": 0.3,
    "dimensions": 256,
    "rejected": 0.04,
    "asked": 0.04,
}
_HELD_OUT = 0.2


class CannotLearn(ValueError):
    """The sentences are no ground to learn intents on; the message says why."""


@dataclass(frozen=True)
class Understood:
    """A text as it was understood: every intent with its confidence, the likeliest first; and how sure."""

    ranking: list[tuple[str, float]]
    band: str
    assurance: float


class IntentModel:
    """A scorer, the bands, and the names of the intents."""

    def __init__(self, intents: list[str], scorer: Scorer, bands: Bands, encode: Encoder | None) -> None:
        self.intents = intents
        self.bands = bands
        self._scorer = scorer
        self._encode = encode if scorer.space is not None else None

    def understand(self, text: str) -> Understood:
        """Tell the intent of a text; one that says nothing is lost."""
        if says_nothing(text):
            return Understood([], LOST, -np.inf)
        texts = [plain(text)]
        scores, nearest = self._scorer.scores(texts, self._encode(texts) if self._encode else None)
        confidences = self.bands.confidences(scores)[0]
        order = np.argsort(-confidences, kind="stable")
        ranking = [(self.intents[place], float(confidences[place])) for place in order]
        best = best_in_scope(scores, self._scorer.outside)
        assurance = float(self.bands.assurance(best, nearest)[0])
        return Understood(ranking, self.bands.band(ranking[0][1], assurance, script(texts[0])), assurance)

    def write(self, directory: Path) -> None:
        """Store everything; large arrays at half precision."""
        scorer = self._scorer
        kernel = {"meaning": scorer.kernel.meaning, "sharpness": scorer.kernel.sharpness}
        described = {
            "intents": self.intents,
            "features": scorer.features.describe(),
            "kernel": {**kernel, "ridge": scorer.kernel.ridge},
            "outside": scorer.outside,
            "bands": self.bands.describe(),
        }
        (directory / "model.json").write_text(json.dumps(described), encoding="utf-8")
        arrays = {"planes": _half(scorer.planes), "inside": scorer.inside, **scorer.features.weights()}
        if scorer.space is not None:
            arrays |= {"middle": scorer.space.middle, "directions": scorer.space.directions}
            arrays |= {"points": _half(scorer.points), "weights": _half(scorer.weights)}
        np.savez(directory / "model.npz", **arrays)

    @classmethod
    def read(cls, directory: Path, encode: Encoder | None) -> "IntentModel":
        """Read what `write` stored.

        Raises:
            CannotLearn: the model was made with the encoder, and there is none.
        """
        described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
        with np.load(directory / "model.npz", allow_pickle=False) as stored:
            arrays = {
                name: array.astype(np.float32) if array.dtype == np.float16 else array
                for name, array in stored.items()
            }
        if "middle" in arrays and encode is None:
            raise CannotLearn("this model needs the sentence encoder, which is not installed: train again")
        space = Space(arrays["middle"], arrays["directions"]) if "middle" in arrays else None
        scorer = Scorer(
            features=WordFeatures.restore(described["features"], arrays),
            kernel=Kernel(**described["kernel"]),
            space=space,
            lengths=half_squares(arrays["points"]) if space else None,
            outside=described["outside"],
            **{name: arrays.get(name) for name in ("planes", "points", "weights", "inside")},
        )
        return cls(described["intents"], scorer, Bands.restore(described["bands"]), encode)


def fit(
    texts: Sequence[str],
    intents: Sequence[str],
    options: dict[str, Any],
    encode: Encoder | None,
    *,
    unseen: tuple[Sequence[str], Sequence[str]] | None = None,
    encode_one: Encoder | None = None,
) -> IntentModel:
    """Learn from sentences.

    Args:
        unseen: sentences that the bands are fitted on, with their intents, `OUT_OF_SCOPE` for what is none of
            these; without them a fifth of the sentences is held out for a fit of its own.
        encode_one: the encoder that serves, if another than the one that encodes many.

    Raises:
        CannotLearn: fewer than two intents in scope, or none of them with two sentences.
    """
    names = sorted(set(intents))
    if len(set(names) - {OUT_OF_SCOPE}) < 2:
        raise CannotLearn(f"at least two intents are needed to tell them apart, found: {', '.join(names)}")
    if max(Counter(intents).values()) < 2:
        raise CannotLearn("at least one intent needs two sentences")
    columns = {name: column for column, name in enumerate(names)}
    outside = columns.get(OUT_OF_SCOPE)
    sentences = read(texts, [columns[intent] for intent in intents], encode)
    fitted = fit_scorer(sentences, len(names), outside, options)
    if unseen:
        held = read(unseen[0], [columns.get(intent, -1) for intent in unseen[1]], encode)
        scores, nearest = fitted.scorer.scores(held.texts, held.embeddings)
    else:
        places = _held_out(fitted.sentences.labels)
        held = fitted.sentences.part(places)
        scores, nearest = fitted.judge(places, len(names), options["ridge"])
    judged = Unseen(
        scores=scores,
        nearest=nearest,
        labels=held.labels,
        scripts=[script(text) for text in held.texts],
        outside=outside,
    )
    bands = fit_bands(
        judged,
        rejected=options["rejected"],
        asked=options["asked"],
        by_meaning=encode is not None,
    )
    return IntentModel(names, fitted.scorer, bands, encode_one or encode)


def _held_out(labels: Any) -> Any:
    """Return the places of a fifth of each intent's sentences; of an intent with one sentence, none."""
    order = np.random.default_rng(0).permutation(len(labels))
    chosen = []
    for label in np.unique(labels):
        places = order[labels[order] == label]
        chosen.append(places[: max(round(len(places) * _HELD_OUT), int(len(places) > 1))])
    return np.sort(np.concatenate(chosen))


def _half(array: Any) -> Any:
    return np.asarray(array).astype(np.float16)
