"""The question next to the one that was answered: one button more, where the message may have meant that instead."""

from typing import Any, Dict, List, Text

from engine.nlu.questions import FAQ
from engine.nlu.requests import NO_REQUEST

# From here on, of strangers' questions that were answered with another thing, every third had the right one offered;
# of those answered rightly, one in twenty got a button that it did not need
NEAR = 0.1
# Of a statement only if it was understood with less than this: "if I cancel do my points go too"
SURE = 0.75
MOST_BUTTONS = 5

Bubble = Dict[Text, Any]


def offer(bubbles: List[Bubble], understood: Dict[Text, Any]) -> None:
    """Add the button to the last of `bubbles`, if another article comes near what was asked too.

    `understood` is the message as it was parsed. A title is read as typed: it brings that article's answer.
    """
    near = _second(understood)
    if not near or not bubbles or not bubbles[-1].get("text") or any("custom" in one for one in bubbles):
        return
    buttons = bubbles[-1].get("buttons") or []
    if len(buttons) < MOST_BUTTONS and all(one["title"] != near for one in buttons):
        bubbles[-1]["buttons"] = [*buttons, {"title": near, "payload": near}]


def _second(understood: Dict[Text, Any]) -> Text:
    asked = any(one.get("inquires") for one in understood.get("clauses") or []) or "?" in understood.get("text", "")
    intent = understood.get("intent") or {}
    if intent.get("name") in NO_REQUEST or not (asked or intent.get("confidence", 1.0) < SURE):
        return ""
    found = understood.get(FAQ) or {}
    for one in found.get("closest") or []:
        if one["question"] != found.get("question"):
            return one["title"] if one["confidence"] >= NEAR else ""
    return ""
