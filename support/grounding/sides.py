"""On which side the words of a text stand: what is meant, what is to be kept, corrected, or left out of all."""

import re
from collections.abc import Sequence
from enum import StrEnum

from support.grounding.filling import listed
from support.grounding.known_lines import KnownLines
from support.grounding.words import Word

ACTIONS = listed("""
return returned returning exchange exchanged exchanging cancel canceled cancelled send sending refund refunded swap
swapped swapping switch switching change changing modify replace replacing trade remove take include touch drop ship
""")
ALL = frozenset({"all", "everything", "every", "each", "both", "whole", "entire", "complete", "lot"})
DESCRIBING = frozenset({"the", "my", "that", "those", "these", "this", "a", "an", "both", "all", "one"})
# "Leave the lamp as it is" is over there, "leave the lamp" goes on with "and the kettle"
_KEPT_TO_THE_END = re.compile(
    r"\b(?:otherwise|else)\b|\b(?:as (?:it|they)(?: is| are)?|as is|alone|unchanged|it|them)$"
)
_KEEPS = listed("keep keeping keeps leave leaving kept skip skipping forget")
_EXCEPT = frozenset({
    "except", "exept", "execpt", "excpet", "exeption", "excluding", "besides", "minus", "excepting", "bar",
})
_ANY = frozenset({"any", "anything", "whatever", "whichever"})
_EXCEPT_OF_ALL = frozenset({"without", "isnt", "arent", "wasnt", "werent"})
_EXCEPT_FROM = frozenset({("apart", "from"), ("other", "than"), ("aside", "from"), ("save", "for")})
_STATES = listed("is are was were does do did has have be im its why if or am thats theyre whether")


class Side(StrEnum):
    """What a line is named for: to be acted on, to be left as it is, in a mere "not that", or as all but it."""

    MEANT = "meant"
    KEPT = "kept"
    CORRECTED = "corrected"
    EXCEPTED = "excepted"


def sides(
    words: Sequence[Word], side: Side, of_all: bool, known: KnownLines
) -> list[tuple[tuple[Word, ...], Side]]:
    """The words cut where another side begins, each stretch with its side; empty ones are left out."""
    found: list[tuple[tuple[Word, ...], Side]] = []
    keys = [word.key for word in words]
    begun = 0
    for place in range(len(words)):
        of_all = of_all or keys[place] in ALL
        turned = _turn(keys, place, side, of_all, known)
        if turned is not None and turned is not side:
            found.append((tuple(words[begun:place]), side))
            begun, side = place + 1, turned
    found.append((tuple(words[begun:]), side))
    return [(stretch, its_side) for stretch, its_side in found if stretch]


def _turn(keys: Sequence[str], place: int, side: Side, of_all: bool, known: KnownLines) -> Side | None:
    key, before = keys[place], keys[max(0, place - 4):place]
    after = keys[place + 1] if place + 1 < len(keys) else ""
    if key in _EXCEPT and not of_all and not _ANY.isdisjoint(keys[:place]):
        return None  # "any colour except gold" leaves no thing out
    if key in _EXCEPT or (key, after) in _EXCEPT_FROM or (of_all and key in _EXCEPT_OF_ALL):
        return Side.EXCEPTED
    if key == "without" and any(map(known.is_head, keys[place + 1:place + 4])):
        return Side.EXCEPTED
    if key == "but" and after != "not":
        if of_all and not {"i", "its", "it", "can", "in", "with"}.intersection(keys[place + 1:place + 2]):
            return Side.EXCEPTED
        return Side.MEANT if side in (Side.KEPT, Side.CORRECTED) else None
    if key in _KEEPS:
        return None if {"not", "dont", "cant", "wont", "never", "no"}.intersection(before) else Side.KEPT
    if key in ("not", "dont", "never"):
        near = keys[place + 1:place + 4]
        if not ACTIONS.isdisjoint(near) and not {"why", "if", "work", "works"}.intersection(keys):
            return Side.KEPT
        # "The same but not waterproof" rules a value out
        points = after in DESCRIBING or (known.is_named(after) if "but" in before[-1:] else known.is_known(after))
        if key == "not" and points and not _STATES.intersection(before[-1:]):
            return Side.CORRECTED
    return None


def kept_to_the_end(clause: str) -> bool:
    """Whether what is to be kept ends with the clause, given as its keys: "leave the lamp as it is"."""
    return _KEPT_TO_THE_END.search(clause) is not None
