"""What every answer from a customer's own records begins with: knowing whose records they are."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.ext.asyncio import AsyncSession

from actions import step_up
from actions.buttons import Button
from actions.caller import Caller
from actions.records import Records
from actions.surroundings import surroundings
from actions.typed import said, typed
from actions.wording import Wording
from support import clock
from support.formatting import local_date
from support.grounding.order_reading import read_orders
from support.grounding.reading import Reading
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
from support.ordering.order_views import OrderSummary
from support.people import customers
from support.policy.business import Business


@dataclass(frozen=True)
class Question:
    """A known customer's question, with all that its answer is taken from."""

    session: AsyncSession
    customer: Customer
    caller: Caller
    tracker: Tracker
    dispatcher: CollectingDispatcher
    business: Business
    at: datetime
    wording: Wording
    records: Records

    @property
    def speaker(self) -> Speaker:
        return self.caller.speaker

    @property
    def text(self) -> str:
        """What was typed; "" for the payload of a button."""
        return typed(self.tracker)

    @property
    def said(self) -> list[str]:
        """What the customer typed in this conversation, oldest first; "" for payloads."""
        return said(self.tracker)

    @property
    def left(self) -> int:
        """How many further requests of the same message wait behind this one."""
        return int((self.tracker.latest_message.get("metadata") or {}).get("left") or 0)

    def entity(self, name: str) -> str | None:
        """The entity as this message names it; one of an earlier message does not count."""
        value = next(self.tracker.get_latest_entity_values(name), None)
        return str(value).strip() or None if value is not None else None

    def orders_in(
        self, text: str, known: Sequence[OrderSummary], *, shown: Sequence[OrderSummary] = (),
        current: Sequence[OrderSummary] = (),
    ) -> Reading[OrderSummary]:
        """Those of the orders `known` that `text` names, its dates as of today at the shop.

        `shown` and `current` as `read_orders` takes them.
        """
        zone = self.business.shop.zone
        return read_orders(text, known, today=local_date(self.at, zone), zone=zone, shown=shown, current=current)

    def say(self, text: str, *offers: Button) -> None:
        self.dispatcher.utter_message(text=text, buttons=list(offers))


class PersonalAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk is untyped
    """An action on the customer's own records; who is not known well enough for it gets nothing of them.

    `intent` is the one that it answers, so that it can be asked for in the middle of a task too.
    """

    intent: str = ""
    wanted: str
    needs = Level.VERIFIED

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if not knows_enough(tracker, self.needs):
            heard = await step_up.begin(
                dispatcher, tracker, intent=self.intent, purpose=f"To show you {self.wanted}", needs=self.needs
            )
            return heard.events if heard.tracker is None else await self.run(dispatcher, heard.tracker, domain)
        async with question_of(dispatcher, tracker) as question:
            return await self.answer(question)

    @abstractmethod
    async def answer(self, question: Question) -> list[EventType]:
        """Say the answer; the slots to set."""


def knows_enough(tracker: Tracker, needs: Level) -> bool:
    """Whether we are as sure of who speaks as it `needs`."""
    speaker = Caller.of(tracker).speaker
    return speaker.customer_id is not None and speaker.level.reaches(needs)


@asynccontextmanager
async def question_of(dispatcher: CollectingDispatcher, tracker: Tracker) -> AsyncIterator[Question]:
    """The question of a speaker with a customer, while its records are open for reading."""
    caller, at, stands_on = Caller.of(tracker), clock.now(), surroundings()
    async with stands_on.database.read() as session:
        customer = await customers.speaking(session, caller.speaker)
        wording = Wording.of(customer, stands_on.business, at)
        records = Records(session, caller.speaker)
        yield Question(session, customer, caller, tracker, dispatcher, stands_on.business, at, wording, records)
