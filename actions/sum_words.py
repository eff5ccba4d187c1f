"""Sums of what was done in a conversation, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.personal import Question
from support.paying.done_here import CANCELLED, EXCHANGED, RETURNED, SWAPPED

_WHAT = {CANCELLED: "cancelling", SWAPPED: "the change of", RETURNED: "the return from", EXCHANGED: "the exchange in"}


@dataclass(frozen=True)
class Part:
    """One deed with what it brings; `planned` is one that waits for a yes."""

    kind: str
    order: str
    amount_minor: int
    currency: str
    planned: bool = False


def back(question: Question, parts: Sequence[Part]) -> str:
    """What comes back in all; what is to be paid is told beside it, with what remains."""
    to_them = [one for one in parts if one.amount_minor > 0]
    from_them = [one for one in parts if one.amount_minor < 0]
    if not to_them:
        return cost(question, from_them)
    get = "would get" if any(one.planned for one in to_them) else "get"
    if len(to_them) == 1:
        told = f"You {get} back {_listed(question, to_them)}."
    else:
        told = f"You {get} back {_sum(question, to_them)} in all: {_listed(question, to_them)}."
    if not from_them:
        return told
    pay = "would pay" if any(one.planned for one in from_them) else "pay"
    net = _totals(parts)
    rest = _money(question, {currency: abs(minor) for currency, minor in net.items()})
    left = f" Together that leaves you {rest}." if all(minor >= 0 for minor in net.values()) else ""
    owed = f" Together that is {rest} to pay." if all(minor <= 0 for minor in net.values()) else ""
    return f"{told} And you {pay} {_listed(question, from_them)}.{left or owed}"


def cost(question: Question, parts: Sequence[Part]) -> str:
    """What the swaps cost more or less, together if there are several."""
    if not parts:
        return ""
    would = "would be" if any(one.planned for one in parts) else "is"
    told = question.wording.listed(
        f"{question.wording.money(abs(minor), currency)} {'less' if minor > 0 else 'more'} than before"
        for currency, minor in _totals(parts).items() if minor
    )
    mixed = len({one.amount_minor > 0 for one in parts if one.amount_minor}) > 1
    of_each = f": {_listed(question, parts, signed=mixed)}" if len(parts) > 1 else f", for order {parts[0].order}"
    return f"That {would} {told}{of_each}." if told else f"It {would} the same as before{of_each}."


def _listed(question: Question, parts: Sequence[Part], *, signed: bool = False) -> str:
    """Each with its amount; `signed` where some cost more and others less."""
    words = question.wording

    def sign(minor: int) -> str:
        return "" if not signed or not minor else " less" if minor > 0 else " more"

    return words.listed(
        f"{words.money(abs(one.amount_minor), one.currency)}{sign(one.amount_minor)} for "
        f"{_WHAT[one.kind]} order {one.order}"
        f"{', once you say yes to it' if one.planned and len(parts) > 1 else ''}" for one in parts
    )


def _sum(question: Question, parts: Sequence[Part]) -> str:
    return _money(question, _totals(parts))


def _totals(parts: Sequence[Part]) -> dict[str, int]:
    """{currency: what comes back, less what is to be paid, in minor units}"""
    sums: dict[str, int] = {}
    for one in parts:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount_minor
    return sums


def _money(question: Question, sums: dict[str, int]) -> str:
    return question.wording.listed(question.wording.money(minor, currency) for currency, minor in sums.items())


def of_method(question: Question, name: str, parts: Sequence[Part]) -> str:
    """What goes to the method of that name, and comes from it."""
    if any(one.amount_minor > 0 for one in parts):
        return back(question, parts).replace("You get", f"To your {name} you get", 1)
    total = _money(question, {currency: abs(minor) for currency, minor in _totals(parts).items()})
    in_all = f"{total} in all: {_listed(question, parts)}" if len(parts) > 1 else _listed(question, parts)
    return f"By your {name} you pay {in_all}."
