"""A value said anew in the place of the one that was proposed: "sorry, Maeve with an e", "make that three"."""

import re

from actions.personal import Question
from actions.relevance import has_order
from actions.tasks import Run, Task
from support.errors import SupportError

_LEADS = re.compile(
    r"\W*(?:(?:oh|oops|sorry|no|nope|wait|actually|correction|rather|better|hm+|i (?:mean|meant)|"
    r"make (?:that|it)|change (?:that|it) to|it (?:is|should be)|it['’]s|that should be)\b[\s,:.–-]*)+",
    re.IGNORECASE,
)


async def corrected(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether what follows words that correct is another value of what was asked for last, and has been taken.

    Not for what is about orders: there slots hear what is theirs wherever it stands.
    """
    lead = _LEADS.match(text)
    said = text[lead.end():].strip() if lead else ""
    if not said or said.endswith("?") or has_order(task):
        return False
    for slot in reversed(task.slots):
        if slot.name not in run.values or not slot.correctable:
            continue
        try:
            heard = await slot.hear(question, run, said, asked=True)
        except SupportError:
            continue
        if heard.value is not None and heard.value != run.values[slot.name]:
            run.forget([slot.name], task.slots)
            run.values[slot.name] = heard.value
            return True
    return False
