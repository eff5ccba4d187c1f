"""Whether what one mention says belongs to the swap that was read before it."""

import re
from collections.abc import Sequence

from support.grounding.filling import FILLING
from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.mentions import Mention
from support.grounding.swap_mentions import POINTING
from support.grounding.swap_wishes import Swap
from support.grounding.words import forms

_WANTS = frozenset({"id", "rather", "want", "prefer", "preferably", "like", "take"})
_ORDER_NUMBER = re.compile(r"[a-z]{0,3}\d{5,}|order")
_LEADING = frozenset({"but", "and", "just", "only", "please", "though", "then"})
_FOR = frozenset({"for", "to", "into"})
# What follows what is told of a thing, and is wished instead of it
_BECOMES = re.compile(r"(?:\s+ones?)?[\s,]+(?:to|for|into|becomes?|against)\b", re.IGNORECASE)


def tells_more(mention: Mention, swap: Swap, known: KnownLines) -> bool:
    """Whether bare values go on with the thing before: "the shoes: black with rubber soles"."""
    if mention.sentence != swap.sentence or not swap.places or not POINTING.isdisjoint(mention.keys):
        return False
    return any(map(known.is_known, mention.keys)) and not any(map(known.is_named, mention.keys))


def keeps_or_hopes(mention: Mention, swap: Swap, lines: Sequence[BoughtLine], known: KnownLines) -> bool:
    """Whether it keeps an option of the thing before, or says what it is best in: "same size, black if you have it"."""
    if not swap.places or mention.sentence != swap.sentence or any(map(known.is_head, mention.keys)):
        return False
    if "if" in mention.keys[1:3]:
        return not any(map(known.is_named, mention.keys))
    names = [set(forms(name.replace("_", " "))) for place in swap.places for name in lines[place].options]
    return mention.keys[:1] == ("same",) and any(set(mention.keys[1:]) == name for name in names)


def is_what_for(mention: Mention, swap: Swap, text: str, known: KnownLines) -> bool:
    """Whether it only says what the thing before becomes: "exchange the shelf in order 10432, for a black one"."""
    open_yet = all(word in FILLING or _ORDER_NUMBER.fullmatch(word) for word in forms(text[swap.since : swap.until]))
    of_it = swap.places and open_yet and mention.sentence == swap.sentence and mention.keys[:1]
    return bool(of_it) and mention.keys[0] in _FOR and not any(map(known.is_named, mention.keys))


def rules_out(mention: Mention, swap: Swap, known: KnownLines) -> bool:
    """Whether it says what the thing before must not be: "the boots in size 11. But no leather"."""
    keys = [key for key in mention.keys if key not in _LEADING]
    begins = keys[:1] in (["no"], ["not"], ["without"]) or list(mention.keys[:2]) == ["anything", "but"]
    told = any(map(known.is_known, keys)) and not any(map(known.is_named, keys)) and POINTING.isdisjoint(keys)
    return bool(swap.places) and begins and told and mention.sentence - swap.sentence <= 1


def wishes_one(mention: Mention, swap: Swap, known: KnownLines) -> bool:
    """Whether it wishes for one of a kind, and names none of theirs: "and the kettle, can I have a white one?"."""
    at = next((place for place, key in enumerate(mention.keys) if key in ("a", "an")), None)
    one = at is not None and not {"one", "ones"}.isdisjoint(mention.keys[at + 1 : at + 5])
    return one and bool(swap.places) and not any(map(known.is_named, mention.keys))


def describes_old(mention: Mention, swap: Swap, text: str, known: KnownLines) -> bool:
    """Whether it tells what the thing is, before what it is to become: "the board, the plain one, to a red one"."""
    if not mention.words or mention.sentence != swap.sentence or any(map(known.is_named, mention.keys)):
        return False
    if not swap.places or not _BECOMES.match(text, max(word.end for word in mention.words)):
        return False
    said = [word.key for word in mention.words if known.is_known(word.key)]
    return bool(said) and all(not known.fit(said, place).against for place in swap.places)


def wishes_for(mention: Mention, swap: Swap, text: str, known: KnownLines) -> bool:
    """Whether it asks for something for the thing before: "the speaker too, I'd rather have the black one"."""
    wants = not _WANTS.isdisjoint(mention.keys) and not any(map(known.is_named, mention.keys))
    return wants and mention.sentence - swap.sentence <= 1 and FILLING.issuperset(forms(text[swap.since:swap.until]))
