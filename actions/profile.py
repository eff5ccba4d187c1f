"""What the shop knows of a customer: name, e-mail address, phone and default address."""

import re

from rasa_sdk.events import EventType

from actions import buttons
from actions.address_words import on_one_line
from actions.personal import PersonalAction, Question
from support.people import profile
from support.people.profile import Profile

_EMAIL = re.compile(r"\be-?mails?\b|\bmail address", re.IGNORECASE)
_PHONE = re.compile(r"\b(?:phone|telephone|mobile|cell|number)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!mail )\baddress\b|\bwhere do i live\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:name|called)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|how long|when did i|joined|registered|customer number)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|everything|details|profile|account)\b", re.IGNORECASE)


class ShowProfile(PersonalAction):
    intent = "show_profile"
    wanted = "your details"

    def name(self) -> str:
        return "action_show_profile"

    async def answer(self, question: Question) -> list[EventType]:
        found = await profile.profile(question.session, question.speaker)
        known = _lines(question, found)
        asked = [line for pattern, line in known if pattern.search(question.text)]
        if not asked or (len(asked) == 1 and asked[0] != known[-1][1] and _all_of_it(question.text)):
            told = "\n".join(line for _, line in known)
            offers = [buttons.said("Change my default address"), buttons.HELP]
            question.say(f"This is what we have on file for you:\n{told}", *offers)
        else:
            question.say("\n".join(asked), buttons.said("Show all my details"), buttons.HELP)
        return []


def _lines(question: Question, found: Profile) -> list[tuple[re.Pattern[str], str]]:
    """What there is to tell, a line each, with the words that ask for it."""
    address = found.default_address
    place = on_one_line(address) if address else "none on file"
    lines = [
        (_NAME, f"Name: {f'{found.first_name} {found.last_name}'.strip() or 'none on file'}"),
        (_EMAIL, f"E-mail: {found.email or 'none on file'}"),
        (_PHONE, f"Phone: {found.phone or 'none on file'}"),
        (_ADDRESS, f"Default address: {place}"),
    ]
    return [*lines, (_SINCE, f"Customer since {question.wording.day(found.since)}")]


def _all_of_it(text: str) -> bool:
    """Whether "the name on my account" is not all that is wanted."""
    return _ALL.search(text) is not None and re.search(r"\b(?:what|which|is)\b", text, re.IGNORECASE) is None
