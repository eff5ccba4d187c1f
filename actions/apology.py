"""Points that come with an apology, as far as the shop lets the bot give any."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.personal import Question
from support.errors import IdReused
from support.models.cases import CaseKind
from support.points import compensation
from support.refusals import GoodwillExhausted
from support.service_requests import Done


async def give_points(question: Question, session: AsyncSession, opened: Done, key: str) -> str:
    """Give what may be given for the case that `opened` tells of, and say so; "" if it is nothing."""
    business, words, case = question.business, question.wording, opened.details["case"]
    offer = await compensation.plan_compensation(session, question.speaker, case, business=business, at=question.at)
    # In a turn that is repeated they have been given, and are told again
    points = offer.points or business.goodwill.points.get(CaseKind(opened.details["kind"]), 0)
    if not points:
        return ""
    try:
        given = await compensation.compensate(
            session, question.speaker, case, points, key=f"{key}:points", business=business, at=question.at
        )
    except (GoodwillExhausted, IdReused):
        return ""
    worth = words.money(points * business.loyalty.point_value, business.shop.currency)
    until = words.day(datetime.fromisoformat(given.details["expires_at"]))
    return (
        f"As an apology I have added {words.count(points, 'point')} to your account: they are worth {worth} and good "
        f"until {until}."
    )


def answer_day(question: Question, due_at: str | datetime) -> str:
    """The day by which somebody is to have seen to a case: Tuesday 24 November."""
    return question.wording.weekday(datetime.fromisoformat(due_at) if isinstance(due_at, str) else due_at)
