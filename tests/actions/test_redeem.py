"""Points turned into vouchers and rewards; what they buy, how they came, and friends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.friends import ShowReferrals
from actions.points_history import ShowPointsHistory
from actions.rewards import ShowRewards
from actions.vouchers import ShowVouchers
from support.models.loyalty import LoyaltyAccount
from support.models.rewards import Reward, RewardKind, Voucher
from support.points import ledger, loyalty, referrals
from support.text import new_id
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.loyalty_rows import create_member, create_reward
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def member(database):
    async with database.write() as session:
        return await create_member(session, 320)


@pytest.fixture
def talk(member) -> Talk:
    return Talk(member)


@pytest.fixture
async def rewards(database):
    """Free delivery for 80, a towel for 300, ten off for 190, a clock for 900."""
    async with database.write() as session:
        await create_reward(session, 80, name="Free delivery", kind=RewardKind.SHIPPING, value=0, currency=None)
        await create_reward(session, 300, name="Linen tea towel", kind=RewardKind.GIFT, value=0, currency=None, stock=1)
        await create_reward(session, 190, name="10 off", value=1000)
        await create_reward(session, 900, name="Tide clock", kind=RewardKind.GIFT, value=0, currency=None)


async def vouchers(database) -> list[tuple[str, int]]:
    async with database.read() as session:
        return [(one.kind, one.value) for one in await session.scalars(select(Voucher).order_by(Voucher.issued_at))]


async def balance(database, member, tmp_path) -> int:
    async with database.read() as session:
        found = await loyalty.overview(session, speaker_of(member), business=load_rules(tmp_path), at=NOW)
        return found.balance


class TestRedeemingPoints:
    async def test_a_number_is_planned_agreed_and_answered_with_a_code(self, talk, database, member, tmp_path):
        assert await talk.say("please turn 200 points into a voucher", "redeem_points") == (
            "I would turn 200 points into a voucher for €10.00 off an order. The code can be used until 19 February 2027, "
            "and 120 points stay with you.\nShall I redeem them?"
        )
        assert await vouchers(database) == []
        said = await talk.say("yes")
        assert said.startswith("Done: your code is TS-")
        assert "€10.00 off an order and can be used until 19 February 2027; enter it at the checkout." in said
        assert "You have 120 points left. Your reference is R-" in said
        assert await vouchers(database) == [("voucher", 1000)]
        assert await balance(database, member, tmp_path) == 120
        assert not talk.form

    async def test_without_a_number_it_is_asked_for(self, talk):
        assert await talk.say("redeem my points", "redeem_points") == (
            "How many points do you want to redeem? You have 320 points. It takes at least 100 points, in steps of 50: 100 "
            "points are worth €5.00 off an order."
        )
        assert talk.buttons == ["100 points", "300 points"]
        assert "turn 150 points" in await talk.say("150")

    @pytest.mark.parametrize(("said", "points"), [
        ("cash in all my points", 300), ("half of my points please, as a voucher", 150),
        ("I'd like a 10 euro voucher for my points", 200), ("250 points", 250),
    ])
    async def test_a_share_or_a_worth_is_as_good_as_a_number(self, talk, said, points):
        assert f"I would turn {points} points into a voucher" in await talk.say(said, "redeem_points")

    async def test_a_number_off_the_steps_is_refused_with_those_next_to_it(self, talk, database):
        said = await talk.say("redeem 120 points", "redeem_points")
        assert "120 points can't be redeemed just so." in said
        assert "100 points for €5.00 or 150 points for €7.50 would do." in said
        assert "How many points do you want to redeem?" in said
        assert "turn 100 points" in await talk.say("then 100")

    async def test_more_than_there_are_is_refused_with_what_is_missing(self, talk):
        said = await talk.say("redeem 500 points", "redeem_points")
        assert said.startswith("You have 320 points. That is 180 points short. How many points do you want to redeem?")

    async def test_too_few_for_anything_ends_it_and_says_how_many_are_missing(self, database):
        async with database.write() as session:
            talk = Talk(await create_member(session, 40))
        said = await talk.say("redeem my points", "redeem_points")
        assert said.startswith("You have 40 points: that is not enough for anything yet, 60 more points and it is.")
        assert not talk.form

    async def test_another_number_before_the_yes_counts(self, talk, database):
        await talk.say("redeem 200 points", "redeem_points")
        assert "turn 300 points" in await talk.say("no, make it 300 points")
        await talk.say("yes")
        assert await vouchers(database) == [("voucher", 1500)]

    async def test_a_question_in_between_is_answered_and_it_goes_on(self, talk, rewards):
        await talk.say("redeem my points", "redeem_points")
        said = await talk.say("which rewards are there?", "show_rewards")
        assert "1. Free delivery: 80 points" in said
        assert "How many points do you want to redeem?" in said.splitlines()[-1]

    async def test_stop_changes_nothing(self, talk, database):
        await talk.say("redeem 200 points", "redeem_points")
        assert "Nothing has been changed" in await talk.say("never mind")
        assert await vouchers(database) == []

    async def test_the_same_turn_twice_is_one_voucher(self, talk, database):
        await talk.say("redeem 200 points", "redeem_points")
        before = dict(talk.slots)
        first = await talk.say("yes", turn="the turn")
        talk.slots, talk.form = before, True
        assert await talk.say("yes", turn="the turn") == first
        assert len(await vouchers(database)) == 1

    async def test_a_reward_that_is_named_is_taken_for_what_it_is(self, talk, rewards):
        said = await talk.say("redeem my points for free delivery", "redeem_points")
        assert "I would turn 80 points into “Free delivery”, which is free delivery." in said

    async def test_who_is_only_verified_is_asked_to_sign_in(self, member):
        talk = Talk(member, level="verified")
        assert "sign in" in await talk.say("redeem 200 points", "redeem_points")
        assert not talk.form


class TestRedeemingRewards:
    async def test_the_named_one_is_redeemed_after_a_yes(self, talk, rewards, database):
        assert await talk.say("I'd like the tea towel for my points", "redeem_reward") == (
            "I would turn 300 points into “Linen tea towel”, which is a gift: Linen tea towel. The code can be used until 19 "
            "February 2027, and 20 points stay with you.\nShall I redeem them?"
        )
        assert "Done: your code is TS-" in await talk.say("yes please")
        assert await vouchers(database) == [("gift", 0)]

    async def test_those_within_reach_are_listed_and_chosen_by_place(self, talk, rewards):
        assert await talk.say("I want to claim a reward", "redeem_reward") == (
            "You have 320 points. Which reward shall it be?\n1. Free delivery: 80 points\n2. 10 off: 190 points\n"
            "3. Linen tea towel: 300 points"
        )
        assert talk.buttons == ["Free delivery", "10 off", "Linen tea towel"]
        assert "“10 off”, which is €10.00 off an order" in await talk.say("the second one")

    async def test_one_out_of_reach_says_what_is_missing_and_what_can_be_had(self, talk, rewards):
        said = await talk.say("get me the tide clock", "redeem_reward")
        assert said.startswith("You have 320 points. “Tide clock” takes 900 points, so 580 points are missing.")
        assert "1. Free delivery: 80 points" in said

    async def test_none_at_all_says_how_far_the_nearest_is(self, database, rewards):
        async with database.write() as session:
            talk = Talk(await create_member(session, 30))
        said = await talk.say("claim a reward", "redeem_reward")
        assert said.startswith("You have 30 points: that is not enough for anything yet, 50 more points and it is.")


    async def test_one_that_was_taken_by_somebody_else_meanwhile_is_said_to_be_gone(self, talk, rewards, database):
        await talk.say("I'd like the tea towel", "redeem_reward")
        async with database.write() as session:
            (await session.scalar(select(Reward).where(Reward.name == "Linen tea towel"))).stock = 0
        said = await talk.say("yes")
        assert said.startswith("That reward is not to be had any more. You have 320 points. Which reward shall it be?")
        assert await vouchers(database) == []


class TestRewards:
    async def test_all_with_what_is_missing_and_the_plain_voucher(self, member, rewards):
        answer = await ask(ShowRewards(), member, text="which rewards are there")
        assert answer.text == (
            "You have 320 points, Aoife.\nThere are 4 rewards, 3 of them within your reach:\n"
            "1. Free delivery: 80 points\n2. 10 off: 190 points\n3. Linen tea towel: 300 points\n"
            "4. Tide clock: 900 points, 580 points missing\n"
            "Or turn points into a voucher: up to 300 points for €15.00. It takes at least 100 points, in steps of 50: 100 "
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
