"""Somebody tells who they are: a name, an e-mail address, an order with its postcode, or that they have signed in."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import buttons, step_up
from actions.caller import Caller
from actions.personal import PersonalAction, Question, knows_enough
from actions.step_up import StepUp
from actions.typed import typed
from support.grounding.contact_reading import read_email, read_name
from support.grounding.held_order_reading import read_held_order
from support.models.conversations import Level


class TellWhoIAm(PersonalAction):
    """What somebody says of themselves is never taken for granted: who they are is what the desk says."""

    intent = "tell_who_i_am"
    wanted = "what is yours"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_tell_who_i_am"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        waits = StepUp.of(tracker)
        if waits is not None and waits.asked == step_up.SIGN_IN and knows_enough(tracker, waits.level):
            # They signed in for something: the form takes it up in this very turn
            return [ActiveLoop(step_up.FORM), FollowupAction(step_up.FORM)]
        if Caller.of(tracker).speaker.customer_id is None:
            held = read_held_order(typed(tracker))
            needs = Level.ORDER_HOLDER if held.number and held.postcode else Level.VERIFIED
            heard = await step_up.begin(
                dispatcher, tracker, intent=self.intent, purpose="To look up what is yours", needs=needs
            )
            return heard.events if heard.tracker is None else await super().run(dispatcher, heard.tracker, domain)
        return await super().run(dispatcher, tracker, domain)

    async def answer(self, question: Question) -> list[EventType]:
        if not question.speaker.level.reaches(Level.VERIFIED):
            [order, *_] = await question.records.orders()
            question.say(
                f"I can tell you about order {order.number} now. What would you like to "
                "know?", buttons.track(order.number)
            )
        elif question.left:
            question.say(f"Thank you, {question.customer.first_name}.")
        elif _is_another(question):
            question.say(
                f"I know you here as {question.customer.name}, so I can only see and change what belongs to that "
                "account. For another one, please sign in with it on the shop's page.", buttons.PERSON,
            )
        else:
            question.say(
                f"Thank you, {question.customer.first_name}, I know who you are. What can I do for you?",
                buttons.ORDERS, buttons.HELP,
            )
        return []


def _is_another(question: Question) -> bool:
    """Whether they say that they are somebody else than we know them to be."""
    email, name = read_email(question.text), read_name(question.text)
    if email and question.customer.email:
        return email.casefold() != question.customer.email.casefold()
    # "I'm signed in" reads like a name, but for its small letters
    told = bool(name and name[1] and all(part in question.text for part in name))
    return told and name is not None and name[1].casefold() != question.customer.last_name.casefold()
