"""How a customer's points came and went."""

from rasa_sdk.events import EventType

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import PersonalAction, Question
from actions.wording import numbered
from support.errors import NotFound
from support.models.loyalty import EntryKind
from support.pages import MOST
from support.periods import Period, read_period
from support.points import points_history
from support.points.points_history import HistoryItem

SHOWN = 10
_KIND = {
    EntryKind.EARN: "earned", EntryKind.REDEEM: "redeemed", EntryKind.EXPIRE: "lapsed",
    EntryKind.ADJUST: "given or taken by us", EntryKind.REVERSE: "taken back",
}


class ShowPointsHistory(PersonalAction):
    intent = "show_points_history"
    wanted = "how your points came and went"

    def name(self) -> str:
        return "action_show_points_history"

    async def answer(self, question: Question) -> list[EventType]:
        named = question.entity("period")
        period = read_period(named, question.wording.today) if named else None
        order = await _order(question)
        some = [one for one in await _all(question) if _fits(question, one, period, order)]
        if not some:
            question.say(_nothing(question, period, order), buttons.POINTS, buttons.ORDERS)
            return []
        next_one = buttons.said("What can I get for my points?")
        question.say(_told(question, some, period, order), buttons.POINTS, next_one)
        return []


async def _all(question: Question) -> list[HistoryItem]:
    found = await points_history.history(question.session, question.speaker, limit=MOST)
    every = list(found.entries)
    while found.older:
        found = await points_history.history(question.session, question.speaker, limit=MOST, before=every[-1].id)
        every += found.entries
    return every


async def _order(question: Question) -> str | None:
    """The number of the order that the question names."""
    if not any(map(str.isdigit, question.text)):
        return None
    try:
        found = await named_orders(question)
    except NotFound:
        return None
    return found[0].number if len(found) == 1 else None


def _fits(question: Question, one: HistoryItem, period: Period | None, order: str | None) -> bool:
    if order is not None:
        return one.order_number == order
    if period is None:
        return True
    since, until = period.instants(question.wording.zone)
    return since <= one.at < until


def _nothing(question: Question, period: Period | None, order: str | None) -> str:
    if order is not None:
        return f"No points have come or gone with your order {order} so far."
    when = f" {period.label}" if period else " so far"
    return f"No points came or went{when}, {question.customer.first_name}."


def _told(question: Question, some: list[HistoryItem], period: Period | None, order: str | None) -> str:
    words = question.wording
    came = sum(one.points for one in some if one.points > 0)
    gone = -sum(one.points for one in some if one.points < 0)
    when = period.label if period else "so far"
    where = f"with your order {order}" if order else when
    came_and_went = f"you got {words.count(came, 'point')}, and {words.count(gone, 'point')} went"
    head = f"{where[:1].upper()}{where[1:]} {came_and_went}:"
    listed = numbered(
        f"{words.day(one.at)}: {one.points:+,} {_KIND[one.kind]} ({one.reason}), "
        f"{words.count(one.balance, 'point')} after it" for one in some[:SHOWN]
    )
    rest = len(some) - SHOWN
    more = f"\nand {words.count(rest, 'older entry', 'older entries')}." if rest > 0 else ""
    return f"{head}\n{listed}{more}"
