"""Which of a customer's open cases is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from actions.wording import Wording, excerpt, numbered
from support.care import cases
from support.care.cases import CaseSummary
from support.grounding.positions import positions
from support.grounding.words import forms
from support.models.cases import CaseKind
from support.text import read_code

KINDS = {
    CaseKind.DAMAGED: "something damaged", CaseKind.WRONG: "something wrong", CaseKind.MISSING: "something missing",
    CaseKind.LATE: "a late delivery", CaseKind.COMPLAINT: "a complaint", CaseKind.IDEA: "an idea",
    CaseKind.PRAISE: "praise", CaseKind.CALL_BACK: "a call-back", CaseKind.ERASURE: "deleting your account",
}
_CALLED = {
    CaseKind.DAMAGED: r"damag|broke|crack|fault", CaseKind.WRONG: r"wrong", CaseKind.MISSING: r"missing",
    CaseKind.LATE: r"\blate\b|delay|not arriv|never (?:came|arriv)", CaseKind.COMPLAINT: r"complain",
    CaseKind.IDEA: r"idea|suggest", CaseKind.PRAISE: r"praise|compliment",
    CaseKind.CALL_BACK: r"\b(?:call|ring\b|phone)", CaseKind.ERASURE: r"delet|eras",
}
# With a dash or a digit: "complaint" has as many letters
_REFERENCE = re.compile(r"\bC(?:-|\s?(?=[A-Z0-9 -]{0,8}\d))[A-Z0-9]{4}[\s-]?[A-Z0-9]{4}\b", re.IGNORECASE)
_LOOK_ALIKES = str.maketrans("OIL", "011")
_EXCERPT = 60


def references(text: str) -> list[str]:
    """The case numbers in `text`, as we write them."""
    read = (read_code(found[0], groups=2) for found in _REFERENCE.finditer(text))
    return [one for one in read if one]


def numbered_so(text: str, some: Sequence[CaseSummary]) -> list[CaseSummary]:
    """Those of the cases whose numbers `text` has, with or without dashes, in any case, with O for 0."""
    said = text.upper().translate(_LOOK_ALIKES)
    return [one for one in some if re.search(rf"\b{one.reference.replace('-', '[ -]?')}\b", said)]


def called(text: str, some: Sequence[CaseSummary]) -> list[CaseSummary]:
    """Those of the cases that `text` names: by number, by their order, by what they are about."""
    if references(text) or numbered_so(text, some):
        return numbered_so(text, some)
    digits = set(re.findall(r"\d{3,}", text))
    by_order = [one for one in some if one.order_number and digits & set(re.findall(r"\d{3,}", one.order_number))]
    by_kind = [one for one in by_order or some if re.search(_CALLED[one.kind], text, re.IGNORECASE)]
    return by_kind or by_order


def in_a_line(words: Wording, one: CaseSummary) -> str:
    order = f", order {one.order_number}" if one.order_number else ""
    return f"{one.reference} · {KINDS[one.kind]}{order} · {words.day(one.opened_at)}: “{excerpt(one.text, _EXCERPT)}”"


@dataclass(frozen=True)
class CaseSlot(Slot):
    """An open case, by its reference."""

    name: str = "case"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        known = await cases.list_cases(question.session, question.speaker)
        found = called(text, known)
        shown = [one for reference in run.shown for one in known if one.reference == reference]
        if asked and not found and shown:
            found = [shown[place] for place in positions(forms(text), len(shown))]
        if len(found) == 1:
            return Heard(found[0].reference)
        if found and (asked or numbered_so(text, known)):
            return Heard(prompt=_which(question, found))
        if named := references(text):
            sorry = f"I can't find an open case {named[0]} of yours."
            return Heard(prompt=_which(question, known, f"{sorry} Is it one of these?") if known else None)
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        known = await cases.list_cases(question.session, question.speaker)
        return known[0].reference if len(known) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if no case is open."""
        known = await cases.list_cases(question.session, question.speaker)
        if not known:
            raise NothingToChoose(self.name)
        return _which(question, known)


def _which(question: Question, some: Sequence[CaseSummary], asked: str = "Which of your cases is it about?") -> Prompt:
    listed = numbered(in_a_line(question.wording, one) for one in some)
    return Prompt(f"{asked}\n{listed}", [buttons.said(one.reference) for one in some], [one.reference for one in some])
