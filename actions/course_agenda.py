"""What waits while a task is under way, and goes with it: what its plan tells, by what its difference is paid."""

from collections.abc import Sequence
from typing import Any

from actions import digressions
from actions.clauses import Clause
from actions.concerns import PAYS_OTHERWISE
from actions.meanings import GOODS
from actions.said_along import of_what_is_changed
from actions.tasks import Run
from support.grounding.goods_questions import asks_how_much
from support.grounding.pointing import points_at_one

OF_MONEY = (digressions.FAQ, *GOODS, "refund_status")


def with_method_beside(text: str, agenda: Sequence[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """`text` with what waits and only tells by what the difference is to be paid, and what waits without that."""
    beside = [
        one for one in agenda if one["intent"] == PAYS_OTHERWISE and of_what_is_changed(one["text"])
    ]
    told = " ".join([text, *(one["text"] for one in beside if one["text"] not in text)])
    return told, [one for one in agenda if one not in beside]


def of_the_choice(run: Run, clause: Clause) -> bool:
    """Whether it asks what one of those shown costs, which is told after the choice: "is that much more?"."""
    return bool(run.shown) and clause.intent in OF_MONEY and asks_how_much(clause.text) and points_at_one(clause.text)


def told_by_plan(waits: dict[str, Any]) -> bool:
    """Whether it asks what the task comes to, which the plan will tell: "and how much more is it?"."""
    return waits["intent"] in OF_MONEY and asks_how_much(waits["text"])
