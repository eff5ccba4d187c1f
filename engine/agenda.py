"""A turn of the bot's, request by request: what one message asks for is done one after the other, and saved at once.

Rasa knows one intent a message. So each request of a message is given to it as a message of its own. While a form
asks for something, the requests that are left wait in the slot `agenda`; actions may put more there.
"""

from typing import Any, Dict, List, Optional, Text

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from engine.nlu import related
from engine.nlu.questions import FAQ
from engine.nlu.sentence_featurizer import SPELT

AGENDA = "agenda"
LONGEST = 8  # requests of a turn; an action that asks for itself again must not go on for ever

Request = Dict[Text, Any]


class Turn:
    """One turn: `say` takes the customer's message, then whatever is on the agenda, and saves the tracker."""

    def __init__(self, agent: Agent, turn: Dict[Text, Any], channel: Text) -> None:
        self._agent, self._processor, self._turn, self._channel = agent, agent.processor, turn, channel
        self.collector = CollectingOutputChannel()
        self.first: Dict[Text, Any] = {}

    async def say(self, text: Text, reading: Optional[Dict[Text, Any]]) -> DialogueStateTracker:
        """`reading` is what was understood of `text`, None for the payload of a button, which Rasa reads itself."""
        processor, sender = self._processor, self._turn["sender_id"]
        tracker = await processor.fetch_tracker_and_update_session(sender, self.collector, self._turn["metadata"])
        left: List[Request] = []
        begins = tracker.active_loop_name is None
        text = (reading or {}).get(SPELT) or text
        if reading is not None and begins and len(reading.get("requests") or []) > 1:
            (request, *left) = reading["requests"]
            text, reading = request["text"], await self._read(request)
        for number in range(1, LONGEST + 1):
            if number > 1:
                left = tracker.get_slot(AGENDA) or []
                if not left or tracker.active_loop_name is not None or self._person_asked_for():
                    break
                (request, *left) = left
                text, reading = request["text"], await self._read(request)
            if left or number > 1:
                # There an action sees what comes next, and may take it at once
                tracker.update(SlotSet(AGENDA, left or None), processor.domain)
            await self._take(tracker, text, reading, number, len(left))
            if number == 1:
                self.first = tracker.latest_message.parse_data
        if self._person_asked_for():
            tracker.update(SlotSet(AGENDA, None), processor.domain)  # the rest is theirs to hear
        elif begins and tracker.latest_message.parse_data is self.first:
            related.offer(self.collector.messages, self.first)
        await processor.run_anonymization_pipeline(tracker)
        await processor.save_tracker(tracker)
        return tracker

    async def _take(
        self, tracker: DialogueStateTracker, text: Text, reading: Optional[Dict[Text, Any]], number: int, left: int
    ) -> None:
        turn_id = self._turn["turn_id"] if number == 1 else f"{self._turn['turn_id']}/{number}"
        message = UserMessage(
            text, self.collector, self._turn["sender_id"], parse_data=reading, input_channel=self._channel,
            message_id=turn_id, metadata={**self._turn["metadata"], "turn_id": turn_id, "left": left},
        )
        await self._processor._handle_message_with_tracker(message, tracker)
        await self._processor.run_action_extract_slots(self.collector, tracker)
        await self._processor._run_prediction_loop(self.collector, tracker)

    async def _read(self, request: Request) -> Dict[Text, Any]:
        """The request read anew, for its entities and answer; its intent is what it was taken for."""
        reading = await self._agent.processor.parse_message(
            UserMessage(request["text"], sender_id=self._turn["sender_id"])
        )
        if reading["intent"]["name"] != request["intent"]:
            reading["intent"] = {"name": request["intent"], "confidence": request["confidence"]}
        return {**reading, "requests": [], FAQ: await self._article(reading.get(FAQ) or {}, request.get("question"))}

    async def _article(self, read: Dict[Text, Any], question: Optional[Text]) -> Dict[Text, Any]:
        """The article that the request was taken for, if that is another than the one in `read`."""
        near = [one["title"] for one in read.get("closest") or [] if one["question"] == question]
        if not near or read.get("question") == question:
            return read
        titled = await self._agent.processor.parse_message(UserMessage(near[0], sender_id=self._turn["sender_id"]))
        return titled.get(FAQ) or read

    def _person_asked_for(self) -> bool:
        return any("handoff" in (message.get("custom") or {}) for message in self.collector.messages)
