from datetime import timedelta

import pytest
from sqlalchemy import select

from support.errors import IdReused
from support.identity import Speaker
from support.models.loyalty import EntryKind, LedgerEntry
from support.models.orders import OrderStatus
from support.models.payments import GiftCardEntry, Payment, PaymentKind
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.ordering import order_status
from support.paying import gift_cards
from support.points import loyalty, order_points
from support.refusals import AlreadyReturned, GiftCardTooLow, ReturnClosed
from support.returning import returns
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine
from tests.support.paid_orders import balance, buy, kept, made_by, payment_ids, reread, stock, told
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED, LATER, made_of, steps_of
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW
from tests.support.wrong_ids import NO_ID


class TestCompleteAReturn:
    async def test_gives_the_money_to_the_method_that_was_named(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        done = await complete(bought, await send_back(bought))
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.card.id, 4800, False)]
        assert await kept(session, bought.order) == {bought.card.id: 495}
        [movement] = done.movements
        assert (movement.method_id, movement.amount_minor, movement.currency) == (bought.card.id, 4800, "EUR")
        assert done.details["expected_on"] == "2026-12-04"  # five working days after a Friday

    async def test_a_gift_card_has_it_at_once(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        done = await complete(bought, await send_back(bought, method=bought.gift_card))
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.gift_card.id, 4800, True)]
        assert await balance(session, bought.gift_card) == 5800
        assert done.details["expected_on"] == "2026-11-27"

    async def test_everything_makes_it_a_returned_order(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        done = await complete(bought, await send_back(bought))
        order, made = await reread(session, bought.order), await made_of(session, bought.order)
        assert (order.status, order.status_since) == (OrderStatus.RETURNED, LATER)
        assert (made.status, made.completed_at) == (ReturnStatus.COMPLETED, LATER)
        assert (done.kind, done.order_id, done.details["order_status"]) == ("complete_return", order.id, "returned")
        assert await steps_of(session, order) == [
            (DELIVERED, OrderStatus.RETURN_REQUESTED, "customer"),
            (OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED, "shop"),
        ]

    @pytest.mark.parametrize("quantity", [1, 2])
    async def test_a_part_leaves_it_a_delivered_one_that_may_not_come_back_again(
        self, session, send_back, complete, quantity
    ):
        bought = await buy(session, status=DELIVERED)
        await complete(bought, await send_back(bought, ReturnedLine(bought.kettles.id, quantity)))
        assert (await reread(session, bought.order)).status is DELIVERED
        assert await kept(session, bought.order) == {bought.card.id: 5295 - quantity * 2000}
        await refused(session, AlreadyReturned, send_back(bought, ReturnedLine(bought.mug.id), key="again", at=LATER))

    async def test_takes_back_the_points_of_all_goods(self, session, send_back, complete, rules):
        bought = await buy(session, status=DELIVERED)
        assert await order_points.earn(session, bought.order, business=rules, at=NOW) == 48
        done = await complete(bought, await send_back(bought))
        assert done.details["points_taken_back"] == 48
        entry = await session.scalar(select(LedgerEntry).where(LedgerEntry.points < 0))
        assert (entry.kind, entry.points, entry.order_id) == (EntryKind.REVERSE, -48, bought.order.id)

    async def test_takes_back_the_share_of_a_part(self, session, send_back, complete, rules):
        bought = await buy(session, status=DELIVERED)
        await order_points.earn(session, bought.order, business=rules, at=NOW)
        done = await complete(bought, await send_back(bought, ReturnedLine(bought.mug.id)))
        assert done.details["points_taken_back"] == 8
        standing = await loyalty.standing(session, bought.customer.id, LATER, business=rules)
        assert (standing.balance, standing.earned_in_year) == (40, 40)

    async def test_the_shop_hears_of_it(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought, ReturnedLine(bought.mug.id))
        done = await complete(bought, reference, speaker=Speaker.agent_for(bought.customer.id, agent_id=NO_ID))
        name, body = (await told(session))[-1]
        assert name == "return.completed"
        assert (body["reference"], body["by"], body["return"]) == (done.reference, "agent", reference)
        assert (body["order"], body["payment_method"]) == (bought.order.number, bought.card.reference)
        assert (body["amount"], body["points_taken_back"]) == ({"amount": "8.00", "currency": "EUR"}, 0)
        assert body["payments"] == [{
            "id": (await payment_ids(session, done.id))[bought.card.id], "kind": "refund",
            "payment_method": bought.card.reference, "amount": "8.00", "currency": "EUR", "settled": False,
        }]

    async def test_that_brings_nothing_moves_nothing(self, session, complete, tmp_path):
        dear = load_rules(tmp_path, ("return_cost: 0", "return_cost: 9.00"))
        bought = await buy(session, status=DELIVERED)
        asked = await returns.request_return(
            session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)], method_id=bought.card.id,
            reason=None, key="key", business=dear, at=NOW,
        )
        done = await complete(bought, asked.details["return"])
        assert (done.movements, done.details["expected_on"]) == ((), None)
        assert await made_by(session, done.id) == []

    async def test_the_same_again_is_the_same(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        done = await complete(bought, reference)
        assert await complete(bought, reference, at=LATER + timedelta(days=1)) == done
        await refused(session, IdReused, complete(bought, "RT-0000-0000"))
        await refused(session, ReturnClosed, complete(bought, reference, key="other"))
        assert await kept(session, bought.order) == {bought.card.id: 495}

    async def test_the_reference_may_be_typed_in_small_letters(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        assert (await complete(bought, f" {(await send_back(bought)).lower()} ")).movements

    async def test_what_the_shop_has_made_of_the_order_meanwhile_stays(self, session, send_back, complete):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        await order_status.move(session, bought.order, OrderStatus.RETURNED, actor="shop", at=NOW)
        assert (await complete(bought, reference)).details["order_status"] == "returned"
        assert (await reread(session, bought.order)).status_since == NOW

    @pytest.mark.parametrize(("before", "left"), [(4595, 700), (5295, 0)])
    async def test_what_the_shop_has_given_back_meanwhile_is_not_given_twice(
        self, session, send_back, complete, before, left
    ):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        session.add(Payment(
            order_id=bought.order.id, method_id=bought.card.id, kind=PaymentKind.REFUND, amount_minor=before,
            currency="EUR", at=NOW, settled_at=NOW,
        ))
        await session.flush()
        done = await complete(bought, reference)
        assert await kept(session, bought.order) == {}
        assert sum(movement.amount_minor for movement in done.movements) == left == done.details["amount_minor"]
        assert (await made_of(session, bought.order)).amount_minor == left
        assert (await told(session))[-1][1]["amount"] == {"amount": f"{left / 100:.2f}", "currency": "EUR"}

    async def test_a_return_that_came_without_a_request_is_settled_like_any(self, session, complete):
        bought = await buy(session, status=OrderStatus.RETURN_REQUESTED)
        session.add(Return(
            reference="RT-0000-0001", order_id=bought.order.id, kind=ReturnKind.RETURN, status=ReturnStatus.REQUESTED,
            method_id=bought.card.id, amount_minor=800, currency="EUR", requested_at=NOW,
        ))
        await session.flush()
        assert (await complete(bought, "RT-0000-0001")).movements[0].amount_minor == 800


class TestCompleteAnExchange:
    async def test_the_customer_pays_what_is_dearer(self, session, exchange, complete):
        bought = await buy(session, status=DELIVERED)
        done = await complete(bought, await exchange(bought))
        assert await made_by(session, done.id) == [(PaymentKind.PAYMENT, bought.card.id, 1100, False)]
        assert (done.movements[0].amount_minor, done.details["expected_on"]) == (-1100, None)
        assert (await reread(session, bought.order)).status is DELIVERED
        name, body = (await told(session))[-1]
        assert (name, body["amount"]) == ("exchange.completed", {"amount": "-11.00", "currency": "EUR"})
        assert body["payments"] == [{
            "id": (await payment_ids(session, done.id))[bought.card.id], "kind": "payment",
            "payment_method": bought.card.reference, "amount": "11.00", "currency": "EUR", "settled": False,
        }]
        assert await stock(session, bought.small, bought.large) == [5, 1]

    async def test_what_a_gift_card_promised_does_not_stand_in_its_own_way(self, session, exchange, complete):
        bought = await buy(session, status=DELIVERED, balance=1100)
        await complete(bought, await exchange(bought, method=bought.gift_card))
        assert await balance(session, bought.gift_card) == 0
        assert await gift_cards.available(session, bought.gift_card) == 0

    async def test_a_gift_card_that_has_expired_since_keeps_its_promise(self, session, exchange, complete):
        bought = await buy(session, status=DELIVERED, balance=1100)
        bought.gift_card.expires_on = NOW.date()
        await session.flush()
        await complete(bought, await exchange(bought, method=bought.gift_card))
        assert await balance(session, bought.gift_card) == 0

    async def test_a_gift_card_that_was_emptied_elsewhere_is_not_overdrawn(self, session, exchange, complete):
        bought = await buy(session, status=DELIVERED, balance=1100)
        reference = await exchange(bought, method=bought.gift_card)
        session.add(GiftCardEntry(
            method_id=bought.gift_card.id, amount_minor=-1, at=NOW, reason="At the till", idempotency_key="till"
        ))
        await session.flush()
        await refused(session, GiftCardTooLow, complete(bought, reference))

    async def test_what_is_cheaper_is_given_back_with_its_points_gone(self, session, exchange, complete, rules):
        bought = await buy(session, status=DELIVERED)
        await order_points.earn(session, bought.order, business=rules, at=NOW)
        done = await complete(bought, await exchange(bought, ExchangedLine(bought.kettles.id, bought.copper.id)))
        assert await kept(session, bought.order) == {bought.card.id: 5295 - 602}
        assert done.details["points_taken_back"] == 6
        assert done.details["expected_on"] == "2026-12-04"

    async def test_all_lines_exchanged_are_no_returned_order(self, session, exchange, complete):
        bought = await buy(session, status=DELIVERED)
        done = await complete(bought, await exchange(
            bought, ExchangedLine(bought.kettles.id, bought.copper.id), ExchangedLine(bought.mug.id, bought.striped.id)
        ))
        assert done.details["order_status"] == "delivered"

    async def test_without_a_difference_nothing_moves_and_no_points_go(self, session, exchange, complete, rules):
        bought = await buy(session, status=DELIVERED)
        await order_points.earn(session, bought.order, business=rules, at=NOW)
        done = await complete(bought, await exchange(bought, ExchangedLine(bought.mug.id, bought.striped.id)))
        assert (done.movements, done.details["points_taken_back"]) == ((), 0)
