"""What customers want to say in their own words, kept as they wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.buttons import Button
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.task_steps import CHANGE
from actions.tasks import AGREED, Run
from support.errors import SupportError
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.own_words import reworded, tells

_NOTHING = re.compile(
    r"\W*(?:(?:oh|no|well|nah),? )*(?:nothing(?: (?:special|much|really|in particular|else))?|no reason|never ?mind|"
    r"not really|nah)\s*(?=$|[,.;!?])", re.IGNORECASE,
)
_STORY = 3  # words that carry something, in what goes on telling and corrects nothing


class NothingTold(SupportError):
    """There is nothing that the customer wants to say after all: "oh, nothing special, bye"."""

    code = "nothing_told"
    message = "All right, I leave it at that."


@dataclass(frozen=True)
class OwnWordsSlot(Slot):
    """A text. `besides` are words that only ask to be let tell it; the rest of what was said is it, if there is any.

    Once it is known, "write that …" and "add that …" change it; one that `grows` takes up what else is told instead of
    a yes or a no.
    """

    name: str = "own_words"
    asked_as: str = "What would you like to say?"
    besides: frozenset[str] = frozenset()
    offers: Sequence[Button] = ()
    grows: bool = False

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        known = run.values.get(self.name)
        if known:
            return Heard(reworded(text, known) or self._grown(run, known, text))
        if asked and _NOTHING.match(text):
            raise NothingTold
        if asked:
            return Heard(self._joined(run, text)) if self._answers(text) else NOTHING
        return Heard(text.strip()) if self._tells(text) else NOTHING

    def _grown(self, run: Run, known: str, text: str) -> str | None:
        waits = run.asked in (AGREED, CHANGE) and text not in known and "?" not in text
        return f"{known}\n{text.strip()}" if self.grows and waits and tells(text, self.besides, fewest=_STORY) else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt(self.asked_as, self.offers)

    def _tells(self, text: str) -> bool:
        return tells(text, self.besides)

    def _answers(self, text: str) -> bool:
        answer = read_answer(text)
        if answer.kind in (AnswerKind.YES, AnswerKind.NO) and not answer.rest:
            return False
        return sum(map(str.isalpha, text)) > 2

    def _joined(self, run: Run, text: str) -> str:
        """With what was said when the task began, if that told at least what it is about."""
        first = run.said[0].strip() if run.said else ""
        about = first != text.strip() and tells(first, self.besides, fewest=1)
        return f"{first}\n{text.strip()}" if about else text.strip()
