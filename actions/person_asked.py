"""Whether a message in the course of a task calls for a person."""

import re
from collections.abc import Sequence

from actions.clauses import Clause
from actions.handoff import PERSON
from actions.tasks import Run, Task

ASKED_FOR = "request_person"
_NO_PERSON = re.compile(
    r"(?:\bno|\bnot|n['’]t (?:want|need)(?: to (?:talk|speak|chat) (?:to|with))?|\bwithout)\s+"
    r"(?:a\s+|any\s+|another\s+)?(?:real\s+|human\s+|live\s+)?"
    r"(?:person|human|people|agent|colleague|somebody|someone|employee)\b", re.IGNORECASE,
)
# "And the puzzle, could I get the expert one?"
_KIND = re.compile(
    r"\b(?:expert|specialist|professional|pro|human|person) (?:one|ones|version|kit|set|level|size|puzzle|edition)\b",
    re.IGNORECASE,
)


def calls_for_person(task: Task, run: Run, clauses: Sequence[Clause]) -> str | None:
    """The most pressing intent that calls for one, or None; anger that answers a task's question is about the task."""
    answers = any(slot.name == run.asked for slot in task.slots)
    clauses = [clause for clause in clauses if clause.intent != ASKED_FOR or not _KIND.search(clause.text)]
    said = {clause.intent for clause in clauses if clause.sure and not clause.sighs}
    said |= {clause.intent for clause in clauses if clause.likely and clause.intent == ASKED_FOR}
    if run.asked is not None and any(_NO_PERSON.search(clause.text) for clause in clauses):
        said.discard(ASKED_FOR)
    for intent in PERSON:
        if intent in said and not (answers and intent in task.part_of_it):
            return intent
    return None
