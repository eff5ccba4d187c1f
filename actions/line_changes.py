"""Lines that were chosen, and what a later message makes of them: one for another, one of two, all but one."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from actions.left_lines import AllLeft
from support.grounding.line_reading import read_lines
from support.grounding.reading import Reading
from support.ordering.order_views import OrderedLine

_IN_PLACE = re.compile(r"(?P<new>[^.;!?]+?)\b(?:instead of|in place of|rather than)\b(?P<old>[^.;!?]+)", re.IGNORECASE)


def as_planned(
    reading: Reading[tuple[OrderedLine, int | None]], planned: Sequence[OrderedLine]
) -> Reading[tuple[OrderedLine, int | None]]:
    """The reading; of several of one product that may be meant it is the only one that is planned."""
    chosen, unsure = list(reading.chosen), list(reading.candidates)
    for product in dict.fromkeys(line.product for line, _ in reading.candidates):
        some = [line for line in planned if line.product == product]
        if len(some) == 1:
            chosen += [(line, None) for line in some]
            unsure = [one for one in unsure if one[0].product != product]
    return replace(reading, chosen=tuple(chosen), candidates=tuple(unsure))


def other_twins(named: Sequence[OrderedLine], planned: Sequence[OrderedLine]) -> set[str]:
    """The ids of the others planned of its product, where it is "not both laptops, only the dearer one"."""
    if len({line.product for line in named}) != 1:
        return set()
    return {line.id for line in planned if line.product == named[0].product and line not in named}


def in_place(text: str, lines: Sequence[OrderedLine], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is meant after "the jacket instead of the helmet"; nothing if the text says nothing like that."""
    found = _IN_PLACE.search(text)
    if found is None:
        return []
    new, old = (read_lines(found[name], lines).chosen for name in ("new", "old"))
    gone = {line.id for line, _ in old} & {one["line"] for one in known}
    if not new or not gone:
        return []
    named = {line.id: quantity for line, quantity in new}
    kept = [one for one in known if one["line"] not in {*gone, *named}]
    return [*kept, *({"line": id, "quantity": quantity} for id, quantity in named.items())]


def lines_without(
    known: list[dict[str, Any]], named: list[dict[str, Any]], left: AbstractSet[str]
) -> list[dict[str, Any]]:
    """The lines that are known and not left, and those that are named besides. Raises AllLeft if that is none."""
    value = {one["line"]: one for one in (*known, *named) if one["line"] not in left}
    if not value:
        raise AllLeft
    return list(value.values())
