"""Things that are left as they are since what was wished costs more than it may, and what is said of that."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.personal import Question
from actions.wish_words import described
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant


def left(
    question: Question, one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant, comes_to: int,
    at_most: int, of: str,
) -> dict[str, Any]:
    """The wish for a line that is left as it is, and says `why`."""
    why = _why(question, line, variant, comes_to, at_most, of)
    return {**one, "variant": None, "kept": described(variant.options), "why": why}


def more_than_now(one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant) -> int:
    """By how much the pieces wished cost more than the customer paid, in minor units; less than zero if they save."""
    return (variant.price_minor - line.unit_price_minor) * int(one["quantity"] or line.quantity)


def within_limit(
    question: Question, one: Mapping[str, Any], line: OrderedLine, variant: OfferedVariant,
    offered: Sequence[OfferedVariant], at_most: int, of: str,
) -> str:
    """What has all that would change of the line and costs no more than it may, with a space before it, or ""."""
    changed = {name: value for name, value in variant.options.items() if line.options.get(name) != value}
    there = [
        each for each in offered
        if all(each.options.get(name) == value for name, value in changed.items()) and each.stock >= line.quantity
        and (each.price_minor if of == "price" else more_than_now(one, line, each)) <= at_most
    ]
    if of == "total" or not there:
        return ""
    first = min(there, key=lambda each: each.price_minor)
    price = question.wording.money(first.price_minor, first.currency)
    return f" What costs no more than that is the one with {described(first.options)}, at {price}."


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
