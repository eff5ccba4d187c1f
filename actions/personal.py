"""What every answer from a customer's own records begins with: knowing whose records they are."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.buttons import Button
from actions.caller import Caller
from actions.surroundings import surroundings
from actions.wording import Wording
from support import clock
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
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

    @property
    def speaker(self) -> Speaker:
        return self.caller.speaker

    def entity(self, name: str) -> str | None:
        """The entity as this message names it; one of an earlier message does not count."""
        value = next(self.tracker.get_latest_entity_values(name), None)
        return str(value).strip() or None if value is not None else None

    def say(self, text: str, *offers: Button) -> None:
        self.dispatcher.utter_message(text=text, buttons=list(offers))


class PersonalAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk is untyped
    """An action on the customer's own records; who is not known well enough for it gets nothing of them."""

    wanted: str
    needs = Level.VERIFIED

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]  # noqa: ARG002
    ) -> list[EventType]:
        caller = Caller.of(tracker)
        if caller.speaker.customer_id is None or not caller.speaker.level.reaches(self.needs):
            text = (
                f"To show you {self.wanted} I need to know who you are. Please sign in on the shop's page first, "
                "then ask me again here. Until then I can answer questions about the shop, or get you a person."
            )
            dispatcher.utter_message(text=text, buttons=[buttons.HELP, buttons.PERSON])
            return []
        at, stands_on = clock.now(), surroundings()
        async with stands_on.database.read() as session:
            customer = await customers.speaking(session, caller.speaker)
            wording = Wording.of(customer, stands_on.business, at)
            return await self.answer(
                Question(session, customer, caller, tracker, dispatcher, stands_on.business, at, wording)
            )

    @abstractmethod
    async def answer(self, question: Question) -> list[EventType]:
        """Say the answer; the slots to set."""
