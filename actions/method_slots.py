"""Where money goes to or comes from."""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from actions import buttons
from actions.card_limit import without_shortage
from actions.named_methods import METHOD, Money, Named, balance_told, named_in, told_of_methods, why_not
from actions.personal import Question
from actions.said_along import methods_said_along
from actions.slots import NOTHING, Heard, NothingCovers, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from support.errors import SupportError
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.keeping import leaves_otherwise, without_kept_else
from support.grounding.payment_wishes import asks_balance, splits_payment
from support.grounding.stopping import not_at_all
from support.grounding.ways_to_pay import THE_WAY, ruled_out, rules_out_all, wants_no_other, without_ruled_out
from support.paying.payment_methods import Method
from support.returning.return_methods import Choice

# "PayPal if that is possible, else the gift card"
_FIRST = re.compile(
    r"\b(?:if (?:that['’]?s |that is |it['’]?s |it is )?possible|if (?:you|i) can|if not|otherwise|or else|else|"
    r"preferably|if (?:that|it|this) (?:can['’]?t|cannot|isn['’]?t|is not|doesn['’]?t|won['’]?t)|"
    r"if there(?:['’]?s| is| are)?(?: not|n['’]?t)(?: quite)? enough|"
    r"if (?:it|that)(?:['’]?s| is) not enough|first choice)\b",
    re.IGNORECASE,
)
# "But only if the money goes to my PayPal"; "only to return the lamp, to my PayPal" insists on nothing
# "If it can't go on the Visa I don't want to return it"
_ELSE_NOT = re.compile(
    r"\bif\b[^.;!?]*(?:n['’]t|\bcannot|\bnot)\b[^.;!?]*\b(?:i (?:do not|don['’]t|won['’]t|will not)|"
    r"(?:would|['’]d) rather not|no)\b[^.;!?]*\b(?:return|send|exchange|swap|change|want|do)\b|"
    r"\bnot otherwise\b|\botherwise not\b",
    re.IGNORECASE,
)
# "Gift card please, I keep losing that Mastercard"
_ANSWERS = re.compile(
    rf"\W*(?:(?:on|to|with|by|via|from)\s+)?{THE_WAY}\b(?!.*\b(?:or|and|no|wait|actually|rather)\b)", re.IGNORECASE
)
# "And how much goes to my Visa, and how much to PayPal altogether?" names no way for it to go
_HOW_MUCH = re.compile(
    r"\bhow much (?:(?:money|of it) )?(?:goes|comes|went|came|is going|is coming|do i get|will (?:go|come))?\b"
    r"[^?.;!]{0,20}?\b(?:to|on|onto)\b[^?.;!,]*(?:,[^?.;!]*)?\?", re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
ONE_METHOD = "One payment can't be split over several methods."
_LEAVE_OUT = "What shall I leave out or change?"
_LEAVE_IT = "Shall I leave it, or shall a person look at it?"
_ONLY = re.compile(r"\bonly (?:if|when|to|on(?:to)?|with|by|via|through)\b[^.,:;!?]*", re.IGNORECASE)


class OnlyThatMethod(SupportError):
    """Nothing is wanted unless the money moves by a method by which it cannot."""

    code = "only_that_method"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why.strip()} So I leave it, and nothing has been changed.")


@dataclass(frozen=True)
class MethodSlot(Slot):
    """The id of a payment method; `money` tells what for, as the plan of the task reckons it."""

    name: str = METHOD
    money: Callable[[Question, Run], Awaitable[Money]] = field(kw_only=True)

    async def needed(self, question: Question, run: Run) -> bool:
        if any(name not in run.values for name in self.after):
            return True
        return (await self._settled(question, run)).amount_minor != 0

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        heard = await self._hear(question, run, text, asked=asked)
        if heard is NOTHING and not asked and self.name not in run.values:
            for waits in await methods_said_along(question, run):
                heard = await self._hear(question, run, waits, asked=False)
        return heard

    async def _hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        money, text = await self._settled(question, run), _HOW_MUCH.sub(" ", without_shortage(text))
        if splits_payment(text):
            return replace(await self._again(question, money, f"{ONE_METHOD} "), anew=True)
        if (other := await self._not_by(question, run, money, text)) is not None:
            return other
        if money.amount_minor < 0 and wants_no_other(text):
            named = await named_in(question, run, money, without_ruled_out(text), asked=asked)
            if named.in_vain:
                raise NothingCovers(self.name, f"{await why_not(question, money, named)} {_LEAVE_OUT}")
        if asks_balance(text) and (told := await told_of_methods(question, run, money, text)):
            plain = " ".join(one for one in _SENTENCE.split(text) if not asks_balance(one))
            chosen = (await named_in(question, run, money, plain, asked=asked)).fitting
            if len(chosen) == 1:
                return Heard(chosen[0].id)  # "gift card. How much is left on it then?": the plan tells
            return await self._told(question, run, money, told)
        named = await named_in(question, run, money, without_kept_else(without_ruled_out(text)), asked=asked)
        first = _FIRST.search(text) or (asked and _ANSWERS.match(text))
        if len(named.fitting) == 1 or (named.fitting and first):
            return Heard(named.fitting[0].id)
        if named.in_vain and await self._insists(question, run, money, text):
            raise OnlyThatMethod(await why_not(question, money, named))
        if named.fitting:
            told = await why_not(question, money, named)
            return Heard(prompt=which_method(named.fitting, f"{told} {money.question}".lstrip()))
        if asked and len(money.choices) == 1 and read_answer(text).kind is AnswerKind.YES:
            return Heard(money.choices[0])
        if not asked and run.asked == METHOD and text not in run.said[-1:]:
            return NOTHING  # it was answered when it was said
        if told := await told_of_methods(question, run, money, text):
            return await self._told(question, run, money, told)
        return NOTHING

    async def _not_by(self, question: Question, run: Run, money: Money, text: str) -> Heard | None:
        """The only method left where the text rules out another to pay by, None if it rules out none or leaves several.

        Raises NothingCovers if it leaves none.
        """
        named = [await named_in(question, run, money, way, asked=False) for way in ruled_out(text)]
        out = {method.id for one in named for method in one.fitting}
        out |= set(money.choices) if run.asked == METHOD and rules_out_all(text) else set()
        left = [id for id in money.choices if id not in out]
        if not out or (money.amount_minor > 0 and left):
            return None
        if not left and money.comes_back:
            methods = await question.records.methods()
            vain = Named((), tuple(one for one in methods if one.id in money.choices))
            raise NothingCovers(self.name, f"{await why_not(question, money, vain)} {_LEAVE_IT}")
        if not left:
            more = question.wording.money(-money.amount_minor, money.currency)
            wanted = await named_in(question, run, money, without_ruled_out(text), asked=False)
            told = await why_not(question, money, wanted)
            told = told or f"That costs {more} more. {await balance_told(question, money)}"
            raise NothingCovers(self.name, f"{told.strip()} {_LEAVE_OUT}")
        return Heard(left[0]) if len(left) == 1 else None

    async def _insists(self, question: Question, run: Run, money: Money, text: str) -> bool:
        """Whether nothing is wanted by another method; what of a return cannot be had otherwise is only its money."""
        if money.comes_back and leaves_otherwise(f"{text} {question.text}"):
            return True
        if _ELSE_NOT.search(text) or any(map(not_at_all, _SENTENCE.split(text))):
            return True
        only = [found[0] for found in _ONLY.finditer(text)]
        return any([(await named_in(question, run, money, part, asked=False)).in_vain for part in only])

    async def _told(self, question: Question, run: Run, money: Money, told: str) -> Heard:
        """The open question again, after an answer about methods; the plan says that itself."""
        if self.name in run.values:
            return Heard(run.values[self.name])
        return await self._again(question, money, told)

    async def _again(self, question: Question, money: Money, told: str) -> Heard:
        """The question after what was `told`; where only one method can be meant, that one."""
        if len(money.choices) == 1:
            return Heard(money.choices[0])
        possible = [one for one in await question.records.methods() if one.id in money.choices]
        return Heard(prompt=which_method(possible, f"{told}{money.question}"))

    async def concerns(self, question: Question, run: Run, text: str) -> bool:
        """Whether the text names a method or asks what is left on one: the slot tells more of it than the shop can."""
        if any(name not in run.values for name in self.after) or not await self.needed(question, run):
            return False
        money = await self._settled(question, run)
        named = await named_in(question, run, money, text, asked=False)
        return bool(named.fitting or named.impossible or named.unknown) or asks_balance(text) or splits_payment(text)

    async def told(self, question: Question, run: Run) -> str:
        """What the plan says first of methods that were named in vain, or asked about; with a space after it, or ""."""
        if not await self.needed(question, run):
            return ""
        return await told_of_methods(question, run, await self._settled(question, run))

    async def assume(self, question: Question, run: Run) -> Any:
        choices = (await self._settled(question, run)).choices
        return choices[0] if len(choices) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingCovers if there is no method that could pay, NothingToChoose if there is none at all."""
        money = await self._settled(question, run)
        methods = [one for id in money.choices for one in await question.records.methods() if one.id == id]
        if not methods and money.amount_minor < 0:
            more = question.wording.money(-money.amount_minor, money.currency)
            why = f"That costs {more} more, and you have no payment method that could pay it."
            left = await balance_told(question, money)
            raise NothingCovers(self.name, f"{why}{' ' + left if left else ''} {_LEAVE_OUT}")
        if not methods:
            raise NothingToChoose(self.name)
        return which_method(methods, money.question)

    async def _settled(self, question: Question, run: Run) -> Money:
        """The plan is asked for it several times a turn, and reckoned once."""
        told = json.dumps([run.task, {name: run.values[name] for name in self.after if name in run.values}])
        return await question.records.once("money", told, lambda: self.money(question, run))


def money_asked(
    question: Question, amount_minor: int, currency: str, choices: Sequence[Choice], things: str, *,
    comes_back: bool = False,
) -> Money:
    """What `things` come to for the customer, less than zero if they pay, and the question by which method."""
    amount = question.wording.money(abs(amount_minor), currency)
    ways = question.wording.either(choice.method for choice in choices)
    asked = f"{things}: you get back {amount}. Where shall it go: {ways}?"
    if amount_minor < 0:
        asked = f"{things}: that costs {amount} more. How do you want to pay it: {ways}?"
    return Money(amount_minor, tuple(choice.method_id for choice in choices), asked, currency, comes_back, things)


def which_method(methods: Sequence[Method], asked: str) -> Prompt:
    """The question with a button for each of the methods."""
    labels = [one.label[:1].upper() + one.label[1:] for one in methods]
    return Prompt(asked, [buttons.said(label) for label in labels], [one.id for one in methods])


