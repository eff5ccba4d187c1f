"""What a yes says again of the plan that it agrees to: "yep, that's the one, 327 Oak Avenue. do it"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.clauses import Clause
from actions.personal import Question
from actions.tasks import AGREED, Run


async def without_its_address(question: Question, run: Run, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, without the street of the address that the plan is about."""
    value = run.values.get("address") or {}
    street = value.get("line_1") or next(
        (one.line_1 for one in await question.records.addresses() if one.id == value.get("id")), ""
    )
    if run.asked != AGREED or not street:
        return list(clauses)
    again = re.compile(rf"[\s,]*(?:\b(?:to|at) )?{re.escape(street)}\b", re.IGNORECASE)
    return [replace(clause, text=again.sub("", clause.text)) for clause in clauses]
