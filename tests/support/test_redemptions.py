"""Redeeming through the door that customers use: guarantees 13 and 16 are tried here too."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from support.database import Database
from support.errors import IdInvalid, IdReused, NotEnoughPoints, NotFound, PointsInvalid, SupportError
from support.identity import Speaker
from support.models.conversations import Level
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.outbox import OutboxEvent
from support.models.rewards import Reward, RewardKind, Voucher
from support.models.service_requests import ServiceRequest
from support.points import expiry, ledger, loyalty, redemptions
from support.refusals import AmountChanged, IdentityTooLow, RewardUnavailable, TierTooLow
from tests.support.ledger_rows import count
from tests.support.loyalty_rows import create_member, create_reward
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, speaker_of

CODE = re.compile(r"TS(-[0-9A-HJKMNP-TV-Z]{4}){3}")
EXPIRES = datetime(2027, 2, 20, tzinfo=UTC)  # as the 90th day after NOW ends in Dublin


@pytest.fixture
def redeem(session, rules):
    """Redeem a reward (or points, a number) for a customer under a key."""

    async def do(customer, what, key="key", *, level=Level.SIGNED_IN, business=rules, **agreed):
        speaker = speaker_of(customer, level)
        if isinstance(what, Reward):
            return await redemptions.redeem_reward(session, speaker, what.id, key=key, business=business, at=NOW, **agreed)
        return await redemptions.redeem_points(session, speaker, what, key=key, business=business, at=NOW, **agreed)

    return do


async def untouched(session, entries: int = 1) -> bool:
    """Nothing was changed, whoever commits now."""
    await session.flush()
    found = [await count(session, model) for model in (LedgerEntry, Voucher, ServiceRequest, OutboxEvent)]
    return found == [entries, 0, 0, 0]


class TestRedeemReward:
    async def test_the_points_go_and_a_code_comes(self, session, redeem):
        customer, reward = await create_member(session, 130), await create_reward(session, stock=3)
        done = await redeem(customer, reward)
        assert CODE.fullmatch(done.details["code"])
        assert done.details == {
            "code": done.details["code"], "reward": "Five euros off", "points": 100, "kind": "voucher", "value": 500,
            "currency": "EUR", "expires_at": EXPIRES.isoformat(), "last_day": "2027-02-19", "balance": 30,
        }
        assert (done.kind, done.movements, done.at) == ("redeem_reward", (), NOW)
        entry = await session.scalar(select(LedgerEntry).where(LedgerEntry.kind == "redeem"))
        assert (entry.points, entry.reason, entry.idempotency_key) == (-100, "Five euros off", f"request:{done.id}")
        voucher = (await session.scalars(select(Voucher))).one()
        assert (voucher.code, voucher.customer_id, voucher.reward_id, voucher.entry_id) == (
            done.details["code"], customer.id, reward.id, entry.id,
        )
        assert (voucher.kind, voucher.value, voucher.currency) == (RewardKind.VOUCHER, 500, "EUR")
        assert (voucher.issued_at, voucher.expires_at, voucher.used_at) == (NOW, EXPIRES, None)
        await session.refresh(reward)
        assert reward.stock == 2

    async def test_the_shop_hears_of_the_code_it_is_to_honour(self, session, redeem):
        customer, reward = await create_member(session, 130), await create_reward(session)
        done = await redeem(customer, reward)
        event = (await session.scalars(select(OutboxEvent))).one()
        assert (event.name, event.at) == ("points.redeemed", NOW)
        assert event.body == {
            "reference": done.reference, "customer": customer.reference, "by": "customer", "points": 100, "balance": 30,
            "reward": reward.reference,
            "voucher": {
                "code": done.details["code"], "kind": "voucher", "worth": {"amount": "5.00", "currency": "EUR"},
                "percent": None, "expires_at": EXPIRES.isoformat(),
            },
        }

    @pytest.mark.parametrize(("kind", "value"), [(RewardKind.PERCENT, 10), (RewardKind.GIFT, 0), (RewardKind.SHIPPING, 0)])
    async def test_a_reward_that_is_no_money_names_none(self, session, redeem, kind, value):
        customer = await create_member(session, 130)
        await redeem(customer, await create_reward(session, kind=kind, value=value, currency=None))
        told = (await session.scalars(select(OutboxEvent))).one().body["voucher"]
        assert (told["worth"], told["percent"]) == (None, value or None)

    async def test_what_is_refused_changes_nothing(self, session, redeem):
        customer = await create_member(session, 130)
        for refusal, knobs in (
            (RewardUnavailable, {"active": False}), (RewardUnavailable, {"stock": 0}), (TierTooLow, {"from_tier": "Oak"}),
            (NotEnoughPoints, {"points": 131}),
        ):
            with pytest.raises(refusal):
                await redeem(customer, await create_reward(session, **knobs))
        reward = await create_reward(session, stock=1)
        for agreed in (99, 100.0, True):
            with pytest.raises(AmountChanged):
                await redeem(customer, reward, agreed_points=agreed)
        with pytest.raises(IdentityTooLow):
            await redeem(customer, reward, level=Level.VERIFIED)
        for key in ("", "x" * 201, "a\nb"):
            with pytest.raises(IdInvalid):
                await redeem(customer, reward, key)
        with pytest.raises(NotEnoughPoints):
            await redeem(await create_customer(session), reward)
        await session.refresh(reward)
        assert reward.stock == 1
        assert await untouched(session)

    @pytest.mark.parametrize("reward_id", ["00000000-0000-4000-8000-000000000000", "", "\x00", "x" * 999, 5])
    async def test_an_unknown_reward_is_not_found(self, session, rules, reward_id):
        customer = await create_member(session, 130)
        with pytest.raises(NotFound):
            await redemptions.redeem_reward(
                session, speaker_of(customer), reward_id, key="key", business=rules, at=NOW
            )
        assert await untouched(session)

    async def test_an_unknown_customer_is_not_found(self, session, rules):
        reward = await create_reward(session)
        stranger = Speaker.signed_in("00000000-0000-4000-8000-000000000000")
        with pytest.raises(NotFound):
            await redemptions.redeem_reward(session, stranger, reward.id, key="key", business=rules, at=NOW)

    async def test_asked_again_it_answers_the_same_even_when_nothing_is_left(self, session, redeem):
        customer, reward = await create_member(session, 100), await create_reward(session, stock=1)
        done = await redeem(customer, reward, agreed_points=100)
        reward.active = False
        assert await redeem(customer, reward, agreed_points=100) == done
        assert (await count(session, Voucher), await count(session, OutboxEvent)) == (1, 1)
        with pytest.raises(IdReused):
            await redeem(customer, await create_reward(session))
        with pytest.raises(IdReused):
            await redeem(customer, 100)

    async def test_points_that_have_lapsed_buy_nothing(self, session, rules):
        customer, reward = await create_member(session, 130), await create_reward(session)
        with pytest.raises(NotEnoughPoints):
            await redemptions.redeem_reward(
                session, speaker_of(customer), reward.id, key="key", business=rules, at=NOW + timedelta(days=300)
            )
        assert await untouched(session)


class TestRedeemPoints:
    async def test_each_point_becomes_money_off(self, session, redeem):
        customer = await create_member(session, 260)
        done = await redeem(customer, 250, agreed_minor=1250)
        assert (done.kind, done.details["reward"], done.details["value"], done.details["currency"]) == (
            "redeem_points", None, 1250, "EUR",
        )
        assert (done.details["points"], done.details["balance"]) == (250, 10)
        voucher = (await session.scalars(select(Voucher))).one()
        assert (voucher.code, voucher.reward_id, voucher.value) == (done.details["code"], None, 1250)
        told = (await session.scalars(select(OutboxEvent))).one().body
        assert (told["reward"], told["voucher"]["worth"]) == (None, {"amount": "12.50", "currency": "EUR"})

    async def test_what_is_refused_changes_nothing(self, session, redeem, tmp_path):
        customer = await create_member(session, 180)
        for points in (99, 125, 0, -100, True, 100.0, "100", 10**40, 10**5000, None):
            with pytest.raises(PointsInvalid):
                await redeem(customer, points)
        with pytest.raises(NotEnoughPoints):
            await redeem(customer, 200)
        dearer = load_rules(tmp_path, ("point_value: 0.05", "point_value: 0.04"))
        with pytest.raises(AmountChanged):
            await redeem(customer, 100, agreed_minor=500, business=dearer)
        with pytest.raises(IdentityTooLow):
            await redeem(customer, 100, level=Level.VERIFIED)
        assert await untouched(session)

    async def test_asked_again_it_answers_the_same(self, session, redeem):
        customer = await create_member(session, 200)
        done = await redeem(customer, 100)
        assert await redeem(customer, 100) == done
        with pytest.raises(IdReused):
            await redeem(customer, 150)
        assert await redeem(customer, 100, "another") != done
        assert await count(session, Voucher) == 2

    async def test_a_shop_without_latin_initials_has_codes_as_well(self, session, redeem, tmp_path):
        customer = await create_member(session, 100)
        rules = load_rules(tmp_path, ("name: Test & Sons", "name: Östra Ångbåten"))
        assert re.fullmatch(r"V(-\w{4}){3}", (await redeem(customer, 100, business=rules)).details["code"])


class TestAtOnce:
    @pytest.fixture
    async def beside(self, database: Database):
        found = Database(database.url.render_as_string(hide_password=False))
        yield found
        await found.close()

    async def redeemed(self, database: Database, customer, what: Reward | int, key: str, rules) -> str:
        """The code, or the name of the refusal."""
        try:
            async with database.write() as session:
                speaker = Speaker.signed_in(customer.id)
                if isinstance(what, int):
                    done = await redemptions.redeem_points(session, speaker, what, key=key, business=rules, at=NOW)
                else:
                    done = await redemptions.redeem_reward(session, speaker, what.id, key=key, business=rules, at=NOW)
                return done.details["code"]
        except SupportError as refusal:
            return refusal.code

    async def left(self, database: Database, customer, rules) -> tuple[int, int]:
        """(points, vouchers)"""
        async with database.read() as session:
            standing = await loyalty.standing(session, customer.id, NOW, business=rules)
            entries = (
                select(func.sum(LedgerEntry.points)).join(LoyaltyAccount, LoyaltyAccount.id == LedgerEntry.account_id)
                .where(LoyaltyAccount.customer_id == customer.id)
            )
            assert await session.scalar(entries) == standing.balance
            return standing.balance, await count(session, Voucher)

    async def test_a_hundred_for_the_last_points_let_one_through(self, database, beside, rules):
        async with database.write() as session:
            customer = await create_member(session, 100)
        answers = Counter(await asyncio.gather(
            *(self.redeemed((database, beside)[n % 2], customer, 100, f"k{n}", rules) for n in range(100))
        ))
        assert answers.pop("not_enough_points") == 99
        assert list(answers.values()) == [1]
        assert await self.left(database, customer, rules) == (0, 1)

    async def test_one_key_a_hundred_times_is_one_voucher(self, database, beside, rules):
        async with database.write() as session:
            customer = await create_member(session, 1000)
        answers = await asyncio.gather(
            *(self.redeemed((database, beside)[n % 2], customer, 100, "key", rules) for n in range(100))
        )
        assert len(set(answers)) == 1
        assert await self.left(database, customer, rules) == (900, 1)

    async def test_of_two_who_want_the_last_one_only_one_gets_it(self, database, beside, rules):
        async with database.write() as session:
            people = [await create_member(session, 100) for _ in range(6)]
            reward = await create_reward(session, stock=1)
        answers = Counter(await asyncio.gather(
            *((self.redeemed((database, beside)[n % 2], one, reward, "key", rules)) for n, one in enumerate(people))
        ))
        assert answers.pop("reward_unavailable") == 5
        assert list(answers.values()) == [1]
        async with database.read() as session:
            assert (await session.get_one(Reward, reward.id)).stock == 0
            assert await count(session, Voucher) == 1

    async def test_redemptions_and_the_expiry_beside_them_never_take_a_point_twice(self, database, beside, rules):
        lapse = NOW - timedelta(hours=1)
        async with database.write() as session:
            people = [await create_member(session, 100) for _ in range(5)]
            for one in people:
                account = (
                    await session.scalars(select(LoyaltyAccount).where(LoyaltyAccount.customer_id == one.id))
                ).one()
                await ledger.earn(
                    session, account, 70, key=f"old:{one.id}", at=NOW - timedelta(days=9), expires_at=lapse, reason="Old"
                )
        found = await asyncio.gather(
            expiry.expire_all(database, NOW), expiry.expire_all(beside, NOW),
            *(self.redeemed((database, beside)[n % 2], people[n % 5], 100, f"k{n}", rules) for n in range(10)),
        )
        assert found[0] + found[1] == 5
        assert found[2:].count("not_enough_points") == 5
        for one in people:
            assert await self.left(database, one, rules) == (0, 5)
