"""How the variants of a product are offered in place of a line."""

from collections.abc import Sequence
from typing import Any

from actions import buttons
from actions.slots import Prompt
from actions.wording import Wording, numbered
from support.grounding.option_values import in_words
from support.grounding.wish import Wish
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

LISTED = 6


def variant(words: Wording, one: OfferedVariant) -> str:
    """`brass, large · €49.00`, and whether it can be had."""
    said = described(one.options)
    out = "" if one.stock else ", sold out"
    return f"{said} · {words.money(one.price_minor, one.currency)}{out}"


def described(options: dict[str, Any]) -> str:
    """`colour brass, size large`: values alone would not tell which is which."""
    return ", ".join(f"{name} {value}" for name, value in options.items()) or "standard"


def by_how_much(words: Wording, minor: int, currency: str) -> str:
    """` ($1.87 more)`: what one of several things costs more than before, in minor units; less if under zero."""
    if not minor:
        return " (the same price)"
    return f" ({words.money(abs(minor), currency)} {'more' if minor > 0 else 'less'})"


def what_instead(words: Wording, line: OrderedLine, offered: Sequence[OfferedVariant]) -> Prompt:
    """The question what is wished instead of the line, with what could be."""
    there = [one for one in offered if one.stock >= line.quantity and one.id != line.variant_id]
    asked = f"What would you like instead of the {words.line(line)}?"
    return _offer(words, asked, there, f"I'm sorry, no other kind of {line.product} is in stock just now.")


def choice(words: Wording, line: OrderedLine, there: Sequence[OfferedVariant]) -> Prompt:
    """The question which of several that fit the wish it shall be."""
    return _offer(words, f"Instead of the {words.line(line)}, which of these shall it be?", there, "")


def nothing_like_it(
    words: Wording, line: OrderedLine, wish: Wish[OfferedVariant], offered: Sequence[OfferedVariant]
) -> Prompt:
    """What to say where nothing in stock is as wished."""
    there = [one for one in wish.near if one.stock >= line.quantity and one in offered]
    rest = sorted((one for one in offered if one.stock >= line.quantity), key=lambda one: -_fitting(one, wish))
    wished = wish_in_words(wish)
    gone = f"The {line.product} can't be had just so ({wished or 'as you say'}, all else the same)."
    if len(there) == 1:
        others = words.listed(name for name in _others(there[0], line, wish))
        nearest = f"This one comes nearest, with another {others}." if others else "This one is there."
        return _offer(words, f"{gone} {nearest} Shall it be that?", there, "")
    if there:
        return _offer(words, f"{gone} Which of these shall it be instead of the {words.line(line)}?", there, "")
    sorry = "That can't be had just now."
    if wished:
        sorry = f"The {line.product} can't be had as you wish it ({wished})."
    return _offer(words, f"{sorry} These can be had:", rest, f"{sorry} Nothing else of it is in stock either.")


def _others(one: OfferedVariant, line: OrderedLine, wish: Wish[OfferedVariant]) -> list[str]:
    """The names of the options that would become something else though nobody wished for it."""
    return [name for name, value in line.options.items() if name not in wish.wished and one.options.get(name) != value]


def _fitting(one: OfferedVariant, wish: Wish[OfferedVariant]) -> int:
    """How many of the options are as wished."""
    return sum(str(one.options.get(name)) in values for name, values in wish.wished.items())


def wish_in_words(wish: Wish[OfferedVariant]) -> str:
    """`brass, small or large`, or the words that fit nothing."""
    wished = [" or ".join(in_words(name, value) for value in values) for name, values in wish.wished.items() if values]
    return ", ".join(wished) or ", ".join(wish.unknown)


def _offer(words: Wording, asked: str, there: Sequence[OfferedVariant], nothing: str) -> Prompt:
    if not there:
        return Prompt(nothing, [buttons.said("Leave it"), buttons.PERSON])
    shown = there[:LISTED]
    rest = len(there) - len(shown)
    more = f"\nand {words.count(rest, 'other')}: tell me what it should be like." if rest else ""
    listed = numbered(variant(words, one) for one in shown)
    offers = [buttons.said(described(one.options)) for one in shown]
    return Prompt(f"{asked}\n{listed}{more}", offers, [one.id for one in shown])
