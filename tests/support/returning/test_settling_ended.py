import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import Payment
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.ordering import order_status
from support.paying import gift_cards
from support.refusals import (
    AlreadyReturned,
    GiftCardTooLow,
    IdentityTooLow,
    NeedsPerson,
    ReturnClosed,
    ReturnWindowClosed,
)
from support.returning import exchanges, returns, settling
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine
from tests.support.paid_orders import balance, buy, kept, reread, stock, told
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED, LATER, made_of
from tests.support.shop_rows import NOW
from tests.support.wrong_ids import NO_ID


class TestWhoMayComplete:
    async def test_a_customer_may_not(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        await refused(session, NeedsPerson, complete(bought, reference, speaker=bought.speaker))

    async def test_only_returns_of_that_customer(self, session, send_back, complete, call_off):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        theirs = await send_back(other)
        for reference in (theirs, "RT-0000-0000", "", "\x00", "\ud800", None, 7):
            await refused(session, NotFound, complete(bought, reference))
            await refused(session, NotFound, call_off(bought, reference))

    async def test_twice_at_once_pays_once(self, database, rules):
        async with database.write() as session:
            bought = await buy(session, status=DELIVERED)
            asked = await returns.request_return(
                session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)], method_id=bought.gift_card.id,
                reason=None, key="key", business=rules, at=NOW,
            )

        async def settle(use_case, key):
            async with database.write() as session:
                return await use_case(
                    session, Speaker.shop_for(bought.customer.id), asked.details["return"], key=key, business=rules,
                    at=LATER,
                )

        found = await asyncio.gather(
            settle(settling.complete, "a"), settle(settling.complete, "b"), settle(settling.call_off, "c"),
            return_exceptions=True,
        )
        assert sorted(type(one).__name__ for one in found) == ["Done", "ReturnClosed", "ReturnClosed"]
        async with database.read() as session:
            called_off = (await made_of(session, bought.order)).status is ReturnStatus.CANCELLED
            assert await balance(session, bought.gift_card) == (1000 if called_off else 1800)


class TestCallOff:
    async def test_makes_it_a_delivered_order_again_since_its_delivery(self, session, send_back, call_off):
        bought = await buy(session, status=DELIVERED)
        done = await call_off(bought, await send_back(bought, at=NOW + timedelta(days=2)))
        order, made = await reread(session, bought.order), await made_of(session, bought.order)
        assert (order.status, order.status_since) == (DELIVERED, NOW)
        assert (made.status, made.completed_at) == (ReturnStatus.CANCELLED, LATER)
        assert (done.movements, done.details["until"]) == ((), "2026-12-21")
        assert await kept(session, order) == {bought.card.id: 5295}
        name, body = (await told(session))[-1]
        assert (name, body["return"], "payments" in body) == ("return.called_off", made.reference, False)

    async def test_gives_the_stock_of_an_exchange_back_and_frees_the_gift_card(self, session, exchange, call_off):
        bought = await buy(session, status=DELIVERED, balance=1100)
        reference = await exchange(bought, method=bought.gift_card)
        await call_off(bought, reference)
        assert await stock(session, bought.small, bought.large) == [5, 3]
        assert await gift_cards.available(session, bought.gift_card) == 1100

    async def test_it_may_come_back_anew_but_only_in_its_own_window(self, session, send_back, exchange, call_off):
        bought = await buy(session, status=DELIVERED)
        last = NOW + timedelta(days=30)
        await call_off(bought, await send_back(bought), at=last)
        await call_off(bought, await exchange(bought, key="b", at=last), key="off again", at=last)
        await refused(session, ReturnWindowClosed, send_back(bought, key="c", at=last + timedelta(days=1)))
        assert await send_back(bought, key="d", at=last)

    async def test_the_window_is_that_of_the_delivery_also_if_a_step_tells_of_it(self, session, send_back, call_off):
        bought = await buy(session, status=OrderStatus.SHIPPED)
        await order_status.move(session, bought.order, DELIVERED, actor="shop", at=NOW - timedelta(days=3))
        done = await call_off(bought, await send_back(bought))
        assert done.details["until"] == "2026-12-18"

    async def test_a_return_that_came_without_a_request_can_be_called_off_too(self, session, call_off):
        bought = await buy(session, status=OrderStatus.RETURN_REQUESTED)
        session.add(Return(
            reference="RT-0000-0001", order_id=bought.order.id, kind=ReturnKind.RETURN, status=ReturnStatus.REQUESTED,
            method_id=bought.card.id, amount_minor=800, currency="EUR", requested_at=NOW,
        ))
        await session.flush()
        assert (await call_off(bought, "RT-0000-0001")).details["order_status"] == "delivered"
        assert (await reread(session, bought.order)).status_since == LATER

    async def test_only_while_it_has_yet_to_arrive(self, session, send_back, complete, call_off):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        done = await call_off(bought, reference)
        assert await call_off(bought, reference) == done
        await refused(session, ReturnClosed, call_off(bought, reference, key="again"))
        await refused(session, ReturnClosed, complete(bought, reference))
        settled = await send_back(bought, key="anew")
        await complete(bought, settled, key="settled")
        await refused(session, ReturnClosed, call_off(bought, settled, key="late"))

    async def test_needs_somebody_signed_in(self, session, send_back, call_off, complete):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        speaker = replace(bought.speaker, level=Level.VERIFIED)
        await refused(session, IdentityTooLow, call_off(bought, reference, speaker=speaker))
        await refused(session, IdentityTooLow, complete(bought, reference, speaker=speaker))


class TestMoneyAndStock:
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        prices=st.tuples(*[st.integers(1, 6000)] * 3), quantity=st.integers(1, 2), funds=st.integers(1, 9000),
        steps=st.lists(st.sampled_from(["exchange", "return", "complete", "call off"]), min_size=2, max_size=7),
        with_card=st.booleans(),
    )
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    async def test_what_was_paid_is_what_is_kept_and_no_gift_card_falls_below_zero(
        self, session, rules, prices, quantity, funds, steps, with_card
    ):
        bought = await buy(session, status=DELIVERED, balance=funds)
        small, large, copper = prices
        old = 2 * small
        bought.kettles.unit_price_minor, bought.large.price_minor, bought.copper.price_minor = small, large, copper
        bought.order.goods_minor, bought.order.total_minor = old + 800, old + 1295
        paid = old + 1295
        payment = (await session.scalars(select(Payment).where(Payment.order_id == bought.order.id))).one()
        payment.amount_minor = paid
        await session.flush()
        method = bought.gift_card if with_card else bought.card
        shop, reference, settled, aside = Speaker.shop_for(bought.customer.id), NO_ID, 0, 0
        for number, step in enumerate(steps):
            key = f"step {number}"
            plain = {"key": key, "business": rules, "at": NOW}
            with suppress(AlreadyReturned, ReturnClosed, NotFound, GiftCardTooLow):
                if step == "exchange":
                    line = ExchangedLine(bought.kettles.id, bought.large.id, quantity)
                    done = await exchanges.request_exchange(
                        session, bought.speaker, bought.order.id, [line], method_id=method.id, **plain
                    )
                    reference, value, aside = done.details["return"], quantity * (large - small), quantity
                elif step == "return":
                    done = await returns.request_return(
                        session, bought.speaker, bought.order.id, [ReturnedLine(bought.kettles.id, quantity)],
                        method_id=method.id, reason=None, **plain,
                    )
                    reference, value, aside = done.details["return"], -quantity * small, 0
                elif step == "complete":
                    await settling.complete(session, shop, reference, **plain)
                    settled = value
                else:
                    await settling.call_off(session, bought.speaker, reference, **plain)
                    aside = 0
            kept_now = sum((await kept(session, bought.order)).values())
            assert kept_now == paid + settled
            assert await balance(session, bought.gift_card) >= 0
            assert await gift_cards.available(session, bought.gift_card) >= 0
            assert await stock(session, bought.large, bought.small) == [3 - aside, 5]
