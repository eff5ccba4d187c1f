"""Wishes to have a thing just like another of the customer's, in the same order or in another one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.personal import Question
from actions.wish_reading import Offered
from support.grounding.known_lines import KnownLines
from support.grounding.likeness import Likeness, read_likeness
from support.grounding.line_reading import read_lines
from support.grounding.option_values import in_words
from support.grounding.order_described import without_described
from support.grounding.twins import described
from support.grounding.variant_reading import read_wish
from support.grounding.words import forms, split
from support.ordering.order_views import Line, OrderedLine, OrderSummary
from support.products.product_views import OfferedVariant

_SENTENCE = re.compile(r"[.;!?\n]+\s*")
_PART = re.compile(r"[.;:!?,\n]+\s*|\band\s+", re.IGNORECASE)
_ALIKE = re.compile(r"\b(?:both|all)\b[^.;!?]*\b(?:same|alike)\b[^.;!?]*$", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:other|second|another)\b", re.IGNORECASE)


async def like_others(
    question: Question, number: str, text: str, lines: Sequence[OrderedLine], offered: Offered,
    open_line: OrderedLine | None,
) -> tuple[str, dict[str, Any]]:
    """`text` without what it says of likeness, and the wishes that this comes to, as the slot keeps them.

    What can't be told, or isn't in stock, stays in the text in words of options, where they are known.
    """
    wishes: dict[str, Any] = {}
    for one in reversed(read_likeness(text)):
        before = text[:one.start]
        source, targets = await _of_whom(question, number, one, before, lines, open_line)
        if source is None:
            continue
        said = []
        parts = _SENTENCE if _ALIKE.search(before) else _PART
        begins = max((found.end() for found in parts.finditer(before)), default=0)
        for line in targets:
            options = _wished(one, source, line, offered[line.id])
            same = [each for each in offered[line.id] if dict(each.options) == options]
            there = [each for each in same if each.stock >= line.quantity and each.id != line.variant_id]
            if there:
                wishes[line.id] = {"variant": there[0].id, "quantity": None}
                before = before[:begins]  # "the white mouse should be": that is told by now
            elif options != line.options:
                said = [in_words(name, str(value)) for name, value in options.items()]
                twins = [each for each in lines if each.product == line.product and each is not line]
                if len(targets) == 1 and len(twins) == 1:
                    # "Both like the blue one": with that one's colour, the other one is to be named by its own
                    before = f"{before[:begins]}{described(line, twins[0])} "
        text = f"{before}{'in ' if said else ''}{', '.join(said)}{text[one.end:]}"
    return text, wishes


async def _of_whom(
    question: Question, number: str, one: Likeness, before: str, lines: Sequence[OrderedLine],
    open_line: OrderedLine | None,
) -> tuple[Line | None, Sequence[OrderedLine]]:
    """The thing that the others shall be like, None if that can't be told, and those others."""
    kinds = _kinds(f"{without_described(before)} {one.what}", lines) or _kinds(f"{before} {one.ref}", lines)
    kinds = kinds or _kinds(question.text, lines)
    kinds = kinds or ([open_line.product] if open_line else [])
    orders = await _orders(question, number, one)
    others = [line for order in orders for line in order.lines]
    if not kinds:
        kinds = list({line.product for line in others} & {line.product for line in lines})
    if len(kinds) != 1:
        return None, ()
    own = [line for line in lines if line.product == kinds[0]]
    told = own if len(own) < 2 else _told(_last_naming(before, own), own)
    if not told and open_line in own:
        told = [line for line in own if line is open_line]
    if len(own) > 1 and not one.elsewhere:
        ref = [line for line, _ in read_lines(_OTHER.sub(" ", one.ref), own).chosen]
        if len(ref) == 1:
            return ref[0], [line for line in own if line is not ref[0] and (line in told or told in ([], ref, own))]
        rest = [line for line in own if line not in told]
        return (rest[0], told) if len(rest) == 1 and len(told) == 1 else (None, ())
    there = [line for line in others if line.product == kinds[0]]
    if len({str(line.options) for line in there}) > 1 and _OTHER.search(one.ref):
        # "The one in my other order" is in one that is open, too
        waiting = [line for order in orders if order.status.open for line in order.lines]
        there = [line for line in waiting if line.product == kinds[0]] or there
    if len({str(line.options) for line in there}) > 1:
        there = [line for line, _ in read_lines(one.ref, there).chosen]
    plain = len({str(line.options) for line in there}) == 1
    return (there[0], told or own) if plain and (told or len(own) == 1) else (None, ())


def _told(text: str, own: Sequence[OrderedLine]) -> list[OrderedLine]:
    """Those that the text names; "I have two mugs: the red one" names one in the end."""
    last = [line for line, _ in read_lines(_PART.split(text)[-1], own).chosen]
    return last if len(last) == 1 else [line for line, _ in read_lines(text, own).chosen]


async def _orders(question: Question, number: str, one: Likeness) -> Sequence[OrderSummary]:
    """The other orders that the words may speak of."""
    known = await question.records.orders()
    rest = [order for order in known if order.number != number]
    if not one.elsewhere:
        return rest
    read = question.orders_in(one.ref, rest)
    return read.chosen or read.candidates or rest


def _kinds(text: str, lines: Sequence[OrderedLine]) -> list[str]:
    """The products of the lines that the last sentence naming any speaks of."""
    known = KnownLines(lines)
    for sentence in reversed(_SENTENCE.split(text)):
        heads = [word.key for word in split(sentence) if known.is_head(word.key)]
        if heads:
            return list(dict.fromkeys(lines[place].product for place in sorted(known.owners(heads[-1]))))
    return []


def _last_naming(text: str, lines: Sequence[OrderedLine]) -> str:
    """The last sentence of the text that names one of the lines."""
    known = KnownLines(lines)
    naming = [one for one in _SENTENCE.split(text) if any(known.is_known(word.key) for word in split(one))]
    return naming[-1] if naming else ""


def _wished(one: Likeness, source: Line, line: OrderedLine, offered: Sequence[OfferedVariant]) -> Mapping[str, Any]:
    """The options that the line is to have."""
    alike = {name: value for name, value in source.options.items() if name in line.options}
    only = {name: value for name, value in alike.items() if set(forms(name)) & set(forms(one.what))}
    options = {**line.options, **(only or alike)}
    if one.but:
        wish = read_wish(one.but, options, offered, name=line.product)
        options = dict(wish.matches[0].options) if wish.wished and wish.matches else options
    return options
