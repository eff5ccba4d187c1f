import asyncio

import pytest
from sqlalchemy import func, select

from support.errors import IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentKind
from support.models.service_requests import ServiceRequest
from support.ordering import order_changes
from support.refusals import (
    AmountChanged,
    CurrencyDiffers,
    GiftCardTooLow,
    IdentityTooLow,
    LinesAlreadySwapped,
    OrderNotChangeable,
    PaidInParts,
    SameMethod,
)
from tests.support.paid_orders import balance, buy, kept, made_by, pay_in_part, payment_ids, reread, told
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_method, create_order, speaker_of
from tests.support.wrong_ids import NO_ID, WRONG_IDS

NOT_PENDING = [status for status in OrderStatus if status is not OrderStatus.PENDING]


@pytest.fixture
def change_payment(session, rules):
    def asked(speaker, order_id, method_id, *, key="key", **more):
        return order_changes.change_payment(
            session, speaker, order_id, method_id, key=key, business=rules, at=NOW, **more
        )

    return asked


@pytest.fixture
def plan_payment(session, rules):
    def asked(speaker, order_id, method_id):
        return order_changes.plan_payment_change(session, speaker, order_id, method_id, business=rules, at=NOW)

    return asked


class TestPlanPaymentChange:
    async def test_says_who_pays_and_who_gets_it_back(self, session, plan_payment):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        plan = await plan_payment(bought.speaker, bought.order.id, wallet.id)
        assert (plan.order_id, plan.order_number) == (bought.order.id, bought.order.number)
        assert (plan.amount_minor, plan.currency) == (5295, "EUR")
        assert [(one.method_id, one.method, one.amount_minor) for one in plan.movements] == [
            (wallet.id, "PayPal", -5295), (bought.card.id, "Visa ending in 4242", 5295),
        ]

    async def test_is_what_the_change_then_does(self, session, plan_payment, change_payment):
        bought = await buy(session, balance=6000)
        plan = await plan_payment(bought.speaker, bought.order.id, bought.gift_card.id)
        done = await change_payment(
            bought.speaker, bought.order.id, bought.gift_card.id, agreed_minor=plan.amount_minor
        )
        assert done.movements == plan.movements

    async def test_after_a_swap_only_an_agent_changes_it(self, session, plan_payment, change_payment):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        bought.order.lines_swapped_at = NOW
        await session.flush()
        for asked in (plan_payment, change_payment):
            await refused(session, LinesAlreadySwapped, asked(bought.speaker, bought.order.id, wallet.id))
        agent = Speaker.agent_for(bought.customer.id, agent_id=NO_ID)
        done = await change_payment(agent, bought.order.id, wallet.id)
        assert done.details["to"] == "PayPal"

    async def test_refuses_what_the_change_would(self, session, plan_payment):
        bought, late = await buy(session), await buy(session, status=OrderStatus.SHIPPED)
        for speaker, order, method, error in (
            (late.speaker, late.order, late.gift_card, OrderNotChangeable),
            (bought.speaker, late.order, bought.gift_card, NotFound),
            (bought.speaker, bought.order, late.card, NotFound), (bought.speaker, bought.order, bought.card, SameMethod),
            (bought.speaker, bought.order, bought.gift_card, GiftCardTooLow),
        ):
            await refused(session, error, plan_payment(speaker, order.id, method.id))


class TestChangePayment:
    async def test_the_new_method_pays_and_the_old_one_gets_it_back(self, session, change_payment):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        done = await change_payment(bought.speaker, bought.order.id, wallet.id)
        assert await made_by(session, done.id) == [
            (PaymentKind.PAYMENT, wallet.id, 5295, False), (PaymentKind.REFUND, bought.card.id, 5295, False),
        ]
        assert await kept(session, bought.order) == {wallet.id: 5295}
        order = await reread(session, bought.order)
        assert (order.total_minor, order.status) == (5295, OrderStatus.PENDING)

    async def test_a_gift_card_pays_at_once_down_to_its_last_cent(self, session, change_payment):
        bought = await buy(session, balance=5295)
        done = await change_payment(bought.speaker, bought.order.id, bought.gift_card.id)
        assert (await made_by(session, done.id))[0] == (PaymentKind.PAYMENT, bought.gift_card.id, 5295, True)
        assert await balance(session, bought.gift_card) == 0

    async def test_a_gift_card_gets_its_money_back_at_once(self, session, change_payment):
        bought = await buy(session, balance=6000)
        await change_payment(bought.speaker, bought.order.id, bought.gift_card.id, key="there")
        await change_payment(bought.speaker, bought.order.id, bought.card.id, key="back")
        assert await balance(session, bought.gift_card) == 6000
        assert await kept(session, bought.order) == {bought.card.id: 5295}

    async def test_moves_no_more_than_is_still_paid(self, session, change_payment):
        """A part that went to a gift card before does not go back to the card as well."""
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.gift_card.id, kind=PaymentKind.REFUND, amount_minor=602,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        done = await change_payment(bought.speaker, bought.order.id, wallet.id)
        assert done.details["amount_minor"] == 4693
        assert sum((await kept(session, bought.order)).values()) == 4693

    async def test_answers_and_tells_the_shop(self, session, change_payment):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        done = await change_payment(bought.speaker, bought.order.id, wallet.id)
        assert (done.kind, done.order_id) == ("change_order_payment", bought.order.id)
        assert done.details == {
            "order": bought.order.number, "from": "Visa ending in 4242", "to": "PayPal", "amount_minor": 5295,
            "currency": "EUR",
        }
        ids = await payment_ids(session, done.id)
        moved = [
            {
                "id": ids[method.id], "kind": kind, "payment_method": method.reference, "amount": "52.95",
                "currency": "EUR", "settled": False,
            }
            for method, kind in ((wallet, "payment"), (bought.card, "refund"))
        ]
        assert await told(session) == [("order.payment_changed", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "order": bought.order.number, "from": bought.card.reference, "to": wallet.reference,
            "payments": sorted(moved, key=lambda one: one["id"]),
        })]

    @pytest.mark.parametrize("status", NOT_PENDING)
    async def test_refuses_an_order_that_is_no_longer_pending(self, session, change_payment, status):
        bought = await buy(session, balance=9000, status=status)
        await refused(session, OrderNotChangeable, change_payment(bought.speaker, bought.order.id, bought.gift_card.id))

    async def test_refuses_an_order_that_several_methods_have_paid(self, session, change_payment):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 1)
        for method in (bought.card, wallet, bought.gift_card):
            await refused(session, PaidInParts, change_payment(bought.speaker, bought.order.id, method.id))

    async def test_refuses_an_order_that_nobody_has_paid(self, session, change_payment):
        bought = await buy(session)
        order = await create_order(session, bought.customer, status=OrderStatus.PENDING)
        refusal = await refused(session, PaidInParts, change_payment(bought.speaker, order.id, bought.card.id))
        assert str(refusal).startswith("Nothing has been paid")

    async def test_refuses_the_method_that_has_paid_already(self, session, change_payment):
        bought = await buy(session)
        await refused(session, SameMethod, change_payment(bought.speaker, bought.order.id, bought.card.id))

    async def test_refuses_a_gift_card_that_lacks_a_cent(self, session, change_payment):
        bought = await buy(session, balance=5294)
        await refused(session, GiftCardTooLow, change_payment(bought.speaker, bought.order.id, bought.gift_card.id))

    async def test_refuses_a_gift_card_that_has_expired(self, session, change_payment):
        bought = await buy(session, balance=9000)
        bought.gift_card.expires_on = NOW.date().replace(day=1)
        await refused(session, GiftCardTooLow, change_payment(bought.speaker, bought.order.id, bought.gift_card.id))

    async def test_refuses_a_gift_card_of_another_currency(self, session, change_payment):
        bought = await buy(session)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, balance=90_000, currency="USD")
        await refused(session, CurrencyDiffers, change_payment(bought.speaker, bought.order.id, dollars.id))

    async def test_refuses_methods_that_are_not_theirs(self, session, change_payment):
        bought, other = await buy(session), await buy(session)
        removed = await create_method(session, bought.customer)
        removed.removed_at = NOW
        for method_id in (other.card.id, removed.id, bought.card.reference, *WRONG_IDS, None, 7):
            await refused(session, NotFound, change_payment(bought.speaker, bought.order.id, method_id))

    async def test_refuses_orders_that_are_not_theirs(self, session, change_payment):
        bought, other = await buy(session, balance=9000), await buy(session)
        for order_id in (other.order.id, bought.order.number, *WRONG_IDS, None, 7):
            await refused(session, NotFound, change_payment(bought.speaker, order_id, bought.gift_card.id))

    async def test_refuses_somebody_who_is_not_signed_in(self, session, change_payment):
        bought = await buy(session, balance=9000)
        verified = speaker_of(bought.customer, Level.VERIFIED)
        await refused(session, IdentityTooLow, change_payment(verified, bought.order.id, bought.gift_card.id))

    @pytest.mark.parametrize("agreed", [5294, 5296, 0, -5295, 5295.0, True])
    async def test_refuses_when_something_else_was_agreed(self, session, change_payment, agreed):
        bought = await buy(session, balance=9000)
        asked = change_payment(bought.speaker, bought.order.id, bought.gift_card.id, agreed_minor=agreed)
        await refused(session, AmountChanged, asked)

    async def test_again_with_the_same_key_is_the_same_change(self, session, change_payment):
        bought = await buy(session, balance=9000)
        first = await change_payment(bought.speaker, bought.order.id, bought.gift_card.id)
        assert await change_payment(bought.speaker, bought.order.id, bought.gift_card.id) == first
        assert await balance(session, bought.gift_card) == 3705
        assert len(await told(session)) == 1

    async def test_again_with_the_same_key_for_another_method_is_refused(self, session, change_payment):
        bought = await buy(session, balance=9000)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await change_payment(bought.speaker, bought.order.id, bought.gift_card.id)
        await refused(session, IdReused, change_payment(bought.speaker, bought.order.id, wallet.id))

    async def test_at_once_for_two_orders_takes_a_gift_card_once(self, database, rules):
        async with database.write() as session:
            bought = await buy(session, balance=5400)
            other = await create_order(
                session, bought.customer, lines=(("Pan", 1, 5200),), status=OrderStatus.PENDING, paid_with=bought.card
            )

        async def one(order_id):
            try:
                async with database.write() as session:
                    await order_changes.change_payment(
                        session, bought.speaker, order_id, bought.gift_card.id, key=order_id, business=rules, at=NOW
                    )
            except GiftCardTooLow as refusal:
                return refusal.code
            return "paid"

        assert sorted(await asyncio.gather(one(bought.order.id), one(other.id))) == ["gift_card_too_low", "paid"]
        async with database.read() as session:
            taken = await session.scalars(select(GiftCardEntry.amount_minor).where(GiftCardEntry.amount_minor < 0))
            assert -sum(taken) in (5295, 5200)
            assert await session.scalar(select(func.count(ServiceRequest.id))) == 1
            assert await balance(session, bought.gift_card) >= 0
