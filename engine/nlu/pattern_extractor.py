"""Entities that have a shape of their own: order numbers, periods of time."""

import re
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternExtractor(GraphComponent, EntityExtractorMixin):
    """Finds entities by regular expressions from `config.yml`: `patterns: {entity: [expression, ...]}`.

    `<name>` in an expression stands for the expression `name` of `parts`, which may itself refer to those
    before it. Case does not matter. Where an expression has a group, the group is the value. Within one
    entity, earlier expressions win over later ones that overlap them. Raises re.error for an expression
    that is not one.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"parts": {}, "patterns": {}}

    def __init__(self, config: Dict[Text, Any]) -> None:
        parts: Dict[Text, Text] = {}
        for name, part in config["parts"].items():
            parts[name] = _filled(part, parts)
        self._patterns = {
            entity: [re.compile(_filled(expression, parts), re.IGNORECASE) for expression in expressions]
            for entity, expressions in config["patterns"].items()
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PatternExtractor":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            found = self.add_extractor_name(self.find(message.get(TEXT) or ""))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def find(self, text: Text) -> List[Dict[Text, Any]]:
        """The entities of `text` in the order in which they stand there."""
        found: List[Dict[Text, Any]] = []
        for entity, expressions in self._patterns.items():
            taken: List[range] = []
            for expression in expressions:
                for match in expression.finditer(text):
                    start, end = match.span(expression.groups and 1)
                    if any(start < other.stop and other.start < end for other in taken):
                        continue
                    taken.append(range(start, end))
                    found.append(
                        {
                            ENTITY_ATTRIBUTE_TYPE: entity,
                            ENTITY_ATTRIBUTE_START: start,
                            ENTITY_ATTRIBUTE_END: end,
                            ENTITY_ATTRIBUTE_VALUE: text[start:end],
                        }
                    )
        return sorted(found, key=lambda one: one[ENTITY_ATTRIBUTE_START])


def _filled(expression: Text, parts: Dict[Text, Text]) -> Text:
    for name, part in parts.items():
        expression = expression.replace(f"<{name}>", f"(?:{part})")
    return expression
