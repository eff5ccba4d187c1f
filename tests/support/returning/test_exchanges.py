import asyncio
from datetime import timedelta

from sqlalchemy import select

from support.errors import IdReused, NotFound
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.paying import payments
from support.refusals import AlreadyReturned, GiftCardTooLow, NotDelivered, ReturnWindowClosed
from support.returning import exchanges
from support.returning.exchanges import ExchangedLine
from tests.support.paid_orders import buy, kept, pay_in_part, reread, stock, told
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED
from tests.support.shop_rows import NOW, create_method
from tests.support.wrong_ids import NO_ID


async def rows_of(session, order):
    """(exchange, its lines) of the order's only one."""
    made = (await session.scalars(select(Return).where(Return.order_id == order.id))).one()
    lines = await session.scalars(select(ReturnLine).where(ReturnLine.return_id == made.id).order_by(ReturnLine.position))
    return made, list(lines)


class TestPlanExchange:
    async def test_says_what_comes_back_what_goes_out_and_what_it_costs(self, session, plan_exchange):
        bought = await buy(session, status=DELIVERED, balance=1100)
        found = await plan_exchange(bought, method_id=bought.gift_card.id, reason="does not fit")
        assert (found.order_id, found.order_number, found.currency) == (bought.order.id, bought.order.number, "EUR")
        [line] = found.lines
        assert (line.product, line.quantity, line.sku, line.options) == ("Kettle", 2, bought.small.sku, {"size": "small"})
        assert (line.new_sku, line.new_options) == (bought.large.sku, {"size": "large"})
        assert (line.unit_price_minor, line.new_unit_price_minor) == (2000, 2550)
        assert (line.goods_minor, line.new_goods_minor) == (4000, 5100)
        assert (found.amount_minor, found.method, found.reason) == (-1100, "gift card ending in 0815", "does not fit")
        assert {choice.method_id for choice in found.choices} == {bought.card.id, bought.gift_card.id}

    async def test_offers_no_method_that_cannot_pay(self, session, plan_exchange):
        bought = await buy(session, status=DELIVERED, balance=1099)
        await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD", balance=9999)
        found = await plan_exchange(bought)
        assert (found.amount_minor, found.method_id, found.method) == (-1100, None, None)
        assert [choice.method_id for choice in found.choices] == [bought.card.id]

    async def test_offers_what_money_may_go_to_if_it_brings_some(self, session, plan_exchange):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        found = await plan_exchange(bought, ExchangedLine(bought.kettles.id, bought.copper.id, 1))
        assert found.amount_minor == 301
        assert [choice.method_id for choice in found.choices] == [bought.card.id, bought.gift_card.id, wallet.id]

    async def test_offers_nothing_where_nothing_is_to_pay(self, session, plan_exchange):
        bought = await buy(session, status=DELIVERED)
        found = await plan_exchange(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (found.amount_minor, found.choices) == (0, ())

    async def test_changes_nothing_and_refuses_what_the_exchange_would(self, session, plan_exchange):
        bought = await buy(session)
        await refused(session, NotDelivered, plan_exchange(bought))
        bought = await buy(session, status=DELIVERED)
        await refused(session, NotFound, plan_exchange(bought, ExchangedLine(bought.mug.id, NO_ID)))
        await refused(session, GiftCardTooLow, plan_exchange(bought, method_id=bought.gift_card.id))
        await refused(session, ReturnWindowClosed, plan_exchange(bought, at=NOW + timedelta(days=31)))


class TestRequestExchange:
    async def test_for_something_dearer_the_customer_will_pay(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        done = await ask_exchange(bought, method_id=bought.card.id, reason="does not fit", agreed_minor=-1100)
        made, [line] = await rows_of(session, bought.order)
        assert (made.kind, made.status, made.reason) == (ReturnKind.EXCHANGE, ReturnStatus.REQUESTED, "does not fit")
        assert (made.method_id, made.amount_minor, made.currency) == (bought.card.id, -1100, "EUR")
        assert (line.order_line_id, line.quantity, line.unit_price_minor) == (bought.kettles.id, 2, 2000)
        assert (line.new_variant_id, line.new_options, line.new_unit_price_minor) == (
            bought.large.id, {"size": "large"}, 2550,
        )
        assert (await reread(session, bought.order)).status is OrderStatus.EXCHANGE_REQUESTED
        assert await kept(session, bought.order) == {bought.card.id: 5295}
        assert (done.movements, done.details["return"], done.details["amount_minor"]) == ((), made.reference, -1100)

    async def test_what_goes_out_is_set_aside_at_once(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        await ask_exchange(bought, method_id=bought.card.id)
        assert await stock(session, bought.small, bought.large) == [5, 1]

    async def test_the_shop_hears_of_it_in_its_own_ids(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        done = await ask_exchange(bought, ExchangedLine(bought.kettles.id, bought.copper.id, 1), method_id=bought.card.id)
        assert await told(session) == [("exchange.requested", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "return": done.details["return"], "kind": "exchange", "order": bought.order.number, "reason": None,
            "lines": [{
                "position": 1, "line": None, "sku": bought.small.sku, "quantity": 1,
                "unit_price": {"amount": "20.00", "currency": "EUR"}, "new_sku": bought.copper.sku,
                "new_unit_price": {"amount": "16.99", "currency": "EUR"},
            }],
            "payment_method": bought.card.reference, "amount": {"amount": "3.01", "currency": "EUR"},
        })]

    async def test_several_lines_settle_together(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.striped.price_minor = 1402
        done = await ask_exchange(
            bought, ExchangedLine(bought.mug.id, bought.striped.id), ExchangedLine(bought.kettles.id, bought.copper.id)
        )
        made, lines = await rows_of(session, bought.order)
        assert (made.amount_minor, len(lines)) == (0, 2)
        assert [line["product"] for line in done.details["lines"]] == ["Kettle", "Mug"]
        assert await stock(session, bought.copper, bought.striped) == [0, 0]

    async def test_without_a_difference_the_method_that_paid_most_is_noted(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 9000)
        await ask_exchange(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (await rows_of(session, bought.order))[0].method_id == wallet.id

    async def test_or_the_one_that_is_named(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer)
        lines = [ExchangedLine(bought.mug.id, bought.striped.id)]
        await refused(session, NotFound, ask_exchange(bought, *lines, method_id=NO_ID))
        await ask_exchange(bought, *lines, method_id=unused.id)
        assert (await rows_of(session, bought.order))[0].method_id == unused.id

    async def test_what_was_bought_at_a_discount_brings_no_more_than_it_cost(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 2400, bought.order.total_minor - 2400
        await session.flush()
        lines = [ExchangedLine(bought.kettles.id, bought.copper.id)]
        assert (await ask_exchange(bought, *lines, method_id=bought.card.id)).details["amount_minor"] == 301

    async def test_no_more_comes_back_than_is_left_of_what_was_paid(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        made = await payments.paid_with(session, bought.order)
        assert sum(made.values()) == 5295
        bought.kettles.unit_price_minor, bought.order.goods_minor, bought.order.total_minor = 9000, 18_800, 19_295
        bought.copper.price_minor = 1000
        await session.flush()
        lines = [ExchangedLine(bought.kettles.id, bought.copper.id)]
        assert (await ask_exchange(bought, *lines, method_id=bought.card.id)).details["amount_minor"] == 5295

    async def test_the_same_again_is_the_same(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        done = await ask_exchange(bought, method_id=bought.card.id)
        assert await ask_exchange(bought, method_id=bought.card.id, at=NOW + timedelta(days=9)) == done
        assert await stock(session, bought.large) == [1]
        await refused(session, IdReused, ask_exchange(bought, method_id=bought.gift_card.id))
        await refused(session, IdReused, ask_exchange(bought, method_id=bought.card.id, reason="does not fit"))
        await refused(session, AlreadyReturned, ask_exchange(bought, method_id=bought.card.id, key="other"))

    async def test_two_at_once_for_the_last_piece_let_one_through(self, database, rules):
        async with database.write() as session:
            first, second = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
            second.plain.product_id = first.plain.product_id

        async def exchange(bought):
            async with database.write() as session:
                return await exchanges.request_exchange(
                    session, bought.speaker, bought.order.id, [ExchangedLine(bought.mug.id, first.striped.id)],
                    key="key", business=rules, at=NOW,
                )

        found = await asyncio.gather(exchange(first), exchange(second), return_exceptions=True)
        assert sorted(type(one).__name__ for one in found) == ["Done", "OutOfStock"]
        async with database.read() as session:
            assert await stock(session, first.striped) == [0]
            statuses = {(await reread(session, one.order)).status for one in (first, second)}
            assert statuses == {DELIVERED, OrderStatus.EXCHANGE_REQUESTED}
