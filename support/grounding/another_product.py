"""Lines that a text wants swapped for another product rather than for another variant: "the lamp for a kettle"."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from support.grounding.filling import FILLING
from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.product_reading import Meant, NamedProduct, read_products
from support.grounding.words import forms, split

SHORT = 6  # words of an answer that names a thing and wishes nothing else
_SENTENCE = re.compile(r"[^.;!?\n]+")
_SWAPS = re.compile(
    r"\b(?:swap\w*|swop\w*|exchang\w*|trad(?:e|ed|ing)|chang(?:e|ed|ing)|switch\w*|replac\w*|substitut\w*|"
    r"turn)\b", re.IGNORECASE,
)
_ARTICLES = r"(?:(?:an?|the|some|another|one|of|your|new|different|nice|whole)\s+)*"
_INTO = re.compile(
    rf"^.*\b(?P<word>for|to|into|with|by|against)\s+{_ARTICLES}(?P<like>(?:[\w-]+[\s,]+){{0,3}})$",
    re.IGNORECASE | re.DOTALL,
)
# "The order with the laptop", "one with a stand" tell of no swap
_TELLS_WHICH = re.compile(r"\b(?:order|orders|ones?|parcel|that|those)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:for|to|into|pay\w*)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|in place of|in exchange for|in return for)\b", re.IGNORECASE)
_OTHER_DEED = re.compile(
    r"\b(?:return|refund|cancel|keep|ship|send|deliver|pay|paid|charge|remove|leave)\w*\b", re.IGNORECASE
)
_AND = re.compile(r",|\b(?:and|plus|also)\b", re.IGNORECASE)
_LINKS = frozenset({"and", "in", "from", "of", "order", "that", "which", "is", "with", "for", "to"})
# "Swap the laptop instead of the lamp" swaps another line
_IS_SWAPPED = re.compile(
    r"\b(?:swap|exchange|trade|change|switch|replace)\s+(?:the|my|that)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_A_NEW_ONE = re.compile(r"\b(?:an?|another|some)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_WANTS = re.compile(
    r"\b(?:want|like|rather|instead|prefer|get|have|take|make it|swap|exchange|change)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AnotherProduct[L]:
    """`lines` that were to become the product called `product`; `since` and `until` are where the text says so.

    The text is meant without what only tells which order it is about (order_described.py).
    """

    lines: tuple[L, ...]
    product: str
    since: int
    until: int


def other_products[L: BoughtLine, P: NamedProduct](
    text: str, lines: Sequence[L], products: Sequence[P], values_of: Callable[[L], Iterable[str]], *,
    current: Sequence[L] = (),
) -> tuple[AnotherProduct[L], ...]:
    """What `text` wants instead of lines that is no kind of them, in its order.

    `values_of` gives what a line's product comes in: a "laptop" compartment is no laptop. `current` are the lines
    spoken of, for "it" and for an answer that names none. Where another line is of that product, "the laptop" may be
    that line, to be swapped too; "a laptop" is a new one.
    """
    text = without_described(text)
    groups = [one for one in read_products(text, products) if one.whole or not _is_theirs(one, lines)]
    found: list[AnotherProduct[L]] = []
    for sentence in _SENTENCE.finditer(text):
        for group in groups:
            if sentence.start() <= group.start < sentence.end():
                swap = _in_sentence(text, sentence, group, lines, current)
                if swap is not None and not _only_described(group, swap.lines, values_of):
                    found.append(swap)
                    break
    return tuple(found)


def _in_sentence[L: BoughtLine, P: NamedProduct](
    text: str, sentence: re.Match[str], group: Meant[P], lines: Sequence[L], current: Sequence[L]
) -> AnotherProduct[L] | None:
    end = _end_of(text, group)
    before, after = text[sentence.start():group.start], text[end:sentence.end()]
    name = group.whole[0].name if len(group.whole) == 1 else text[group.start:end]
    theirs, since = _is_theirs(group, lines), sentence.start()
    some: tuple[L, ...] = ()
    if theirs and not _A_NEW_ONE.search(before) and not (_WANTS.search(before) and not _SWAPS.search(sentence[0])):
        return None
    if into := _INTO.search(before):
        swaps = list(_SWAPS.finditer(before, 0, into.start("word")))
        thing = before[swaps[-1].end():into.start("word")] if swaps else ""
        if swaps and not thing.strip():
            thing = before[:swaps[-1].start()]  # "the puzzle swapped for a speaker"
        which = into["word"].lower() == "with" and _TELLS_WHICH.search(thing)
        if swaps and not which and not _GOES_ON.search(thing) and not _says_more(into["like"], lines):
            since += swaps[-1].start()
            some = _named(thing, lines) or (() if theirs and not _A_NEW_ONE.search(before) else tuple(current))
    if not some and not _OTHER_DEED.search(before) and not _IS_SWAPPED.search(before):
        if (instead := _INSTEAD.search(after)) and not _tells_which(after[:instead.start()], lines):
            some = _named(after[instead.end():], lines) or (() if theirs else tuple(current))
        elif (instead := _INSTEAD.search(before)) and len(_named(before[instead.end():], lines)) == 1:
            some = _named(before[instead.end():], lines)
        elif current and not theirs and not _tells_which(sentence[0], lines) and _answers(text, sentence, group):
            some = tuple(current)
    if not some or any(frozenset(forms(str(one.product))) == frozenset(forms(name)) for one in some):
        return None  # "the watch in black instead of silver" stays a watch
    until = _until(text, end, sentence.end(), lines, some)
    return AnotherProduct(some, name, since, until)


def _answers[P: NamedProduct](text: str, sentence: re.Match[str], group: Meant[P]) -> bool:
    """Whether it is an answer to "what instead?": a thing and little more, or a plain wish for it."""
    wants = _WANTS.search(sentence[0]) is not None and not text.rstrip().endswith("?")
    return bool(group.whole) and (wants or len(sentence[0].split()) <= SHORT)


def _named[L: BoughtLine](text: str, lines: Sequence[L]) -> tuple[L, ...]:
    return tuple(line for line, _ in read_lines(text, lines).chosen) if _tells_which(text, lines) else ()


def _tells_which[L: BoughtLine](text: str, lines: Sequence[L]) -> bool:
    known = KnownLines(lines)
    return any(known.tells_which(word.key) for word in split(text))


def _says_more[L: BoughtLine](like: str, lines: Sequence[L]) -> bool:
    """Whether the words before the product's name are more than what it is like."""
    return not _LINKS.isdisjoint(forms(like)) or _tells_which(like, lines)


def _is_theirs[P: NamedProduct, L: BoughtLine](group: Meant[P], lines: Sequence[L]) -> bool:
    """Whether it may mean a line of the order: "a lamp" where the order has a desk lamp."""
    names = [frozenset(forms(str(line.product))) for line in lines]
    known = KnownLines(lines)
    if any(frozenset(forms(one.name)) in names for one in group.products):
        return True
    return any(known.owners(word) for word in group.words) and not group.whole


def _only_described[P: NamedProduct, L: BoughtLine](
    group: Meant[P], some: Sequence[L], values_of: Callable[[L], Iterable[str]]
) -> bool:
    """Whether its words only tell what a line may be like, or are the name of it."""
    for line in some:
        values = {word for value in (*values_of(line), str(line.product)) for word in forms(value)}
        if group.words - FILLING <= values:
            return True
    return False


def _end_of[P: NamedProduct](text: str, group: Meant[P]) -> int:
    end = group.start
    for word in split(text):
        if word.start >= group.start and word.key in group.words:
            end = word.end
        elif word.start > group.start:
            break
    return max(end, group.start + 1)


def _until[L: BoughtLine](text: str, end: int, at_most: int, lines: Sequence[L], some: Sequence[L]) -> int:
    """Where what is said of it ends: before the name of the next line, and the words that lead to that."""
    known = KnownLines(lines)
    places = {place for place, line in enumerate(lines) if any(line is one for one in some)}
    for word in split(text):
        if end <= word.start < at_most and known.tells_which(word.key) and not known.owners(word.key) & places:
            joints = [one.start() for one in _AND.finditer(text, end, word.start)]
            return joints[-1] if joints else word.start
    return at_most
