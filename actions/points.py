"""A customer's points: how many, what lapses when, and how far the next tier is."""

from rasa_sdk.events import EventType

from actions import buttons
from actions.payment_methods import balance_of_gift_cards
from actions.personal import PersonalAction, Question
from actions.wording import Wording
from support.points import loyalty
from support.points.loyalty import Overview
from support.policy.business import Business

SHOWN = 3  # expiry dates


class ShowPoints(PersonalAction):
    intent = "show_points"
    wanted = "your points"

    def name(self) -> str:
        return "action_show_points"

    async def answer(self, question: Question) -> list[EventType]:
        if told := await balance_of_gift_cards(question):
            question.say(told, buttons.ORDERS)
            return []
        overview = await loyalty.overview(
            question.session, question.speaker, business=question.business, at=question.at
        )
        words = question.wording
        parts = [_balance(overview, words, question.business, question.customer.first_name)]
        if overview.expiries:
            parts.append(_expiries(overview, words))
        parts.append(_tier(overview, words))
        question.say("\n".join(parts), buttons.ORDERS, buttons.HELP)
        return []


def _balance(overview: Overview, words: Wording, business: Business, name: str) -> str:
    if not overview.balance:
        each = words.count(business.loyalty.points_per_unit, "point")
        unit = words.money(100, business.shop.currency)
        return f"You have no points just now, {name}. Each {unit} you spend on our goods earns you {each}."
    worth = words.money(overview.balance * business.loyalty.point_value, business.shop.currency)
    return f"You have {words.count(overview.balance, 'point')}, {name}, worth {worth}."


def _expiries(overview: Overview, words: Wording) -> str:
    shown, later = overview.expiries[:SHOWN], overview.expiries[SHOWN:]
    if len(overview.expiries) == 1:
        return f"They all lapse on {words.day(shown[0].on)} unless you use them before."
    dates = words.listed(f"{words.count(one.points, 'point')} on {words.day(one.on)}" for one in shown)
    text = f"If you don't use them, you lose {dates}."
    if not later:
        return text
    rest = words.count(sum(one.points for one in later), "point")
    return f"{text} The other {rest} last longer, the newest until {words.day(later[-1].on)}."


def _tier(overview: Overview, words: Wording) -> str:
    earned = words.count(overview.earned_in_year, "point")
    text = f"Your tier is {overview.tier.name}: you earned {earned} in the last twelve months."
    if overview.next_tier is None or overview.missing is None:
        return f"{text} It is the highest one."
    return f"{text} {words.count(overview.missing, 'more point')} and you are in {overview.next_tier.name}."
