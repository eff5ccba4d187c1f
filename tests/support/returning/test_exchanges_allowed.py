from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment
from support.ordering import line_swaps
from support.paying import gift_cards
from support.refusals import (
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
from support.returning.exchanges import ExchangedLine
from tests.support.paid_orders import balance, buy, product_of, stock
from tests.support.refused import refused
from tests.support.returning.coming_back import DELIVERED, made_of
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_method, create_variant
from tests.support.wrong_ids import NO_ID


class TestGiftCards:
    async def test_must_cover_the_difference_now(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED, balance=1099)
        await refused(session, GiftCardTooLow, ask_exchange(bought, method_id=bought.gift_card.id))

    async def test_keep_the_money_until_the_lines_arrive_but_promise_it(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED, balance=1100)
        await ask_exchange(bought, method_id=bought.gift_card.id)
        assert await balance(session, bought.gift_card) == 1100
        assert await gift_cards.available(session, bought.gift_card) == 0

    async def test_promise_the_same_money_only_once(self, session, ask_exchange, rules):
        bought, other = await buy(session, status=DELIVERED, balance=2000), await buy(session)
        other.order.customer_id = bought.customer.id
        await session.flush()
        await ask_exchange(bought, method_id=bought.gift_card.id)
        swap = line_swaps.swap(
            session, bought.speaker, other.order.id, [line_swaps.Swap(other.kettles.id, other.large.id)],
            bought.gift_card.id, key="swap", business=rules, at=NOW,
        )
        await refused(session, GiftCardTooLow, swap)

    async def test_that_have_expired_pay_nothing(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED, balance=5000)
        bought.gift_card.expires_on = date(2026, 11, 20)
        await session.flush()
        await refused(session, GiftCardTooLow, ask_exchange(bought, method_id=bought.gift_card.id))

    async def test_of_another_currency_pay_nothing(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD", balance=9999)
        await refused(session, CurrencyDiffers, ask_exchange(bought, method_id=dollars.id))


class TestMethods:
    async def test_one_must_be_named_for_a_difference(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        await refused(session, MethodNotAllowed, ask_exchange(bought))
        await refused(session, MethodNotAllowed, ask_exchange(bought, ExchangedLine(bought.kettles.id, bought.copper.id)))

    @pytest.mark.parametrize(("variant", "amount"), [("large", -1100), ("copper", 602)])
    async def test_any_of_theirs_pays_or_is_given_the_difference(self, session, ask_exchange, variant, amount):
        bought = await buy(session, status=DELIVERED)
        unused = await create_method(session, bought.customer, MethodKind.WALLET)
        kettles = ExchangedLine(bought.kettles.id, getattr(bought, variant).id)
        assert (await ask_exchange(bought, kettles, method_id=unused.id)).details["amount_minor"] == amount
        assert (await made_of(session, bought.order)).method_id == unused.id

    async def test_a_gift_card_of_another_currency_is_given_none(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, currency="USD", balance=1)
        cheaper = ExchangedLine(bought.kettles.id, bought.copper.id)
        await refused(session, CurrencyDiffers, ask_exchange(bought, cheaper, method_id=dollars.id))

    async def test_the_one_that_paid_is_offered_first_even_if_it_was_removed(self, session, plan_exchange):
        bought = await buy(session, status=DELIVERED)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        gone = await create_method(session, bought.customer)
        bought.card.removed_at = gone.removed_at = NOW
        await session.flush()
        plan = await plan_exchange(bought, ExchangedLine(bought.kettles.id, bought.copper.id))
        assert [one.method_id for one in plan.choices] == [bought.card.id, bought.gift_card.id, wallet.id]

    async def test_not_one_of_somebody_else_nor_one_that_was_removed(self, session, ask_exchange):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        bought.card.removed_at = NOW
        await session.flush()
        for method_id in (other.card.id, bought.card.id, NO_ID, "\x00"):
            await refused(session, NotFound, ask_exchange(bought, method_id=method_id))

    async def test_one_that_paid_is_noted_even_if_it_was_removed(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.card.removed_at = NOW
        await session.flush()
        await ask_exchange(bought, ExchangedLine(bought.mug.id, bought.striped.id))
        assert (await made_of(session, bought.order)).method_id == bought.card.id

    async def test_an_unpaid_order_of_somebody_without_methods_has_none_to_note(self, session, ask_exchange):
        unpaid = await buy(session, status=DELIVERED)
        for row in await session.scalars(select(Payment).where(Payment.order_id == unpaid.order.id)):
            await session.delete(row)
        for method in (unpaid.card, unpaid.gift_card):
            method.removed_at = NOW
        await session.flush()
        mug = ExchangedLine(unpaid.mug.id, unpaid.striped.id)
        await refused(session, MethodNotAllowed, ask_exchange(unpaid, mug))
        unpaid.gift_card.removed_at = None
        await session.flush()
        assert (await ask_exchange(unpaid, mug)).details["method"] == "gift card ending in 0815"


class TestWhatMayBeExchanged:
    @pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.SHIPPED, OrderStatus.CANCELLED])
    async def test_only_what_was_delivered(self, session, ask_exchange, status):
        await refused(session, NotDelivered, ask_exchange(await buy(session, status=status)))

    async def test_only_within_the_window_of_a_return(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        await refused(session, ReturnWindowClosed, ask_exchange(bought, at=NOW + timedelta(days=31)))

    async def test_only_another_variant_of_the_same_product_and_currency(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        dollars = await create_variant(session, await product_of(session, bought.small), currency="USD")
        for variant, error in ((bought.striped, OtherProduct), (bought.small, SameVariant), (dollars, CurrencyDiffers)):
            await refused(session, error, ask_exchange(bought, ExchangedLine(bought.kettles.id, variant.id)))

    async def test_only_as_many_as_there_are_for_all_lines_together(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.mug.variant_id = bought.large.id
        bought.copper.stock = 2
        await session.flush()
        both = [ExchangedLine(bought.kettles.id, bought.copper.id), ExchangedLine(bought.mug.id, bought.copper.id)]
        await refused(session, OutOfStock, ask_exchange(bought, *both, method_id=bought.card.id))
        one_less = [replace(both[0], quantity=1), both[1]]
        await ask_exchange(bought, *one_less, method_id=bought.card.id)
        assert await stock(session, bought.copper) == [0]

    async def test_pieces_that_come_back_are_no_stock_yet(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.small.stock = 0
        bought.mug.variant_id = bought.large.id
        await session.flush()
        around = [ExchangedLine(bought.kettles.id, bought.large.id, 1), ExchangedLine(bought.mug.id, bought.small.id)]
        await refused(session, OutOfStock, ask_exchange(bought, *around, method_id=bought.card.id))

    @pytest.mark.parametrize("variant_id", ["", "S1", "\x00", NO_ID, None, 1])
    async def test_only_a_variant_that_there_is(self, session, ask_exchange, variant_id):
        bought = await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask_exchange(bought, ExchangedLine(bought.kettles.id, variant_id)))

    async def test_only_lines_and_orders_of_theirs(self, session, ask_exchange):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        await refused(session, NotFound, ask_exchange(bought, ExchangedLine(other.kettles.id, bought.large.id)))
        await refused(session, NotFound, ask_exchange(bought, order_id=other.order.id))

    async def test_wrong_lines_quantities_and_reasons(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        line = ExchangedLine(bought.kettles.id, bought.large.id)
        await refused(session, LinesInvalid, ask_exchange(bought, line, replace(line, variant_id=bought.copper.id)))
        for quantity in (0, -1, 3, True, 1.5, "1"):
            await refused(session, QuantityInvalid, ask_exchange(bought, replace(line, quantity=quantity)))
        await refused(session, ReasonUnknown, ask_exchange(bought, method_id=bought.card.id, reason="because"))
        await refused(session, AmountChanged, ask_exchange(bought, method_id=bought.card.id, agreed_minor=1100))

    async def test_a_price_that_has_changed_since_it_was_agreed(self, session, ask_exchange, plan_exchange):
        bought = await buy(session, status=DELIVERED)
        agreed = (await plan_exchange(bought)).amount_minor
        bought.large.price_minor += 1
        await session.flush()
        await refused(session, AmountChanged, ask_exchange(bought, method_id=bought.card.id, agreed_minor=agreed))

    async def test_more_than_the_limit_only_a_person_may_allow_whichever_way_it_goes(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        bought.large.price_minor = 250_001
        await session.flush()
        line = ExchangedLine(bought.kettles.id, bought.large.id, 1)
        await refused(session, NeedsPerson, ask_exchange(bought, line, method_id=bought.card.id))
        agent = Speaker.agent_for(bought.customer.id, agent_id=NO_ID)
        done = await ask_exchange(bought, line, method_id=bought.card.id, speaker=agent)
        assert done.details["amount_minor"] == -248_001

    async def test_it_counts_as_a_return_in_the_limit_of_a_year(self, session, ask_exchange, tmp_path):
        rules = load_rules(tmp_path, ("most_a_year: 12", "most_a_year: 1"))
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        other.order.customer_id = bought.customer.id
        await session.flush()
        await ask_exchange(bought, method_id=bought.card.id, business=rules)
        mine = replace(other, speaker=bought.speaker)
        await refused(session, NeedsPerson, ask_exchange(mine, method_id=bought.card.id, business=rules, key="other"))

    async def test_needs_somebody_signed_in(self, session, ask_exchange):
        bought = await buy(session, status=DELIVERED)
        speaker = replace(bought.speaker, level=Level.VERIFIED)
        assert (await refused(session, IdentityTooLow, ask_exchange(bought, speaker=speaker))).needed is Level.SIGNED_IN
