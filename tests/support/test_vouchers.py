import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from support.database import Database
from support.errors import NotFound, SupportError
from support.models.conversations import Level
from support.models.rewards import RewardKind, Voucher
from support.points import redemptions, vouchers
from support.refusals import IdentityTooLow, VoucherExpired, VoucherUsed
from tests.support.loyalty_rows import create_member, create_reward
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of

DAY = timedelta(days=1)


async def create_voucher(session, customer, code="TS-0000-0000-0001", *, days=90, issued_at=NOW) -> Voucher:
    voucher = Voucher(
        code=code, customer_id=customer.id, kind=RewardKind.VOUCHER, value=500, currency="EUR", issued_at=issued_at,
        expires_at=NOW + days * DAY,
    )
    session.add(voucher)
    await session.flush()
    return voucher


class TestVouchers:
    async def test_those_that_can_be_used_come_first_and_the_soonest_to_expire_before_others(self, session, rules):
        customer = await create_customer(session)
        for number, days in enumerate((40, 20, -1, 60)):
            await create_voucher(
                session, customer, f"TS-0000-0000-000{number}", days=days, issued_at=NOW - (9 - number) * DAY
            )
        used = await create_voucher(session, customer, "TS-0000-0000-0009", days=10, issued_at=NOW - 2 * DAY)
        await create_order(session, customer, "HF-1")
        await vouchers.use_voucher(session, used.code, "HF-1", at=NOW)
        await create_voucher(session, await create_customer(session), "TS-9999-9999-9999")
        found = await vouchers.vouchers(session, speaker_of(customer), business=rules, at=NOW)
        assert [(one.code[-1], one.usable(NOW)) for one in found] == [
            ("1", True), ("0", True), ("3", True), ("9", False), ("2", False),
        ]
        assert [one.used_at for one in found] == [None, None, None, NOW, None]

    async def test_one_that_was_redeemed_tells_what_it_is_and_its_last_day(self, session, rules):
        customer = await create_member(session, 200)
        for what in (await create_reward(session, name="A tenth off", kind=RewardKind.PERCENT, value=10, currency=None), 100):
            do = redemptions.redeem_points if what == 100 else redemptions.redeem_reward
            done = await do(
                session, speaker_of(customer), what if what == 100 else what.id, key=repr(what), business=rules, at=NOW
            )
        found = {one.reward: one for one in await vouchers.vouchers(
            session, speaker_of(customer, Level.VERIFIED), business=rules, at=NOW
        )}
        plain, tenth = found[None], found["A tenth off"]
        assert (plain.code, plain.kind, plain.value, plain.currency) == (done.details["code"], "voucher", 500, "EUR")
        assert (tenth.kind, tenth.value, tenth.currency) == ("percent", 10, None)
        assert plain.last_day == date(2027, 2, 19)
        assert plain.usable(datetime(2027, 2, 19, 23, 59, tzinfo=UTC))
        assert not plain.usable(datetime(2027, 2, 20, tzinfo=UTC))

    async def test_it_takes_a_verified_customer(self, session, rules):
        customer = await create_customer(session)
        with pytest.raises(IdentityTooLow):
            await vouchers.vouchers(session, speaker_of(customer, Level.ORDER_HOLDER), business=rules, at=NOW)
        assert await vouchers.vouchers(session, speaker_of(customer), business=rules, at=NOW) == ()


class TestUse:
    @pytest.fixture
    async def customer(self, session):
        return await create_customer(session)

    @pytest.mark.parametrize(
        "typed", ["TS-0A1B-2C3D-4E50", "ts0a1b2c3d4e50", " TS 0A1B 2C3D 4E50 ", "ts-oaib-2c3d-4e5o"]
    )
    async def test_the_code_may_be_typed_as_people_type(self, session, customer, typed):
        await create_voucher(session, customer, "TS-0A1B-2C3D-4E50")
        order = await create_order(session, customer)
        used = await vouchers.use_voucher(session, typed, order.number, at=NOW)
        assert (used.code, used.used_at, used.order_id) == ("TS-0A1B-2C3D-4E50", NOW, order.id)

    async def test_once_and_again_for_the_same_order_only(self, session, customer):
        voucher = await create_voucher(session, customer)
        first, second = await create_order(session, customer), await create_order(session, customer)
        await vouchers.use_voucher(session, voucher.code, first.number, at=NOW)
        again = await vouchers.use_voucher(session, voucher.code, first.number, at=NOW + 200 * DAY)
        assert (again.used_at, again.order_id) == (NOW, first.id)
        with pytest.raises(VoucherUsed):
            await vouchers.use_voucher(session, voucher.code, second.number, at=NOW + DAY)
        await session.refresh(voucher)
        assert (voucher.used_at, voucher.order_id) == (NOW, first.id)

    async def test_not_when_it_has_expired(self, session, customer):
        voucher, order = await create_voucher(session, customer, days=1), await create_order(session, customer)
        with pytest.raises(VoucherExpired):
            await vouchers.use_voucher(session, voucher.code, order.number, at=NOW + DAY)
        await session.refresh(voucher)
        assert (voucher.used_at, voucher.order_id) == (None, None)

    @pytest.mark.parametrize("code", ["", "TS", "TS-0000-0000-0002", "\x00", "x" * 999, "-".join(["TS"] * 400), "TS-0000-0000-000U"])
    async def test_an_unknown_code_is_not_found(self, session, customer, code):
        await create_voucher(session, customer)
        order = await create_order(session, customer)
        with pytest.raises(NotFound):
            await vouchers.use_voucher(session, code, order.number, at=NOW)

    async def test_for_an_unknown_order_or_somebody_elses_it_is_not_found(self, session, customer):
        voucher = await create_voucher(session, customer)
        other = await create_order(session, await create_customer(session))
        for number in (other.number, "HF-0", "", "\x00"):
            with pytest.raises(NotFound):
                await vouchers.use_voucher(session, voucher.code, number, at=NOW)
        await session.refresh(voucher)
        assert voucher.used_at is None

    async def test_of_two_orders_at_once_one_gets_it(self, database: Database):
        async with database.write() as session:
            customer = await create_customer(session)
            voucher = await create_voucher(session, customer)
            numbers = [(await create_order(session, customer)).number for _ in range(4)]

        async def use(number: str) -> str:
            try:
                async with database.write() as session:
                    return (await vouchers.use_voucher(session, voucher.code, number, at=NOW)).code
            except SupportError as refusal:
                return refusal.code

        answers = await asyncio.gather(*(use(number) for number in numbers))
        assert sorted(answers) == [voucher.code, *["voucher_used"] * 3]
