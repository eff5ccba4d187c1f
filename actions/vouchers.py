"""A customer's voucher codes: which can be used, until when, and what they are worth."""

import re

from rasa_sdk.events import EventType

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.reward_words import worth
from actions.wording import numbered
from support.models.rewards import RewardKind
from support.points import vouchers
from support.points.vouchers import VoucherCode

SHOWN = 8
_SUM = re.compile(r"\b(?:how much|total|altogether|in all|sum|worth|together)\b", re.IGNORECASE)
_OLD = re.compile(r"\b(?:used|expired|old|lapsed|past|all|history|previous|ever)\b", re.IGNORECASE)


class ShowVouchers(PersonalAction):
    intent = "show_vouchers"
    wanted = "your vouchers"

    def name(self) -> str:
        return "action_show_vouchers"

    async def answer(self, question: Question) -> list[EventType]:
        found = await vouchers.vouchers(
            question.session, question.speaker, business=question.business, at=question.at
        )
        usable = [one for one in found if one.usable(question.at)]
        others = [one for one in found if one not in usable]
        parts = [_usable(question, usable)]
        if others and (_OLD.search(question.text) or not usable):
            parts.append(_old(question, others))
        question.say("\n".join(parts), buttons.said("What can I get for my points?"), buttons.POINTS)
        return []


def _usable(question: Question, some: list[VoucherCode]) -> str:
    words = question.wording
    if not some:
        return (
            f"You have no voucher code to use just now, {question.customer.first_name}. Points can be turned into one."
        )
    listed = numbered(
        f"{one.code}: {worth(words, one.kind, one.value, one.currency, one.reward)}, until {words.day(one.last_day)}"
        for one in some[:SHOWN]
    )
    rest = len(some) - SHOWN
    more = f"\nand {words.count(rest, 'more code')}." if rest > 0 else ""
    sums = _sum(question, some) if _SUM.search(question.text) else ""
    count = f"You have {words.count(len(some), 'voucher code')} that you can use{sums}:"
    return f"{count}\n{listed}{more}\nEnter a code at the checkout; each works once."


def _sum(question: Question, some: list[VoucherCode]) -> str:
    totals: dict[str, int] = {}
    for one in some:
        if one.kind is RewardKind.VOUCHER and one.currency:
            totals[one.currency] = totals.get(one.currency, 0) + one.value
    money = question.wording.listed(question.wording.money(minor, currency) for currency, minor in totals.items())
    return f", worth {money} in money off" if totals else ""


def _old(question: Question, some: list[VoucherCode]) -> str:
    words = question.wording
    listed = [
        f"{one.code} ({worth(words, one.kind, one.value, one.currency, one.reward)}): "
        + (f"used on {words.day(one.used_at)}" if one.used_at else f"lapsed after {words.day(one.last_day)}")
        for one in some[:SHOWN]
    ]
    rest = len(some) - SHOWN
    more = f"\nand {words.count(rest, 'older one')}." if rest > 0 else ""
    return f"No longer to be used:\n{numbered(listed)}{more}"
