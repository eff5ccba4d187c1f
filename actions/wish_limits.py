"""What a wish may cost at most: kept with the line, and the line left as it is where the variant is beyond that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from babel.numbers import get_currency_precision

from actions.left_lines import taken_back
from actions.personal import Question
from actions.slots import Prompt
from actions.wish_words import described
from support.grounding.known_lines import KnownLines
from support.grounding.limit_reading import CostLimit, read_limits
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

_ENDS = ".;!?\n"
# "At most $10 extra for the shelf"
_OF_WHAT = re.compile(r"\s*(?:for|on) (?:the|my)(?: [\w-]+){1,2}", re.IGNORECASE)


def with_limits(
    known: Mapping[str, Any], limits: Sequence[CostLimit], text: str, lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes, each with the limit in minor units that `text` sets to it."""
    known = dict(known)
    for limit in limits:
        for line in _lines_of(limit, text, [line for line in lines if line.id in known], lines):
            digits = get_currency_precision(offered[line.id][0].currency)
            at_most = int(limit.at_most.scaleb(digits))
            of = "price" if limit.of_price else "total" if limit.total else "more"
            known[line.id] = known[line.id] | {"limit": [at_most, of]}
        if limit.total:
            for id in _spared(limit, text, [line for line in lines if line.id in known]):
                known[id] = known[id] | {"spare": True}
    return known


def affordable(
    limits: Sequence[CostLimit], text: str, line: OrderedLine, wished: Sequence[OrderedLine],
    offered: Sequence[OfferedVariant], lines: Sequence[OrderedLine],
) -> tuple[set[str], bool]:
    """The ids of the variants that keep the limits of `text` for the line, and whether one of those is wished.

    Then another may be taken that is less like the line: "a 30 megapixel one that costs no more than mine".
    """
    own = [one for one in limits if not one.total and line in _lines_of(one, text, wished, lines)]
    digits = get_currency_precision(offered[0].currency)
    there = {
        variant.id for variant in offered
        if all(
            variant.price_minor - (0 if one.of_price else line.unit_price_minor) <= int(one.at_most.scaleb(digits))
            for one in own
        )
    }
    return there, any(one.narrows for one in own)


def within_limits(
    question: Question, known: Mapping[str, Any], lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes: where one costs more than it may, the next best takes its place; else it is left, and says `why`."""
    known = {id: _next_best(id, one, lines, offered) for id, one in known.items()}
    known = _within_total(question, known, lines, offered)
    chosen = {
        line.id: (line, variant) for line in lines for variant in offered[line.id]
        if line.id in known and known[line.id]["variant"] == variant.id
    }
    together = sum(_more(known[id], *pair) for id, pair in chosen.items())
    for id, (line, variant) in chosen.items():
        at_most, of = known[id].get("limit") or (None, "")
        more = _more(known[id], line, variant)
        comes_to = variant.price_minor if of == "price" else together if of == "total" else more
        if at_most is not None and comes_to > at_most:
            left = _left(question, known[id], line, variant, comes_to, at_most, of)
            known[id] = left | {"why": left["why"] + _within(question, left, line, variant, offered[id], at_most, of)}
    return known


def wished_anew(
    was: Mapping[str, Any], found: Sequence[OfferedVariant], quantity: int | None
) -> dict[str, Any]:
    """A wish as the slot keeps it, for what was `found`, best first; of what it `was`, the limit and the next best."""
    order = [one.id for one in found]
    before = was.get("order", [])
    if len(order) == 1 and order[0] in before:
        order = before[before.index(order[0]):]
    one: dict[str, Any] = {"variant": order[0] if order else None, "quantity": quantity}
    if len(order) > 1:
        one["order"] = order
    if "kept" not in was:
        one |= {name: was[name] for name in ("limit", "spare") if name in was}
    return one


def _next_best(
    id: str, one: dict[str, Any], lines: Sequence[OrderedLine], offered: Mapping[str, Sequence[OfferedVariant]]
) -> dict[str, Any]:
    """The wish for the line with that id, for the first variant in its order that costs no more than it may."""
    at_most, of = one.get("limit") or (None, "")
    line = next(line for line in lines if line.id == id)
    if at_most is None or of == "total" or "order" not in one:
        return one
    for variant in (variant for wished in one["order"] for variant in offered[id] if variant.id == wished):
        if (variant.price_minor if of == "price" else _more(one, line, variant)) <= at_most:
            return one | {"variant": variant.id}
    return one


def _within_total(
    question: Question, known: dict[str, Any], lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes, where they come to more than they may together: the first next best ones that keep within that.

    What is to `spare` is left as it is before nothing is changed at all.
    """
    at_most = next((one["limit"][0] for one in known.values() if one.get("limit", (0, ""))[1] == "total"), None)
    some = [line for line in lines if line.id in known and known[line.id]["variant"]]
    if at_most is None or not some:
        return known
    choices = [_choices(known[line.id], offered[line.id]) for line in some]
    first = [options[0] for options in choices]
    comes_to = sum(_more(known[line.id], line, one) for line, one in zip(some, first, strict=True) if one is not None)
    for chosen in product(*choices):
        swaps = [(line, one) for line, one in zip(some, chosen, strict=True) if one is not None]
        if swaps and sum(_more(known[line.id], line, one) for line, one in swaps) <= at_most:
            anew = {line.id: known[line.id] | {"variant": one.id} for line, one in swaps}
            spared = {
                line.id: _left(question, known[line.id], line, was, comes_to, at_most, "total")
                for line, was in zip(some, first, strict=True) if was is not None and line.id not in anew
            }
            return known | anew | spared
    return known


def _left(
    question: Question, one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant, comes_to: int,
    at_most: int, of: str,
) -> dict[str, Any]:
    """The wish for a line that is left as it is, and says `why`."""
    why = _why(question, line, variant, comes_to, at_most, of)
    return {**one, "variant": None, "kept": described(variant.options), "why": why}


def spared(text: str, lines: Sequence[OrderedLine]) -> set[str]:
    """The ids of the lines that `text` leaves only if everything comes to too much: they are wished until then."""
    return {id for limit in read_limits(text) if limit.total for id in _spared(limit, text, lines)}


def _choices(one: Mapping[str, Any], offered: Sequence[OfferedVariant]) -> list[OfferedVariant | None]:
    """The variants wished for a line, best first; at the end None where it may stay as it is."""
    order = one.get("order", [one["variant"]])
    wished: list[OfferedVariant | None] = [variant for id in order for variant in offered if variant.id == id]
    return [*wished, None] if one.get("spare") else wished


def _more(one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant) -> int:
    return (variant.price_minor - line.unit_price_minor) * int(one["quantity"] or line.quantity)


def _why(question: Question, line: OrderedLine, variant: OfferedVariant, comes_to: int, at_most: int, of: str) -> str:
    def money(minor: int) -> str:
        return question.wording.money(minor, variant.currency)

    more = f"{money(comes_to)} more" if comes_to else "as much as yours"
    costs = f"costs {money(comes_to) if of == 'price' else more}"
    if of == "total":
        costs = f"would make it {more} in all"
    if of != "price" and comes_to < 0:
        costs = f"saves only {money(-comes_to)}{' in all' if of == 'total' else ''}"
    limit = f", beyond your limit of {money(at_most)}" if at_most > 0 else ""
    return f"I leave the {line.product} alone: {described(variant.options)} {costs}{limit}."


def _within(
    question: Question, one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant,
    offered: Sequence[OfferedVariant], at_most: int, of: str,
) -> str:
    """What has all that would change of the line and costs no more than it may, with a space before it, or ""."""
    changed = {name: value for name, value in variant.options.items() if line.options.get(name) != value}
    there = [
        each for each in offered
        if all(each.options.get(name) == value for name, value in changed.items()) and each.stock >= line.quantity
        and (each.price_minor if of == "price" else _more(one, line, each)) <= at_most
    ]
    if of == "total" or not there:
        return ""
    first = min(there, key=lambda each: each.price_minor)
    price = question.wording.money(first.price_minor, first.currency)
    return f" What costs no more than that is the one with {described(first.options)}, at {price}."


def _spared(limit: CostLimit, text: str, wished: Sequence[OrderedLine]) -> set[str]:
    """The ids of those that are to stay if it is too much: "then leave the boots", "then just the boots"."""
    then = re.split(r"[.;!?\n]", text[limit.until:].strip(" ,.;:"), maxsplit=1)[0]
    return taken_back(then, wished, {line.id for line in wished})


def _lines_of(
    limit: CostLimit, text: str, wished: Sequence[OrderedLine], lines: Sequence[OrderedLine]
) -> Sequence[OrderedLine]:
    """Those that the limit is about: named in it, or last before it in its sentence; all where none is named.

    None of the `wished` where the last that was named before it is another one of the `lines`.
    """
    if limit.total:
        return wished
    every = KnownLines(lines)
    named = [every.owners(word.key) for word in split(text[: limit.until]) if every.is_head(word.key)]
    if named and all(lines[place] not in wished for place in named[-1]):
        return ()
    if len(wished) < 2:
        return wished
    since = max(text.rfind(sign, 0, limit.since) for sign in _ENDS) + 1
    known = KnownLines(wished)
    behind = _OF_WHAT.match(text, limit.until)
    for part in (text[limit.since : behind.end() if behind else limit.until], text[since : limit.since]):
        for word in reversed(split(part)):
            owners = known.owners(word.key) if known.is_head(word.key) else frozenset()
            if len(owners) == 1:
                return [wished[next(iter(owners))]]
    return wished


def with_reasons(prompt: Prompt | None, value: dict[str, Any], before: dict[str, Any]) -> Prompt | None:
    """The prompt after what is told of wishes that cost more than they may: the plan that would tell it comes later."""
    told = [one["why"] for id, one in value.items() if one.get("why") and one != before.get(id)]
    return replace(prompt, text=" ".join([*told, prompt.text])) if prompt is not None and told else prompt
