"""Invoices: the number each order gets once, what is on it, who gets one, and the list of them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from support.errors import NotFound
from support.identity import Speaker
from support.invoicing import invoice_pdf, invoices
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment, PaymentKind
from support.refusals import IdentityTooLow, NotPaidYet
from support.text import new_id
from tests.support.invoicing.invoiced_orders import create_paid, invoiced, move_money, read
from tests.support.shop_rows import NOW, create_address, create_customer, create_method, create_order, speaker_of
from tests.support.wrong_ids import MALFORMED


class TestInvoice:
    async def test_it_gets_the_next_number_of_the_year_once_and_says_what_was_bought(self, session, aoife, rules):
        address = await create_address(session, aoife)
        order = await create_paid(
            session, aoife, "HF-1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495, address=address,
        )
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert found.number == "INV-2026-000001"
        assert (found.goods_minor, found.shipping_minor, found.discount_minor, found.total_minor) == (12000, 495, 0, 12495)
        assert [(line.product, line.quantity, line.total_minor) for line in found.lines] == [
            ("Mug", 2, 3100), ("Lamp", 1, 8900),
        ]
        assert found.address == ("Aoife Brennan", "14 Quay Lane", "Kinsale", "P17 AB12", "Ireland")
        assert [(one.kind, one.method, one.amount_minor) for one in found.payments] == [
            (PaymentKind.PAYMENT, "Visa ending in 4242", 12495)
        ]
        assert (found.balance_minor, found.refunded_minor, found.cancelled_at) == (12495, 0, None)
        later = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW + timedelta(days=9))
        assert later == found
        assert [(one.order_id, one.year, one.number, one.issued_at) for one in await invoiced(session)] == [
            (order.id, 2026, 1, NOW)
        ]

    async def test_numbers_follow_each_other_across_customers_and_begin_anew_each_year(self, session, rules):
        async def number(at):
            customer = await create_customer(session)
            order = await create_paid(session, customer)
            return (await invoices.invoice(session, speaker_of(customer), order.id, business=rules, at=at)).number

        # At 23:30 UTC it is the next year already where the shop is in summer time, but not in winter
        moments = [NOW, NOW, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), NOW]
        assert [await number(at) for at in moments] == [
            "INV-2026-000001", "INV-2026-000002", "INV-2026-000003", "INV-2027-000001", "INV-2026-000004",
        ]

    async def test_twelve_at_once_get_twelve_numbers_without_a_gap(self, database, rules):
        async with database.write() as session:
            customers = [await create_customer(session) for _ in range(6)]
            orders = [(one, await create_paid(session, one)) for one in customers for _ in range(2)]

        async def ask(customer, order, *, give_up=False):
            async with database.write() as session:
                found = await invoices.invoice(session, speaker_of(customer), order.id, business=rules, at=NOW)
                if give_up:
                    raise TimeoutError
                return found.number

        given_up = await asyncio.gather(
            *(ask(*one, give_up=place % 4 == 0) for place, one in enumerate(orders)), return_exceptions=True
        )
        assert sum(isinstance(one, TimeoutError) for one in given_up) == 3
        numbers = await asyncio.gather(*(ask(*one) for one in orders for _ in range(2)))
        assert sorted(set(numbers)) == [f"INV-2026-{place:06}" for place in range(1, 13)]
        assert numbers[::2] == numbers[1::2]
        async with database.read() as session:
            assert [one.number for one in await invoiced(session)] == list(range(1, 13))

    @pytest.mark.parametrize("paid", [0, 1, 1499])
    async def test_an_order_that_is_not_paid_has_none(self, session, aoife, rules, paid):
        order = await create_order(session, aoife)
        if paid:
            await move_money(session, order, await create_method(session, aoife), PaymentKind.PAYMENT, paid, NOW)
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert await invoiced(session) == []

    async def test_another_method_in_the_place_of_the_first_pays_nothing_twice(self, session, aoife, rules):
        card, wallet = await create_method(session, aoife), await create_method(session, aoife, MethodKind.WALLET)
        order = await create_order(session, aoife)
        await move_money(session, order, card, PaymentKind.PAYMENT, 800, NOW - timedelta(days=1))
        await move_money(session, order, wallet, PaymentKind.PAYMENT, 800, NOW)
        await move_money(session, order, card, PaymentKind.REFUND, 800, NOW)
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)

    async def test_what_went_back_for_a_return_is_on_it_with_the_new_balance(self, session, aoife, rules):
        order = await create_paid(session, aoife, lines=(("Mug", 2, 1500),), status=OrderStatus.RETURNED)
        card = await create_method(session, aoife, MethodKind.GIFT_CARD, last_digits="0815")
        await move_money(session, order, card, PaymentKind.REFUND, 1500, NOW + timedelta(days=1))
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert (found.total_minor, found.refunded_minor, found.balance_minor) == (3000, 1500, 1500)
        assert found.payments[1].method == "gift card ending in 0815"

    async def test_a_gift_costs_nothing_and_has_one_all_the_same(self, session, aoife, rules):
        order = await create_order(session, aoife, lines=(("Sample", 1, 0),))
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert (found.total_minor, found.payments, found.address) == (0, (), ())
        assert "€0.00" in read(invoice_pdf.render(found, rules))[0]

    async def test_a_cancelled_order_keeps_the_one_it_had_and_gets_none_anew(self, session, aoife, rules):
        had, never = await create_paid(session, aoife), await create_paid(session, aoife)
        await invoices.invoice(session, speaker_of(aoife), had.id, business=rules, at=NOW)
        for order in (had, never):
            order.status, order.status_since = OrderStatus.CANCELLED, NOW + timedelta(days=1)
        await session.flush()
        found = await invoices.invoice(session, speaker_of(aoife), had.id, business=rules, at=NOW + timedelta(days=2))
        assert (found.number, found.cancelled_at) == ("INV-2026-000001", NOW + timedelta(days=1))
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), never.id, business=rules, at=NOW)

    @pytest.mark.parametrize("order_id", [*MALFORMED, pytest.param(new_id(), id="of nothing")])
    async def test_a_malformed_or_unknown_order_is_not_found(self, session, aoife, rules, order_id):
        with pytest.raises(NotFound):
            await invoices.invoice(session, speaker_of(aoife), order_id, business=rules, at=NOW)

    async def test_another_customers_is_not_found_and_gets_no_number(self, session, aoife, rules):
        order = await create_paid(session, await create_customer(session))
        with pytest.raises(NotFound):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert await invoiced(session) == []

    async def test_a_visitor_and_an_order_holder_must_show_who_they_are_first(self, session, aoife, rules):
        order = await create_paid(session, aoife)
        for speaker in (Speaker(Level.VISITOR), Speaker(Level.ORDER_HOLDER, aoife.id, order.id)):
            for asked in (
                invoices.invoice(session, speaker, order.id, business=rules, at=NOW), invoices.invoices(session, speaker),
                invoices.send_invoice(session, speaker, order.id, key="k", business=rules, at=NOW),
            ):
                with pytest.raises(IdentityTooLow) as refused:
                    await asked
                assert refused.value.needed is Level.VERIFIED
        assert await invoiced(session) == []


class TestInvoices:
    async def test_every_paid_order_is_listed_newest_first_with_what_was_credited(self, session, aoife, rules):
        speaker = speaker_of(aoife, Level.VERIFIED)
        paid = await create_paid(session, aoife, "HF-1", placed_at=NOW - timedelta(days=3))
        cancelled = await create_paid(session, aoife, "HF-2", placed_at=NOW - timedelta(days=2))
        await create_order(session, aoife, "HF-3")
        await create_paid(session, aoife, "HF-4", status=OrderStatus.CANCELLED)
        await create_paid(session, await create_customer(session), "HF-5")
        await invoices.invoice(session, speaker, cancelled.id, business=rules, at=NOW)
        (money,) = await session.scalars(select(Payment).where(Payment.order_id == cancelled.id))
        session.add(Payment(
            order_id=cancelled.id, method_id=money.method_id, kind=PaymentKind.REFUND, amount_minor=1500,
            currency="EUR", at=NOW,
        ))
        cancelled.status = OrderStatus.CANCELLED
        await session.flush()
        session.expire_all()
        first, second = await invoices.invoices(session, speaker)
        assert (first.order_number, first.number, first.issued_at) == ("HF-2", "INV-2026-000001", NOW)
        assert (first.cancelled, first.total_minor, first.credited_minor, first.currency) == (True, 1500, 1500, "EUR")
        assert (second.order_id, second.number, second.issued_at) == (paid.id, None, None)
        assert (second.cancelled, second.credited_minor) == (False, 0)

    async def test_nothing_bought_is_nothing(self, session, aoife):
        assert await invoices.invoices(session, speaker_of(aoife)) == ()
