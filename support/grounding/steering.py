"""Whether somebody wants the step before, or to hear the last thing again."""

import re

from support.grounding.pauses import clauses

LONGEST = 200  # characters; a longer text says something else
_PLEASE = (
    r"(?:(?:please|ok|okay|sorry|wait|no|oh|hey|um|well|actually|can|could|would|will|you|we|i|want|wanna|would like"
    r"|id like|need|to|lets|let us|just|take me|let me) )*"
)
_BACK = re.compile(
    rf"{_PLEASE}(?:go(?:ing)? back|back|back up|undo(?: that| it)?|step back|move back|(?:the )?previous(?: "
    r"(?:step|question|one|page))?|return to the (?:previous|last) (?:step|question))"
    r"(?: (?:a|one|1|the last) (?:step|question|page))?(?: to the (?:previous|last) (?:step|question|one|"
    r"page))?(?: (?:please|again|now|thanks))*"
)
_AGAIN = re.compile(
    rf"{_PLEASE}(?:(?:say|tell me|ask|show me|write|explain)(?: (?:that|it|this))? (?:again|once more|one more "
    r"time)|repeat(?: (?:that|it|this|yourself|the (?:last )?(?:question|message|part)|what you (?:just )?said))?"
    r"|come again|pardon(?: me)?|again|once more|one more time|what(?: (?:did you (?:just )?(?:say|ask)(?: me)?|"
    r"was (?:that|the question|it)(?: again)?|again))?|huh|eh|say what"
    r"|sorry(?: what)?|what sorry|i (?:didnt|did not) (?:get|catch|hear|see|read) (?:that|it|what you said))(?: "
    r"(?:please|again|for me|to me|thanks))*"
)


def wants_back(text: str) -> bool:
    """Whether `text` asks for the step before, and nothing else."""
    return _BACK.fullmatch(_plain(text)) is not None


def wants_again(text: str) -> bool:
    """Whether `text` asks to hear the last thing again, and nothing else."""
    return _AGAIN.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(word for clause in clauses(text[: LONGEST + 1]) for word in clause.words)
