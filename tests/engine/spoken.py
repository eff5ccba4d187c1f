"""Messages and training data as the tests of this folder need them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu.intent_classifier import KernelIntentClassifier
from engine.nlu.sentence_featurizer import SentenceFeaturizer

CONTEXT = ExecutionContext(GraphSchema({}), node_name="under_test")
RESOURCE, WORDS = Resource("under_test"), Resource("words_under_test")


def example(text: str, intent: str, metadata: dict[str, Any] | None = None) -> Message:
    return Message.build(text, intent, intent_metadata=metadata)


@dataclass
class Understanding:
    """What `config.yml` puts one after the other, trained, stored and loaded again."""

    featurizer: SentenceFeaturizer
    classifier: KernelIntentClassifier

    def heard(self, text: str) -> Message:
        """The message that is made of `text`."""
        messages = self.featurizer.process([Message(data={"text": text})])
        return self.classifier.process(messages)[0]


def trained(
    examples: list[Message], folder: Path, lookup_tables: list[dict[str, Any]] | None = None, **config: Any
) -> Understanding:
    """An understanding trained on `examples`, stored in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    storage = LocalModelStorage(folder)
    data = TrainingData(examples, lookup_tables=lookup_tables)
    plain = SentenceFeaturizer.get_default_config()
    SentenceFeaturizer.create(plain, storage, WORDS, CONTEXT).train(data)
    featurizer = SentenceFeaturizer.load(plain, storage, WORDS, CONTEXT)
    settings = {**KernelIntentClassifier.get_default_config(), **config}
    fresh = KernelIntentClassifier.create(settings, storage, RESOURCE, CONTEXT)
    fresh.train(featurizer.process_training_data(data))
    return Understanding(featurizer, KernelIntentClassifier.load(settings, storage, RESOURCE, CONTEXT))


def heard(understanding: Understanding, text: str) -> Message:
    """The message that `understanding` makes of `text`."""
    return understanding.heard(text)
