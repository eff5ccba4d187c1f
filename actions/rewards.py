"""What points buy, and which of it is within the customer's reach."""

import re

from rasa_sdk.events import EventType

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.reward_words import plain_terms, reward_line
from actions.wording import numbered
from support.grounding.reward_reading import read_reward
from support.points.rewards import RewardOffer, Rewards

OFFERED = 3  # rewards that get a button of their own
SHOWN = 12
_WITHIN = re.compile(
    r"\b(?:afford|within (?:my )?reach|enough|can i (?:get|have|redeem|buy)|i can|available to me|with my points|for "
    r"my points)\b", re.IGNORECASE,
)


class ShowRewards(PersonalAction):
    intent = "show_rewards"
    wanted = "what your points buy"

    def name(self) -> str:
        return "action_show_rewards"

    async def answer(self, question: Question) -> list[EventType]:
        found = await question.records.rewards(question.business, question.at)
        reading = read_reward(question.text, found.rewards)
        named = reading.chosen or reading.candidates
        told = [_named(question, one, found) for one in named] or [_all(question, found)]
        within = [one for one in named or found.rewards if not one.missing][:OFFERED]
        offers = [buttons.said(f"Redeem “{one.name}”") for one in within]
        if not named and found.plain.most:
            offers.append(buttons.said("Redeem points for a voucher"))
        question.say("\n".join(told), *offers, buttons.POINTS)
        return []


def _named(question: Question, one: RewardOffer, found: Rewards) -> str:
    words = question.wording
    have = f"you have {words.count(found.balance, 'point')}"
    takes = f"“{one.name}” takes {words.count(one.points, 'point')}"
    if one.missing:
        return f"{takes}; {have}, so {words.count(one.missing, 'point')} are missing."
    return f"{takes}; {have}, so you can have it now."


def _all(question: Question, found: Rewards) -> str:
    words = question.wording
    within = [one for one in found.rewards if not one.missing]
    parts = [f"You have {words.count(found.balance, 'point')}, {question.customer.first_name}."]
    some = within if within and _WITHIN.search(question.text) else list(found.rewards)
    if some:
        count = f"{words.count(len(some), 'reward')}, {len(within) or 'none'} of them within your reach"
        heading = "You can have these now" if some is within else f"There are {count}"
        parts.append(f"{heading}:\n{numbered(reward_line(words, one) for one in some[:SHOWN])}")
    if len(some) > SHOWN:
        parts.append(f"and {words.count(len(some) - SHOWN, 'more reward')}.")
    plain = found.plain
    if plain.most:
        most = words.count(plain.most, "point")
        value = words.money(plain.most * plain.point_value_minor, plain.currency)
        parts.append(f"Or turn points into a voucher: up to {most} for {value}. {plain_terms(words, plain)}")
    else:
        missing = words.count(plain.missing, "more point")
        parts.append(f"For a plain voucher {missing} are needed. {plain_terms(words, plain)}")
    return "\n".join(parts)

