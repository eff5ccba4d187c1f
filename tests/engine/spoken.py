"""Messages and training data as the tests of this folder need them."""

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
RESOURCE = Resource("under_test")


def example(text: str, intent: str, metadata: dict[str, Any] | None = None) -> Message:
    return Message.build(text, intent, intent_metadata=metadata)


def featurized(messages: list[Message]) -> list[Message]:
    featurizer = SentenceFeaturizer.create(
        SentenceFeaturizer.get_default_config(),
        None,
        RESOURCE,
        CONTEXT,  # type: ignore[arg-type]
    )
    return featurizer.process(messages)


def trained(
    examples: list[Message], folder: Path, lookup_tables: list[dict[str, Any]] | None = None, **config: Any
) -> KernelIntentClassifier:
    """A classifier trained on `examples`, stored in `folder` and loaded again."""
    folder.mkdir(parents=True, exist_ok=True)
    storage = LocalModelStorage(folder)
    settings = {**KernelIntentClassifier.get_default_config(), **config}
    fresh = KernelIntentClassifier.create(settings, storage, RESOURCE, CONTEXT)
    fresh.train(TrainingData(featurized(examples), lookup_tables=lookup_tables))
    return KernelIntentClassifier.load(settings, storage, RESOURCE, CONTEXT)


def heard(classifier: KernelIntentClassifier, text: str) -> Message:
    """The message that `classifier` makes of `text`."""
    return classifier.process(featurized([Message(data={"text": text})]))[0]
