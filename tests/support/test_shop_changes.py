"""What the shop's systems put, on both databases: orders move as they may, bring and lose their points, two at once."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from support.database import Database
from support.errors import IdReused, NotFound, TextInvalid
from support.models.catalogue import Variant
from support.models.customers import Customer
from support.models.loyalty import LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order, OrderTransition
from support.models.outbox import OutboxEvent
from support.models.payments import Payment, PaymentKind
from support.models.rewards import Referral
from support.points import referrals
from support.policy.business import Business
from support.records import RecordsRefused
from support.refusals import StatusRefused, TimeInvalid
from support.shop_systems import shop_changes, shop_notices, shop_view
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_customer,
    create_method,
    create_order,
    create_product,
    create_variant,
    earn,
    speaker_of,
    spend,
)


@dataclass(frozen=True)
class Shop:
    """A customer and a variant, by their ids: the rows themselves expire whenever records are written."""

    customer: str
    customer_id: str
    sku: str
    variant_id: str


async def a_shop(session: Any) -> Shop:
    customer, variant = await create_customer(session), await create_variant(session, await create_product(session))
    return Shop(customer.reference, customer.id, variant.sku, variant.id)


def body_of(shop: Shop, **changes: Any) -> dict[str, Any]:
    return {
        "customer_id": shop.customer, "status": "pending", "placed_at": "2026-11-01T09:00:00Z", "currency": "EUR",
        "lines": [{"variant_id": shop.sku, "quantity": 3, "unit_price": "15.50"}],
    } | changes


async def put(session: Any, number: str, body: dict[str, Any], rules: Business) -> None:
    await shop_changes.put_order(session, number, body, business=rules, at=NOW)


async def entries(session: Any) -> list[tuple[str, int]]:
    rows = await session.execute(select(LedgerEntry.kind, LedgerEntry.points).order_by(LedgerEntry.at, LedgerEntry.id))
    return [(row.kind, row.points) for row in rows]


class TestPutOrder:
    async def test_without_payments_and_parcels_is_an_order(self, session: Any, rules: Business) -> None:
        shop = await a_shop(session)
        await put(session, "#1", body_of(shop), rules)
        order = await session.scalar(select(Order))
        assert (order.number, order.goods_minor, order.total_minor, order.status) == ("#1", 4650, 4650, "pending")
        shown = await shop_view.order(session, "#1")
        assert (shown["total"], shown["lines"][0]["unit_price"], shown["payments"]) == ("46.50", "15.50", [])

    async def test_delivered_brings_the_points_of_its_goods_once_and_returned_takes_them(self, session: Any, rules: Business) -> None:
        shop = await a_shop(session)
        for status in ("pending", "processed", "shipped", "delivered", "delivered"):
            await put(session, "#1", body_of(shop, status=status), rules)
        assert await entries(session) == [("earn", 46)]
        await put(session, "#1", body_of(shop, status="returned"), rules)
        assert sorted(await entries(session)) == [("earn", 46), ("reverse", -46)]
        assert await session.scalar(select(func.count()).select_from(OutboxEvent)) == 0

    async def test_returned_takes_no_more_than_is_left_of_spent_points(self, session: Any, rules: Business) -> None:
        shop = await a_shop(session)
        await put(session, "#1", body_of(shop, status="delivered"), rules)
        account, lot = await session.scalar(select(LoyaltyAccount)), await session.scalar(select(Lot))
        await spend(session, account, (lot, 40), at=NOW)
        await put(session, "#1", body_of(shop, status="returned"), rules)
        assert sum(points for _, points in await entries(session)) == 0

    async def test_cancelled_by_the_shop_brings_nothing_back_that_was_never_earned(self, session: Any, rules: Business) -> None:
        shop = await a_shop(session)
        account = await create_account(session, await session.get_one(Customer, shop.customer_id))
        await earn(session, account, 500, at=NOW, expires_at=NOW.replace(year=2027))
        await put(session, "#1", body_of(shop), rules)
        await put(session, "#1", body_of(shop, status="cancelled", cancel_reason="sold out"), rules)
        assert await entries(session) == [("earn", 500)]
        assert (await session.get_one(Variant, shop.variant_id)).stock == 9

    async def test_a_move_that_no_order_makes_is_refused_and_changes_nothing(self, database: Database, rules: Business) -> None:
        async with database.write() as session:
            shop = await a_shop(session)
            await put(session, "#1", body_of(shop, status="cancelled"), rules)

        async def change(status: str) -> None:
            changed = [{"variant_id": shop.sku, "unit_price": "1.00"}]
            async with database.write() as session:
                await put(session, "#1", body_of(shop, status=status, lines=changed), rules)

        for status in ("pending", "processed", "shipped", "delivered", "returned"):
            with pytest.raises(StatusRefused, match="cancelled"):
                await change(status)
        async with database.read() as session:
            assert await session.scalar(select(Order.total_minor)) == 4650
            assert await session.scalar(select(func.count()).select_from(OrderTransition)) == 0

    async def test_the_same_new_order_twice_at_once_is_one(self, database: Database, rules: Business) -> None:
        async with database.write() as session:
            shop = await a_shop(session)
        other = Database(database.url.render_as_string(hide_password=False))

        async def one(through: Database) -> None:
            async with through.write() as session:
                await put(session, "#1", body_of(shop, status="delivered"), rules)

        await asyncio.gather(*(one(through) for through in (database, other) * 3))
        await other.close()
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Order)) == 1
            assert await entries(session) == [("earn", 46)]

    async def test_two_moves_at_once_come_one_after_the_other(self, database: Database, rules: Business) -> None:
        async with database.write() as session:
            shop = await a_shop(session)
            await put(session, "#1", body_of(shop), rules)
        other = Database(database.url.render_as_string(hide_password=False))

        async def move(through: Database, to: str) -> None:
            async with through.write() as session:
                await put(session, "#1", body_of(shop, status=to), rules)

        done = await asyncio.gather(move(database, "cancelled"), move(other, "delivered"), return_exceptions=True)
        await other.close()
        assert sorted(type(one).__name__ for one in done) == ["NoneType", "StatusRefused"]
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(OrderTransition)) == 1
            status = await session.scalar(select(Order.status))
            assert await entries(session) == ([("earn", 46)] if status == "delivered" else [])

    async def test_the_first_delivered_one_of_a_friend_brings_points_to_both(self, session: Any, rules: Business) -> None:
        shop, referrer = await a_shop(session), await create_customer(session, email="referrer@mail.example")
        account = await create_account(session, referrer)
        code = (await referrals.refer_friend(session, speaker_of(referrer), key="k", business=rules, at=NOW)).details["code"]
        referrer_id, account_id = referrer.id, account.id
        await shop_notices.join(session, shop.customer, code, at=NOW)
        await put(session, "#1", body_of(shop, status="delivered"), rules)
        joined = await session.scalar(select(Referral))
        assert (joined.customer_id, joined.friend_id, joined.rewarded_at) == (referrer_id, shop.customer_id, NOW)
        gained = select(func.sum(LedgerEntry.points)).where(LedgerEntry.account_id == account_id)
        assert await session.scalar(gained) == rules.loyalty.referrals.referrer_points
        assert [event.name for event in await session.scalars(select(OutboxEvent))] == ["referral.rewarded"]


class TestPutStock:
    async def test_is_all_or_nothing(self, session: Any, rules: Business) -> None:
        product = await create_product(session)
        first, second = await create_variant(session, product), await create_variant(session, product)
        with pytest.raises(RecordsRefused):
            await shop_changes.put_stock(
                session, [{"variant_id": first.sku, "stock": 1}, {"variant_id": "nothing", "stock": 1}], business=rules
            )
        assert (first.stock, second.stock) == (9, 9)
        levels = [{"variant_id": first.sku, "stock": 1}, {"variant_id": second.sku, "stock": 0}]
        assert await shop_changes.put_stock(session, levels, business=rules) == 2
        assert (first.stock, second.stock) == (1, 0)


class TestSettlePayment:
    async def test_gives_it_a_time_and_the_shop_s_id_once(self, session: Any) -> None:
        customer = await create_customer(session)
        method = await create_method(session, customer)
        order = await create_order(session, customer, paid_with=method)
        refund = Payment(
            order_id=order.id, method_id=method.id, kind=PaymentKind.REFUND, amount_minor=500, currency="EUR", at=NOW
        )
        session.add(refund)
        await session.flush()

        async def settle(**said: Any) -> Payment:
            known = {"reference": None, "settled_at": None} | said
            return await shop_notices.settle_payment(session, refund.id, at=NOW, **known)

        for wrong, fault in (
            ({"settled_at": NOW.replace(year=2027)}, TimeInvalid), ({"reference": ""}, TextInvalid), ({"reference": "a\n"}, TextInvalid),
        ):
            with pytest.raises(fault):
                await settle(**wrong)
        assert (refund.settled_at, refund.reference) == (None, None)
        await settle()
        assert (refund.settled_at, refund.reference) == (NOW, None)
        await settle(reference="re_1", settled_at=NOW.replace(day=1))
        assert (refund.settled_at, refund.reference) == (NOW, "re_1")
        with pytest.raises(IdReused):
            await settle(reference="re_2")
        for id in ("nonsense", order.id):
            with pytest.raises(NotFound):
                await shop_notices.settle_payment(session, id, reference=None, settled_at=None, at=NOW)


class TestView:
    @pytest.mark.parametrize(("currency", "minor", "written"), [("EUR", 1250, "12.50"), ("JPY", 1250, "1250"), ("KWD", 5, "0.005"), ("EUR", 0, "0.00")])
    def test_writes_money_with_the_decimals_of_its_currency(self, currency: str, minor: int, written: str) -> None:
        assert shop_view.money(minor, currency) == written
