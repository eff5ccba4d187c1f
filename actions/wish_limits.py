"""What a wish may cost at most: kept with the line, and the line left as it is where the variant is beyond that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from babel.numbers import get_currency_precision

from actions.kept_wishes import is_open
from actions.left_for_price import left, more_than_now, within_limit
from actions.left_lines import taken_back
from actions.personal import Question
from actions.slots import Prompt
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
        wished = [line for line in lines if line.id in known]
        if limit.over and not limit.total and 0 < len(_spared(limit, text, wished)) < len(wished):
            limit = replace(limit, total=True)  # "if that costs more than $20, only do the camera"
        for line in _lines_of(limit, text, wished, lines):
            digits = get_currency_precision(offered[line.id][0].currency)
            at_most = int(limit.at_most.scaleb(digits))
            of_price = limit.of_price and at_most >= min(one.price_minor for one in offered[line.id])
            of = "price" if of_price else "total" if limit.total else "more"
            known[line.id] = known[line.id] | {"limit": [at_most, of]}
        if limit.total:  # and nothing at all costs so little where it is of the price: it is of the difference
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
    settled = not any(is_open(known, line) for line in lines)
    known = _within_total(question, known, lines, offered) if settled else known
    chosen = {
        line.id: (line, variant) for line in lines for variant in offered[line.id]
        if line.id in known and known[line.id]["variant"] == variant.id
    }
    together = sum(more_than_now(known[id], *pair) for id, pair in chosen.items())
    for id, (line, variant) in chosen.items():
        at_most, of = known[id].get("limit") or (None, "")
        more = more_than_now(known[id], line, variant)
        comes_to = variant.price_minor if of == "price" else together if of == "total" else more
        if at_most is not None and comes_to > at_most and (settled or of != "total"):
            as_it_is = left(question, known[id], line, variant, comes_to, at_most, of)
            instead = within_limit(question, as_it_is, line, variant, offered[id], at_most, of)
            known[id] = as_it_is | {"why": as_it_is["why"] + instead}
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
        if (variant.price_minor if of == "price" else more_than_now(one, line, variant)) <= at_most:
            return one | {"variant": variant.id}
    return one


def _within_total(
    question: Question, known: dict[str, Any], lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes, where they come to more than they may together: the first next best ones that keep within that.

    Else what is to `spare` is left as it is, and the others are wished whatever they come to: "then only the lamp".
    """
    at_most = next((one["limit"][0] for one in known.values() if one.get("limit", (0, ""))[1] == "total"), None)
    some = [line for line in lines if line.id in known and known[line.id]["variant"]]
    if at_most is None or not some:
        return known
    choices = [_choices(known[line.id], offered[line.id]) for line in some]
    first = [options[0] for options in choices]
    wished = [(line, one) for line, one in zip(some, first, strict=True) if one is not None]
    comes_to = sum(more_than_now(known[line.id], line, one) for line, one in wished)
    for chosen in product(*choices):
        swaps = [(line, one) for line, one in zip(some, chosen, strict=True) if one is not None]
        if swaps and sum(more_than_now(known[line.id], line, one) for line, one in swaps) <= at_most:
            anew = {line.id: known[line.id] | {"variant": one.id} for line, one in swaps}
            return known | anew | _all_left(question, known, some, first, anew, comes_to, at_most)
    rest = {line.id: known[line.id] for line in some if not known[line.id].get("spare")}
    if len(rest) in (0, len(some)):
        return known
    rest = {id: {name: one[name] for name in one if name != "limit"} for id, one in rest.items()}
    return known | rest | _all_left(question, known, some, first, rest, comes_to, at_most)


def _all_left(
    question: Question, known: Mapping[str, Any], some: Sequence[OrderedLine], first: Sequence[OfferedVariant | None],
    wished: Mapping[str, Any], comes_to: int, at_most: int,
) -> dict[str, Any]:
    """Those of the lines that are not `wished` after all."""
    return {
        line.id: left(question, known[line.id], line, was, comes_to, at_most, "total")
        for line, was in zip(some, first, strict=True) if was is not None and line.id not in wished
    }


def spared(text: str, lines: Sequence[OrderedLine]) -> set[str]:
    """The ids of the lines that `text` leaves only if everything comes to too much: they are wished until then."""
    return {id for limit in read_limits(text) if limit.total for id in _spared(limit, text, lines)}


def _choices(one: Mapping[str, Any], offered: Sequence[OfferedVariant]) -> list[OfferedVariant | None]:
    """The variants wished for a line, best first; at the end None where it may stay as it is."""
    order = one.get("order", [one["variant"]])
    wished: list[OfferedVariant | None] = [variant for id in order for variant in offered if variant.id == id]
    return [*wished, None] if one.get("spare") else wished


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
