"""Whether a thing is to stay as it is if the wish for it cannot be had: "otherwise leave the puzzle"."""

import re
from collections.abc import Sequence

from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.line_reading import left_out
from support.grounding.words import split

_OTHERWISE = re.compile(
    r"\b(?:otherwise|or else|else|if (?:not|you (?:don['’]?t|do not|haven['’]?t)|(?:it|that|this)(?:['’]?s| is)? "
    r"(?:not|un|sold|out|gone|isn['’]?t)|(?:it|that|this) isn['’]?t|"
    r"(?:one|any|either|some)(?: of (?:them|those|these|it))? (?:(?:do|does|is|are|ca|wo)n['’]?t|(?:do|does|is|are|can|"
    r"will) not|cannot)\b[^.;]*?|"
    r"there(?:['’]?s| is| are|['’]?re)? "
    r"(?:none|no\b|not|isn['’]?t|aren['’]?t))[^.;]*?|should (?:there be (?:none|no)|(?:it|that|you) not)\b"
    r"[^.;]*?)[\s,]*(?:then |just |please |you can |(?:i|we)(?:['’]ll|['’]d|['’]m| will| would)? |rather )*"
    r"(?:leave|keep(?:ing)?|forget|skip|drop|don['’]?t (?:bother|change|swap|exchange|do)|do nothing|nothing|stay|"
    r"(?:it|that|this|the \w+) (?:can |should |may )?(?:just |then )*(?:stays?|remains?))\b",
    re.IGNORECASE,
)
_ITS_SENTENCE = re.compile(rf"[\s,;]*(?:\b(?:and|but|or)\s+)?{_OTHERWISE.pattern}[^.;!?]*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?\n]+\s+")
_IF_NONE = re.compile(
    r"\b(?:leave|keep|skip|forget)\b[^.;]*\bif\b[^.;]*(?:\b(?:no|not|none|unavailable|sold out|gone)\b|n['’]t\b)",
    re.IGNORECASE,
)


# "If it has to go to my Visa I keep both"
_KEPT_ELSE = re.compile(
    r"\bif (?:it|that|they|the money) (?:has|had|have|must|can only|only|would have|needs?|goes|go)\b[^.;!?]*?"
    r"\b(?:gift ?card|pay ?pal|visa|master ?card|amex|card|wallet)\b"
    r"[^.;!?]*\b(?:keep|leave|forget|nothing|rather not|not|(?:do|wo)n['’]?t)\b[^.;!?]*", re.IGNORECASE,
)
_AGAIN_SAID = re.compile(
    r"\bif\s+(?:there|you|they|it)\b[^.;!?]{0,30}?(?:n['’]t\b|\bnot\b|\bnone\b|\bno\b)[^.;!?]*?\b(?:same|that|exactly)\b"
    r"[^.;!?]*?[\s,]+(?=(?:then |just |please |you can |(?:i|we)(?:['’]ll|['’]d| will)? )*"
    r"(?:leave|keep|forget|skip)\b)", re.IGNORECASE,
)


def without_kept_else(text: str) -> str:
    """`text` without what is to stay if the money has to go somewhere: that is no wish, and names no way to pay."""
    return _KEPT_ELSE.sub(" ", text)


def plainly_otherwise(text: str) -> str:
    """`text` with "otherwise" for a condition that only says once more what is wished.

    "One size smaller, but if there isn't one in the same colour, leave it" wishes for no other size in that colour.
    """
    return _AGAIN_SAID.sub("otherwise ", text)


def kept_else(text: str) -> str:
    """What `text` says of things that are to stay if the money has to go somewhere; "" for nothing."""
    found = _KEPT_ELSE.search(text)
    return found[0] if found else ""


def leaves_otherwise(text: str) -> bool:
    """Whether something is to be left if it cannot be as wished: "to my Visa, otherwise forget it"."""
    return _OTHERWISE.search(text) is not None


def without_otherwise(text: str) -> str:
    """`text` without what is to be left then: "otherwise forget the grill" leaves no grill out."""
    return _ITS_SENTENCE.sub("", text)


def keeps_otherwise[L: BoughtLine](text: str, line: L, lines: Sequence[L]) -> bool:
    """Whether `line` is to stay then: it is named to be left, or was last named before; or no line was."""
    found = _OTHERWISE.search(text) or _IF_NONE.search(text)
    if found is None:
        return False
    named = left_out(text, lines) or _last_named(text[:found.end()], lines)
    return not named or any(one is line or one == line for one in named)


def _last_named[L: BoughtLine](text: str, lines: Sequence[L]) -> Sequence[L]:
    """Those of the last sentence that names any."""
    known = KnownLines(lines)
    for sentence in reversed(_SENTENCE.split(text)):
        places = {place for word in split(sentence) if known.is_head(word.key) for place in known.owners(word.key)}
        if places:
            return [lines[place] for place in sorted(places)]
    return []
