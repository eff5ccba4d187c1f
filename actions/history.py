"""What the customer and we talked about before."""

from rasa_sdk.events import EventType

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.wording import excerpt, numbered
from support.chat import past_conversations
from support.chat.past_conversations import PastConversation

SHOWN = 3
EXCERPT = 140  # characters


class ShowLastConversations(PersonalAction):
    intent = "show_last_conversations"
    wanted = "our last conversations"

    def name(self) -> str:
        return "action_show_last_conversations"

    async def answer(self, question: Question) -> list[EventType]:
        found = await past_conversations.last(
            question.session, question.speaker, limit=SHOWN, apart_from=question.caller.conversation_id
        )
        name = question.customer.first_name
        if not found:
            text = f"This is our first conversation, {name}. What can I do for you?"
            question.say(text, buttons.ORDERS, buttons.HELP)
            return []
        several = f"These are our last {len(found)} conversations"
        heading = "This is what we talked about last time" if len(found) == 1 else several
        listed = numbered(_told(question, one) for one in found)
        question.say(f"{heading}, {name}:\n{listed}", buttons.ORDERS, buttons.PERSON)
        return []


def _told(question: Question, one: PastConversation) -> str:
    told = f"{question.wording.day(one.active_at)}: “{excerpt(one.title, EXCERPT)}”"
    if one.agent:
        settled = ", and it was settled" if one.resolved else ""
        told += f"\n   {one.agent} from our team helped you{settled}."
    if one.answer:
        told += f"\n   The answer was: “{excerpt(one.answer, EXCERPT)}”"
    return told
