import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus, OrderTransition
from support.models.payments import MethodKind, Payment, PaymentKind
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.service_requests import ServiceRequest
from support.refusals import (
    AlreadyReturned,
    IdentityTooLow,
    LinesInvalid,
    NotDelivered,
    ReasonUnknown,
    ReturnWindowClosed,
)
from support.returning import returns
from support.returning.returns import ReturnedLine
from tests.support.paid_orders import buy, kept, pay_in_part, reread, told
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED, days, rows_of
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_method, create_order, lines_of, speaker_of
from tests.support.wrong_ids import NO_ID


class TestPlanReturn:
    async def test_says_what_comes_back_how_much_it_brings_and_where_it_may_go(self, session, plan_return):
        bought = await buy(session, status=DELIVERED)
        found = await plan_return(
            bought, [ReturnedLine(bought.mug.id), ReturnedLine(bought.kettles.id, 1)], method_id=bought.gift_card.id,
            reason="Does not  FIT",
        )
        assert (found.order_id, found.order_number, found.currency) == (bought.order.id, bought.order.number, "EUR")
        assert [(line.product, line.quantity, line.unit_price_minor, line.goods_minor) for line in found.lines] == [
            ("Kettle", 1, 2000, 2000), ("Mug", 1, 800, 800),
        ]
        assert [(line.sku, line.options) for line in found.lines] == [
            (bought.small.sku, {"size": "small"}), (bought.plain.sku, {"pattern": "plain"})
        ]
        assert (found.goods_minor, found.discount_minor, found.cost_minor, found.amount_minor) == (2800, 0, 0, 2800)
        assert (found.method_id, found.method) == (bought.gift_card.id, "gift card ending in 0815")
        assert [(choice.method_id, choice.method) for choice in found.choices] == [
            (bought.card.id, "Visa ending in 4242"), (bought.gift_card.id, "gift card ending in 0815"),
        ]
        assert (found.reason, found.refund_days) == ("does not fit", 5)

    async def test_tells_the_amount_before_a_method_is_named(self, session, plan_return):
        bought = await buy(session, status=DELIVERED)
        found = await plan_return(bought)
        assert (found.amount_minor, found.method_id, found.method) == (800, None, None)
        assert len(found.choices) == 2

    async def test_changes_nothing_and_refuses_what_the_return_would(self, session, plan_return, rules):
        bought = await buy(session)
        await refused(session, NotDelivered, plan_return(bought))
        bought = await buy(session, status=DELIVERED)
        await refused(session, LinesInvalid, plan_return(bought, []))
        await refused(session, ReasonUnknown, plan_return(bought, reason="because"))
        await refused(session, NotFound, plan_return(bought, method_id=NO_ID))
        await refused(session, ReturnWindowClosed, plan_return(bought, at=NOW + days(31)))
        holder = Speaker(Level.VERIFIED, bought.customer.id)
        planned = returns.plan_return(
            session, holder, bought.order.id, [ReturnedLine(bought.mug.id)], business=rules, at=NOW
        )
        assert (await refused(session, IdentityTooLow, planned)).needed is Level.SIGNED_IN


class TestRequestReturn:
    async def test_takes_it_down_and_moves_no_money(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        done = await ask_return(bought, [ReturnedLine(bought.kettles.id, 1)], reason="does not fit", agreed_minor=2000)
        made, lines = await rows_of(session, bought.order)
        assert made.reference.startswith("RT-")
        assert (made.kind, made.status, made.reason) == (ReturnKind.RETURN, ReturnStatus.REQUESTED, "does not fit")
        assert (made.method_id, made.amount_minor, made.currency) == (bought.card.id, 2000, "EUR")
        assert (made.request_id, made.requested_at, made.completed_at) == (done.id, NOW, None)
        assert lines == [(bought.kettles.id, 1, 2000)]
        assert (await reread(session, bought.order)).status is OrderStatus.RETURN_REQUESTED
        step = (await session.scalars(select(OrderTransition))).one()
        assert (step.from_status, step.to_status, step.actor, step.reason) == (
            DELIVERED, OrderStatus.RETURN_REQUESTED, "customer", "does not fit",
        )
        assert await kept(session, bought.order) == {bought.card.id: 5295}
        assert (done.kind, done.order_id, done.movements) == ("request_return", bought.order.id, ())
        assert done.details["return"] == made.reference
        assert (done.details["amount_minor"], done.details["currency"]) == (2000, "EUR")
        assert [(line["product"], line["quantity"]) for line in done.details["lines"]] == [("Kettle", 1)]

    async def test_the_shop_hears_of_it_in_its_own_ids(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        done = await ask_return(bought, method_id=bought.gift_card.id)
        assert await told(session) == [("return.requested", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "return": done.details["return"], "kind": "return", "order": bought.order.number, "reason": None,
            "lines": [{
                "position": 2, "line": None, "sku": bought.plain.sku, "quantity": 1,
                "unit_price": {"amount": "8.00", "currency": "EUR"},
            }],
            "payment_method": bought.gift_card.reference, "amount": {"amount": "8.00", "currency": "EUR"},
        })]

    async def test_everything_brings_the_goods_less_the_discount_and_keeps_the_shipping(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 501, bought.order.total_minor - 501
        done = await ask_return(bought, [ReturnedLine(bought.kettles.id), ReturnedLine(bought.mug.id)])
        assert done.details["amount_minor"] == 4800 - 501

    async def test_a_part_bears_its_share_of_the_discount_and_the_cost_of_the_return(self, session, ask_return, tmp_path):
        rules = load_rules(tmp_path, ("return_cost: 0", "return_cost: 3.50"))
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 501, bought.order.total_minor - 501
        done = await ask_return(bought, business=rules)
        assert done.details["amount_minor"] == 800 - 84 - 350  # 83.5 cents, rounded half up

    async def test_it_never_costs_more_than_it_brings(self, session, ask_return, tmp_path):
        rules = load_rules(tmp_path, ("return_cost: 0", "return_cost: 9.00"))
        bought = await buy(session, status=DELIVERED)
        assert (await ask_return(bought, business=rules)).details["amount_minor"] == 0

    async def test_no_more_comes_back_than_is_left_of_what_was_paid(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=5000,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        await session.flush()
        assert (await ask_return(bought)).details["amount_minor"] == 295

    async def test_an_order_with_no_payments_on_record_is_taken_to_be_paid(self, session, rules):
        customer = await create_customer(session)
        gift_card = await create_method(session, customer, MethodKind.GIFT_CARD)
        order = await create_order(session, customer)
        [line] = await lines_of(session, order)
        done = await returns.request_return(
            session, speaker_of(customer), order.id, [ReturnedLine(line.id)], method_id=gift_card.id, reason=None,
            key="key", business=rules, at=NOW,
        )
        assert done.details["amount_minor"] == 1500

    async def test_the_same_again_is_the_same_in_any_order_of_lines(self, session, ask_return):
        bought = await buy(session, status=DELIVERED)
        lines = [ReturnedLine(bought.kettles.id, 2), ReturnedLine(bought.mug.id.upper())]
        done = await ask_return(bought, lines)
        assert await ask_return(bought, lines[::-1], at=NOW + days(99)) == done
        assert await session.scalar(select(func.count()).select_from(Return)) == 1
        await refused(session, IdReused, ask_return(bought, lines[:1]))
        await refused(session, IdReused, ask_return(bought, lines, reason="does not fit"))
        await refused(session, IdInvalid, ask_return(bought, lines, key=""))

    async def test_twice_at_once_is_one_return(self, database, rules):
        async with database.write() as session:
            bought = await buy(session, status=DELIVERED)

        async def request(key):
            async with database.write() as session:
                return await returns.request_return(
                    session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)], method_id=bought.card.id,
                    reason=None, key=key, business=rules, at=NOW,
                )

        found = await asyncio.gather(request("a"), request("b"), request("a"), return_exceptions=True)
        assert len([one for one in found if isinstance(one, AlreadyReturned)]) in (1, 2)
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Return)) == 1
            assert await session.scalar(select(func.count()).select_from(ServiceRequest)) == 1


class TestAmounts:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        lines=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 30_000)), min_size=1, max_size=4),
        percent=st.integers(0, 100), shipping=st.integers(0, 900), picks=st.lists(st.integers(0, 4), min_size=4, max_size=4),
    )
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    async def test_any_part_brings_no_more_than_was_paid_and_all_of_it_what_the_goods_cost(
        self, session, tmp_path_factory, lines, percent, shipping, picks
    ):
        rules = load_rules(tmp_path_factory.mktemp("rules"), ("  most_without_person: 2500.00\n", ""))
        customer = await create_customer(session)
        card = await create_method(session, customer)
        order = await create_order(
            session, customer, lines=tuple(("Mug", quantity, price) for quantity, price in lines), shipping=shipping
        )
        order.discount_minor = order.goods_minor * percent // 100
        order.total_minor = order.goods_minor + shipping - order.discount_minor
        await session.flush()
        if order.total_minor:
            await pay_in_part(session, order, card, order.total_minor)

        async def brings(asked):
            plan = await returns.plan_return(session, speaker_of(customer), order.id, asked, business=rules, at=NOW)
            return plan.amount_minor

        found = await lines_of(session, order)
        net = order.goods_minor - order.discount_minor
        assert await brings([ReturnedLine(line.id) for line in found]) == net
        part = [
            ReturnedLine(line.id, min(pick, line.quantity)) for line, pick in zip(found, picks, strict=False) if pick
        ]
        if part:
            rest = [
                ReturnedLine(line.id, line.quantity - pick)
                for line, pick in zip(found, [min(p, line.quantity) for line, p in zip(found, picks, strict=False)], strict=True)
                if line.quantity > pick
            ]
            first, second = await brings(part), await brings(rest) if rest else 0
            assert 0 <= first <= net
            assert abs(first + second - net) <= 1
