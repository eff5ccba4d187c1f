"""What is wished for once more of the thing of the plan, in a message that goes on to another thing."""

import re
from collections.abc import Collection, Sequence

from support.grounding.comparisons import price_asked
from support.grounding.known_lines import KnownLines
from support.grounding.words import forms, split
from support.ordering.order_views import OrderedLine

_SENTENCE = re.compile(r"[^.;!?]+[.;!?]*\s*")
# "Too much. Then let's do the 15 bar capsule one instead. And the earbuds in white"
_ONE = re.compile(
    r"\b(?:do|take|have|want|like|get|make it|go (?:for|with)|rather)\s+(?:the|an?)\s+"
    r"(?P<what>[^.,;!?]{2,50}?\s)one\b", re.IGNORECASE
)


def with_last_named(text: str, lines: Sequence[OrderedLine], before: Collection[str]) -> str:
    """`text` with the name of the one thing that has a wish by now for the "one" of a sentence that names none.

    Where no later sentence names another thing, only if it is told by its price.
    """
    last = next((line for line in lines if line.id in before), None)
    if last is None or len(before) != 1:
        return text
    known, told = KnownLines(lines), ""
    sentences = _SENTENCE.findall(text)
    for place, sentence in enumerate(sentences):
        found = _ONE.search(sentence)
        named = any(known.is_head(word.key) for word in split(sentence))
        goes_on = any(known.is_head(word.key) for word in split(" ".join(sentences[place + 1:])))
        if found and not named and (goes_on or price_asked(forms(found["what"]))):
            sentence = f"{sentence[:found.end() - len('one')]}{last.product}{sentence[found.end():]}"
        told += sentence
    return told or text

