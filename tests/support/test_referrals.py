import asyncio
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from support.database import Database
from support.errors import NotFound
from support.models.conversations import Level
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.orders import OrderStatus
from support.models.outbox import OutboxEvent
from support.models.rewards import Referral
from support.points import ledger, loyalty, referrals
from support.refusals import AlreadyReferred, IdentityTooLow, OwnReferral
from tests.support.ledger_rows import count
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of

DAY = timedelta(days=1)


@pytest.fixture
async def customer(session):
    return await create_customer(session)


async def code_of(session, customer, rules, key="key") -> str:
    done = await referrals.refer_friend(session, speaker_of(customer), key=key, business=rules, at=NOW)
    return done.details["code"]


async def looked_up(session, customer, rules, at=NOW) -> referrals.ReferralOverview:
    return await referrals.referral(session, speaker_of(customer), business=rules, at=at)


async def bring(session, customer, rules, *, at=NOW):
    """A friend who came by the customer's code."""
    friend = await create_customer(session, first_name="Niamh")
    await referrals.join(session, friend.id, await code_of(session, customer, rules), at=at)
    return friend


async def points_of(session, customer, rules, at=NOW) -> int:
    return (await loyalty.standing(session, customer.id, at, business=rules)).balance


class TestReferFriend:
    async def test_the_first_to_ask_gets_a_code_and_keeps_it(self, session, customer, rules):
        done = await referrals.refer_friend(session, speaker_of(customer), key="1", business=rules, at=NOW)
        assert re.fullmatch(r"F(-[0-9A-HJKMNP-TV-Z]{4}){2}", done.details["code"])
        assert done.details == {"code": done.details["code"], "referrer_points": 200, "friend_points": 100}
        account = (await session.scalars(select(LoyaltyAccount))).one()
        assert (account.customer_id, account.referral_code, account.opened_at) == (
            customer.id, done.details["code"], NOW,
        )
        again = await referrals.refer_friend(session, speaker_of(customer), key="1", business=rules, at=NOW)
        assert again == done
        later = await referrals.refer_friend(session, speaker_of(customer), key="2", business=rules, at=NOW + DAY)
        assert later.details == done.details
        assert later.id != done.id

    async def test_codes_differ(self, session, rules):
        codes = {await code_of(session, await create_customer(session), rules) for _ in range(5)}
        assert len(codes) == 5

    async def test_it_takes_a_verified_customer(self, session, customer, rules):
        speaker = speaker_of(customer, Level.ORDER_HOLDER)
        with pytest.raises(IdentityTooLow):
            await referrals.refer_friend(session, speaker, key="1", business=rules, at=NOW)
        with pytest.raises(IdentityTooLow):
            await referrals.referral(session, speaker, business=rules, at=NOW)
        assert await count(session, LoyaltyAccount) == 0

    async def test_twice_at_once_makes_one_account_with_one_code(self, database: Database, rules):
        async with database.write() as session:
            customer = await create_customer(session)

        async def ask(key: str) -> str:
            async with database.write() as session:
                return await code_of(session, customer, rules, key)

        assert len(set(await asyncio.gather(*(ask(f"k{number}") for number in range(6))))) == 1
        async with database.read() as session:
            assert await count(session, LoyaltyAccount) == 1


class TestReferral:
    async def test_there_is_no_code_before_it_is_asked_for(self, session, customer, rules):
        assert await looked_up(session, customer, rules) == referrals.ReferralOverview(None, 0, 0, 0, 20, 200, 100)
        assert await count(session, LoyaltyAccount) == 0

    async def test_it_tells_what_came_of_the_code(self, session, customer, rules):
        friends = [await bring(session, customer, rules) for _ in range(3)]
        for friend in friends[:2]:
            await referrals.reward_due(session, await create_order(session, friend), business=rules, at=NOW)
        found = await looked_up(session, customer, rules)
        assert found == referrals.ReferralOverview(await code_of(session, customer, rules), 3, 2, 400, 18, 200, 100)
        assert (await looked_up(session, customer, rules, NOW + 366 * DAY)).left_this_year == 20
        assert (await looked_up(session, friends[0], rules)).joined == 0


class TestJoin:
    async def test_a_friend_joins_by_the_code_as_people_type_it(self, session, customer, rules):
        code = await code_of(session, customer, rules)
        friend = await create_customer(session)
        made = await referrals.join(session, friend.id, f" {code.lower().replace('-', ' ')} ", at=NOW)
        assert (made.customer_id, made.friend_id, made.joined_at, made.rewarded_at) == (
            customer.id, friend.id, NOW, None,
        )
        assert (await referrals.join(session, friend.id, code, at=NOW + DAY)).id == made.id
        assert await count(session, Referral) == 1

    async def test_not_by_ones_own_code_nor_by_a_second_one(self, session, customer, rules):
        code = await code_of(session, customer, rules)
        with pytest.raises(OwnReferral):
            await referrals.join(session, customer.id, code, at=NOW)
        friend = await bring(session, await create_customer(session), rules)
        with pytest.raises(AlreadyReferred):
            await referrals.join(session, friend.id, code, at=NOW)
        found = (await session.scalars(select(Referral))).one()
        assert found.customer_id != customer.id

    @pytest.mark.parametrize("code", ["", "F-0000-0000", "\x00", "x" * 999, "F-000U-0000", "00000000"])
    async def test_an_unknown_code_is_not_found(self, session, customer, rules, code):
        with pytest.raises(NotFound):
            await referrals.join(session, (await create_customer(session)).id, code, at=NOW)
        assert await count(session, Referral) == 0

    async def test_an_unknown_or_erased_customer_is_not_found(self, session, customer, rules):
        code, friend = await code_of(session, customer, rules), await create_customer(session)
        for friend_id in ("00000000-0000-4000-8000-000000000000", "", "\x00"):
            with pytest.raises(NotFound):
                await referrals.join(session, friend_id, code, at=NOW)
        friend.erased_at = NOW
        await session.flush()
        with pytest.raises(NotFound):
            await referrals.join(session, friend.id, code, at=NOW)
        friend.erased_at, customer.erased_at = None, NOW
        await session.flush()
        with pytest.raises(NotFound):
            await referrals.join(session, friend.id, code, at=NOW)
        assert await count(session, Referral) == 0


class TestRewardDue:
    async def test_the_first_delivered_order_brings_both_their_points_once(self, session, customer, rules):
        friend = await bring(session, customer, rules)
        order = await create_order(session, friend, "HF-7")
        made = await referrals.reward_due(session, order, business=rules, at=NOW + DAY)
        assert made.rewarded_at == NOW + DAY
        assert await referrals.reward_due(session, order, business=rules, at=NOW + 2 * DAY) is None
        second = await create_order(session, friend, placed_at=NOW + DAY)
        assert await referrals.reward_due(session, second, business=rules, at=NOW + 2 * DAY) is None
        entries = {entry.idempotency_key: entry for entry in await session.scalars(select(LedgerEntry))}
        assert {key.split(":")[2]: (entry.kind, entry.points, entry.reason) for key, entry in entries.items()} == {
            "referrer": ("adjust", 200, "A friend's first order"), "friend": ("adjust", 100, "Brought by a friend"),
        }
        assert set(entries) == {f"referral:{made.id}:referrer", f"referral:{made.id}:friend"}
        assert await points_of(session, customer, rules, NOW + DAY) == 200
        standing = await loyalty.standing(session, friend.id, NOW + DAY, business=rules)
        assert (standing.balance, standing.earned_in_year) == (100, 0)
        assert standing.expiries[0].on == datetime(2027, 11, 23).date()

    async def test_the_shop_hears_of_it(self, session, customer, rules):
        friend = await bring(session, customer, rules)
        await referrals.reward_due(session, await create_order(session, friend, "HF-7"), business=rules, at=NOW)
        event = (await session.scalars(select(OutboxEvent))).one()
        assert (event.name, event.body) == ("referral.rewarded", {
            "customer": customer.reference, "friend": friend.reference, "order": "HF-7", "customer_points": 200,
            "friend_points": 100,
        })

    @pytest.mark.parametrize(
        "status", [OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED, OrderStatus.CANCELLED]
    )
    async def test_not_before_it_is_delivered(self, session, customer, rules, status):
        order = await create_order(session, await bring(session, customer, rules), status=status)
        assert await referrals.reward_due(session, order, business=rules, at=NOW) is None
        assert await count(session, LedgerEntry) == 0

    async def test_not_for_somebody_who_bought_before_nor_for_one_whom_nobody_brought(self, session, customer, rules):
        friend = await bring(session, customer, rules)
        await create_order(session, friend, placed_at=NOW - 9 * DAY, status=OrderStatus.RETURNED)
        for buyer in (friend, await create_customer(session)):
            order = await create_order(session, buyer)
            assert await referrals.reward_due(session, order, business=rules, at=NOW) is None
        assert await count(session, LedgerEntry) == 0

    async def test_an_older_order_on_its_way_does_not_make_it_the_second(self, session, customer, rules):
        friend = await bring(session, customer, rules)
        await create_order(session, friend, placed_at=NOW - 9 * DAY, status=OrderStatus.SHIPPED)
        assert await referrals.reward_due(session, await create_order(session, friend), business=rules, at=NOW)

    async def test_beyond_the_most_a_year_only_the_friend_gets_points(self, session, customer, tmp_path):
        rules = load_rules(tmp_path, ("most_a_year: 20", "most_a_year: 2"))
        for day in (0, 100, 200, 370):
            friend = await bring(session, customer, rules)
            order = await create_order(session, friend)
            made = await referrals.reward_due(session, order, business=rules, at=NOW + day * DAY)
            assert made.rewarded_at == NOW + day * DAY
            assert await points_of(session, friend, rules, NOW + day * DAY) == 100
        keys = list(await session.scalars(
            select(LedgerEntry.at).where(LedgerEntry.idempotency_key.endswith(":referrer")).order_by(LedgerEntry.at)
        ))
        assert keys == [NOW, NOW + 100 * DAY, NOW + 370 * DAY]
        found = await looked_up(session, customer, rules, NOW + 370 * DAY)
        assert (found.joined, found.rewarded, found.points_earned, found.left_this_year) == (4, 3, 600, 0)

    async def test_many_at_once_keep_to_the_most_a_year(self, database: Database, tmp_path):
        rules = load_rules(tmp_path, ("most_a_year: 20", "most_a_year: 3"))
        async with database.write() as session:
            customer = await create_customer(session)
            orders = [await create_order(session, await bring(session, customer, rules)) for _ in range(8)]

        async def deliver(order) -> None:
            async with database.write() as session:
                assert await referrals.reward_due(session, order, business=rules, at=NOW)

        await asyncio.gather(*(deliver(order) for order in orders))
        async with database.read() as session:
            assert await points_of(session, customer, rules) == 600
            assert await count(session, LedgerEntry) == 11

    async def test_the_same_delivery_at_once_counts_once(self, database: Database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, await bring(session, customer, rules))

        async def deliver() -> bool:
            async with database.write() as session:
                return await referrals.reward_due(session, order, business=rules, at=NOW) is not None

        assert sorted(await asyncio.gather(*(deliver() for _ in range(5)))) == [False] * 4 + [True]
        async with database.read() as session:
            assert await points_of(session, customer, rules) == 200

    async def test_the_points_can_be_spent(self, session, customer, rules):
        friend = await bring(session, customer, rules)
        await referrals.reward_due(session, await create_order(session, friend), business=rules, at=NOW)
        account = (
            await session.scalars(select(LoyaltyAccount).where(LoyaltyAccount.customer_id == customer.id))
        ).one()
        await ledger.redeem(session, account, 200, key="spend", at=NOW, reason="Voucher")
        assert await points_of(session, customer, rules) == 0
