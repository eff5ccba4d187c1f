"""Bringing friends: a code to pass on, and what came of it."""

from rasa_sdk.events import EventType
from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.tasks import Outcome, Plan, Run, Task
from support.models.conversations import Level
from support.points import referrals

INVITE = "Give me a code for a friend"
HOW_OFTEN = "How many friends have I brought?"


class ReferFriend(Task):
    intent = "refer_friend"
    wanted = "bring a friend"
    needs = Level.VERIFIED

    async def plan(self, question: Question, run: Run) -> Plan:
        """Done at once: a code that nobody passes on changes nothing."""
        return Plan("", question=None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await referrals.refer_friend(
            session, question.speaker, key=key, business=question.business, at=question.at
        )
        words, told = question.wording, done.details
        return Outcome(
            f"Your code for friends is {told['code']}. Once the first order of a friend who joined with it has been "
            f"delivered, they get {words.count(told['friend_points'], 'point')} and you get "
            f"{words.count(told['referrer_points'], 'point')}. The code stays the same for all your friends.",
            [buttons.said(HOW_OFTEN), buttons.POINTS],
        )


class ShowReferrals(PersonalAction):
    intent = "show_referrals"
    wanted = "what came of your code for friends"

    def name(self) -> str:
        return "action_show_referrals"

    async def answer(self, question: Question) -> list[EventType]:
        found = await referrals.referral(
            question.session, question.speaker, business=question.business, at=question.at
        )
        words = question.wording
        each = words.count(found.referrer_points, "point")
        if found.code is None:
            question.say(
                f"You have no code for friends yet, {question.customer.first_name}. With one, each friend brings you "
                f"{each} once their first order has been delivered, and gets "
                f"{words.count(found.friend_points, 'point')} too.", buttons.said(INVITE), buttons.POINTS,
            )
            return []
        waiting = found.joined - found.rewarded
        wait = f" {words.count(waiting, 'friend')} brought none yet." if found.rewarded and waiting else ""
        question.say(
            f"{words.count(found.joined, 'friend')} joined with your code {found.code}, and {found.rewarded} of them "
            f"brought you {words.count(found.points_earned, 'point')}.{wait} Within twelve months "
            f"{words.count(found.left_this_year, 'more friend')} can bring you {each} each, with their first "
            "delivered order.", buttons.POINTS, buttons.HELP,
        )
        return []
