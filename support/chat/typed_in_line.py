"""What somebody who waits for a person types in place of pressing the buttons of the line."""

import re

from support.policy.business import Business
from support.words import say

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_LEAVES = (
    r"\b(?:(?:leave|quit|exit|get (?:me )?out of|take me out of|remove me from|don['’]?t want to (?:wait|stay) in) "
    r"(?:the |this |your )?(?:line|queue)|(?:cancel|stop) (?:the )?(?:queue|waiting|wait|hand-?over|transfer)|"
    r"(?:don['’]?t|do not|no longer|needn['’]?t) (?:need|want) (?:to (?:talk|speak) to )?(?:a |an |any |the )?"
    r"(?:person|human|agent|colleague|somebody|someone)(?: any ?more)?|"
    r"(?:back|go on|continue|talk|carry on) (?:to|with) (?:the |you,? the )?(?:bot|assistant|{assistant})|"
    r"no(?:t a)? (?:person|human|agent)(?: please| needed)?)\b"
)
_MEANWHILE = (
    r"\b(?:ask|talk to|write to) (?:the )?(?:bot|assistant|{assistant}) (?:meanwhile|in the meantime|while i wait)\b|"
    r"\b(?:meanwhile|in the meantime|while i(?:['’]?m| am)? wait(?:ing)?)\b(?=.*\b(?:bot|assistant|{assistant})\b)"
)


def read(text: str, business: Business) -> tuple[str, str] | None:
    """(the payload of the button that it stands for, what else the text says); None if it stands for none."""
    sentences = [one for one in _SENTENCE.split(text.strip()) if one.strip()]
    for payload, button, pattern in (
        ("rapport:bot_while_waiting", "button_meanwhile", _MEANWHILE),
        ("rapport:no_person", "button_leave_queue", _LEAVES),
    ):
        name = business.assistant.name
        title = say(button, assistant=name).casefold()
        words = re.compile(pattern.replace("{assistant}", re.escape(name)), re.IGNORECASE)
        meant = [one for one in sentences if one.casefold().strip(" .!") == title or words.search(one)]
        if meant:
            return payload, " ".join(one for one in sentences if one not in meant)
    return None
