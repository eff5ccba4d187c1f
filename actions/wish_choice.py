"""Which variant a wish comes to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.personal import Question
from actions.slots import Prompt
from actions.wish_words import choice, nothing_like_it, wish_in_words
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.filling import FILLING
from support.grounding.line_reading import read_lines
from support.grounding.wish import UTMOST, Wish, allowed, fitted, is_foreign
from support.grounding.words import forms
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

_NONE = re.compile(
    r"\W*(?:(?:no|hm+|oh|sorry|well|ok)\W+)*(?:none|neither)(?:\s+of\s+(?:those|these|them))?\b(?!\s+of\s+the\b)",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"(?<!n['’]t )(?<!not )\b(?:(?:i|we)(?:['’]ll|['’]d| will| shall| would)?\s+)?(?:just\s+|"
    r"rather\s+)?(?:keep(?:ing)?|stick(?:ing)? (?:with|to)|hold on to)\s+(?P<what>[^.,;!?]+)|"
    r"\b(?:it|that|they|mine)(?:['’]ll| will| can| may| should| shall)?\s+(?:just\s+)?(?:stays?|"
    r"remains?)\b(?P<stays>[^.,;!?]*)",
    re.IGNORECASE,
)


def to_be_had(line: OrderedLine, wish: Wish[OfferedVariant], *, alike: bool = False) -> bool:
    """Whether anything that is wished is there, whatever else would change with it; if `alike`, with nothing else."""
    there = [one for each in wish.in_order for one in (each.matches if alike else (*each.matches, *each.near))]
    return any(_can_be(one, line) for one in there)


def missed(
    wish: Wish[OfferedVariant], found: Sequence[OfferedVariant], offered: Sequence[OfferedVariant]
) -> Mapping[str, str]:
    """What was wished first where only what was wished otherwise was `found`, as the slot keeps it."""
    so = [one for one in offered if all(str(one.options.get(name)) in some for name, some in wish.wished.items())]
    gone = found and wish.otherwise is not None and wish.wished and not any(one.stock > 0 for one in so)
    return {"missed": wish_in_words(wish)} if gone else {}


def with_said_before(
    wish: Wish[OfferedVariant], said: Mapping[str, Sequence[str]], line: OrderedLine,
    offered: Sequence[OfferedVariant],
) -> Wish[OfferedVariant]:
    """The wish, with what was `said` of the line before it was asked for more; not where nothing in stock is all of it.

    Options that are named anew take the place of those. "Waterproof." "These can be had so: ..." "The cheapest."
    """
    wished = {**{name: tuple(values) for name, values in said.items()}, **wish.wished}
    otherwise = with_said_before(wish.otherwise, said, line, offered) if wish.otherwise is not None else None
    if wished == wish.wished or any(map(is_foreign, wish.unknown)):
        return replace(wish, otherwise=otherwise)
    able = allowed(offered, wish.never)
    matches, near = fitted(wished, wish.price, line.options, able, impossible=False, unclear=bool(wish.unclear))
    if not any(_can_be(one, line) for one in (*matches, *near)):
        return replace(wish, otherwise=otherwise)
    return replace(wish, wished=wished, matches=matches, near=near, otherwise=otherwise)


def resolved(
    question: Question, line: OrderedLine, wish: Wish[OfferedVariant], offered: Sequence[OfferedVariant], *,
    same: bool = False, free: bool = False, chosen: OfferedVariant | None = None,
    limit: tuple[set[str], bool] | None = None,
) -> tuple[list[OfferedVariant], Prompt | None]:
    """The variants that are surely wished, the next best after the best, or the question about what could be meant.

    Neither if nothing was wished. The only one in stock of which all is true that was said is wished, though more would
    change with it; not if all else is to be the `same`, and not if only one thing was said of it. Where the rest is
    `free`, what keeps the most of it is. What was not said anew stays as in the one `chosen` before, if there is one.
    Of several, those that keep the `limit` (actions/wish_limits.py, `affordable`) are wished.
    """
    if wish.is_empty:
        return [], None
    if chosen is not None and _is_so(chosen, wish):
        return [chosen], None  # "yes please, silver it is" says what is settled
    found: list[OfferedVariant] = []
    for one in wish.in_order:
        there = [variant for variant in one.matches if _can_be(variant, line)]
        near = [variant for variant in one.near if _can_be(variant, line)]
        if chosen is not None and one.wished and not one.price and len(there) + len(near) > 1:
            kept = [variant for variant in (*there, *near) if _keeps(variant, chosen, one)]
            there = kept if len(kept) == 1 else there
        if limit is not None:
            there = _within(limit, there, near if one.wished and not one.unclear and not same else [])
        if same and one.price in UTMOST and one.wished:
            there = _cheapest_alike(one, line, offered)
        if len(there) == 1:
            found.append(there[0])
        elif there:
            return (found, None) if found else ([], choice(question.wording, line, there))
        elif not one.wished or one.unclear or any(map(is_foreign, one.unknown)) or same:
            continue
        elif (near and free) or (len(near) == 1 and len(one.wished) > 1):
            found.append(near[0])
    if found:
        return list({variant.id: variant for variant in found}.values()), None
    return [], nothing_like_it(question.wording, line, wish, [one for one in offered if one.id != line.variant_id])


def _cheapest_alike(
    wish: Wish[OfferedVariant], line: OrderedLine, offered: Sequence[OfferedVariant]
) -> list[OfferedVariant]:
    """The cheapest, or dearest, of those as wished that are else as the line: "another colour, otherwise the same"."""
    some = [
        one for one in offered if _can_be(one, line) and all(
            str(one.options.get(name)) in wish.wished.get(name, (str(value),)) for name, value in line.options.items()
        )
    ]
    by_price = sorted(some, key=lambda one: one.price_minor, reverse=wish.price == "highest")
    return [one for one in by_price if one.price_minor == by_price[0].price_minor]


def _within(
    limit: tuple[set[str], bool], there: list[OfferedVariant], near: list[OfferedVariant]
) -> list[OfferedVariant]:
    """Those of the variants `there` within the limit; those `near` where one of these is wished; else all there.

    Where several were to be chosen from and all are beyond it, those `near` are that, too.
    """
    ids, narrows = limit
    some = [one for one in there if one.id in ids]
    return some or ([one for one in near if one.id in ids] if narrows or len(there) > 1 else []) or there


def _can_be(variant: OfferedVariant, line: OrderedLine) -> bool:
    return variant.stock >= line.quantity and variant.id != line.variant_id


def _is_so(chosen: OfferedVariant, wish: Wish[OfferedVariant]) -> bool:
    """Whether what was chosen is all that is wished."""
    plain = wish.wished and not (wish.price or wish.unclear or wish.otherwise or any(map(is_foreign, wish.unknown)))
    return bool(plain) and all(str(chosen.options.get(name)) in values for name, values in wish.wished.items())


def _keeps(variant: OfferedVariant, chosen: OfferedVariant, wish: Wish[OfferedVariant]) -> bool:
    """Whether it is as the one chosen before in all that was not said anew."""
    return all(variant.options.get(name) == value for name, value in chosen.options.items() if name not in wish.wished)


def only_declines(text: str) -> bool:
    """Whether it is a no and nothing more: "no" is a value of many options as well."""
    answer = read_answer(text)
    return answer.kind is AnswerKind.NO and not answer.rest


def turns_down(text: str) -> bool:
    """Whether nothing that was listed is wished: "none of those, thanks", "neither, then I keep mine"."""
    return _NONE.match(text) is not None


def without_kept(text: str, line: OrderedLine) -> str | None:
    """`text` without "I'll keep the navy one", said of the line as it is; None where it says nothing like that."""
    known = {*forms(line.product), *(form for value in line.options.values() for form in forms(str(value)))}
    for found in _KEEPS.finditer(text):
        if all(word in FILLING or word in known or word == "pair" for word in forms(found["what"] or found["stays"])):
            return f"{text[:found.start()]} {text[found.end():]}"
    return None


def pieces(text: str, lines: Sequence[OrderedLine], line: OrderedLine) -> int | None:
    """How many pieces of the line the text names, None for all."""
    for one, quantity in read_lines(text, lines).chosen:
        if one.id == line.id:
            return quantity
    return None

