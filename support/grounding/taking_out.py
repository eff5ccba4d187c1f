"""Whether single things are to be taken out of an order, rather than the whole of it to be cancelled."""

import re
from collections.abc import Sequence

from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.leaving import left_alone
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.words import split

_REMOVES = re.compile(
    r"\b(?:removed?|deleted?|removing|deleting|take (?:\S+ ){1,5}?(?:out|off)\b|take out|taken out|leave out|drop)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:remove[ds]?|removing|take (?:\S+ ){1,5}?out|take out|taken out|"
    r"drop (?:\S+ ){1,4}?(?:from|out of))\b", re.IGNORECASE,
)
_CANCELS_ONE = re.compile(
    r"\bcancel(?:l?ing)? (?:only|just)\b|\b(?:only|just) (?:want(?:ed)? to )?cancel\b|"
    r"\bcancel(?:l?ing)? (?:the |my |that )?[^.,;!?]{2,40} (?:from|out of|in) (?:it\b|(?:my|the|that|"
    r"this)?\s?(?:pending )?(?:order|purchase)|#)|\bcancel [^.;!?]{2,60} (?:only|and keep)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:whole|entire|complete|everything)\b|\bcancel(?:l?ing)? (?:it )?all\b|"
    r"\bcancel(?:l?ing)? (?:my |the |that |this )?(?:\w+ )?(?:order|purchase|it)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\b[^.;!?]*\b(?:whole|entire|complete|everything)\b|"
    r"\b(?:do not|don['’]?t|not) cancel(?:l?ing)? (?:it|(?:the|this|that|my) order)\b", re.IGNORECASE,
)


_SOME = re.compile(
    r"\b(?:remove|delete|take|drop|cancel)\b (?:just |only )?(?:"
    r"(?:one|an?|some|single|a few|several|two|three) (?:of )?(?:the |my |its )?(?:single )?"
    r"(?:things?|items?|articles?|products?|pieces?)\b[^.;!?]*\b(?:off|out|from|of|in)\b(?! stock)|"
    r"(?:some|part|half) of (?:it|(?:the|my|this|that) order)\b)",
    re.IGNORECASE,
)
# "I don't want the rest touched" names no more of them
_REST = r"\b(?:the (?:rest|others?)|everything else|all else)\b"
_REST_STAYS = re.compile(
    rf"(?:\b(?:and|but)\s+)?(?:\b(?:leave|keep)\b|(?:\bnot|n['’]t)\b)[^.;,!?]*?{_REST}[^.;!?]*|"
    rf"{_REST}[^.;,!?]*\b(?:stays?|remains?|as (?:it|they)|alone|untouched)\b[^.;!?]*",
    re.IGNORECASE,
)
# "Take the clock out. The speaker stays"
_STAYS = re.compile(
    r"(?:^|[.;,!]\s*(?:(?:and|but) )?|\b(?:and|but) )(?:the|my) [^.,;!?]{2,40}? "
    r"(?:(?:can |shall |should |may |is to )?(?:still )?(?:stays?|remains?|come|be (?:sent|delivered|shipped)))\b"
    r"[^.;!?]*", re.IGNORECASE,
)
_KEEPS_ORDER = re.compile(r"(?:\bnot|n['’]t|\bnever|\brather than|\binstead of)\b[^.;!?]*\bcancel", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:change|swap|exchange|replace|switch)(?:d|ing)? (?:it|that|this|them|those|the|my)\b[^.;!?]*\b(?:to|for|"
    r"with|into)\b",
    re.IGNORECASE,
)


_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]*")
_FROM_ORDER = re.compile(r"\b(?:out of|from|off)\b[^.;!?]*\border\b", re.IGNORECASE)


def changes_instead(text: str) -> bool:
    """Whether a thing is to become another rather than an order be cancelled: "if you can't take it out, swap it"."""
    return _CHANGES.search(text) is not None and bool(_REMOVES.search(text) or _KEEPS_ORDER.search(text))


def removes(text: str) -> bool:
    """Whether something is to be taken out of an order, and nothing put in its place."""
    return _OUT.search(text) is not None and _CHANGES.search(text) is None


_SENDS_BACK = re.compile(
    r"(?<!n['’]t )(?<!not )(?<!n['’]t want to )(?<!or )\b(?:(?:send|give|bring|ship)(?:ing)? "
    r"(?:[^.;!?]{1,50}? )?back\b|return(?:ing)? (?!(?:label|window|polic|address))|(?:go|goes|going) back\b)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\b(?:exchang|swap|switch|replac|trad(?:e|ing)|instead|becom)\w*|\bfor (?:an?|the|one|it in)\b|"
    r"\b(?:another|different|new) \w+|\bshould be\b|"
    r"\b(?:in|into) (?:size )?(?:black|white|red|blue|green|gr[ae]y|silver|gold|[smlx]+|\d+)\b", re.IGNORECASE,
)


def sends_back(text: str) -> bool:
    """Whether things are to be sent back, and nothing in their place, by whatever name it goes."""
    return _SENDS_BACK.search(text) is not None and _IN_PLACE.search(text) is None


def takes_it_out(text: str) -> bool:
    """Whether "it" is to go from an order, and not all of that: "I want it taken out of the order"."""
    return removes(text) and _FROM_ORDER.search(text) is not None and _WHOLE.search(text) is None


def takes_some_out(text: str) -> bool:
    """Whether a part of an order is to go that is not named: "take one thing off my order"."""
    some = _SOME.search(text) is not None
    return some and (_WHOLE.search(text) is None or "cancel" not in text.lower())


def taken_out[L: BoughtLine](text: str, lines: Sequence[L]) -> tuple[L, ...]:
    """The lines that `text` wants out of an order that holds others as well; none if it is about the whole order."""
    text = _STAYS.sub(" ", _REST_STAYS.sub(" ", text))
    if not (_REMOVES.search(text) or _CANCELS_ONE.search(text) or _NOT_WHOLE.search(text)):
        return ()
    if _WHOLE.search(text) and not _NOT_WHOLE.search(text):
        return ()
    told = [one for one in _SENTENCE.findall(text) if _REMOVES.search(one) or _CANCELS_ONE.search(one)]
    known = KnownLines(lines)
    # "I have two mice in it. Take the wired one out" is about that one
    text = next((one for one in told if 0 < len(read_lines(one, lines).chosen) < len(lines)), text)
    bare = without_described(text)
    if not any(known.tells_which(word.key) for word in split(bare)) and not read_lines(bare, lines).chosen:
        return ()
    named = tuple(line for line, _ in read_lines(bare, lines).chosen) or left_alone(bare, lines)
    return named if len(named) < len(lines) else ()
