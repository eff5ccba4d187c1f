"""Which intent a message has, how sure that is, and for a question to the shop, its answer."""

import json
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
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

from engine.nlu import clauses, intent_head, questions, requests
from engine.nlu.clauses import Clause
from engine.nlu.encoder import shared_encoder
from engine.nlu.fingerprint import of_sources
from engine.nlu.intent_head import IntentHead
from engine.nlu.questions import FAQ, Questions
from engine.nlu.requests import Heard, Request
from engine.nlu.sentence_featurizer import CLAUSE_FEATURES, CLAUSES, SentenceFeaturizer

CLAUSES_READ, REQUESTS = "clauses", "requests"
RANKING_LENGTH = 10
CLOSEST = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Learns from the sentence vectors of the examples, and from those of the intents' names and questions' titles.

    Examples of the intent `faq` are told apart by the `question` in their metadata. The message gets, beside
    `intent` and `intent_ranking`, a property `faq`: `{"closest": [{"question", "title", "confidence"}]}`, the
    likeliest questions, and if one of them is the intent, its own `question`, `title`, `answer`, `buttons`.
    `clauses` lists what it says, `{"text", "asks", "inquires", "intent", "confidence"}` each and for a question also `faq`;
    `requests` what one of several clauses asks for (engine/nlu/requests.py), whose first then is the intent.

    Examples of Rasa's own `nlu_fallback` teach what is not the shop's business. An example that is itself a
    payload (`/handed_back`) declares an intent that no typed text means: it is not learnt. `--finetune`
    trains anew, which takes seconds.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [SentenceFeaturizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            # From this confidence on, a clause asks for something of its own
            "sure": 0.5,
            # Intents that count before all else a message asks for
            "first": [],
            # intent → intents (`faq/question` too) that said after it only tell more of the same thing
            "details": {},
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return of_sources(intent_head, questions, requests)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        head: Optional[IntentHead] = None,
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
            names = shared_encoder().encode([self._questions.name_of(label) for label in sorted(set(labels))])
            self._head = IntentHead.fit(
                self._features(examples), labels, names, DEFAULT_NLU_FALLBACK_INTENT_NAME
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
            heard = self._heard(message, confidences)
            asked = self._requests(heard)
            if asked and self._decide(asked, confidences):
                confidences = asked[0].heard.confidences
            order = np.argsort(-confidences)
            self._set_intents(message, confidences, order)
            message.set(FAQ, self._closest(confidences, order), add_to_output=True)
            message.set(CLAUSES_READ, [self._told(one) for one in heard], add_to_output=True)
            message.set(REQUESTS, [one.as_json() for one in asked], add_to_output=True)
        return messages

    def _heard(self, message: Message, confidences: np.ndarray) -> List[Heard]:
        parts = message.get(CLAUSES)
        if not parts:
            return [self._one_heard(clauses.whole(message.get(TEXT)), confidences)]
        rows = self._head.confidences(message.get(CLAUSE_FEATURES))
        return [self._one_heard(part, row) for part, row in zip(parts, rows)]

    def _one_heard(self, part: Clause, row: np.ndarray) -> Heard:
        label = self._head.labels[int(np.argmax(row))]
        return Heard(part, Questions.intent_of(label), float(np.max(row)), Questions.key_of(label) or "", row)

    def _requests(self, heard: List[Heard]) -> List[Request]:
        if len(heard) == 1:
            return []
        return requests.group(heard, self._config["sure"], self._config["first"], self._config["details"])

    def _decide(self, asked: List[Request], confidences: np.ndarray) -> bool:
        """Whether the first request says what the message is, and not the message as a whole.

        Two requests together are about neither, a long tale about nothing in particular; otherwise the whole is the
        better reading: one request among clauses that only explain it lost 1.4 points on BANKING77.
        """
        urgent = asked[0].heard.intent in self._config["first"]
        return urgent or len(asked) > 1 or float(np.max(confidences)) < self._config["sure"]

    def _told(self, heard: Heard) -> Dict[Text, Any]:
        told = {
            "text": heard.clause.text,
            "asks": heard.clause.asks,
            "inquires": heard.clause.inquires,
            "intent": heard.intent,
            "confidence": round(heard.confidence, 4),
        }
        if heard.question:
            told[FAQ] = self._closest(heard.confidences, np.argsort(-heard.confidences))
        return told

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

    def _closest(self, confidences: np.ndarray, order: np.ndarray) -> Dict[Text, Any]:
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
        return found

    def _features(self, messages: List[Message]) -> np.ndarray:
        """Messages × features: their sentence vectors."""
        return np.vstack([np.ravel(message.get_dense_features(TEXT)[1].features) for message in messages])

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            self._head.save(folder / "head.npz")
            (folder / "questions.json").write_text(json.dumps(self._questions.by_key), encoding="utf-8")

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
                head = IntentHead.load(folder / "head.npz")
                known = Questions(json.loads((folder / "questions.json").read_text(encoding="utf-8")))
        except ValueError:
            # Rasa's word for "nothing was persisted": there were no two intents to tell apart
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, head, known)
