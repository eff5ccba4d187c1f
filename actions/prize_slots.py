"""What points are to be turned into: a reward, or so many points' worth of money off."""

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_precision

from actions import buttons
from actions.personal import Question
from actions.reward_words import plain_terms, reward_line
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from actions.wording import numbered
from support.grounding.price_reading import read_amount
from support.grounding.reward_reading import read_reward
from support.grounding.value_reading import read_points
from support.points.rewards import RewardOffer, Rewards

_SPEAKS_OF_POINTS = re.compile(
    r"\b(?:points?|pts|pionts|all|everything|half|maximum|max|worth|make (?:it|that))\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:all|everything|max(?:imum)?|entire|whole|as (?:many|much) as|the most|total)\b(?!.*\bbut\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class PrizeSlot(Slot):
    """`{"reward": id}` or `{"points": how many}`; `asks_reward` if the question for it lists the rewards."""

    name: str = "prize"
    asks_reward: bool = False

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        offers = await question.records.rewards(question.business, question.at)
        shown = [one for one in offers.rewards if one.id in run.shown]
        reading = read_reward(text, offers.rewards, shown=shown)
        if reading.chosen:
            return Heard({"reward": reading.chosen[0].id})
        speaks = asked or _SPEAKS_OF_POINTS.search(text) or read_amount(text)
        if speaks and (points := _points(text, offers)) is not None:
            return Heard({"points": points})
        if reading.candidates:
            return Heard(prompt=_which(question, reading.candidates, "Which of these rewards do you mean?"))
        return NOTHING

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if no reward, and no smallest number of points, is within reach."""
        offers = await question.records.rewards(question.business, question.at)
        within = [one for one in offers.rewards if not one.missing]
        if not within and not offers.plain.most:
            raise NothingToChoose(self.name)
        balance = question.wording.count(offers.balance, "point")
        if within and (self.asks_reward or not offers.plain.most):
            return _which(question, within, f"You have {balance}. Which reward shall it be?")
        most = question.wording.count(offers.plain.most, "point")
        smallest = question.wording.count(offers.plain.smallest, "point")
        choices = [buttons.said(smallest)] if offers.plain.most > offers.plain.smallest else []
        asked = f"How many points do you want to redeem? You have {balance}."
        return Prompt(f"{asked} {plain_terms(question.wording, offers.plain)}", [*choices, buttons.said(most)])


def _points(text: str, offers: Rewards) -> int | None:
    """How many points the text wants to redeem, also by what they are to be worth."""
    plain = offers.plain
    if (amount := read_amount(text)) is not None:
        minor = amount * Decimal(10) ** get_currency_precision(plain.currency)
        points = minor / plain.point_value_minor
        return int(points) if points == int(points) else int(points) + 1
    points_said = read_points(text, balance=offers.balance)
    if points_said is None and not _MOST.search(text):
        return None
    if points_said is None or (points_said == offers.balance and _MOST.search(text)):
        return plain.most or offers.balance
    if points_said == offers.balance // 2 and re.search(r"\bhalf|halve\b", text, re.IGNORECASE):
        return plain.smallest + max(0, points_said - plain.smallest) // plain.step * plain.step
    return points_said


def _which(question: Question, some: tuple[RewardOffer, ...] | list[RewardOffer], asked: str) -> Prompt:
    listed = numbered(reward_line(question.wording, one) for one in some)
    return Prompt(f"{asked}\n{listed}", [buttons.said(one.name) for one in some], [one.id for one in some])
