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

from engine.nlu import alarms, intent_head, order_headings, questions, reading, requests
from engine.nlu.encoder import shared_encoder
from engine.nlu.fingerprint import of_sources
from engine.nlu.intent_head import IntentHead
from engine.nlu.questions import Questions
from engine.nlu.reading import Reader
from engine.nlu.sentence_featurizer import CLAUSE_FEATURES, CLAUSES, SPELT, SentenceFeaturizer

GOODS = "goods"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KernelIntentClassifier(GraphComponent, IntentClassifier):
    """Learns from the sentence vectors of the examples, and from those of the intents' names and questions' titles.

    Examples of the intent `faq` are told apart by the `question` in their metadata. The message gets, beside
    `intent` and `intent_ranking`, a property `faq`: `{"closest": [{"question", "title", "confidence"}]}`, the
    likeliest questions, and if one of them is the intent, its own `question`, `title`, `answer`, `buttons`.
    `clauses` lists what it says, `{"text", "asks", "inquires", "intent", "confidence"}` each, for a question also
    `faq`, for a sigh beside a wish `sighs`; `requests` what a message of several clauses asks for
    (engine/nlu/requests.py). The first of them is the intent if they are surer than the message as a whole.

    The lookup table `goods` lists words of which one may stand for another in every example ("lamp", "tent").
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
            # Intents that are wished for without a verb, too, where an order is named
            "terse": [],
            # intent → intents that under the heading of an order mean it (engine/nlu/order_headings.py)
            "headed": {},
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return of_sources(alarms, intent_head, order_headings, questions, reading, requests)

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
        self._reader = head and Reader(
            head,
            self._questions,
            config["sure"],
            config["first"],
            config["details"],
            config["terse"],
            config["headed"],
        )

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "KernelIntentClassifier":
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
            goods = shared_encoder().encode(_goods(training_data))
            self._head = IntentHead.fit(
                np.vstack([_vector(example) for example in examples]), labels, names,
                DEFAULT_NLU_FALLBACK_INTENT_NAME, goods,
            )
            self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            for name, value in self._read(message).items():
                message.set(name, value, add_to_output=True)
        return messages

    def _read(self, message: Message) -> Dict[Text, Any]:
        text = message.get(TEXT)
        if self._reader is None or not text:
            return {INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, INTENT_RANKING_KEY: []}
        parts = message.get(CLAUSES) or []
        whole = _vector(message)[None]
        vectors = np.vstack([whole, message.get(CLAUSE_FEATURES)]) if parts else whole
        return self._reader.read(text, vectors, parts, message.get(SPELT) or text)

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
    ) -> "KernelIntentClassifier":
        try:
            with model_storage.read_from(resource) as folder:
                head = IntentHead.load(folder / "head.npz")
                known = Questions(json.loads((folder / "questions.json").read_text(encoding="utf-8")))
        except ValueError:
            # Rasa's word for "nothing was persisted": there were no two intents to tell apart
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, head, known)


def _vector(message: Message) -> np.ndarray:
    """The sentence vector of `message`."""
    return next(np.ravel(one.features) for one in message.features if one.is_dense() and one.attribute == TEXT)


def _goods(training_data: TrainingData) -> List[Text]:
    """The words of the lookup table `goods`; none if there is no such table."""
    return [
        word
        for table in training_data.lookup_tables
        if table["name"] == GOODS and isinstance(table["elements"], list)
        for word in table["elements"]
    ]
