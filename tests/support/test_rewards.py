from datetime import date, timedelta

import pytest

from support.errors import NotEnoughPoints, NotFound, PointsInvalid
from support.models.conversations import Level
from support.models.rewards import RewardKind
from support.points import rewards
from support.refusals import IdentityTooLow, RewardUnavailable, TierTooLow
from tests.support.loyalty_rows import create_member, create_reward
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, speaker_of


async def offered(session, customer, rules) -> rewards.Rewards:
    return await rewards.rewards(session, speaker_of(customer), business=rules, at=NOW)


class TestRewards:
    async def test_the_cheapest_comes_first_with_the_points_that_are_missing(self, session, rules):
        customer = await create_member(session, 260)
        dear = await create_reward(session, 500, name="Mug", kind=RewardKind.GIFT, value=0, currency=None)
        exact = await create_reward(session, 260, name="A tenth off", kind=RewardKind.PERCENT, value=10, currency=None)
        cheap = await create_reward(session, 100)
        found = await offered(session, customer, rules)
        assert found.balance == 260
        assert [(one.id, one.points, one.missing) for one in found.rewards] == [
            (cheap.id, 100, 0), (exact.id, 260, 0), (dear.id, 500, 240),
        ]
        assert (found.rewards[1].kind, found.rewards[1].value, found.rewards[1].currency) == ("percent", 10, None)

    async def test_what_is_not_to_be_had_is_not_shown(self, session, rules):
        customer = await create_member(session, 999)
        await create_reward(session, name="Gone", active=False)
        await create_reward(session, name="Sold out", stock=0)
        await create_reward(session, name="For Oaks", from_tier="Oak")
        await create_reward(session, name="For a tier that is no more", from_tier="Birch")
        last = await create_reward(session, stock=1)
        for_all = await create_reward(session, 101, from_tier="Seedling")
        assert [one.id for one in (await offered(session, customer, rules)).rewards] == [last.id, for_all.id]

    async def test_a_tier_may_have_what_is_for_those_below_it(self, session, rules):
        customer = await create_member(session, 1000)
        names = {(await create_reward(session, name=tier, from_tier=tier)).name for tier in ("Seedling", "Oak")}
        assert {one.name for one in (await offered(session, customer, rules)).rewards} == names

    @pytest.mark.parametrize(
        ("points", "most", "missing"), [(0, 0, 100), (99, 0, 1), (100, 100, 0), (149, 100, 0), (262, 250, 0)]
    )
    async def test_plain_points_go_in_steps_from_the_smallest(self, session, rules, points, most, missing):
        plain = (await offered(session, await create_member(session, points), rules)).plain
        assert (plain.most, plain.missing) == (most, missing)
        assert (plain.smallest, plain.step, plain.point_value_minor, plain.currency) == (100, 50, 5, "EUR")

    async def test_somebody_without_an_account_misses_everything(self, session, rules):
        await create_reward(session, 70)
        found = await offered(session, await create_customer(session), rules)
        assert (found.balance, [one.missing for one in found.rewards], found.plain.missing) == (0, [70], 100)

    async def test_it_takes_a_verified_customer(self, session, rules):
        customer = await create_customer(session)
        with pytest.raises(IdentityTooLow):
            await rewards.rewards(session, speaker_of(customer, Level.VISITOR), business=rules, at=NOW)


class TestPlan:
    async def plan(self, session, customer, reward_id, rules, level=Level.SIGNED_IN):
        return await rewards.plan_redeem_reward(
            session, speaker_of(customer, level), reward_id, business=rules, at=NOW
        )

    async def test_it_says_what_goes_and_what_comes(self, session, rules):
        customer, reward = await create_member(session, 130), await create_reward(session)
        assert await self.plan(session, customer, reward.id, rules) == rewards.Redemption(
            points=100, balance_after=30, reward="Five euros off", kind=RewardKind.VOUCHER, value=500, currency="EUR",
            last_day=date(2027, 2, 19),
        )

    async def test_a_reward_that_cannot_be_had_is_refused_by_name(self, session, rules):
        customer = await create_member(session, 130)
        for refusal, knobs in (
            (RewardUnavailable, {"active": False}), (RewardUnavailable, {"stock": 0}),
            (TierTooLow, {"from_tier": "Oak"}), (NotEnoughPoints, {"points": 131}),
        ):
            with pytest.raises(refusal):
                await self.plan(session, customer, (await create_reward(session, **knobs)).id, rules)

    @pytest.mark.parametrize("reward_id", ["0" * 36, "00000000-0000-4000-8000-000000000000", "", "\x00", "x" * 999, 5])
    async def test_an_unknown_reward_is_not_found(self, session, rules, reward_id):
        with pytest.raises(NotFound):
            await self.plan(session, await create_member(session, 130), reward_id, rules)

    async def test_a_code_from_the_post_is_not_enough_to_redeem(self, session, rules):
        customer, reward = await create_member(session, 130), await create_reward(session)
        with pytest.raises(IdentityTooLow):
            await self.plan(session, customer, reward.id, rules, Level.VERIFIED)


class TestPlanOfPlainPoints:
    async def plan(self, session, customer, points, rules):
        return await rewards.plan_redeem_points(session, speaker_of(customer), points, business=rules, at=NOW)

    async def test_it_says_what_the_points_are_worth(self, session, rules):
        customer = await create_member(session, 180)
        assert await self.plan(session, customer, 150, rules) == rewards.Redemption(
            points=150, balance_after=30, reward=None, kind=RewardKind.VOUCHER, value=750, currency="EUR",
            last_day=date(2027, 2, 19),
        )

    @pytest.mark.parametrize("points", [99, 101, 0, -100, True, 150.0, "150", 10**9 + 50, 10**40, None])
    async def test_points_that_cannot_be_redeemed_are_refused(self, session, rules, points):
        with pytest.raises(PointsInvalid):
            await self.plan(session, await create_member(session, 180), points, rules)

    async def test_points_worth_nothing_or_a_fortune_are_refused(self, session, tmp_path):
        customer = await create_member(session, 10**9)
        for point_value in ("0", "10000.00"):
            rules = load_rules(tmp_path, ("point_value: 0.05", f"point_value: {point_value}"))
            with pytest.raises(PointsInvalid):
                await self.plan(session, customer, 1100, rules)

    async def test_more_than_there_are_is_refused(self, session, rules):
        customer = await create_member(session, 149, earned_at=NOW - timedelta(days=1))
        with pytest.raises(NotEnoughPoints):
            await self.plan(session, customer, 150, rules)
        with pytest.raises(NotEnoughPoints):
            await self.plan(session, await create_customer(session), 100, rules)
