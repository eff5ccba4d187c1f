"""Which intent a message has, how sure that is, and for a question to the shop, its answer."""

import json
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import linear_head, questions
from engine.nlu.fingerprint import of_sources
from engine.nlu.linear_head import LinearHead
from engine.nlu.questions import FAQ, Questions

RANKING_LENGTH = 10
CLOSEST = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """A linear head over the dense sentence features of the pipeline.

    Examples of the intent `faq` are told apart by the `question` in their metadata. The message gets, beside
    `intent` and `intent_ranking`, a property `faq`: `{"closest": [{"question", "title", "confidence"}]}`, the
    likeliest questions, and if one of them is the intent, its own `question`, `title`, `answer`, `buttons`.

    Examples of Rasa's own `nlu_fallback` teach what is not the shop's business. An example that is itself a
    payload (`/handed_back`) declares an intent that no typed text means: it is not learnt. `--finetune`
    trains anew, which takes seconds.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            # Inverse of the regularisation: more follows the examples more closely
            "strength": 1.0,
            # Unit-length embeddings are too small for the regularisation; they are multiplied by this
            "dense_scale": 8.0,
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return of_sources(linear_head, questions)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        head: Optional[LinearHead] = None,
        known: Optional[Questions] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._head = head
        self._questions = known or Questions({})

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the head; raises ValueError for a question without an answer, or asked for by two blocks."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and not example.get(TEXT).startswith(INTENT_MESSAGE_PREFIX)
        ]
        self._questions = Questions.of(examples)
        labels = [self._questions.label_of(example) for example in examples]
        if len(set(labels)) > 1:
            self._head = LinearHead.fit(
                self._features(examples), labels, self._config["strength"], DEFAULT_NLU_FALLBACK_INTENT_NAME
            )
            self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if self._head is None or not message.get(TEXT):
                message.set(
                    INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True
                )
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
                continue
            confidences = self._confidences(message)
            order = np.argsort(-confidences)
            self._set_intents(message, confidences, order)
            self._set_questions(message, confidences, order)
        return messages

    def _confidences(self, message: Message) -> np.ndarray:
        # A question's own title is what a button sends back: nothing is to be guessed there
        titled = self._questions.label_titled(message.get(TEXT))
        if titled:
            return np.array([float(label == titled) for label in self._head.labels])
        return self._head.confidences(self._features([message]))[0]

    def _set_intents(self, message: Message, confidences: np.ndarray, order: np.ndarray) -> None:
        ranking: Dict[Text, float] = {}
        for label in order:
            intent = Questions.intent_of(self._head.labels[label])
            ranking.setdefault(intent, float(confidences[label]))
            if len(ranking) == RANKING_LENGTH:
                break
        entries = [
            {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: value} for name, value in ranking.items()
        ]
        message.set(INTENT, entries[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, entries, add_to_output=True)

    def _set_questions(self, message: Message, confidences: np.ndarray, order: np.ndarray) -> None:
        labels = [self._head.labels[label] for label in order]
        keys = [(key, index) for key, index in zip(map(Questions.key_of, labels), order) if key]
        found: Dict[Text, Any] = {
            "closest": [
                {
                    "question": key,
                    "title": self._questions.by_key[key]["title"],
                    "confidence": round(float(confidences[index]), 4),
                }
                for key, index in keys[:CLOSEST]
            ]
        }
        best = Questions.key_of(labels[0])
        if best:
            found.update(question=best, **self._questions.by_key[best])
        message.set(FAQ, found, add_to_output=True)

    def _features(self, messages: List[Message]) -> np.ndarray:
        """Messages × features: the dense sentence features of every featurizer, side by side."""
        return (
            np.vstack([np.ravel(message.get_dense_features(TEXT)[1].features) for message in messages])
            * (self._config["dense_scale"])
        )

    def _persist(self) -> None:
        head = self._head
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "head.npz", weights=head.weights.astype(np.float32), bias=head.bias)
            rest = {
                "labels": head.labels,
                "temperature": head.temperature,
                "usual_energy": head.usual_energy,
                "energy_spread": head.energy_spread,
                "foreign": head.foreign,
                "questions": self._questions.by_key,
            }
            (folder / "head.json").write_text(json.dumps(rest), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        try:
            with model_storage.read_from(resource) as folder:
                rest = json.loads((folder / "head.json").read_text(encoding="utf-8"))
                known = Questions(rest.pop("questions"))
                with np.load(folder / "head.npz", allow_pickle=False) as arrays:
                    head = LinearHead(weights=arrays["weights"], bias=arrays["bias"], **rest)
        except ValueError:
            # Rasa's word for "nothing was persisted": there were no two intents to tell apart
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, head, known)
