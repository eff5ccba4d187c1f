"""Answers to questions about the shop, with the figures from its rules."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.goods_instead import told_of_goods
from actions.handoff import not_understood
from actions.own_sums import told_of_own
from actions.surroundings import surroundings

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class AnswerQuestion(Action):  # type: ignore[misc]  # rasa_sdk is untyped
    """Gives the answer that came with the message; its placeholders are the facts of `business.yml`.

    Raises KeyError for a placeholder that is no fact: a failure gets reported, braces in an answer do not.
    """

    intent = "faq"

    def name(self) -> str:
        return "action_answer_question"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        article = tracker.latest_message.get("faq") or {}
        if "answer" not in article:
            return await not_understood(dispatcher, tracker)
        instead = await told_of_goods(dispatcher, tracker, str(article.get("question", "")))
        if instead is not None:
            return instead
        own = await told_of_own(dispatcher, tracker)
        if own is not None:
            return own
        facts = surroundings().business.facts()
        text = _PLACEHOLDER.sub(lambda found: facts[found[1]], article["answer"])
        dispatcher.utter_message(text=text, buttons=article.get("buttons") or [])
        return []
