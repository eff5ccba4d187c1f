from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from support.errors import NotFound
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment, PaymentKind
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.service_requests import ServiceRequest
from support.ordering import order_status
from support.refusals import (
    AlreadyReturned,
    AmountChanged,
    IdentityTooLow,
    LinesInvalid,
    MethodNotAllowed,
    NeedsPerson,
    NotDelivered,
    QuantityInvalid,
    ReasonUnknown,
    ReturnWindowClosed,
)
from support.returning import returns
from support.returning.returns import ReturnedLine
from tests.support.paid_orders import buy, pay_in_part
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED, agent_for, days
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_account, create_method, create_order, create_shipment, earn
from tests.support.wrong_ids import NO_ID


class TestWhatMayComeBack:
    @pytest.mark.parametrize(
        "status", [OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED, OrderStatus.CANCELLED]
    )
    async def test_only_what_was_delivered(self, session, ask_return, status):
        bought = await buy(session, status=status)
        await refused(session, NotDelivered, ask_return(bought))

    @pytest.mark.parametrize(
        "status", [OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED, OrderStatus.RETURNED]
    )
    async def test_only_once_an_order(self, session, ask_return, status):
        bought = await buy(session, status=status)
        await refused(session, AlreadyReturned, ask_return(bought))
        await refused(session, AlreadyReturned, ask_return(bought, speaker=agent_for(bought.customer)))

    @pytest.mark.parametrize("status", [ReturnStatus.REQUESTED, ReturnStatus.COMPLETED, ReturnStatus.CANCELLED])
    async def test_a_return_on_record_counts_unless_it_was_called_off(self, session, ask_return, status):
        bought = await buy(session, status=DELIVERED)
        session.add(Return(
            reference="RT-0000-0000", order_id=bought.order.id, kind=ReturnKind.EXCHANGE, status=status,
            method_id=bought.card.id, amount_minor=0, currency="EUR", requested_at=NOW,
        ))
        await session.flush()
        if status is ReturnStatus.CANCELLED:
            assert (await ask_return(bought)).details["amount_minor"] == 800
        else:
            await refused(session, AlreadyReturned, ask_return(bought))

    @pytest.mark.parametrize("asked", [None, "HF-1", "", "\x00", NO_ID, 7])
    async def test_only_an_order_of_theirs(self, session, ask_return, asked):
        mine, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask_return(mine, order_id=other.order.id if asked is None else asked or " "))

    @pytest.mark.parametrize("line_id", ["", "1", "\x00", NO_ID, None])
    async def test_only_lines_of_that_order(self, session, ask_return, line_id):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask_return(bought, [ReturnedLine(other.mug.id)]))
        await refused(session, NotFound, ask_return(bought, [ReturnedLine(line_id)]))

    async def test_at_least_one_line_and_none_twice(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        twice = [ReturnedLine(bought.kettles.id, 1), ReturnedLine(bought.kettles.id.upper(), 1)]
        for lines in ([], (), twice, [bought.mug.id], 5):
            await refused(session, LinesInvalid, ask_return(bought, lines))

    @pytest.mark.parametrize("quantity", [0, -1, 3, 10**30, 1.0, 0.5, True, "1", float("nan")])
    async def test_whole_pieces_up_to_as_many_as_there_are(self, session, ask_return, quantity):
        bought = await buy(session, status=DELIVERED)
        await refused(session, QuantityInvalid, ask_return(bought, [ReturnedLine(bought.kettles.id, quantity)]))

    async def test_one_wrong_line_refuses_them_all(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        await refused(session, QuantityInvalid, ask_return(bought, [ReturnedLine(bought.kettles.id), ReturnedLine(bought.mug.id, 2)]))

    @pytest.mark.parametrize("reason", ["", "because", "x" * 5000, 7, "\x00"])
    async def test_a_reason_is_one_of_those_to_choose_from(self, session, ask_return, reason):
        await refused(session, ReasonUnknown, ask_return(await buy(session, status=DELIVERED), reason=reason))

    async def test_another_amount_than_was_agreed(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        for agreed in (799, 801, 0, -800, True, 800.0):
            await refused(session, AmountChanged, ask_return(bought, agreed_minor=agreed))

    async def test_needs_somebody_signed_in(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        for level in (Level.VISITOR, Level.ORDER_HOLDER, Level.VERIFIED):
            speaker = replace(bought.speaker, level=level, order_id=bought.order.id)
            await refused(session, IdentityTooLow, ask_return(bought, speaker=speaker))


class TestWhen:
    async def test_to_the_end_of_the_last_day_in_the_shops_zone(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        bought.order.status_since = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # June has begun in Dublin
        await session.flush()
        await refused(session, ReturnWindowClosed, ask_return(bought, at=datetime(2026, 7, 1, 23, tzinfo=UTC)))
        assert await ask_return(bought, at=datetime(2026, 7, 1, 22, 59, tzinfo=UTC))

    async def test_a_higher_tier_has_longer(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        account = await create_account(session, bought.customer)
        await earn(session, account, 1000, at=NOW, expires_at=NOW + days(365))
        await refused(session, ReturnWindowClosed, ask_return(bought, at=NOW + days(46)))
        assert await ask_return(bought, at=NOW + days(45))

    async def test_from_the_arrival_of_the_last_parcel(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        for back, number in ((20, "TP2"), (10, "TP3")):
            parcel = await create_shipment(
                session, bought.order, expected_on=NOW.date(), delivered_at=NOW - days(back)
            )
            parcel.tracking_number = number
            await session.flush()
        await create_shipment(session, bought.order, expected_on=NOW.date())
        await refused(session, ReturnWindowClosed, ask_return(bought, at=NOW + days(21)))
        assert (await ask_return(bought, at=NOW + days(20))).details["delivered_at"] == (NOW - days(10)).isoformat()

    async def test_else_from_when_it_became_a_delivered_order(self, session, ask_return):
        bought = await buy(session, status=OrderStatus.SHIPPED)
        await order_status.move(session, bought.order, DELIVERED, actor="shop", at=NOW - days(40))
        await refused(session, ReturnWindowClosed, ask_return(bought, at=NOW - days(9)))
        assert await ask_return(bought, at=NOW - days(10))

    async def test_an_agent_may_accept_it_later(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        await ask_return(bought, speaker=agent_for(bought.customer), at=NOW + days(400))
        assert (await session.scalars(select(ServiceRequest))).one().actor == "agent"


class TestLimits:
    async def test_more_than_the_limit_only_a_person_may_allow(self, session, rules, ask_return):
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 125_001, 250_802
        bought.order.total_minor = 250_802 + 495
        await pay_in_part(session, bought.order, bought.card, 246_002)
        lines = [ReturnedLine(bought.kettles.id)]
        await refused(session, NeedsPerson, ask_return(bought, lines))
        assert (await ask_return(bought, lines, speaker=agent_for(bought.customer))).details["amount_minor"] == 250_002

    async def test_as_much_as_the_limit_a_customer_may(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 125_000, 250_800
        bought.order.total_minor = 250_800 + 495
        await pay_in_part(session, bought.order, bought.card, 246_000)
        assert (await ask_return(bought, [ReturnedLine(bought.kettles.id)])).details["amount_minor"] == 250_000

    async def test_without_a_limit_there_is_none(self, session, ask_return, tmp_path):
        rules = load_rules(tmp_path, ("  most_without_person: 2500.00\n  most_a_year: 12\n", ""))
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 10**8, 2 * 10**8 + 800
        bought.order.total_minor = 2 * 10**8 + 800 + 495
        await pay_in_part(session, bought.order, bought.card, 2 * 10**8 - 4000)
        done = await ask_return(bought, [ReturnedLine(bought.kettles.id)], business=rules)
        assert done.details["amount_minor"] == 2 * 10**8

    async def test_only_so_many_in_twelve_months(self, session, ask_return, tmp_path):
        rules = load_rules(tmp_path, ("most_a_year: 12", "most_a_year: 2"))
        bought = await buy(session, status=DELIVERED)

        async def create_return(at, status=ReturnStatus.COMPLETED):
            order = await create_order(session, bought.customer)
            session.add(Return(
                reference=f"RT-{order.number}"[:20], order_id=order.id, kind=ReturnKind.EXCHANGE, status=status,
                method_id=bought.card.id, amount_minor=0, currency="EUR", requested_at=at,
            ))
            await session.flush()

        await create_return(NOW - days(365))  # a moment too long ago
        await create_return(NOW - days(364))
        await create_return(NOW - days(1), ReturnStatus.CANCELLED)
        [plan] = [await returns.plan_return(
            session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)], business=rules, at=NOW
        )]
        assert plan.amount_minor == 800
        await create_return(NOW - days(2), ReturnStatus.REQUESTED)
        await refused(session, NeedsPerson, ask_return(bought, business=rules))
        assert await ask_return(bought, business=rules, speaker=agent_for(bought.customer))


class TestWhereTheMoneyGoes:
    async def test_to_any_method_that_paid_or_a_gift_card(self, session, plan_return, rules):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 9000)
        assert [choice.method for choice in (await plan_return(bought)).choices] == [
            "PayPal", "Visa ending in 4242", "gift card ending in 0815",
        ]

    async def test_not_to_one_that_did_not_pay(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer)
        await refused(session, MethodNotAllowed, ask_return(bought, method_id=unused.id))

    async def test_not_to_one_that_has_got_its_money_back(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 5295)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=5295,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        await session.flush()
        await refused(session, MethodNotAllowed, ask_return(bought))
        assert (await ask_return(bought, method_id=wallet.id)).details["method"] == "PayPal"

    async def test_not_to_a_gift_card_of_another_currency(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD")
        await refused(session, MethodNotAllowed, ask_return(bought, method_id=dollars.id))

    async def test_not_to_a_method_of_somebody_else_or_of_nobody(self, session, ask_return):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        for method_id in (other.gift_card.id, other.card.id, NO_ID, "\x00", "visa"):
            await refused(session, NotFound, ask_return(bought, method_id=method_id))

    async def test_a_card_that_was_removed_still_gets_its_money_back_but_a_gift_card_does_not(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        await pay_in_part(session, bought.order, bought.gift_card, 100)
        bought.card.removed_at = bought.gift_card.removed_at = NOW
        await session.flush()
        await refused(session, NotFound, ask_return(bought, method_id=bought.gift_card.id))
        assert (await ask_return(bought)).details["method"] == "Visa ending in 4242"
