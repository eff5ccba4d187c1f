"""Several wishes at once: which line of an order is to become what other variant."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from support.grounding.known_lines import BoughtLine, KnownLines, with_sunglasses
from support.grounding.mentions import Mention, mentions
from support.grounding.named_lines import Named, named
from support.grounding.ranked import ranked
from support.grounding.remarks import past_no
from support.grounding.sides import ALL, Side
from support.grounding.swap_fitting import FURTHER, coming_so, is_how_it_comes, is_of_the_last, told_by_measure
from support.grounding.swap_goes_on import (
    describes_old,
    is_what_for,
    keeps_or_hopes,
    rules_out,
    tells_more,
    wishes_for,
    wishes_one,
)
from support.grounding.swap_mentions import by_price, makes_it, parted, said_in
from support.grounding.swap_wishes import Swap, wishes_of
from support.grounding.whichever import left_to_price
from support.grounding.wish import OfferedForm, Wish
from support.grounding.words import forms, split

_WHICHEVER = frozenset({"whichever", "whatever"})
BEFORE = 20  # characters before a thing that may tell that it is a further one
_ELSE = frozenset({"if", "otherwise", "else", "failing"})
# "The red one. No red? Then blue"
_NONE_SO = re.compile(r"\b(?:no|not|none in|none)(?: [\w-]+){1,2}\s*\?+\s*(?:then|ok|well)?\b", re.IGNORECASE)
# "Not the 4K camera but one with Wi-Fi" is a wish for the camera
_NOT_BUT = re.compile(
    r"\bnot (?:the|an?) (?:[\w'’-]+\s){0,2}?(?P<thing>[\w-]+),? but (?P<new>(?:an?|the)?\s?(?:another )?one)\b",
    re.IGNORECASE,
)
# "The same size and everything, but in black" means no other thing
_AND_ALL = re.compile(r"\b(?P<same>same [\w-]+),? and (?:everything|all)\b(?! (?:of|the|in|else)\b)", re.IGNORECASE)
# "Could the green bike be a mountain bike?" is "the green bike should be a mountain bike"
_COULD_BE = re.compile(
    r"\b(?:can|could|may|might|would)\s+(?P<thing>(?:the|my)\s[^.,;!?]{2,50}?)\s+(?:be|become)\s+(?=(?:an?|the)\b)",
    re.IGNORECASE,
)
_CHOICES = re.compile(
    r"[.!](?=\s+(?P<choices>(?!(?:and|but|i|we|if|the|my|can|could|please)\b)[\w-]+(?: [\w-]+)?"
    r"(?: (?:if|preferably)\b[^.;!?,]*)?,?\s+(?:or else|else|otherwise|or)\b[^.;!?]*))", re.IGNORECASE,
)
_NO_SWAP = frozenset({
    "return", "returned", "returning", "refund", "refunded", "cancel", "cancelled", "cancelling", "send",
})


def read_swaps[L: BoughtLine, V: OfferedForm](
    text: str, lines: Sequence[L], variants_of: Callable[[L], Sequence[V]], *, shown: Sequence[L] = (),
    current: Sequence[L] = (), changed: Sequence[L] = (),
) -> tuple[tuple[L, Wish[V]], ...]:
    """Each line that `text` surely names, with what is wished instead of it, in the order of the lines.

    A line without a wish of its own has the next one's ("the mugs and the plate in blue"), or an empty one if there
    is none. A text that names no line speaks of `current`, or of the only line there is. Lines that might be meant are
    left out; `read_lines` has them as candidates. What a line is by now is wished for only if it was to be `changed`.
    """
    if not lines:
        return ()
    text = past_no(left_to_price(ranked(with_sunglasses(text, lines))))
    text = _NONE_SO.sub(lambda found: "otherwise".ljust(len(found[0])), text)
    text = _NOT_BUT.sub(lambda found: f"the {found['thing']} {found['new']}".ljust(len(found[0])), text)
    text = _AND_ALL.sub(lambda found: found["same"].ljust(len(found[0])), text)
    text = _COULD_BE.sub(r"\g<thing> should be ", text)
    known = KnownLines(lines)
    text = _with_choices(text, known)
    places = {id(line): place for place, line in enumerate(lines)}
    listed = [places[id(one)] for one in shown if id(one) in places] or list(range(len(lines)))
    spoken_of = [place for one in current for place, line in enumerate(lines) if line == one]
    swaps: list[Swap] = []
    for mention in mentions(text, known):
        if mention.side is Side.MEANT:
            _take(swaps, mention, text, lines, known, listed, spoken_of, variants_of)
        elif mention.side is Side.CORRECTED and swaps and swaps[-1].until and _rules_out_one(mention, swaps[-1], known):
            swaps[-1].add(mention.words)  # "in glass, just not green"
    for swap in swaps:
        if swap.candidates:
            said = text[swap.begun : max(swap.until, swap.begun)]
            swap.places = told_by_measure(said, swap.candidates, known) or _planned(text, swap, spoken_of)
    if swaps and not any(swap.places or swap.candidates for swap in swaps):
        only = dict.fromkeys(spoken_of or ([0] if len(lines) == 1 else []))
        wishes = [swap for swap in swaps if swap.until]
        if len(only) > 1 and wishes:
            only = dict.fromkeys(coming_so(text[wishes[0].since:wishes[-1].until], lines, only, variants_of)) or only
        swaps[0].places = tuple(only)
    return wishes_of(swaps, text, lines, variants_of, changed)


def _with_choices(text: str, known: KnownLines) -> str:
    """`text`, as long as it was, with a sentence that only lists values to choose from joined to the one before.

    "The headphones wireless. Black, or else blue" names no blue speaker.
    """
    for found in _CHOICES.finditer(text):
        if not any(known.is_head(word.key) for word in split(found["choices"])):
            text = f"{text[:found.start()]},{text[found.start() + 1:]}"
    return text


def _rules_out_one(mention: Mention, swap: Swap, known: KnownLines) -> bool:
    """Whether what "not" stands before is only a value of the thing before, and nothing that they have."""
    return mention.sentence == swap.sentence and not any(map(known.owners, mention.keys))


def not_swapped[L: BoughtLine](text: str, lines: Sequence[L]) -> tuple[L, ...]:
    """The lines with which `text` wants something else done than swapping: "can I return the lamp, too?"."""
    known, places = KnownLines(lines), range(len(lines))
    readings = [
        named(mention, text, lines, known, places, ()) for mention in mentions(text, known)
        if mention.side is Side.MEANT and not mention.wishes and not _NO_SWAP.isdisjoint(mention.keys)
        and any(map(known.tells_which, mention.keys))
    ]
    return tuple(lines[place] for reading in readings for place in reading.chosen)


def _take[L: BoughtLine, V: OfferedForm](
    swaps: list[Swap], mention: Mention, text: str, lines: Sequence[L], known: KnownLines,
    listed: Sequence[int], current: Sequence[int], variants_of: Callable[[L], Sequence[V]],
) -> None:
    """Add what the mention says: a swap of its own, or more of the wish before."""
    if swaps and swaps[-1].places and not _WHICHEVER.isdisjoint(mention.keys[:2]):
        swaps[-1].add((*mention.words, *mention.wishes))  # ", whichever is the cheapest"
        return
    else_of_it = not _ELSE.isdisjoint(mention.keys[:1]) and not any(map(known.is_head, mention.keys))
    if swaps and swaps[-1].places and else_of_it:
        swaps[-1].add((*mention.words, *mention.wishes))  # "HEPA, large; if that is sold out, carbon, large"
        swaps[-1].sentence = mention.sentence
        return
    if swaps and (rules_out(mention, swaps[-1], known) or wishes_one(mention, swaps[-1], known)):
        swaps[-1].add((*mention.words, *mention.wishes))
        return
    if swaps and keeps_or_hopes(mention, swaps[-1], lines, known):
        swaps[-1].add(mention.words)
        return
    if swaps and is_what_for(mention, swaps[-1], text, known):
        swaps[-1].add(mention.words)
        return
    if not mention.wishes:
        if not _NO_SWAP.isdisjoint(mention.keys):
            return
        if swaps and describes_old(mention, swaps[-1], text, known):
            swaps[-1].until = 0  # what is wished instead comes only now
            return
        if swaps and tells_more(mention, swaps[-1], known):
            swaps[-1].add(mention.words)
            return
        of_it = by_price(mention, known) or makes_it(mention, known)
        goes_on = of_it or (swaps and wishes_for(mention, swaps[-1], text, known))
        if swaps and swaps[-1].places and goes_on:
            swaps[-1].add(mention.words)  # of what was named, and no line by its price or its colour
            return
        if (current or len(lines) == 1) and of_it:
            swaps += [] if swaps else [Swap((), mention.sentence)]
            swaps[-1].add(mention.words)
            return
        if swaps and is_of_the_last(mention, swaps[-1], text, lines, known, variants_of):
            swaps[-1].add(mention.words)  # "And where is the speaker? The black one please"
            return
        named_none = current and not any(swap.places for swap in swaps)
        if named_none and is_how_it_comes(mention, text, lines, known, current, variants_of):
            swaps += [] if swaps else [Swap((), mention.sentence)]
            swaps[-1].add(mention.words)
            return
        mention = parted(mention, known)
    if swaps and swaps[-1].places and {"both", "all"}.isdisjoint(mention.keys):
        current = swaps[-1].places  # "The machine is missing. Add it: the automatic one"
    reading = named(mention, text, lines, known, listed, current)
    if not reading.chosen and reading.candidates:
        # What does not fit the line that is named may be what is wished for
        name_only = replace(mention, words=tuple(word for word in mention.words if known.is_named(word.key)))
        of_name = named(name_only, text, lines, known, listed, current) if name_only.words else Named()
        reading = of_name if of_name.words or not mention.wishes else reading
        if reading.chosen and not mention.wishes:
            mention = replace(mention, wishes=mention.words)
    if not reading.chosen and reading.candidates and mention.wishes:
        wish = said_in(text, mention.wishes)
        reading = replace(reading, chosen=coming_so(wish, lines, reading.candidates, variants_of))
    if not reading.chosen and len(reading.candidates) > 1 and any(map(known.is_head, mention.keys)):
        unsure = Swap((), mention.sentence, begun=mention.words[0].start, candidates=reading.candidates)
        unsure.add((*mention.words, *mention.wishes))
        swaps.append(unsure)
        return
    places = tuple(range(len(lines))) if reading.whole else tuple(reading.chosen)
    spoken_of = not reading.words and set(places) == set(current) and ALL.isdisjoint(mention.keys)
    if swaps and (not places or spoken_of):
        swaps[-1].add((*mention.words, *mention.wishes))
        return
    said = (*mention.words, *mention.wishes)
    if swaps and swaps[-1].places == places and swaps[-1].until:
        swaps[-1].add(said)
        return
    begun = min(word.start for word in said)
    swap = Swap(places, mention.sentence, said=said_in(text, said), begun=begun, pointed=not reading.words)
    swap.add(mention.wishes if places else (*mention.words, *mention.wishes))
    swaps.append(swap)


def _planned(text: str, swap: Swap, spoken_of: Sequence[int]) -> tuple[int, ...]:
    """The one of its candidates that is spoken of, unless a further one is meant."""
    found = [place for place in swap.candidates if place in spoken_of]
    said = forms(text[max(swap.begun - BEFORE, 0) : max(swap.until, swap.begun)])
    return tuple(found) if len(found) == 1 and FURTHER.isdisjoint(said) else ()
