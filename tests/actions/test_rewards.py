"""What points buy, the codes that came of them, how points came and went, and what friends brought."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.friends import ShowReferrals
from actions.points_history import ShowPointsHistory
from actions.rewards import ShowRewards
from actions.vouchers import ShowVouchers
from support.models.loyalty import LoyaltyAccount
from support.models.rewards import Voucher
from support.points import ledger, referrals
from support.text import new_id
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.loyalty_rows import create_member, create_rewards
from tests.support.shop_rows import NOW, create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def member(database):
    async with database.write() as session:
        return await create_member(session, 320)


@pytest.fixture
def talk(member) -> Talk:
    return Talk(member)


@pytest.fixture
async def rewards(database) -> None:
    async with database.write() as session:
        await create_rewards(session)


class TestRewards:
    async def test_all_with_what_is_missing_and_the_plain_voucher(self, member, rewards):
        answer = await ask(ShowRewards(), member, text="which rewards are there")
        assert answer.text == (
            "You have 320 points, Aoife.\nThere are 4 rewards, 3 of them within your reach:\n"
            "1. Free delivery: 80 points\n2. 10 off: 190 points\n3. Linen tea towel: 300 points\n"
            "4. Tide clock: 900 points, 580 points missing\n"
            "Or turn points into a voucher: up to 300 points for €15.00. Money off an order takes at least 100 points, in steps of 50: 100 "
            "points are worth €5.00 off an order."
        )
        assert "Redeem “Free delivery”" in answer.buttons

    async def test_only_those_that_can_be_had_if_that_is_asked(self, member, rewards):
        said = (await ask(ShowRewards(), member, text="what can I get for my points?")).text
        assert "You can have these now:" in said
        assert "Tide clock" not in said

    @pytest.mark.parametrize(("asked", "answer"), [
        ("how many points do I need for the tide clock",
         "“Tide clock” takes 900 points; you have 320 points, so 580 points are missing."),
        ("have I enough for free delivery", "“Free delivery” takes 80 points; you have 320 points, so you can have it now."),
        ("what does the 10 euro reward take", "“10 off” takes 190 points; you have 320 points, so you can have it now."),
    ])
    async def test_one_that_is_named_gets_its_own_answer(self, member, rewards, asked, answer):
        assert (await ask(ShowRewards(), member, text=asked)).text == answer


class TestVouchers:
    async def test_codes_with_worth_and_last_day(self, talk, member, database):
        assert (await ask(ShowVouchers(), member)).text == (
            "You have no voucher code to use just now, Aoife. Points can be turned into one."
        )
        for points in (200, 100):
            await talk.say(f"redeem {points} points", "redeem_points")
            await talk.say("yes")
        said = (await ask(ShowVouchers(), member, text="how much are my vouchers worth in total")).text
        assert said.startswith("You have 2 voucher codes that you can use, worth €15.00 in money off:\n1. TS-")
        assert ": €10.00 off an order, until 19 February 2027" in said

    async def test_a_used_one_is_told_as_that(self, talk, member, database):
        await talk.say("redeem 100 points", "redeem_points")
        await talk.say("yes")
        async with database.write() as session:
            voucher = await session.scalar(select(Voucher))
            voucher.used_at = NOW
            code = voucher.code
        assert (await ask(ShowVouchers(), member)).text.endswith(
            f"No longer to be used:\n1. {code} (€5.00 off an order): used on 21 November"
        )


class TestPointsHistory:
    async def test_what_came_and_went_with_the_balance_after_it(self, talk, member):
        await talk.say("redeem 200 points", "redeem_points")
        await talk.say("yes")
        said = (await ask(ShowPointsHistory(), member)).text
        assert said.startswith("So far you got 320 points, and 200 points went:\n")
        assert "21 November: -200 redeemed (Voucher), 120 points after it" in said
        assert "21 November: +320 earned (Order HF-1), 320 points after it" in said

    async def test_one_order_is_told_by_itself(self, member, database):
        async with database.write() as session:
            for number in ("HF-10432", "HF-10433"):
                order = await create_order(session, member, number, lines=(("Mug", 1, 2500),))
                if number == "HF-10432":
                    account = await session.scalar(select(LoyaltyAccount).where(LoyaltyAccount.customer_id == member.id))
                    await ledger.earn(
                        session, account, 25, key="order", at=NOW, expires_at=NOW + timedelta(days=300),
                        reason="Order HF-10432", order=order,
                    )
        assert (await ask(ShowPointsHistory(), member, text="how many points did I get for HF-10432")).text.startswith(
            "With your order HF-10432 you got 25 points, and 0 points went:\n1. 21 November: +25 earned (Order HF-10432)"
        )
        assert (await ask(ShowPointsHistory(), member, text="points for HF-10433?")).text == (
            "No points have come or gone with your order HF-10433 so far."
        )

    async def test_a_long_history_is_added_up_whole(self, member, database):
        async with database.write() as session:
            account = await session.scalar(select(LoyaltyAccount).where(LoyaltyAccount.customer_id == member.id))
            for place in range(205):
                await ledger.earn(
                    session, account, 1, key=f"k{place}", at=NOW - timedelta(days=1), expires_at=NOW + timedelta(days=300),
                    reason="Gift",
                )
        said = (await ask(ShowPointsHistory(), member)).text
        assert said.startswith("So far you got 525 points, and 0 points went:")
        assert said.endswith("and 196 older entries.")

    async def test_a_period_is_added_up_by_itself(self, member):
        assert (await ask(ShowPointsHistory(), member, period="May")).text == (
            "No points came or went in May 2026, Aoife."
        )
        said = (await ask(ShowPointsHistory(), member, period="this month")).text
        assert said.startswith("This month you got 320 points, and 0 points went:\n1. 21 November: +320 earned")


class TestFriends:
    async def test_a_code_is_given_at_once_and_stays_the_same(self, talk, member, database):
        said = await talk.say("give me a code for a friend", "refer_friend")
        async with database.read() as session:
            code = await session.scalar(
                select(LoyaltyAccount.referral_code).where(LoyaltyAccount.customer_id == member.id)
            )
        assert said == (
            f"Your code for friends is {code}. Once the first order of a friend who joined with it has been delivered, they "
            "get 100 points and you get 200 points. The code stays the same for all your friends."
        )
        assert not talk.form
        assert code in await talk.say("my referral code again please", "refer_friend")

    async def test_what_came_of_it_is_counted(self, talk, member, database):
        assert (await ask(ShowReferrals(), member)).text.startswith("You have no code for friends yet, Aoife.")
        await talk.say("refer a friend", "refer_friend")
        async with database.write() as session:
            code = await session.scalar(
                select(LoyaltyAccount.referral_code).where(LoyaltyAccount.customer_id == member.id)
            )
            friend = await create_customer(session, email=f"{new_id()}@example.com")
            await referrals.join(session, friend.id, code, at=NOW)
        assert (await ask(ShowReferrals(), member)).text == (
            f"1 friend joined with your code {code}, and 0 of them brought you 0 points. Within twelve months 20 more "
            "friends can bring you 200 points each, with their first delivered order."
        )
