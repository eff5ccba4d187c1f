"""Stories are recalled as Rasa recalls them, and nothing is looked for where none could be meant."""

from pathlib import Path
from typing import List, Optional

import pytest
from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from engine.story_policy import StoryPolicy

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet, thank, deny, track_order]
    responses:
      utter_hello: [{text: Hello}]
      utter_welcome: [{text: You are welcome}]
      utter_bye: [{text: Bye}]
      utter_parcel: [{text: On its way}]
    """
)
STORIES = """
version: "3.1"
rules:
- rule: parcels
  steps:
  - intent: track_order
  - action: utter_parcel
stories:
- story: thanks, and nothing else
  steps:
  - intent: thank
  - action: utter_welcome
  - intent: deny
  - action: utter_bye
"""


def trained(kind: type, folder: Path) -> AugmentedMemoizationPolicy:
    """The policy of that kind as it is after training and loading."""
    folder.mkdir()
    place = LocalModelStorage(folder), Resource("policy"), ExecutionContext(GraphSchema({}))
    config = {**kind.get_default_config(), "max_history": 4}
    stories = StoryGraph(YAMLStoryReader(DOMAIN).read_from_string(STORIES))
    kind(config, *place).train(TrainingDataGenerator(stories, DOMAIN).generate(), DOMAIN)
    return kind.load(config, *place)


def predicted(policy: AugmentedMemoizationPolicy, talk: List[str]) -> Optional[str]:
    """The action that comes next after intents and actions in their order; None if no story tells."""
    events = [ActionExecuted("action_listen")]
    for step in talk:
        events.append(
            ActionExecuted(step) if step.startswith(("utter", "action")) else UserUttered(step, {"name": step})
        )
    tracker = DialogueStateTracker.from_events("c", events, DOMAIN.slots, domain=DOMAIN)
    found = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    return DOMAIN.action_names_or_texts[found.index(max(found))] if max(found) else None


@pytest.mark.parametrize(("talk", "comes"), [
    (["thank"], "utter_welcome"),
    (["thank", "utter_welcome", "action_listen", "deny"], "utter_bye"),
    (["track_order", "utter_parcel", "action_listen", "thank"], "utter_welcome"),
    (["greet", "utter_hello", "action_listen", "thank", "utter_welcome", "action_listen", "deny"], "utter_bye"),
    (["deny"], None), (["greet"], None), (["track_order"], None), ([], None),
])
def test_predicts_what_the_policy_of_rasa_does(tmp_path: Path, talk: List[str], comes: Optional[str]) -> None:
    assert predicted(trained(AugmentedMemoizationPolicy, tmp_path / "rasa"), talk) == comes
    assert predicted(trained(StoryPolicy, tmp_path / "ours"), talk) == comes
