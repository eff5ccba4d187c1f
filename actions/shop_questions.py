"""What every answer about the shop's goods begins with: anybody may ask, signed in or not."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import Button
from actions.caller import Caller
from actions.records import Records
from actions.surroundings import surroundings
from actions.typed import typed
from actions.wording import Wording
from support import clock
from support.formatting import local_date, locale_for
from support.identity import Speaker
from support.models.conversations import Level
from support.people import customers
from support.policy.business import Business


@dataclass(frozen=True)
class ShopQuestion:
    """A question about goods; `records` are the speaker's own, as far as we know who speaks."""

    speaker: Speaker
    tracker: Tracker
    dispatcher: CollectingDispatcher
    business: Business
    wording: Wording
    records: Records

    @property
    def text(self) -> str:
        """What was typed; "" for the payload of a button."""
        return typed(self.tracker)

    @property
    def has_orders(self) -> bool:
        """Whether there may be orders of theirs to look at."""
        return self.speaker.customer_id is not None and self.speaker.level.reaches(Level.ORDER_HOLDER)

    def say(self, text: str, offers: Sequence[Button] = ()) -> None:
        self.dispatcher.utter_message(text=text, buttons=list(offers))


class ShopAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk is untyped
    """An action on the catalogue. `intent` is the one that it answers, so that it works in the middle of a task too."""

    intent: str = ""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        async with shop_question_of(dispatcher, tracker) as question:
            return await self.answer(question)

    @abstractmethod
    async def answer(self, question: ShopQuestion) -> list[EventType]:
        """Say the answer; the slots to set."""


@asynccontextmanager
async def shop_question_of(dispatcher: CollectingDispatcher, tracker: Tracker) -> AsyncIterator[ShopQuestion]:
    """The question of whoever speaks, while the catalogue is open for reading."""
    caller, at, stands_on = Caller.of(tracker), clock.now(), surroundings()
    async with stands_on.database.read() as session:
        records = Records(session, caller.speaker)
        wording = _for_anybody(stands_on.business, at)
        if caller.speaker.customer_id is not None:
            wording = Wording.of(await customers.speaking(session, caller.speaker), stands_on.business, at)
        yield ShopQuestion(caller.speaker, tracker, dispatcher, stands_on.business, wording, records)


def _for_anybody(business: Business, at: datetime) -> Wording:
    return Wording(locale_for(business.shop.locale), business.shop.zone, local_date(at, business.shop.zone))
