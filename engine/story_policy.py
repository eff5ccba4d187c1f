"""Stories recalled only where one could be meant: after the few intents that occur in any.

Looking for a story costs Rasa a copy of the conversation for each of its last turns, several times a turn: a fifth of
what a turn costs. Most messages have an intent that only rules know.
"""

import json
from typing import Any, Collection, Dict, List, Optional, Text

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

INTENTS = "intents.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class StoryPolicy(AugmentedMemoizationPolicy):
    """Rasa's AugmentedMemoizationPolicy, with its settings and predictions, asked only after an intent of a story."""

    _intents: Collection[Optional[Text]] = ()

    def train(
        self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        stories = [tracker for tracker in training_trackers if not tracker.is_rule_tracker]
        self._intents = {
            event.intent_name for story in stories for event in story.events if isinstance(event, UserUttered)
        }
        return super().train(training_trackers, domain, **kwargs)

    def persist(self) -> None:
        super().persist()
        with self._model_storage.write_to(self._resource) as folder:
            (folder / INTENTS).write_text(json.dumps(sorted(map(str, self._intents))), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "StoryPolicy":
        policy = super().load(config, model_storage, resource, execution_context, **kwargs)
        with model_storage.read_from(resource) as folder:
            policy._intents = set(json.loads((folder / INTENTS).read_text(encoding="utf-8")))
        return policy

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        said = tracker.latest_message
        if said is None or said.intent.get("name") not in self._intents:
            return self._prediction(self._default_predictions(domain))
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
