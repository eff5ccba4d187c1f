"""Trackers as a bounded cache: what a later turn needs is kept, what it costs does not grow."""

import asyncio
from pathlib import Path

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.tracker_store import KEPT, BoundedTrackerStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    slots:
      order_number: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      period: {type: text, influence_conversation: false, mappings: [{type: custom}]}
    actions: [action_x]
    """
)


def store_at(folder: Path) -> BoundedTrackerStore:
    return BoundedTrackerStore(DOMAIN, host=f"sqlite:///{folder / 'trackers.db'}")


def talk(tracker: DialogueStateTracker, turns: int) -> None:
    for number in range(turns):
        tracker.update(UserUttered(f"hello {number}", {"name": "greet", "confidence": 1.0}, message_id=str(number)))
        tracker.update(ActionExecuted("action_x"))
        tracker.update(BotUttered(f"hi {number}"))
        tracker.update(ActionExecuted("action_listen"))


def kept(store: BoundedTrackerStore, sender: str) -> DialogueStateTracker:
    found = asyncio.run(store.retrieve(sender))
    assert found is not None
    return found


class TestSave:
    def test_is_found_again_by_another_process(self, tmp_path: Path) -> None:
        tracker = DialogueStateTracker.from_events("c", [], DOMAIN.slots)
        talk(tracker, 2)
        asyncio.run(store_at(tmp_path).save(tracker))
        found = kept(store_at(tmp_path), "c")
        assert [e.text for e in found.events if isinstance(e, UserUttered)] == ["hello 0", "hello 1"]
        assert found.latest_message.message_id == "1"

    def test_twice_keeps_one_row(self, tmp_path: Path) -> None:
        store = store_at(tmp_path)
        tracker = DialogueStateTracker.from_events("c", [], DOMAIN.slots)
        for _ in range(2):
            talk(tracker, 1)
            asyncio.run(store.save(tracker))
        with store._engine.connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM rasa_trackers")).scalar() == 1

    def test_forgets_old_turns_and_keeps_slots_and_the_active_form(self, tmp_path: Path) -> None:
        store = store_at(tmp_path)
        tracker = DialogueStateTracker.from_events("c", [], DOMAIN.slots)
        tracker.update(SlotSet("order_number", "HF-1"))
        tracker.update(SlotSet("order_number", "HF-2"))
        tracker.update(ActiveLoop("return_form"))
        for _ in range(10):
            talk(tracker, 30)
            asyncio.run(store.save(tracker))
            tracker = kept(store, "c")
            assert len(tracker.events) <= KEPT + 4
            assert tracker.get_slot("order_number") == "HF-2"
            assert tracker.active_loop_name == "return_form"
        assert kept(store_at(tmp_path), "c").active_loop_name == "return_form"
        first = next(e for e in tracker.events if isinstance(e, UserUttered))
        assert first.text != "hello 0"

    def test_of_an_unknown_conversation_there_is_none(self, tmp_path: Path) -> None:
        assert asyncio.run(store_at(tmp_path).retrieve("nobody")) is None
