import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from support.errors import IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.ordering import line_swaps
from support.paying import gift_cards, payments
from support.refusals import (
    AlreadyReturned,
    AmountChanged,
    CurrencyDiffers,
    GiftCardTooLow,
    IdentityTooLow,
    LinesInvalid,
    MethodNotAllowed,
    NeedsPerson,
    NotDelivered,
    OtherProduct,
    OutOfStock,
    QuantityInvalid,
    ReasonUnknown,
    ReturnWindowClosed,
    SameVariant,
)
from support.returning import exchanges
from support.returning.exchanges import ExchangedLine
from tests.support.paid_orders import balance, buy, kept, pay_in_part, product_of, reread, stock, told
from tests.support.refused import refused
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_method, create_variant

DELIVERED = OrderStatus.DELIVERED
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ask(session, rules):
    """Asks for an exchange: of both small kettles for large ones, 11.00 dearer, if a test says nothing else."""

    def asked(bought, *lines, speaker=None, order_id=None, method_id=None, reason=None, key="key", business=rules,
              at=NOW, **more):
        return exchanges.request_exchange(
            session, speaker or bought.speaker, order_id or bought.order.id,
            lines or [ExchangedLine(bought.kettles.id, bought.large.id)], method_id=method_id, reason=reason, key=key,
            business=business, at=at, **more,
        )

    return asked


@pytest.fixture
def plan(session, rules):
    def planned(bought, *lines, at=NOW, **more):
        return exchanges.plan_exchange(
            session, bought.speaker, bought.order.id, lines or [ExchangedLine(bought.kettles.id, bought.large.id)],
            business=rules, at=at, **more,
        )

    return planned


async def rows_of(session, order):
    """(exchange, its lines) of the order's only one."""
    made = (await session.scalars(select(Return).where(Return.order_id == order.id))).one()
    lines = await session.scalars(select(ReturnLine).where(ReturnLine.return_id == made.id).order_by(ReturnLine.position))
    return made, list(lines)


class TestPlanExchange:
    async def test_says_what_comes_back_what_goes_out_and_what_it_costs(self, session, plan):
        bought = await buy(session, status=DELIVERED, balance=1100)
        found = await plan(bought, method_id=bought.gift_card.id, reason="does not fit")
        assert (found.order_id, found.order_number, found.currency) == (bought.order.id, bought.order.number, "EUR")
        [line] = found.lines
        assert (line.product, line.quantity, line.sku, line.options) == ("Kettle", 2, bought.small.sku, {"size": "small"})
        assert (line.new_sku, line.new_options) == (bought.large.sku, {"size": "large"})
        assert (line.unit_price_minor, line.new_unit_price_minor) == (2000, 2550)
        assert (line.goods_minor, line.new_goods_minor) == (4000, 5100)
        assert (found.amount_minor, found.method, found.reason) == (-1100, "gift card ending in 0815", "does not fit")
        assert {choice.method_id for choice in found.choices} == {bought.card.id, bought.gift_card.id}

    async def test_offers_no_method_that_cannot_pay(self, session, plan):
        bought = await buy(session, status=DELIVERED, balance=1099)
        await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD", balance=9999)
        found = await plan(bought)
        assert (found.amount_minor, found.method_id, found.method) == (-1100, None, None)
        assert [choice.method_id for choice in found.choices] == [bought.card.id]

    async def test_offers_what_money_may_go_to_if_it_brings_some(self, session, plan):
        bought = await buy(session, status=DELIVERED)
        await create_method(session, bought.customer, MethodKind.WALLET)
        found = await plan(bought, ExchangedLine(bought.kettles.id, bought.copper.id, 1))
        assert found.amount_minor == 301
        assert [choice.method_id for choice in found.choices] == [bought.card.id, bought.gift_card.id]

    async def test_offers_nothing_where_nothing_is_to_pay(self, session, plan):
        bought = await buy(session, status=DELIVERED)
        found = await plan(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (found.amount_minor, found.choices) == (0, ())

    async def test_changes_nothing_and_refuses_what_the_exchange_would(self, session, plan):
        bought = await buy(session)
        await refused(session, NotDelivered, plan(bought))
        bought = await buy(session, status=DELIVERED)
        await refused(session, NotFound, plan(bought, ExchangedLine(bought.mug.id, NO_ID)))
        await refused(session, GiftCardTooLow, plan(bought, method_id=bought.gift_card.id))
        await refused(session, ReturnWindowClosed, plan(bought, at=NOW + timedelta(days=31)))


class TestRequestExchange:
    async def test_for_something_dearer_the_customer_will_pay(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        done = await ask(bought, method_id=bought.card.id, reason="does not fit", agreed_minor=-1100)
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

    async def test_what_goes_out_is_set_aside_at_once(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await ask(bought, method_id=bought.card.id)
        assert await stock(session, bought.small, bought.large) == [5, 1]

    async def test_the_shop_hears_of_it_in_its_own_ids(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        done = await ask(bought, ExchangedLine(bought.kettles.id, bought.copper.id, 1), method_id=bought.card.id)
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

    async def test_several_lines_settle_together(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.striped.price_minor = 1402
        done = await ask(
            bought, ExchangedLine(bought.mug.id, bought.striped.id), ExchangedLine(bought.kettles.id, bought.copper.id)
        )
        made, lines = await rows_of(session, bought.order)
        assert (made.amount_minor, len(lines)) == (0, 2)
        assert [line["product"] for line in done.details["lines"]] == ["Kettle", "Mug"]
        assert await stock(session, bought.copper, bought.striped) == [0, 0]

    async def test_without_a_difference_the_method_that_paid_most_is_noted(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await pay_in_part(session, bought.order, wallet, 9000)
        await ask(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (await rows_of(session, bought.order))[0].method_id == wallet.id

    async def test_or_the_one_that_is_named(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer)
        lines = [ExchangedLine(bought.mug.id, bought.striped.id)]
        await refused(session, NotFound, ask(bought, *lines, method_id=NO_ID))
        await ask(bought, *lines, method_id=unused.id)
        assert (await rows_of(session, bought.order))[0].method_id == unused.id

    async def test_what_was_bought_at_a_discount_brings_no_more_than_it_cost(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.order.discount_minor, bought.order.total_minor = 2400, bought.order.total_minor - 2400
        await session.flush()
        lines = [ExchangedLine(bought.kettles.id, bought.copper.id)]
        assert (await ask(bought, *lines, method_id=bought.card.id)).details["amount_minor"] == 301

    async def test_no_more_comes_back_than_is_left_of_what_was_paid(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        made = await payments.paid_with(session, bought.order)
        assert sum(made.values()) == 5295
        bought.kettles.unit_price_minor, bought.order.goods_minor, bought.order.total_minor = 9000, 18_800, 19_295
        bought.copper.price_minor = 1000
        await session.flush()
        lines = [ExchangedLine(bought.kettles.id, bought.copper.id)]
        assert (await ask(bought, *lines, method_id=bought.card.id)).details["amount_minor"] == 5295

    async def test_the_same_again_is_the_same(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        done = await ask(bought, method_id=bought.card.id)
        assert await ask(bought, method_id=bought.card.id, at=NOW + timedelta(days=9)) == done
        assert await stock(session, bought.large) == [1]
        await refused(session, IdReused, ask(bought, method_id=bought.gift_card.id))
        await refused(session, IdReused, ask(bought, method_id=bought.card.id, reason="does not fit"))
        await refused(session, AlreadyReturned, ask(bought, method_id=bought.card.id, key="other"))

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


class TestGiftCards:
    async def test_must_cover_the_difference_now(self, session, ask):
        bought = await buy(session, status=DELIVERED, balance=1099)
        await refused(session, GiftCardTooLow, ask(bought, method_id=bought.gift_card.id))

    async def test_keep_the_money_until_the_lines_arrive_but_promise_it(self, session, ask):
        bought = await buy(session, status=DELIVERED, balance=1100)
        await ask(bought, method_id=bought.gift_card.id)
        assert await balance(session, bought.gift_card) == 1100
        assert await gift_cards.available(session, bought.gift_card) == 0

    async def test_promise_the_same_money_only_once(self, session, ask, rules):
        bought, other = await buy(session, status=DELIVERED, balance=2000), await buy(session)
        other.order.customer_id = bought.customer.id
        await session.flush()
        await ask(bought, method_id=bought.gift_card.id)
        swap = line_swaps.swap(
            session, bought.speaker, other.order.id, [line_swaps.Swap(other.kettles.id, other.large.id)],
            bought.gift_card.id, key="swap", business=rules, at=NOW,
        )
        await refused(session, GiftCardTooLow, swap)

    async def test_that_have_expired_pay_nothing(self, session, ask):
        bought = await buy(session, status=DELIVERED, balance=5000)
        bought.gift_card.expires_on = date(2026, 11, 20)
        await session.flush()
        await refused(session, GiftCardTooLow, ask(bought, method_id=bought.gift_card.id))

    async def test_of_another_currency_pay_nothing(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD", balance=9999)
        await refused(session, CurrencyDiffers, ask(bought, method_id=dollars.id))


class TestMethods:
    async def test_one_must_be_named_for_a_difference(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await refused(session, MethodNotAllowed, ask(bought))
        await refused(session, MethodNotAllowed, ask(bought, ExchangedLine(bought.kettles.id, bought.copper.id)))

    async def test_any_of_theirs_pays_but_only_one_that_paid_or_a_gift_card_is_given_money(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer)
        cheaper = ExchangedLine(bought.kettles.id, bought.copper.id)
        await refused(session, MethodNotAllowed, ask(bought, cheaper, method_id=unused.id))
        assert (await ask(bought, method_id=unused.id)).details["amount_minor"] == -1100

    async def test_not_one_of_somebody_else_nor_one_that_was_removed(self, session, ask):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        bought.card.removed_at = NOW
        await session.flush()
        for method_id in (other.card.id, bought.card.id, NO_ID, "\x00"):
            await refused(session, NotFound, ask(bought, method_id=method_id))

    async def test_one_that_paid_is_noted_even_if_it_was_removed(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.card.removed_at = NOW
        await session.flush()
        await ask(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (await rows_of(session, bought.order))[0].method_id == bought.card.id

    async def test_an_unpaid_order_of_somebody_without_methods_has_none_to_note(self, session, ask):
        unpaid = await buy(session, status=DELIVERED)
        for row in await session.scalars(select(Payment).where(Payment.order_id == unpaid.order.id)):
            await session.delete(row)
        for method in (unpaid.card, unpaid.gift_card):
            method.removed_at = NOW
        await session.flush()
        mug = ExchangedLine(unpaid.mug.id, unpaid.striped.id)
        await refused(session, MethodNotAllowed, ask(unpaid, mug))
        unpaid.gift_card.removed_at = None
        await session.flush()
        assert (await ask(unpaid, mug)).details["method"] == "gift card ending in 0815"


class TestWhatMayBeExchanged:
    @pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.SHIPPED, OrderStatus.CANCELLED])
    async def test_only_what_was_delivered(self, session, ask, status):
        await refused(session, NotDelivered, ask(await buy(session, status=status)))

    async def test_only_within_the_window_of_a_return(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        await refused(session, ReturnWindowClosed, ask(bought, at=NOW + timedelta(days=31)))

    async def test_only_another_variant_of_the_same_product_and_currency(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_variant(session, await product_of(session, bought.small), currency="USD")
        for variant, error in ((bought.striped, OtherProduct), (bought.small, SameVariant), (dollars, CurrencyDiffers)):
            await refused(session, error, ask(bought, ExchangedLine(bought.kettles.id, variant.id)))

    async def test_only_as_many_as_there_are_for_all_lines_together(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.mug.variant_id = bought.large.id
        bought.copper.stock = 2
        await session.flush()
        both = [ExchangedLine(bought.kettles.id, bought.copper.id), ExchangedLine(bought.mug.id, bought.copper.id)]
        await refused(session, OutOfStock, ask(bought, *both, method_id=bought.card.id))
        one_less = [replace(both[0], quantity=1), both[1]]
        await ask(bought, *one_less, method_id=bought.card.id)
        assert await stock(session, bought.copper) == [0]

    async def test_pieces_that_come_back_are_no_stock_yet(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.small.stock = 0
        bought.mug.variant_id = bought.large.id
        await session.flush()
        around = [ExchangedLine(bought.kettles.id, bought.large.id, 1), ExchangedLine(bought.mug.id, bought.small.id)]
        await refused(session, OutOfStock, ask(bought, *around, method_id=bought.card.id))

    @pytest.mark.parametrize("variant_id", ["", "S1", "\x00", NO_ID, None, 1])
    async def test_only_a_variant_that_there_is(self, session, ask, variant_id):
        bought = await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask(bought, ExchangedLine(bought.kettles.id, variant_id)))

    async def test_only_lines_and_orders_of_theirs(self, session, ask):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask(bought, ExchangedLine(other.kettles.id, bought.large.id)))
        await refused(session, NotFound, ask(bought, order_id=other.order.id))

    async def test_wrong_lines_quantities_and_reasons(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        line = ExchangedLine(bought.kettles.id, bought.large.id)
        await refused(session, LinesInvalid, ask(bought, line, replace(line, variant_id=bought.copper.id)))
        for quantity in (0, -1, 3, True, 1.5, "1"):
            await refused(session, QuantityInvalid, ask(bought, replace(line, quantity=quantity)))
        await refused(session, ReasonUnknown, ask(bought, method_id=bought.card.id, reason="because"))
        await refused(session, AmountChanged, ask(bought, method_id=bought.card.id, agreed_minor=1100))

    async def test_a_price_that_has_changed_since_it_was_agreed(self, session, ask, plan):
        bought = await buy(session, status=DELIVERED)
        agreed = (await plan(bought)).amount_minor
        bought.large.price_minor += 1
        await session.flush()
        await refused(session, AmountChanged, ask(bought, method_id=bought.card.id, agreed_minor=agreed))

    async def test_more_than_the_limit_only_a_person_may_allow_whichever_way_it_goes(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        bought.large.price_minor = 250_001
        await session.flush()
        line = ExchangedLine(bought.kettles.id, bought.large.id, 1)
        await refused(session, NeedsPerson, ask(bought, line, method_id=bought.card.id))
        agent = Speaker.agent_for(bought.customer.id, agent_id=NO_ID)
        done = await ask(bought, line, method_id=bought.card.id, speaker=agent)
        assert done.details["amount_minor"] == -248_001

    async def test_it_counts_as_a_return_in_the_limit_of_a_year(self, session, ask, tmp_path):
        rules = load_rules(tmp_path, ("most_a_year: 12", "most_a_year: 1"))
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        other.order.customer_id = bought.customer.id
        await session.flush()
        await ask(bought, method_id=bought.card.id, business=rules)
        mine = replace(other, speaker=bought.speaker)
        await refused(session, NeedsPerson, ask(mine, method_id=bought.card.id, business=rules, key="other"))

    async def test_needs_somebody_signed_in(self, session, ask):
        bought = await buy(session, status=DELIVERED)
        speaker = replace(bought.speaker, level=Level.VERIFIED)
        assert (await refused(session, IdentityTooLow, ask(bought, speaker=speaker))).needed is Level.SIGNED_IN
