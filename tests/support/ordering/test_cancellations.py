from sqlalchemy import select

from support.identity import Speaker
from support.models.conversations import Level
from support.models.loyalty import EntryKind, LedgerEntry
from support.models.orders import OrderStatus, OrderTransition
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentKind
from support.ordering import cancellations
from support.paying import payments
from support.points import ledger, order_points
from support.points.loyalty import expiry_of
from support.refusals import IdentityTooLow, OrderNotCancellable
from tests.support.paid_orders import balance, buy, kept, made_by, pay_in_part, payment_ids, reread, stock, told
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_account, create_customer, create_method, create_order, earn, speaker_of

MISTAKE = "ordered by mistake"


async def pay_with_gift_card(session, bought, minor):
    """The gift card has paid a part of the order, the card that much less."""
    await pay_in_part(session, bought.order, bought.gift_card, minor)
    session.add(GiftCardEntry(
        method_id=bought.gift_card.id, amount_minor=-minor, at=NOW, reason="test", idempotency_key="test:paid"
    ))
    session.add(Payment(
        order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=minor, currency="EUR",
        at=NOW, settled_at=NOW,
    ))
    await session.flush()


class TestPlanCancellation:
    async def test_says_what_comes_back_and_where(self, session, rules):
        bought = await buy(session)
        plan = await cancellations.plan_cancellation(session, bought.speaker, bought.order.id, business=rules, at=NOW)
        assert (plan.order_id, plan.order_number) == (bought.order.id, bought.order.number)
        assert (plan.refund_minor, plan.currency) == (5295, "EUR")
        [movement] = plan.movements
        assert (movement.method_id, movement.method) == (bought.card.id, "Visa ending in 4242")
        assert (movement.amount_minor, movement.currency) == (5295, "EUR")

    async def test_is_what_cancelling_then_does(self, session, rules, cancel):
        bought = await buy(session)
        await pay_with_gift_card(session, bought, 700)
        plan = await cancellations.plan_cancellation(session, bought.speaker, bought.order.id, business=rules, at=NOW)
        done = await cancel(bought.speaker, bought.order.id, agreed_minor=plan.refund_minor)
        assert done.movements == plan.movements

    async def test_changes_nothing_and_refuses_what_cancelling_would(self, session, rules):
        bought = await buy(session, status=OrderStatus.PROCESSED)
        plan = cancellations.plan_cancellation(session, bought.speaker, bought.order.id, business=rules, at=NOW)
        await refused(session, OrderNotCancellable, plan)

    async def test_needs_somebody_verified(self, session, rules):
        bought = await buy(session)
        holder = Speaker(Level.ORDER_HOLDER, bought.customer.id, bought.order.id)
        plan = cancellations.plan_cancellation(session, holder, bought.order.id, business=rules, at=NOW)
        assert (await refused(session, IdentityTooLow, plan)).needed is Level.VERIFIED


class TestCancel:
    async def test_gives_the_method_that_paid_all_of_it_back(self, session, cancel):
        bought = await buy(session)
        done = await cancel(bought.speaker, bought.order.id)
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.card.id, 5295, False)]
        assert await kept(session, bought.order) == {}
        [movement] = done.movements
        assert (movement.method_id, movement.amount_minor) == (bought.card.id, 5295)

    async def test_gives_each_of_several_methods_what_it_paid_and_gift_cards_at_once(self, session, cancel):
        bought = await buy(session, balance=1000)
        await pay_with_gift_card(session, bought, 700)
        assert await balance(session, bought.gift_card) == 300
        done = await cancel(bought.speaker, bought.order.id)
        assert sorted(await made_by(session, done.id)) == sorted([
            (PaymentKind.REFUND, bought.card.id, 4595, False), (PaymentKind.REFUND, bought.gift_card.id, 700, True),
        ])
        assert await balance(session, bought.gift_card) == 1000
        assert await kept(session, bought.order) == {}

    async def test_gives_nothing_back_that_a_gift_card_got_before(self, session, cancel, rules):
        """A swap for something cheaper may have put a part of the card's money on a gift card."""
        bought = await buy(session, balance=0)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.gift_card.id, kind=PaymentKind.REFUND, amount_minor=602,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        done = await cancel(bought.speaker, bought.order.id)
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.card.id, 4693, False)]
        assert sum((await kept(session, bought.order)).values()) == 0

    async def test_gives_a_method_that_was_removed_its_money_back(self, session, cancel):
        bought = await buy(session)
        bought.card.removed_at = NOW
        assert (await cancel(bought.speaker, bought.order.id)).movements[0].amount_minor == 5295

    async def test_moves_no_money_for_an_order_that_was_never_paid(self, session, cancel):
        customer = await create_customer(session)
        order = await create_order(session, customer, status=OrderStatus.PENDING)
        done = await cancel(speaker_of(customer), order.id, agreed_minor=0)
        assert done.movements == ()
        assert (await reread(session, order)).status is OrderStatus.CANCELLED

    async def test_moves_the_order_on_and_says_who_and_why(self, session, cancel):
        bought = await buy(session)
        await cancel(bought.speaker, bought.order.id, reason="Ordered  BY mistake ")
        order = await reread(session, bought.order)
        assert (order.status, order.status_since) == (OrderStatus.CANCELLED, NOW)
        [step] = await session.scalars(select(OrderTransition).where(OrderTransition.order_id == order.id))
        assert (step.from_status, step.to_status) == (OrderStatus.PENDING, OrderStatus.CANCELLED)
        assert (step.actor, step.reason, step.at) == ("customer", MISTAKE, NOW)

    async def test_puts_every_piece_back_into_stock(self, session, cancel):
        bought = await buy(session)
        await cancel(bought.speaker, bought.order.id)
        assert await stock(session, bought.small, bought.plain, bought.large) == [7, 5, 3]

    async def test_puts_two_lines_of_one_variant_back_into_stock(self, session, cancel):
        bought = await buy(session)
        order = await create_order(
            session, bought.customer, lines=((bought.small, 1, 2000), (bought.small, 3, 1900)), status=OrderStatus.PENDING
        )
        await cancel(bought.speaker, order.id)
        assert await stock(session, bought.small) == [9]
        [(_, body)] = await told(session)
        assert body["lines"] == [{"sku": bought.small.sku, "quantity": 4}]

    async def test_takes_the_points_of_the_order_back(self, session, cancel, rules):
        bought = await buy(session)
        assert await order_points.earn(session, bought.order, business=rules, at=NOW) == 48
        done = await cancel(bought.speaker, bought.order.id)
        assert done.details["points_taken_back"] == 48
        entries = await session.scalars(select(LedgerEntry).where(LedgerEntry.order_id == bought.order.id))
        assert sum(entry.points for entry in entries) == 0

    async def test_takes_no_more_points_back_than_are_left(self, session, cancel, rules):
        bought = await buy(session)
        await order_points.earn(session, bought.order, business=rules, at=NOW)
        account = await session.scalar(select(ledger.LoyaltyAccount))
        await ledger.redeem(session, account, 30, key="spent", at=NOW, reason="Voucher")
        done = await cancel(bought.speaker, bought.order.id)
        assert done.details["points_taken_back"] == 18

    async def test_leaves_the_points_of_other_orders(self, session, cancel, rules):
        bought = await buy(session)
        account = await create_account(session, bought.customer)
        await earn(session, account, 500, at=NOW, expires_at=expiry_of(NOW, rules))
        done = await cancel(bought.speaker, bought.order.id)
        assert done.details["points_taken_back"] == 0
        assert await session.scalar(select(LedgerEntry.kind)) is EntryKind.EARN

    async def test_tells_the_shop_in_its_own_ids(self, session, cancel):
        bought = await buy(session)
        done = await cancel(bought.speaker, bought.order.id)
        assert await told(session) == [("order.cancelled", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "order": bought.order.number, "reason": MISTAKE, "points_taken_back": 0,
            "lines": [{"sku": bought.small.sku, "quantity": 2}, {"sku": bought.plain.sku, "quantity": 1}],
            "payments": [{
                "id": (await payment_ids(session, done.id))[bought.card.id], "kind": "refund",
                "payment_method": bought.card.reference, "amount": "52.95", "currency": "EUR", "settled": False,
            }],
        })]

    async def test_tells_the_shop_of_every_refund_and_whether_it_has_yet_to_carry_it_out(self, session, cancel):
        bought = await buy(session, balance=1000)
        await pay_with_gift_card(session, bought, 700)
        done = await cancel(bought.speaker, bought.order.id)
        ids = await payment_ids(session, done.id)
        refunds = [
            {
                "id": ids[method.id], "kind": "refund", "payment_method": method.reference, "amount": amount,
                "currency": "EUR", "settled": settled,
            }
            for method, amount, settled in ((bought.card, "45.95", False), (bought.gift_card, "7.00", True))
        ]
        [(_, body)] = await told(session)
        assert body["payments"] == sorted(refunds, key=lambda refund: refund["id"])

    async def test_tells_the_shop_of_no_payments_if_none_were_made(self, session, cancel):
        customer = await create_customer(session)
        order = await create_order(session, customer, status=OrderStatus.PENDING)
        await cancel(speaker_of(customer), order.id)
        [(_, body)] = await told(session)
        assert "payments" not in body

    async def test_answers_what_was_done(self, session, cancel):
        bought = await buy(session)
        done = await cancel(bought.speaker, bought.order.id)
        assert (done.kind, done.order_id, done.at) == ("cancel_order", bought.order.id, NOW)
        assert done.details == {
            "order": bought.order.number, "reason": MISTAKE, "refund_minor": 5295, "currency": "EUR",
            "points_taken_back": 0,
        }
        assert done.reference.startswith("R-")

    async def test_writes_yen_without_decimals(self, session, cancel):
        customer = await create_customer(session)
        card = await create_method(session, customer)
        order = await create_order(
            session, customer, lines=(("Mug", 1, 1200),), currency="JPY", status=OrderStatus.PENDING, paid_with=card
        )
        await cancel(speaker_of(customer), order.id)
        [(_, body)] = await told(session)
        [refund] = body["payments"]
        assert (refund["payment_method"], refund["amount"], refund["currency"]) == (card.reference, "1200", "JPY")

    async def test_may_be_asked_by_somebody_verified(self, session, cancel):
        bought = await buy(session)
        await cancel(speaker_of(bought.customer, Level.VERIFIED), bought.order.id)
        assert (await reread(session, bought.order)).status is OrderStatus.CANCELLED


class TestPaidWith:
    async def test_takes_off_the_first_payer_what_another_got(self, session):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        for method, kind, minor in (
            (wallet, PaymentKind.PAYMENT, 1000), (bought.gift_card, PaymentKind.REFUND, 5400),
        ):
            session.add(Payment(
                order_id=bought.order.id, method_id=method.id, kind=kind, amount_minor=minor, currency="EUR",
                at=NOW.replace(minute=1),
            ))
        assert await payments.paid_with(session, bought.order) == {wallet: 895}
