"""Rasa component: tells the intent of a message, and whether it is sure.

It reads the text itself, so it needs no tokenizer and no featurizer before it. What it does is told by
`nlu.intent_model`; here it meets Rasa: where the model is unsure, the message's intent becomes
`did_you_mean`, where it is lost, `nlu_fallback`; the ranking keeps the real candidates in both cases.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.embeddings import encode_with_store, sentence_encoder
from nlu.intent_bands import LOST, SURE, UNSURE
from nlu.intent_model import OPTIONS, OUT_OF_SCOPE, IntentModel, Understood, fit

FALLBACK = "nlu_fallback"
DID_YOU_MEAN = "did_you_mean"
BAND = "band"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KernelIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking` and `band`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options: those of `nlu.intent_model`, the file that keeps embeddings between trainings,
        and whether to go by words alone.
        """
        return {**OPTIONS, "store": None, "words_only": False}

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
    ) -> "KernelIntentClassifier":
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
    ) -> "KernelIntentClassifier":
        """Make the component that was trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._model = IntentModel.read(directory, sentence_encoder())
            component._model.understand("warm up")  # or the first shopper would wait for the encoder
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every sentence that has an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        intents = [example.get(INTENT) for example in examples]
        self._model = learn(texts, intents, self._config)
        with self._storage.write_to(self._resource) as directory:
            self._model.write(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set each message's intent, the ranking of all, and how sure that is."""
        for message in messages:
            text = message.get(TEXT)
            if self._model is None or text is None:
                continue
            understood = self._model.understand(text)
            ranking = [{"name": name, "confidence": chance} for name, chance in understood.ranking]
            message.set(INTENT, _intent(understood), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(BAND, understood.band, add_to_output=True)
        return messages


def learn(
    texts: Sequence[str],
    intents: Sequence[str],
    config: dict[str, Any],
    unseen: tuple[Sequence[str], Sequence[str]] | None = None,
) -> IntentModel:
    """Fit the classifier that is shipped; `unseen` as in `nlu.intent_model.fit`."""
    options = {**KernelIntentClassifier.get_default_config(), **config}
    encoder = None if options["words_only"] else sentence_encoder(threads=2)
    store = Path(options["store"]) if options["store"] else None
    encode = partial(encode_with_store, encoder, store=store) if encoder else None
    return fit(texts, intents, options, encode, unseen=unseen, encode_one=sentence_encoder())


def _intent(understood: Understood) -> dict[str, Any]:
    if not understood.ranking:
        return {"name": FALLBACK, "confidence": 1.0}
    name, chance = understood.ranking[0]
    if understood.band == LOST and name != OUT_OF_SCOPE:
        return {"name": FALLBACK, "confidence": 1.0 - chance}
    return {"name": DID_YOU_MEAN if understood.band == UNSURE else name, "confidence": chance}


__all__ = ["BAND", "DID_YOU_MEAN", "FALLBACK", "SURE", "KernelIntentClassifier", "learn"]
