import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus, OrderTransition
from support.models.payments import MethodKind, Payment, PaymentKind
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
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
from tests.support.paid_orders import buy, kept, pay_in_part, reread, told
from tests.support.refused import refused
from tests.support.rules import load_rules
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_customer,
    create_method,
    create_order,
    create_shipment,
    earn,
    lines_of,
    speaker_of,
)

DELIVERED = OrderStatus.DELIVERED
NO_ID = "00000000-0000-4000-8000-000000000000"


def days(count):
    return timedelta(days=count)


def agent_for(customer):
    return Speaker.agent_for(customer.id, agent_id=NO_ID)


@pytest.fixture
def ask(session, rules):
    """Asks for a return with what a test does not say being plain: all of the mug, to the card."""

    def asked(bought, lines=None, *, speaker=None, order_id=None, method_id=None, reason=None, key="key", business=rules,
              at=NOW, **more):
        return returns.request_return(
            session, speaker or bought.speaker, order_id or bought.order.id,
            [ReturnedLine(bought.mug.id)] if lines is None else lines, method_id=method_id or bought.card.id,
            reason=reason, key=key, business=business, at=at, **more,
        )

    return asked


@pytest.fixture
def plan(session, rules):
    def planned(bought, lines=None, *, business=rules, at=NOW, **more):
        return returns.plan_return(
            session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)] if lines is None else lines,
            business=business, at=at, **more,
        )

    return planned


async def rows_of(session, order):
    """(return, its lines as (order line, quantity, unit price)) of the order's only return."""
    made = (await session.scalars(select(Return).where(Return.order_id == order.id))).one()
    lines = await session.scalars(select(ReturnLine).where(ReturnLine.return_id == made.id).order_by(ReturnLine.position))
    return made, [(line.order_line_id, line.quantity, line.unit_price_minor) for line in lines]


class TestPlanReturn:
    async def test_says_what_comes_back_how_much_it_brings_and_where_it_may_go(self, session, plan):
        bought = await buy(session, status=DELIVERED)
        found = await plan(
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

    async def test_tells_the_amount_before_a_method_is_named(self, session, plan):
        bought = await buy(session, status=DELIVERED)
        found = await plan(bought)
        assert (found.amount_minor, found.method_id, found.method) == (800, None, None)
        assert len(found.choices) == 2

    async def test_changes_nothing_and_refuses_what_the_return_would(self, session, plan, rules):
        bought = await buy(session)
        await refused(session, NotDelivered, plan(bought))
        bought = await buy(session, status=DELIVERED)
        await refused(session, LinesInvalid, plan(bought, []))
        await refused(session, ReasonUnknown, plan(bought, reason="because"))
        await refused(session, NotFound, plan(bought, method_id=NO_ID))
        await refused(session, ReturnWindowClosed, plan(bought, at=NOW + days(31)))
        holder = Speaker(Level.VERIFIED, bought.customer.id)
        planned = returns.plan_return(
            session, holder, bought.order.id, [ReturnedLine(bought.mug.id)], business=rules, at=NOW
        )
        assert (await refused(session, IdentityTooLow, planned)).needed is Level.SIGNED_IN


class TestRequestReturn:
    async def test_takes_it_down_and_moves_no_money(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        done = await ask(bought, [ReturnedLine(bought.kettles.id, 1)], reason="does not fit", agreed_minor=2000)
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

    async def test_the_shop_hears_of_it_in_its_own_ids(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        done = await ask(bought, method_id=bought.gift_card.id)
        assert await told(session) == [("return.requested", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "return": done.details["return"], "kind": "return", "order": bought.order.number, "reason": None,
            "lines": [{
                "position": 2, "line": None, "sku": bought.plain.sku, "quantity": 1,
                "unit_price": {"amount": "8.00", "currency": "EUR"},
            }],
            "payment_method": bought.gift_card.reference, "amount": {"amount": "8.00", "currency": "EUR"},
        })]

    async def test_everything_brings_the_goods_less_the_discount_and_keeps_the_shipping(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 501, bought.order.total_minor - 501
        done = await ask(bought, [ReturnedLine(bought.kettles.id), ReturnedLine(bought.mug.id)])
        assert done.details["amount_minor"] == 4800 - 501

    async def test_a_part_bears_its_share_of_the_discount_and_the_cost_of_the_return(self, session, ask, tmp_path):
        rules = load_rules(tmp_path, ("return_cost: 0", "return_cost: 3.50"))
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 501, bought.order.total_minor - 501
        done = await ask(bought, business=rules)
        assert done.details["amount_minor"] == 800 - 84 - 350  # 83.5 cents, rounded half up

    async def test_it_never_costs_more_than_it_brings(self, session, ask, tmp_path):
        rules = load_rules(tmp_path, ("return_cost: 0", "return_cost: 9.00"))
        bought = await buy(session, status=DELIVERED)
        assert (await ask(bought, business=rules)).details["amount_minor"] == 0

    async def test_no_more_comes_back_than_is_left_of_what_was_paid(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=5000,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        await session.flush()
        assert (await ask(bought)).details["amount_minor"] == 295

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

    async def test_the_same_again_is_the_same_in_any_order_of_lines(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        lines = [ReturnedLine(bought.kettles.id, 2), ReturnedLine(bought.mug.id.upper())]
        done = await ask(bought, lines)
        assert await ask(bought, lines[::-1], at=NOW + days(99)) == done
        assert await session.scalar(select(func.count()).select_from(Return)) == 1
        await refused(session, IdReused, ask(bought, lines[:1]))
        await refused(session, IdReused, ask(bought, lines, reason="does not fit"))
        await refused(session, IdInvalid, ask(bought, lines, key=""))

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


class TestWhatMayComeBack:
    @pytest.mark.parametrize(
        "status", [OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED, OrderStatus.CANCELLED]
    )
    async def test_only_what_was_delivered(self, session, ask, status):
        bought = await buy(session, status=status)
        await refused(session, NotDelivered, ask(bought))

    @pytest.mark.parametrize(
        "status", [OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED, OrderStatus.RETURNED]
    )
    async def test_only_once_an_order(self, session, ask, status):
        bought = await buy(session, status=status)
        await refused(session, AlreadyReturned, ask(bought))
        await refused(session, AlreadyReturned, ask(bought, speaker=agent_for(bought.customer)))

    @pytest.mark.parametrize("status", [ReturnStatus.REQUESTED, ReturnStatus.COMPLETED, ReturnStatus.CANCELLED])
    async def test_a_return_on_record_counts_unless_it_was_called_off(self, session, ask, status):
        bought = await buy(session, status=DELIVERED)
        session.add(Return(
            reference="RT-0000-0000", order_id=bought.order.id, kind=ReturnKind.EXCHANGE, status=status,
            method_id=bought.card.id, amount_minor=0, currency="EUR", requested_at=NOW,
        ))
        await session.flush()
        if status is ReturnStatus.CANCELLED:
            assert (await ask(bought)).details["amount_minor"] == 800
        else:
            await refused(session, AlreadyReturned, ask(bought))

    @pytest.mark.parametrize("asked", [None, "HF-1", "", "\x00", NO_ID, 7])
    async def test_only_an_order_of_theirs(self, session, ask, asked):
        mine, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask(mine, order_id=other.order.id if asked is None else asked or " "))

    @pytest.mark.parametrize("line_id", ["", "1", "\x00", NO_ID, None])
    async def test_only_lines_of_that_order(self, session, ask, line_id):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask(bought, [ReturnedLine(other.mug.id)]))
        await refused(session, NotFound, ask(bought, [ReturnedLine(line_id)]))

    async def test_at_least_one_line_and_none_twice(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        twice = [ReturnedLine(bought.kettles.id, 1), ReturnedLine(bought.kettles.id.upper(), 1)]
        for lines in ([], (), twice, [bought.mug.id], 5):
            await refused(session, LinesInvalid, ask(bought, lines))

    @pytest.mark.parametrize("quantity", [0, -1, 3, 10**30, 1.0, 0.5, True, "1", float("nan")])
    async def test_whole_pieces_up_to_as_many_as_there_are(self, session, ask, quantity):
        bought = await buy(session, status=DELIVERED)
        await refused(session, QuantityInvalid, ask(bought, [ReturnedLine(bought.kettles.id, quantity)]))

    async def test_one_wrong_line_refuses_them_all(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await refused(session, QuantityInvalid, ask(bought, [ReturnedLine(bought.kettles.id), ReturnedLine(bought.mug.id, 2)]))

    @pytest.mark.parametrize("reason", ["", "because", "x" * 5000, 7, "\x00"])
    async def test_a_reason_is_one_of_those_to_choose_from(self, session, ask, reason):
        await refused(session, ReasonUnknown, ask(await buy(session, status=DELIVERED), reason=reason))

    async def test_another_amount_than_was_agreed(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        for agreed in (799, 801, 0, -800, True, 800.0):
            await refused(session, AmountChanged, ask(bought, agreed_minor=agreed))

    async def test_needs_somebody_signed_in(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        for level in (Level.VISITOR, Level.ORDER_HOLDER, Level.VERIFIED):
            speaker = replace(bought.speaker, level=level, order_id=bought.order.id)
            await refused(session, IdentityTooLow, ask(bought, speaker=speaker))


class TestWhen:
    async def test_to_the_end_of_the_last_day_in_the_shops_zone(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.order.status_since = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # June has begun in Dublin
        await session.flush()
        await refused(session, ReturnWindowClosed, ask(bought, at=datetime(2026, 7, 1, 23, tzinfo=UTC)))
        assert await ask(bought, at=datetime(2026, 7, 1, 22, 59, tzinfo=UTC))

    async def test_a_higher_tier_has_longer(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        account = await create_account(session, bought.customer)
        await earn(session, account, 1000, at=NOW, expires_at=NOW + days(365))
        await refused(session, ReturnWindowClosed, ask(bought, at=NOW + days(46)))
        assert await ask(bought, at=NOW + days(45))

    async def test_from_the_arrival_of_the_last_parcel(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        for back, number in ((20, "TP2"), (10, "TP3")):
            parcel = await create_shipment(
                session, bought.order, expected_on=NOW.date(), delivered_at=NOW - days(back)
            )
            parcel.tracking_number = number
            await session.flush()
        await create_shipment(session, bought.order, expected_on=NOW.date())
        await refused(session, ReturnWindowClosed, ask(bought, at=NOW + days(21)))
        assert (await ask(bought, at=NOW + days(20))).details["delivered_at"] == (NOW - days(10)).isoformat()

    async def test_else_from_when_it_became_a_delivered_order(self, session, ask):
        bought = await buy(session, status=OrderStatus.SHIPPED)
        await order_status.move(session, bought.order, DELIVERED, actor="shop", at=NOW - days(40))
        await refused(session, ReturnWindowClosed, ask(bought, at=NOW - days(9)))
        assert await ask(bought, at=NOW - days(10))

    async def test_an_agent_may_accept_it_later(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await ask(bought, speaker=agent_for(bought.customer), at=NOW + days(400))
        assert (await session.scalars(select(ServiceRequest))).one().actor == "agent"


class TestLimits:
    async def test_more_than_the_limit_only_a_person_may_allow(self, session, rules, ask):
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 125_001, 250_802
        bought.order.total_minor = 250_802 + 495
        await pay_in_part(session, bought.order, bought.card, 246_002)
        lines = [ReturnedLine(bought.kettles.id)]
        await refused(session, NeedsPerson, ask(bought, lines))
        assert (await ask(bought, lines, speaker=agent_for(bought.customer))).details["amount_minor"] == 250_002

    async def test_as_much_as_the_limit_a_customer_may(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 125_000, 250_800
        bought.order.total_minor = 250_800 + 495
        await pay_in_part(session, bought.order, bought.card, 246_000)
        assert (await ask(bought, [ReturnedLine(bought.kettles.id)])).details["amount_minor"] == 250_000

    async def test_without_a_limit_there_is_none(self, session, ask, tmp_path):
        rules = load_rules(tmp_path, ("  most_without_person: 2500.00\n  most_a_year: 12\n", ""))
        bought = await buy(session, status=DELIVERED)
        bought.kettles.unit_price_minor, bought.order.goods_minor = 10**8, 2 * 10**8 + 800
        bought.order.total_minor = 2 * 10**8 + 800 + 495
        await pay_in_part(session, bought.order, bought.card, 2 * 10**8 - 4000)
        done = await ask(bought, [ReturnedLine(bought.kettles.id)], business=rules)
        assert done.details["amount_minor"] == 2 * 10**8

    async def test_only_so_many_in_twelve_months(self, session, ask, tmp_path):
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
        await refused(session, NeedsPerson, ask(bought, business=rules))
        assert await ask(bought, business=rules, speaker=agent_for(bought.customer))


class TestWhereTheMoneyGoes:
    async def test_to_any_method_that_paid_or_a_gift_card(self, session, plan, rules):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 9000)
        assert [choice.method for choice in (await plan(bought)).choices] == [
            "PayPal", "Visa ending in 4242", "gift card ending in 0815",
        ]

    async def test_not_to_one_that_did_not_pay(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer)
        await refused(session, MethodNotAllowed, ask(bought, method_id=unused.id))

    async def test_not_to_one_that_has_got_its_money_back(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 5295)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=5295,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        await session.flush()
        await refused(session, MethodNotAllowed, ask(bought))
        assert (await ask(bought, method_id=wallet.id)).details["method"] == "PayPal"

    async def test_not_to_a_gift_card_of_another_currency(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD")
        await refused(session, MethodNotAllowed, ask(bought, method_id=dollars.id))

    async def test_not_to_a_method_of_somebody_else_or_of_nobody(self, session, ask):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        for method_id in (other.gift_card.id, other.card.id, NO_ID, "\x00", "visa"):
            await refused(session, NotFound, ask(bought, method_id=method_id))

    async def test_a_card_that_was_removed_still_gets_its_money_back_but_a_gift_card_does_not(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await pay_in_part(session, bought.order, bought.gift_card, 100)
        bought.card.removed_at = bought.gift_card.removed_at = NOW
        await session.flush()
        await refused(session, NotFound, ask(bought, method_id=bought.gift_card.id))
        assert (await ask(bought)).details["method"] == "Visa ending in 4242"


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
