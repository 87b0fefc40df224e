"""Rasa component: tells the intent by TF-IDF of words and their pieces, and a linear support vector machine.

Chinese, which has no spaces, is read by its characters and their pairs; both languages, and sentences that
mix them, are told by one model. It reads the text itself, so it needs no tokenizer and no featurizer before
it. A confidence is the chance that the likeliest intent is right, from margins on sentences that the
classifier had not seen (Platt, "Probabilistic outputs for support vector machines", 1999). What is stored is
JSON and plain arrays: nothing in it can run code when it is loaded.
"""

import json
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

from nlu.chinese import simplified

_DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
# An English text has two blocks of features of length 1, a Chinese one the third only: made as long as both.
_WEIGHTS = (1.0, 1.0, math.sqrt(2.0))
_LONGEST_TEXT = 500  # characters that are read: no wish comes later, and a long text should not cost long
_FOLDS = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking`; an empty text has neither."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: _Model | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options: lengths of word sequences, of pieces and of Chinese character sequences, and
        the strength `C` of the fit.
        """
        return {"words": [1, 2], "pieces": [2, 4], "characters": [1, 2], "C": 2.0}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "LinearIntentClassifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
        **kwargs: Any,  # noqa: ARG003
    ) -> "LinearIntentClassifier":
        """Make the component that was trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._model = _Model.read(directory)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every sentence that has an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        intents = [example.get(INTENT) for example in examples]
        self._model = _fit(texts, intents, self._config)
        with self._storage.write_to(self._resource) as directory:
            self._model.write(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set each message's intent and the ranking of all."""
        for message in messages:
            text = message.get(TEXT)
            ranking = self._model.rank(text) if self._model and text else []
            likeliest = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, likeliest, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


class _Model:
    """Vocabularies with their weights, the hyperplanes, and the curve from margin to confidence."""

    def __init__(
        self, intents: list[str], vectorizers: list[TfidfVectorizer], arrays: dict[str, Any]
    ) -> None:
        self.intents = intents
        self._vectorizers = vectorizers
        self._arrays = arrays

    def rank(self, text: str) -> list[dict[str, Any]]:
        """Return every intent with its confidence, the likeliest first."""
        weighted = zip(_WEIGHTS, self._vectorizers, strict=True)
        blocks = [weight * vectorizer.transform([text]) for weight, vectorizer in weighted]
        features = hstack(blocks, format="csr")
        margins = (features @ self._arrays["planes"]).ravel() + self._arrays["offsets"]
        slope, shift = self._arrays["curve"]
        confidences = 1.0 / (1.0 + np.exp(-(slope * margins + shift)))
        order = np.argsort(-margins, kind="stable")
        return [{"name": self.intents[place], "confidence": float(confidences[place])} for place in order]

    def write(self, directory: Path) -> None:
        """Store vocabularies as JSON, numbers as arrays."""
        named = [vectorizer.get_feature_names_out().tolist() for vectorizer in self._vectorizers]
        lengths = [vectorizer.ngram_range for vectorizer in self._vectorizers]
        described = {"intents": self.intents, "features": named, "lengths": lengths}
        (directory / "model.json").write_text(json.dumps(described), encoding="utf-8")
        weights = {f"idf_{place}": vectorizer.idf_ for place, vectorizer in enumerate(self._vectorizers)}
        np.savez(directory / "model.npz", **self._arrays, **weights)

    @classmethod
    def read(cls, directory: Path) -> "_Model":
        """Read what `write` stored."""
        described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
        with np.load(directory / "model.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        vectorizers = _vectorizers(*described["lengths"])
        for place, (vectorizer, named) in enumerate(zip(vectorizers, described["features"], strict=True)):
            vectorizer.vocabulary = {name: index for index, name in enumerate(named)}
            vectorizer.idf_ = arrays.pop(f"idf_{place}")
        return cls(described["intents"], vectorizers, arrays)


def _fit(texts: list[str], intents: list[str], config: dict[str, Any]) -> _Model:
    def classifier() -> LinearSVC:
        return LinearSVC(C=config["C"], class_weight="balanced", random_state=0)

    lengths = config["words"], config["pieces"], config["characters"]
    vectorizers = _vectorizers(*lengths)
    features = csr_matrix(_union(vectorizers).fit_transform(texts))
    fitted = classifier().fit(features, intents)
    unseen = make_pipeline(_union(_vectorizers(*lengths)), classifier())
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    margins = cross_val_predict(unseen, texts, intents, cv=folds, method="decision_function")
    right = fitted.classes_[margins.argmax(axis=1)] == np.asarray(intents)
    curve = LogisticRegression(C=1000.0).fit(margins.max(axis=1).reshape(-1, 1), right)
    arrays = {
        "planes": fitted.coef_.T.astype(np.float32),
        "offsets": fitted.intercept_,
        "curve": np.array([curve.coef_[0, 0], curve.intercept_[0]]),
    }
    return _Model(fitted.classes_.tolist(), vectorizers, arrays)


def _union(vectorizers: list[TfidfVectorizer]) -> FeatureUnion:
    named = [(str(place), vectorizer) for place, vectorizer in enumerate(vectorizers)]
    return FeatureUnion(named, transformer_weights=dict(zip("012", _WEIGHTS, strict=True)))


def _vectorizers(words: list[int], pieces: list[int], characters: list[int]) -> list[TfidfVectorizer]:
    return [
        TfidfVectorizer(
            preprocessor=_without_chinese,
            token_pattern=r"(?u)\b\w+\b",  # noqa: S106 - no password
            ngram_range=tuple(words),
            sublinear_tf=True,
        ),
        TfidfVectorizer(
            preprocessor=_without_chinese, analyzer="char_wb", ngram_range=tuple(pieces), sublinear_tf=True
        ),
        TfidfVectorizer(
            preprocessor=_only_chinese, analyzer="char_wb", ngram_range=tuple(characters), sublinear_tf=True
        ),
    ]


def _without_chinese(text: str) -> str:
    return _CHINESE.sub(" ", _plain(text))


def _only_chinese(text: str) -> str:
    """Return the runs of Chinese; the spaces between them stand for where a run begins or ends."""
    return " ".join(_CHINESE.findall(_plain(text)))


def _plain(text: str) -> str:
    """Lower case, full-width signs as plain ones, simplified characters, and every number the same: order
    numbers tell no intent.
    """
    return _DIGITS.sub("0", simplified(unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]).lower()))
