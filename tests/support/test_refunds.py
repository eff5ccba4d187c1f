from datetime import UTC, date, datetime, timedelta

import pytest

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import Payment, PaymentKind
from support.models.returns import ReturnKind, ReturnStatus
from support.paying import refunds
from support.policy.working_days import working_day_after
from support.refusals import IdentityTooLow
from support.returning import exchanges, returns, settling
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine
from tests.support.paid_orders import buy
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of
from tests.support.wrong_ids import NO_ID

DELIVERED = OrderStatus.DELIVERED


async def send_back(session, bought, rules, *lines, method=None, at=NOW):
    """Asks for a return of the mug, and answers its reference."""
    done = await returns.request_return(
        session, bought.speaker, bought.order.id, lines or [ReturnedLine(bought.mug.id)],
        method_id=(method or bought.card).id, reason="does not fit", key="send back", business=rules, at=at,
    )
    return done.details["return"]


async def exchange(session, bought, rules, variant, at=NOW):
    done = await exchanges.request_exchange(
        session, bought.speaker, bought.order.id, [ExchangedLine(bought.kettles.id, variant.id)],
        method_id=bought.card.id, key="exchange", business=rules, at=at,
    )
    return done.details["return"]


async def settle(session, bought, rules, reference, at=NOW):
    shop = Speaker.shop_for(bought.customer.id)
    return await settling.complete(session, shop, reference, key="settle", business=rules, at=at)


def holder_of(bought):
    return Speaker(Level.ORDER_HOLDER, bought.customer.id, bought.order.id)


class TestRefundsOf:
    async def test_what_has_yet_to_arrive_and_what_it_will_bring(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(session, bought, rules)
        found = await refunds.refunds_of(session, bought.speaker, business=rules, at=NOW)
        assert (found.refunds, found.refund_days) == ((), 5)
        [waiting] = found.to_arrive
        assert (waiting.reference, waiting.kind, waiting.requested_at) == (reference, ReturnKind.RETURN, NOW)
        assert (waiting.order_id, waiting.order_number) == (bought.order.id, bought.order.number)
        assert (waiting.amount_minor, waiting.currency, waiting.method) == (800, "EUR", "Visa ending in 4242")

    async def test_what_is_on_its_way_and_when_it_is_expected(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        await settle(session, bought, rules, await send_back(session, bought, rules))
        found = await refunds.refunds_of(session, bought.speaker, business=rules, at=NOW + timedelta(days=6))
        assert found.to_arrive == ()
        [refund] = found.refunds
        assert (refund.order_id, refund.order_number) == (bought.order.id, bought.order.number)
        assert (refund.amount_minor, refund.currency, refund.method) == (800, "EUR", "Visa ending in 4242")
        assert (refund.at, refund.settled_at, refund.expected_on) == (NOW, None, date(2026, 11, 27))
        assert not refund.overdue

    async def test_what_should_be_there_and_is_not(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        await settle(session, bought, rules, await send_back(session, bought, rules))
        late = NOW + timedelta(days=7)
        [refund] = (await refunds.refunds_of(session, bought.speaker, business=rules, at=late)).refunds
        assert refund.overdue

    async def test_what_is_there_is_not_overdue(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=100,
            currency="EUR", at=NOW, settled_at=NOW + timedelta(days=9),
        ))
        await session.flush()
        late = NOW + timedelta(days=20)
        [refund] = (await refunds.refunds_of(session, bought.speaker, business=rules, at=late)).refunds
        assert (refund.settled_at, refund.overdue) == (NOW + timedelta(days=9), False)

    async def test_a_gift_card_has_it_at_once(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        await settle(session, bought, rules, await send_back(session, bought, rules, method=bought.gift_card))
        [refund] = (await refunds.refunds_of(session, bought.speaker, business=rules, at=NOW)).refunds
        assert (refund.settled_at, refund.expected_on, refund.overdue) == (NOW, NOW.date(), False)

    async def test_newest_first_and_of_one_order_if_it_is_named(self, session, rules):
        first = await buy(session, status=DELIVERED)
        second = await buy(session, status=DELIVERED)
        second.order.customer_id = second.gift_card.customer_id = second.card.customer_id = first.customer.id
        second.speaker = first.speaker
        for bought, at in ((first, NOW), (second, NOW + timedelta(days=1))):
            session.add(Payment(
                order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=100,
                currency="EUR", at=at,
            ))
        await session.flush()
        found = await refunds.refunds_of(session, first.speaker, business=rules, at=NOW)
        assert [refund.order_id for refund in found.refunds] == [second.order.id, first.order.id]
        found = await refunds.refunds_of(session, first.speaker, first.order.id, business=rules, at=NOW)
        assert [refund.order_id for refund in found.refunds] == [first.order.id]

    async def test_an_exchange_counts_if_it_brings_money(self, session, rules):
        cheaper, dearer = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await exchange(session, cheaper, rules, cheaper.copper)
        await exchange(session, dearer, rules, dearer.large)
        [waiting] = (await refunds.refunds_of(session, cheaper.speaker, business=rules, at=NOW)).to_arrive
        assert (waiting.kind, waiting.amount_minor) == (ReturnKind.EXCHANGE, 602)
        assert (await refunds.refunds_of(session, dearer.speaker, business=rules, at=NOW)).to_arrive == ()

    async def test_one_that_was_called_off_brings_nothing(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(session, bought, rules)
        await settling.call_off(session, bought.speaker, reference, key="off", business=rules, at=NOW)
        assert (await refunds.refunds_of(session, bought.speaker, business=rules, at=NOW)).to_arrive == ()

    async def test_payments_are_no_refunds(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        found = await refunds.refunds_of(session, bought.speaker, bought.order.id, business=rules, at=NOW)
        assert (found.refunds, found.to_arrive) == ((), ())


class TestReturnsOf:
    async def test_tells_what_comes_back_and_what_it_settles(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(session, bought, rules, ReturnedLine(bought.kettles.id, 1), ReturnedLine(bought.mug.id))
        [found] = await refunds.returns_of(session, bought.speaker)
        assert (found.reference, found.kind, found.status) == (reference, ReturnKind.RETURN, ReturnStatus.REQUESTED)
        assert (found.order_id, found.order_number) == (bought.order.id, bought.order.number)
        assert [(line.line_id, line.product, line.options, line.quantity, line.unit_price_minor) for line in found.lines] == [
            (bought.kettles.id, "Kettle", {"size": "small"}, 1, 2000),
            (bought.mug.id, "Mug", {"pattern": "plain"}, 1, 800),
        ]
        assert {(line.new_options, line.new_unit_price_minor) for line in found.lines} == {(None, None)}
        assert (found.amount_minor, found.currency, found.method) == (2800, "EUR", "Visa ending in 4242")
        assert (found.reason, found.requested_at, found.ended_at) == ("does not fit", NOW, None)

    async def test_an_exchange_tells_what_goes_out(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        await settle(session, bought, rules, await exchange(session, bought, rules, bought.large), NOW + timedelta(days=3))
        [found] = await refunds.returns_of(session, bought.speaker, bought.order.id)
        assert (found.kind, found.status, found.amount_minor) == (ReturnKind.EXCHANGE, ReturnStatus.COMPLETED, -1100)
        assert found.ended_at == NOW + timedelta(days=3)
        assert [(line.new_options, line.new_unit_price_minor) for line in found.lines] == [({"size": "large"}, 2550)]

    async def test_newest_first_those_that_were_called_off_too(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        first = await send_back(session, bought, rules)
        await settling.call_off(session, bought.speaker, first, key="off", business=rules, at=NOW)
        second = await exchange(session, bought, rules, bought.large, at=NOW + timedelta(days=1))
        found = await refunds.returns_of(session, bought.speaker)
        assert [(one.reference, one.status) for one in found] == [
            (second, ReturnStatus.REQUESTED), (first, ReturnStatus.CANCELLED),
        ]


class TestWhoSees:
    async def test_an_order_holder_sees_their_order_and_no_other(self, session, rules):
        bought, mine_too = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await send_back(session, bought, rules)
        await send_back(session, mine_too, rules)
        mine_too.order.customer_id = bought.customer.id
        await session.flush()
        holder = holder_of(bought)
        for order_id in (None, bought.order.id):
            found = await refunds.refunds_of(session, holder, order_id, business=rules, at=NOW)
            assert [one.order_id for one in found.to_arrive] == [bought.order.id]
            assert [one.order_id for one in await refunds.returns_of(session, holder, order_id)] == [bought.order.id]
        await refused(session, NotFound, refunds.refunds_of(session, holder, mine_too.order.id, business=rules, at=NOW))
        await refused(session, NotFound, refunds.returns_of(session, holder, mine_too.order.id))
        assert len(await refunds.returns_of(session, bought.speaker)) == 2

    async def test_nobody_sees_those_of_somebody_else(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        await settle(session, bought, rules, await send_back(session, bought, rules))
        stranger = speaker_of(await create_customer(session))
        found = await refunds.refunds_of(session, stranger, business=rules, at=NOW)
        assert (found.refunds, found.to_arrive, await refunds.returns_of(session, stranger)) == ((), (), ())
        for order_id in (bought.order.id, NO_ID, "", "\x00", "HF-1"):
            await refused(session, NotFound, refunds.refunds_of(session, stranger, order_id, business=rules, at=NOW))
            await refused(session, NotFound, refunds.returns_of(session, stranger, order_id))

    async def test_a_visitor_sees_nothing(self, session, rules):
        bought = await buy(session, status=DELIVERED)
        visitor = Speaker(Level.VISITOR)
        await refused(session, IdentityTooLow, refunds.refunds_of(session, visitor, bought.order.id, business=rules, at=NOW))
        await refused(session, IdentityTooLow, refunds.returns_of(session, visitor))

    async def test_an_order_with_nothing_to_tell_tells_nothing(self, session):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        assert await refunds.returns_of(session, speaker_of(customer), order.id) == ()


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("at", "count", "day"),
        [
            (datetime(2026, 11, 23, 12, tzinfo=UTC), 1, date(2026, 11, 24)),
            (datetime(2026, 11, 27, 12, tzinfo=UTC), 1, date(2026, 11, 30)),  # over a weekend
            (datetime(2026, 11, 28, 12, tzinfo=UTC), 1, date(2026, 11, 30)),
            (datetime(2026, 11, 23, 12, tzinfo=UTC), 5, date(2026, 11, 30)),
            (datetime(2026, 12, 24, 12, tzinfo=UTC), 1, date(2026, 12, 28)),  # over a holiday on a Friday
            (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), 1, date(2026, 8, 3)),  # Saturday in Dublin
        ],
    )
    def test_weekends_and_holidays_do_not_count(self, rules, at, count, day):
        assert working_day_after(at, count, business=rules) == day
