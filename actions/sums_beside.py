"""A question for a sum beside a wish that changes what it is asked of: it is answered of the plan that comes of it."""

from collections.abc import Sequence
from typing import Any

from actions import in_between
from actions.clauses import Clause
from actions.digressions import Said
from actions.meanings import asks_to_reckon
from actions.personal import Question
from actions.tasks import AGREED, Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.sum_questions import SumAsked, each_asked, sum_asked
from support.paying.done_here import settled_here


def of_the_plan(task: Task, run: Run, said: Said) -> list[Clause]:
    """The questions that a new plan answers: "the bottle in red, too. How much does that save me altogether?"."""
    answer = read_answer(said.own, verbs=task.deeds)
    agrees = answer.kind is AnswerKind.YES and not answer.rest
    if run.asked != AGREED or agrees or not (said.own or said.tasks):
        return []
    return [one for one in said.questions if asks_to_reckon(run, one.text)]


async def tell(question: Question, domain: dict[str, Any], run: Run | None, sums: Sequence[Clause]) -> None:
    """Answer them of the run as it stands now, unless the plan says the same; of what was done where that is None."""
    for one in sums:
        asked = sum_asked(one.text)
        alone = run is not None and asked not in (None, SumAsked.NEW_TOTAL) and not each_asked(one.text)
        if not alone or await settled_here(question.session, question.speaker):
            await in_between.answer_now(question, domain, one, run)
