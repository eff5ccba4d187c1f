"""A wish that was told before it was clear which of several like things it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.kept_wishes import is_open
from actions.tasks import Run
from support.ordering.order_views import OrderedLine


def chosen_at_last(run: Run, value: Mapping[str, Any], lines: Sequence[OrderedLine]) -> OrderedLine | None:
    """The one line that was picked of those that were shown as a choice, and for which nothing is wished yet."""
    shown = [line for line in lines if line.id in run.shown]
    picked = [line for line in shown if line.id in value and is_open(dict(value), line)]
    return picked[0] if len(shown) > 1 and len(picked) == 1 else None


def message_before(run: Run, text: str) -> str:
    """The message that the choice was asked for; "" if there is none."""
    earlier = [said for said in run.said if said != text and not text.endswith(said)]
    return earlier[-1] if earlier else ""


def without_twins(line: OrderedLine, run: Run, lines: Sequence[OrderedLine]) -> list[OrderedLine]:
    """The lines without those that were shown beside `line`."""
    return [one for one in lines if one is line or one.id not in run.shown]


def as_begun(run: Run, slot: str, value: Mapping[str, Any]) -> Run:
    """The run with the slot's `value`, as if nothing had been said or shown yet."""
    return replace(run, values={**run.values, slot: dict(value)}, said=[], shown=[])
