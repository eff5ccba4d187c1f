"""Numbers that count what was spoken of, and are no value of an option: "those three", "two pending orders"."""

import re

_COUNT = r"(?:[2-9]|1[0-2]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_COUNTED = (
    r"(?:orders?|changes?|items?|things?|articles?|exchanges?|swaps?|requests?|questions?|wishes|purchases|returns?|"
    r"of (?:them|those))"
)
_NUMBERS = {word: count for count, word in enumerate(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
)}
_THINGS = re.compile(rf"(?<![\w#.])({_COUNT})\s+(?=(?:[a-z-]+\s+){{0,2}}?{_COUNTED}\b)", re.IGNORECASE)
# "Those three", but not "those three-piece ones" or "these 2 mugs"
_POINTED = re.compile(
    rf"\b(?P<before>these|those|the|them|my|us)\s+(?P<count>{_COUNT})(?=\s*(?:$|[.,:;!?)]|(?:together|please|now|then|"
    r"only|for|to|in|from|should|must|can|are|will|and|that|which|i|we)\b))(?!\.\d)",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?P<all>all)\s+(?:(?:of\s+)?(?:the|these|those|my|them)\s+)?(?P<count>{_COUNT})\b"
    rf"(?!\s*-)(?:\s+(?:of\s+them|{_COUNTED})\b)?",
    re.IGNORECASE,
)
# "Don't forget the other two! The shoes in white and the watch in silver"
_OTHERS_NAMED = re.compile(rf"\bthe other {_COUNT}\b(?=\s*[!:.–-]+\s*(?:the|my)\b)", re.IGNORECASE)
_IN_ONE_GO = re.compile(
    r"\b(?:all|everything|both)(?: of (?:it|them|that))? (?:in|at|with) (?:the same|one|a single|that) "
    r"(?:swap|go|exchange|change|step|time|request|message)\b|\ball at once\b|\bafter all\b", re.IGNORECASE,
)
# "The red one should go back" tells which
_JUST_ONE = re.compile(
    r"(?:^|[,.;!?]|\band|\bbut|\bso|\bonly|\bjust)\s{0,2}\b(?:one|1)(?: of (?:them|those|these|the two|my two))? "
    r"(?:has to|have to|should|must|needs to|shall|goes|is to|can)\b|"
    r"\b(?:return|send|give back|send back) (?:just |only )?one(?: of (?:them|those|these|the two))?"
    r"(?=\s{0,2}(?:[.,;!?]|$|please\b|back\b))", re.IGNORECASE,
)


def without_others_named(text: str) -> str:
    """`text` with blanks for "the other two" where they are named right after it, "all in one go" and "after all"."""
    return _IN_ONE_GO.sub(lambda found: _blank(found[0]), _OTHERS_NAMED.sub(lambda found: _blank(found[0]), text))


def without_counts(text: str, lines: int) -> str:
    """`text` with blanks, as many as were letters, for numbers that only count what is spoken of.

    "All three" goes as a whole unless there are three `lines` to be meant.
    """
    text = _ALL.sub(lambda found: _blank(found[0]) if _number(found["count"]) != lines else _all(found), text)
    text = _POINTED.sub(lambda found: found["before"].ljust(len(found[0])), text)
    return _THINGS.sub(lambda found: _blank(found[0]), text)


def just_one(text: str) -> bool:
    """Whether one of several is meant, and it is not told which: "I got two machines, one has to go back"."""
    return _JUST_ONE.search(text) is not None


def _all(found: re.Match[str]) -> str:
    return found["all"].ljust(len(found[0]))


def _blank(text: str) -> str:
    return " " * len(text)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else _NUMBERS[typed.lower()]
