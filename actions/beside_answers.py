"""What a message says besides the answer to the question that was asked."""

import re

from actions.personal import Question
from actions.slots import Slot
from actions.tasks import Run
from support.errors import SupportError

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_PART = re.compile(r"(?<=,)\s+|\s+[-–—]\s+|\s+(?=(?:and|but)\b)", re.IGNORECASE)
# "Gift card, if there is enough on it" goes on with the answer
_HANGS_ON = re.compile(r"\W*(?:if|as long as|unless|because|since|when)\b", re.IGNORECASE)
_POLITELY = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:can|could|may|might|would|shall|let)\b|.*\bplease\b|"
    r"\W*(?:(?:and|but|oh)\W+)*(?:(?:maybe|perhaps)\W+(?:also\W+)?(?:the|my)\b|also\W+(?:the|my)\b)|"
    r".*\b(?:can|could|would) (?:you|we|i) (?:also |please |just )?"
    r"(?:make|change|swap|exchange|have|get|add|take|give)\b",
    re.IGNORECASE,
)


async def beside_answer(question: Question, run: Run, slot: Slot, text: str) -> str:
    """The sentences of `text` that do not say the value of `slot`, and so the clauses of one that does; "" if all do.

    A question is none of them unless it asks for something to be done.
    """
    rest = []
    for sentence in _SENTENCE.split(text):
        if sentence.rstrip().endswith("?") and not _POLITELY.match(sentence):
            continue
        if not await _says(question, run, slot, sentence):
            rest.append(sentence)
            continue
        parts = [part for part in _PART.split(sentence) if not _HANGS_ON.match(part)]
        rest += [part for part in parts if len(parts) > 1 and not await _says(question, run, slot, part)]
    return " ".join(rest)


async def _says(question: Question, run: Run, slot: Slot, part: str) -> bool:
    try:
        heard = await slot.hear(question, run, part, asked=True)
    except SupportError:
        return True  # "none of those", which was said of what was asked before
    return heard.value is not None and heard.value == run.values.get(slot.name)
