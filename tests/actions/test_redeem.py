"""Points turned into vouchers and rewards."""


import pytest
from sqlalchemy import select

from support.models.rewards import Reward, Voucher
from support.points import loyalty
from tests.actions.talking import Talk
from tests.support.loyalty_rows import create_member, create_rewards
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, speaker_of

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
            "How many points do you want to redeem? You have 320 points. Money off an order takes at least 100 points, in steps of 50: 100 "
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

    async def test_a_bare_number_that_corrects_is_points(self, talk):
        await talk.say("redeem 200 points", "redeem_points")
        assert "turn 300 points" in await talk.say("no, make it 300")

    async def test_a_question_in_between_is_answered_and_it_goes_on(self, talk, rewards):
        await talk.say("redeem my points", "redeem_points")
        said = await talk.say("which rewards are there?", "show_rewards")
        assert "1. Free delivery: 80 points" in said
        assert "How many points do you want to redeem?" in said.splitlines()[-1]

    async def test_stop_changes_nothing(self, talk, database):
        await talk.say("redeem 200 points", "redeem_points")
        assert "Nothing about it has been changed" in await talk.say("never mind")
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
