"""What a wish may cost at most: kept with the line, and the line left as it is where the variant is beyond that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from babel.numbers import get_currency_precision

from actions.personal import Question
from actions.slots import Prompt
from actions.wish_words import described
from support.grounding.known_lines import KnownLines
from support.grounding.limit_reading import CostLimit
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

_ENDS = ".;!?\n"


def with_limits(
    known: Mapping[str, Any], limits: Sequence[CostLimit], text: str, lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes, each with the limit in minor units that `text` sets to it."""
    known = dict(known)
    for limit in limits:
        for line in _lines_of(limit, text, [line for line in lines if line.id in known]):
            digits = get_currency_precision(offered[line.id][0].currency)
            at_most = int(limit.at_most.scaleb(digits))
            of = "price" if limit.of_price else "total" if limit.total else "more"
            known[line.id] = known[line.id] | {"limit": [at_most, of]}
    return known


def within_limits(
    question: Question, known: Mapping[str, Any], lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> dict[str, Any]:
    """The wishes: where one costs more than it may, the next best takes its place; else it is left, and says `why`."""
    known = {id: _next_best(id, one, lines, offered) for id, one in known.items()}
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
            why = _why(question, line, variant, comes_to, at_most, of)
            known[id] = known[id] | {"variant": None, "kept": described(variant.options), "why": why}
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
    if "limit" in was and "kept" not in was:
        one["limit"] = was["limit"]
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


def _more(one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant) -> int:
    return (variant.price_minor - line.unit_price_minor) * int(one["quantity"] or line.quantity)


def _why(question: Question, line: OrderedLine, variant: OfferedVariant, comes_to: int, at_most: int, of: str) -> str:
    def money(minor: int) -> str:
        return question.wording.money(minor, variant.currency)

    more = f"{money(comes_to)} more" if comes_to else "as much as yours"
    costs = f"costs {money(comes_to) if of == 'price' else more}"
    if of == "total":
        costs = f"would make it {more} in all"
    limit = f", beyond your limit of {money(at_most)}" if at_most > 0 else ""
    return f"I leave the {line.product} alone: {described(variant.options)} {costs}{limit}."


def _lines_of(limit: CostLimit, text: str, wished: Sequence[OrderedLine]) -> Sequence[OrderedLine]:
    """Those that the limit is about: named in it, or last before it in its sentence; all where none is named."""
    if limit.total or len(wished) < 2:
        return wished
    since = max(text.rfind(sign, 0, limit.since) for sign in _ENDS) + 1
    known = KnownLines(wished)
    for part in (text[limit.since:limit.until], text[since:limit.since]):
        for word in reversed(split(part)):
            owners = known.owners(word.key) if known.is_head(word.key) else frozenset()
            if len(owners) == 1:
                return [wished[next(iter(owners))]]
    return wished


def with_reasons(prompt: Prompt | None, value: dict[str, Any], before: dict[str, Any]) -> Prompt | None:
    """The prompt after what is told of wishes that cost more than they may: the plan that would tell it comes later."""
    told = [one["why"] for id, one in value.items() if one.get("why") and one != before.get(id)]
    return replace(prompt, text=" ".join([*told, prompt.text])) if prompt is not None and told else prompt
