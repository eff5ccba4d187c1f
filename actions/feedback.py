"""Complaints, ideas and praise: passed on in the customer's own words."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.apology import answer_day, give_points
from actions.order_slots import OrderSlot, order_of
from actions.own_word_slots import OwnWordsSlot
from actions.personal import Question
from actions.slots import NOTHING, Heard
from actions.task_steps import POLICY
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wished_unawares import SWAP, wishes_swap
from actions.wording import excerpt
from support.care import complaints
from support.errors import SupportError
from support.grounding.demand_reading import demands_money
from support.models.cases import CaseKind
from support.models.conversations import Level
from support.refusals import NeedsPerson

_QUOTED = 300
_IS_IDEA = re.compile(
    r"\b(?:suggest\w*|ideas?|feedback|propos\w*|improve\w*|feature|you (?:should|could|might|guys|people)|"
    r"why (?:don['’]?t|not|do)|would be (?:nice|great|good|lovely|better|cool|helpful|handy)|i wish|"
    r"it['’]d (?:be|help)|would (?:help|love)|(?:your|the) (?:shop|web ?site|site|app|store|checkout|catalogue|team)|"
    r"please (?:add|offer|sell|stock|carry|introduce)|have you (?:thought|considered))\b", re.IGNORECASE,
)
_IS_PRAISE = re.compile(
    r"\b(?:prais\w*|compliment\w*|kudos|feedback|thumbs|shout[- ]?out|well done|keep it up|love\w*|amaz\w*|awesome|"
    r"wonderful\w*|fantastic\w*|brilliant\w*|excellent\w*|great|best|superb\w*|lovely|kind|friendly|helpful|"
    r"impress\w*|delighted|happy|pleased|perfect\w*|beautiful\w*|grateful|thank\w*|nice|outstanding|good)\b",
    re.IGNORECASE,
)

# "You have been most kind. Thank you, and goodbye" is said to the bot, and no praise to pass on
_TAKES_LEAVE = re.compile(
    r"(?=.*\b(?:thank\w*|thx|cheers)\b)(?=.*\b(?:(?:good)?bye+|take care|see you|"
    r"that(?:['’]?s| is| was) (?:all|it|everything)|"
    r"have a (?:nice|good|lovely|great|wonderful) (?:day|one|evening|weekend))\b)"
    r"(?!.*\b(?:team|staff|colleagues?|drivers?|shop|store|service|everybody|everyone)\b)(?:\W*[\w'’]+){1,20}\W*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class ConcernedOrderSlot(OrderSlot):
    """The order that a complaint is about, if one is named; "" if it is about none."""

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        heard = await super().hear(question, run, text, asked=asked)
        return Heard(heard.value) if heard.value is not None and not heard.others else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        return ""

    async def assumed(self, question: Question, run: Run) -> str:
        return ""


class Complain(Task):
    intent = "complain"
    wanted = "make a complaint"
    needs = Level.VERIFIED
    deeds = frozenset({"complain", "pass", "send", "file", "submit"})
    part_of_it = frozenset({"express_frustration", "report_problem"})
    slots = (
        ConcernedOrderSlot(),
        OwnWordsSlot(
            asked_as="I'm sorry that you have reason to complain. What happened? Tell me in your own words.",
            besides=frozenset({"complain", "complaining", "complaint", "complaints", "formal", "formally", "official"}),
            grows=True,
        ),
    )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, NeedsPerson):
            return Refusal(
                f"I'm truly sorry, {question.customer.first_name}: that is not how it should be. What can be paid for "
                "it is not for me to decide, so I'm bringing in a colleague who can.", handoff=POLICY,
            )
        return None

    async def plan(self, question: Question, run: Run) -> Plan:
        if demands_money(run.values["own_words"]):
            raise NeedsPerson
        about = f" about order {(await order_of(question, run)).number}" if run.values["order"] else ""
        hours, days = question.business.opening_hours, question.business.cases.answer_working_days
        day = answer_day(question, hours.working_days_after(question.at, days))
        return Plan(
            f"I'm truly sorry, {question.customer.first_name}: that is not how it should be. I would pass this on as "
            f"your complaint{about}: “{excerpt(run.values['own_words'], _QUOTED)}” Somebody who can put it right "
            f"sees to it by {day}.",
            "Shall I pass it on like that?", yes="Yes, pass it on", no="No, not like that",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order = await order_of(question, run) if run.values["order"] else None
        done = await complaints.complain(
            session, question.speaker, run.values["own_words"], order.id if order else None, key=key,
            business=question.business, at=question.at,
        )
        case = done.details["case"]
        points = await give_points(question, session, done, key) or (
            "Whether something can be given in return, a person can say: shall I get one?"
        )
        return Outcome(
            f"Done: your complaint has the number {case}, and you hear from us by "
            f"{answer_day(question, done.details['due_at'])}. {points} I'm sorry again for the trouble.",
            [buttons.PERSON], order=order.number if order else None,
        )


# "It's not an idea for the team, I want to change the two boards"
_IS_NONE = re.compile(
    r"(?:\bnot|n['’]t|\bno)\b (?:really |meant as )?(?:an? |any )?"
    r"(?:ideas?|feedback|suggestions?|praise|compliments?)\b", re.IGNORECASE,
)
_WANTS_CHANGED = re.compile(r"\b(?:change|swap|exchange|replace|switch|want|have|make)\b", re.IGNORECASE)


class _PassedOn:
    """What nobody has to answer; passed on as soon as it is said, where that is surely what it is.

    In the middle of another task "make them white" is about that: without a word for feedback it is never begun there.
    """

    intent: ClassVar[str]
    kind: ClassVar[CaseKind]
    thanks: ClassVar[str]
    called: ClassVar[str]
    says_so: ClassVar[re.Pattern[str]]
    deeds: ClassVar[frozenset[str]] = frozenset({"pass", "send", "forward"})

    async def meant(self, question: Question, text: str) -> str:
        other = self._under_way(question)
        if _IS_NONE.search(text) and _WANTS_CHANGED.search(text):
            return other or "change_order_items"
        return other if other and not self.says_so.search(text) else self.intent

    async def plan(self, question: Question, run: Run) -> Plan:
        said = str(run.values["own_words"])
        told_for_it = (len(run.said) > 1 or self.says_so.search(said)) and not _IS_NONE.search(said)
        if told_for_it and not self._under_way(question):
            return Plan("", None)
        return Plan(
            f"I would pass this on to our team as {self.called}, in your words: “{excerpt(said, _QUOTED)}”",
            "Shall I pass it on?", yes="Yes, pass it on", no="No, leave it",
        )

    def _under_way(self, question: Question) -> str:
        """The intent of another task that the message came into, or ""."""
        task = str((question.tracker.slots.get("task") or {}).get("task") or "")
        return task if task != self.intent else ""

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        said = run.values["own_words"]
        done = await complaints.suggest(session, question.speaker, self.kind, said, key=key, at=question.at)
        return Outcome(
            f"{self.thanks} I have passed it on in your words: “{excerpt(said, _QUOTED)}” Its number is "
            f"{done.details['case']}.", [buttons.HELP],
        )


class SuggestIdea(_PassedOn, Task):
    intent = "suggest_idea"
    wanted = "pass on an idea"
    needs = Level.VERIFIED
    kind = CaseKind.IDEA
    called = "an idea"
    says_so = _IS_IDEA
    thanks = "Thank you, that is how we get better."
    slots = (
        OwnWordsSlot(
            asked_as="I'd love to pass it on. What is your idea?",
            besides=frozenset({
                "suggest", "suggestion", "suggestions", "idea", "ideas", "feedback", "improvement", "propose",
                "product", "new", "shop", "feature", "request",
            }),
        ),
    )


class GivePraise(_PassedOn, Task):
    intent = "give_praise"
    wanted = "pass on your praise"
    needs = Level.VERIFIED
    kind = CaseKind.PRAISE
    called = "praise"
    says_so = _IS_PRAISE
    thanks = "Thank you, that will make somebody's day."
    slots = (
        OwnWordsSlot(
            asked_as="How nice! What did you like? I pass it on in your words.",
            besides=frozenset({
                "praise", "compliment", "compliments", "feedback", "positive", "team", "thumbs", "kudos", "leave",
                "staff",
            }),
        ),
    )

    async def meant(self, question: Question, text: str) -> str:
        return SWAP if await wishes_swap(question, text) else self.intent

    def moot(self, text: str, *, others: bool) -> str | None:
        if _TAKES_LEAVE.fullmatch(text):
            return "How kind of you, thank you. Goodbye!"
        return "" if others else None  # "How splendid! And I'd like to exchange the camera" thanks
