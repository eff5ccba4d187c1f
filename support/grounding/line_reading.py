"""Which lines of an order a text names, and how many pieces of each."""

import re
from collections.abc import Sequence

from support.grounding.filling import FILLING
from support.grounding.known_lines import BoughtLine, KnownLines, with_sunglasses
from support.grounding.mentions import Mention, mentions, speaks_of_rest
from support.grounding.named_lines import Named, named
from support.grounding.reading import Reading
from support.grounding.sides import Side

_UP_TO = re.compile(r"(^|\b(?:items?|numbers?|lines?|nos?\.?)\s*)(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\w-])", re.IGNORECASE)
# "1) the lamp 2) the rug" counts the wishes, and names no second and third thing
_MARK = re.compile(r"(?:^|(?<=[\s:,.;]))\(?(\d)\)\s+(?!(?:and|or)\b)(?=[^\W\d])", re.IGNORECASE)
# "First, I got two laptops" counts none of them
_FIRST_OF_ALL = re.compile(
    r"(?:^|(?<=[.;!?\n]))\W*(?:(?:so|ok|okay|hi|hello|well)\W+)?(?:first(?:ly| of all| off| up)?|second(?:ly)?|"
    r"next|lastly?|finally),\s+(?!(?:the )?(?:second|third|last|and)\b)", re.IGNORECASE,
)
# "The lamp and the rug. Everything to my gift card" says where the money goes
_ALL_OF_IT_TO = re.compile(
    r"(?:everything|all|it all|the (?:whole )?lot)(?: of (?:it|that))?"
    r"(?: (?:should|can|could|may|must|to|please|then|go(?:es)?|back|be|refunded|paid|put))* (?:to|on|onto|by|via)\b",
    re.IGNORECASE,
)
# "Not the mill, the towels" corrects; "not the mill, the towels or the rug" leaves out all three
_NOT_THIS = re.compile(
    r"((?:^|[.!;,]\s*|\b(?:no|wait|sorry|oh)\W+)not (?:the|my|that|those|these) [^,.;!?]{2,40}),\s+"
    r"(?=(?:the|my|that|those|these)\b(?![^.;!?]*\b(?:or|nor|either)\b))",
    re.IGNORECASE,
)
_OF_THOSE = frozenset({"all", "of", "them", "those", "these", "back", "together", "please", "thanks"})
_DESCRIBING = frozenset({"the", "my", "that", "those", "these", "this", "a", "an", "for"})


def read_lines[L: BoughtLine](
    text: str, lines: Sequence[L], *, shown: Sequence[L] = (), current: Sequence[L] = ()
) -> Reading[tuple[L, int | None]]:
    """The lines that `text` names, each with the number of pieces of it, None for all of them.

    `shown` are the lines as last listed to the customer, for "the second one"; `current` those spoken of, for "it".
    What is wished for in exchange names no line, and neither does what is to be kept. `candidates` stand beside
    `chosen` when only some of the lines were clear.
    """
    if not lines:
        return Reading()
    text = with_sunglasses(text, lines)
    known, text = KnownLines(lines), told_apart(_UP_TO.sub(r"\1\2 to \3", _without_marks(text)))
    listed = [place for one in shown if (place := _place(one, lines)) is not None] or list(range(len(lines)))
    spoken_of = [place for one in current if (place := _place(one, lines)) is not None]
    found = mentions(text, known)
    readings = [(mention, named(mention, text, lines, known, listed, spoken_of)) for mention in found]
    return _together(text, lines, readings, spoken_of)


def left_out[L: BoughtLine](text: str, lines: Sequence[L]) -> tuple[L, ...]:
    """The lines that `text` names to be kept as they are: "leave the kettle", "not the lamp"."""
    text, known, places = told_apart(text), KnownLines(lines), range(len(lines))
    readings = [
        named(mention, text, lines, known, places, ()) for mention in mentions(text, known)
        if mention.side in (Side.KEPT, Side.CORRECTED) and any(map(known.tells_which, mention.keys))
    ]
    return tuple(lines[place] for reading in readings for place in reading.chosen)


def _together[L: BoughtLine](
    text: str, lines: Sequence[L], readings: Sequence[tuple[Mention, Named]], current: Sequence[int]
) -> Reading[tuple[L, int | None]]:
    meant: dict[int, int | None] = {}
    candidates: dict[int, None] = {}
    choices: list[set[int]] = []
    left_out: set[int] = set()
    unsure_what_to_leave = whole = rest = its_money = False
    for mention, reading in readings:
        if mention.side is Side.MEANT:
            rest = rest or speaks_of_rest(mention.keys)
            if reading.whole and meant and _OF_THOSE.issuperset(mention.keys):
                continue  # "the lamp and the rug, all back"
            if reading.whole and not speaks_of_rest(mention.keys):
                money = _ALL_OF_IT_TO.match(text, mention.words[0].start) is not None
                whole, its_money = whole or not money, its_money or money
            meant.update(reading.chosen)
            choices.append(set(reading.candidates))
        else:
            left_out.update(reading.chosen)
            unsure_what_to_leave = unsure_what_to_leave or bool(reading.candidates) or _leaves_unknown(mention, reading)
    for choice in choices:
        # "The laptop is missing: the 13-inch one" tells which
        if len(choice) < 2 or choice.isdisjoint(meant):
            candidates.update(dict.fromkeys(sorted(choice)))
    whole = whole or (its_money and not meant and not candidates)
    if whole or rest:
        without = left_out or (set() if whole or meant else set(current))
        meant |= {place: None for place in range(len(lines)) if place not in without and place not in meant}
        candidates = {}
    elif not meant and not candidates and left_out and set(current) - left_out != set(current):
        meant = dict.fromkeys(current)
    if unsure_what_to_leave and (whole or rest):
        meant, candidates = {}, dict.fromkeys(range(len(lines)))
    chosen = {place: pieces for place, pieces in sorted(meant.items()) if place not in left_out}
    open_ones = [place for place in sorted(candidates) if place not in left_out and place not in chosen]
    return Reading(
        tuple((lines[place], pieces) for place, pieces in chosen.items()),
        tuple((lines[place], None) for place in open_ones),
        _part(text, readings) if chosen or open_ones else "",
    )


def told_apart(text: str) -> str:
    """The text with a "but" where "not this, that" has none."""
    return _NOT_THIS.sub(r"\1 but ", text)


def _without_marks(text: str) -> str:
    text = _FIRST_OF_ALL.sub(" ", text)
    counted = [int(found[1]) for found in _MARK.finditer(text)]
    return _MARK.sub("; ", text) if len(counted) > 1 and counted == list(range(1, len(counted) + 1)) else text


def _leaves_unknown(mention: Mention, reading: Named) -> bool:
    """Whether something is to be left out that cannot be told: "all but one", "everything except the toaster"."""
    if mention.side is not Side.EXCEPTED or reading.chosen or reading.candidates or reading.whole:
        return False
    keys = [key for key in mention.keys if key not in _DESCRIBING]
    described = len(keys) < len(mention.keys)
    return bool(keys) and (keys in (["one"], ["one", "of"]) or keys[0].isdecimal() or (
        described and keys[0] not in FILLING
    ))


def _part(text: str, readings: Sequence[tuple[Mention, Named]]) -> str:
    words = [
        word for mention, reading in readings if reading.chosen or reading.candidates or reading.whole
        for word in reading.words or mention.words
    ]
    return text[min(word.start for word in words):max(word.end for word in words)] if words else ""


def _place(line: object, lines: Sequence[object]) -> int | None:
    same = [place for place, one in enumerate(lines) if one is line]
    equal = same or [place for place, one in enumerate(lines) if one == line]
    return equal[0] if equal else None
