from datetime import timedelta

import pytest

from support.errors import NotFound
from support.identity import Speaker
from support.models.catalogue import Variant
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, PaymentKind
from support.refusals import GiftCardTooLow, IdentityTooLow, LinesAlreadySwapped, LinesInvalid, OrderNotChangeable
from tests.support.paid_orders import balance, buy, kept, made_by, payment_ids, product_of, reread, stock, told
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_method, create_order, lines_of, speaker_of


class TestPlanSwap:
    async def test_says_every_line_before_and_after(self, session, plan_swap):
        bought = await buy(session)
        plan_ = await plan_swap(bought, (bought.kettles, bought.large), (bought.mug, bought.striped), method=bought.card)
        assert (plan_.order_id, plan_.order_number, plan_.currency) == (bought.order.id, bought.order.number, "EUR")
        kettles, mug = plan_.lines
        assert (kettles.line_id, kettles.position, kettles.product, kettles.quantity) == (bought.kettles.id, 1, "Kettle", 2)
        assert (kettles.old_sku, kettles.old_options, kettles.old_unit_price_minor) == (
            bought.small.sku, {"size": "small"}, 2000
        )
        assert (kettles.new_sku, kettles.new_options, kettles.new_unit_price_minor) == (
            bought.large.sku, {"size": "large"}, 2550
        )
        assert (kettles.difference_minor, mug.difference_minor) == (1100, 0)
        assert (plan_.difference_minor, plan_.total_minor) == (1100, 6395)

    async def test_says_who_pays_or_is_paid(self, session, plan_swap):
        bought = await buy(session)
        [dearer] = (await plan_swap(bought, (bought.kettles, bought.large), method=bought.card)).movements
        assert (dearer.method_id, dearer.method, dearer.amount_minor) == (bought.card.id, "Visa ending in 4242", -1100)
        [cheaper] = (await plan_swap(bought, (bought.kettles, bought.copper), method=bought.gift_card)).movements
        assert (cheaper.method_id, cheaper.amount_minor, cheaper.currency) == (bought.gift_card.id, 602, "EUR")

    async def test_tells_the_difference_before_a_method_is_named(self, session, plan_swap):
        bought = await buy(session)
        plan_ = await plan_swap(bought, (bought.kettles, bought.large))
        assert (plan_.difference_minor, plan_.movements) == (1100, ())

    async def test_offers_the_methods_that_can_pay_or_be_paid(self, session, plan_swap):
        bought = await buy(session, balance=1099)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        dearer = await plan_swap(bought, (bought.kettles, bought.large))
        assert {choice.method_id for choice in dearer.methods} == {bought.card.id, wallet.id}
        cheaper = await plan_swap(bought, (bought.kettles, bought.copper))
        assert [(choice.method_id, choice.method) for choice in cheaper.methods] == [
            (bought.card.id, "Visa ending in 4242"), (bought.gift_card.id, "gift card ending in 0815"),
            (wallet.id, "PayPal"),
        ]
        assert (await plan_swap(bought, (bought.mug, bought.striped))).methods == ()

    async def test_names_no_movement_without_a_difference(self, session, plan_swap):
        bought = await buy(session)
        assert (await plan_swap(bought, (bought.mug, bought.striped), method=bought.card)).movements == ()

    async def test_is_what_the_swap_then_does(self, session, plan_swap, swap):
        bought = await buy(session)
        plan_ = await plan_swap(bought, (bought.kettles, bought.copper), method=bought.card)
        done = await swap(bought, (bought.kettles, bought.copper), method=bought.card, agreed_minor=plan_.difference_minor)
        assert done.movements == plan_.movements
        assert done.details["total_minor"] == plan_.total_minor

    async def test_refuses_what_the_swap_would(self, session, plan_swap):
        bought, late = await buy(session), await buy(session, status=OrderStatus.PROCESSED)
        await refused(session, OrderNotChangeable, plan_swap(late, (late.mug, late.striped)))
        await refused(session, NotFound, plan_swap(bought, (late.mug, bought.striped)))
        await refused(session, NotFound, plan_swap(bought, (bought.mug, bought.striped), method=late.card))
        await refused(session, GiftCardTooLow, plan_swap(bought, (bought.kettles, bought.large), method=bought.gift_card))
        await refused(session, LinesInvalid, plan_swap(bought))
        verified = speaker_of(bought.customer, Level.VERIFIED)
        await refused(session, IdentityTooLow, plan_swap(bought, (bought.mug, bought.striped), speaker=verified))


class TestSwap:
    async def test_puts_the_other_variant_at_its_price_of_now_into_the_line(self, session, swap):
        bought = await buy(session)
        await swap(bought, (bought.kettles, bought.large), method=bought.card)
        kettles, mug = await lines_of(session, bought.order)
        assert (kettles.id, kettles.variant_id, kettles.options) == (bought.kettles.id, bought.large.id, {"size": "large"})
        assert (kettles.unit_price_minor, kettles.quantity, kettles.position) == (2550, 2, 1)
        assert (mug.variant_id, mug.unit_price_minor) == (bought.plain.id, 800)

    async def test_takes_a_dearer_difference_from_the_named_method(self, session, swap):
        bought = await buy(session)
        done = await swap(bought, (bought.kettles, bought.large), method=bought.card)
        assert await made_by(session, done.id) == [(PaymentKind.PAYMENT, bought.card.id, 1100, False)]
        order = await reread(session, bought.order)
        assert (order.goods_minor, order.shipping_minor, order.total_minor) == (5900, 495, 6395)
        assert (order.status, order.lines_swapped_at) == (OrderStatus.PENDING, NOW)
        assert await kept(session, order) == {bought.card.id: 6395}

    async def test_takes_it_from_a_gift_card_down_to_its_last_cent(self, session, swap):
        bought = await buy(session, balance=1100)
        done = await swap(bought, (bought.kettles, bought.large), method=bought.gift_card)
        assert await made_by(session, done.id) == [(PaymentKind.PAYMENT, bought.gift_card.id, 1100, True)]
        assert await balance(session, bought.gift_card) == 0

    async def test_takes_it_from_a_method_that_has_paid_nothing_yet(self, session, swap):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        await swap(bought, (bought.kettles, bought.large), method=wallet)
        assert await kept(session, bought.order) == {bought.card.id: 5295, wallet.id: 1100}

    async def test_gives_a_cheaper_difference_back_to_the_method_that_paid(self, session, swap):
        bought = await buy(session)
        done = await swap(bought, (bought.kettles, bought.copper), method=bought.card)
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.card.id, 602, False)]
        order = await reread(session, bought.order)
        assert (order.goods_minor, order.total_minor) == (4198, 4693)
        assert await kept(session, order) == {bought.card.id: 4693}

    async def test_gives_it_back_to_a_method_that_paid_and_was_removed_since(self, session, swap):
        bought = await buy(session)
        bought.card.removed_at = NOW
        done = await swap(bought, (bought.kettles, bought.copper), method=bought.card)
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.card.id, 602, False)]

    async def test_gives_it_to_a_gift_card_of_theirs_even_an_expired_one(self, session, swap):
        bought = await buy(session, balance=1000)
        bought.gift_card.expires_on = NOW.date() - timedelta(days=1)
        done = await swap(bought, (bought.kettles, bought.copper), method=bought.gift_card)
        assert await made_by(session, done.id) == [(PaymentKind.REFUND, bought.gift_card.id, 602, True)]
        assert await balance(session, bought.gift_card) == 1602

    async def test_gives_it_to_a_method_that_has_not_paid(self, session, swap):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        done = await swap(bought, (bought.kettles, bought.copper), method=wallet)
        assert [(moved.method_id, moved.amount_minor) for moved in done.movements] == [(wallet.id, 602)]
        assert sum((await kept(session, bought.order)).values()) == 5295 - 602

    @pytest.mark.parametrize("named", [True, False])
    async def test_moves_no_money_without_a_difference(self, session, swap, named):
        bought = await buy(session)
        done = await swap(bought, (bought.mug, bought.striped), method=bought.card if named else None)
        assert (done.movements, await made_by(session, done.id)) == ((), [])
        assert (await reread(session, bought.order)).total_minor == 5295

    async def test_settles_several_lines_as_one_difference(self, session, swap):
        bought = await buy(session)
        bought.striped.price_minor = 100
        done = await swap(
            bought, (bought.kettles, bought.large), (bought.mug, bought.striped), method=bought.card, agreed_minor=400
        )
        assert await made_by(session, done.id) == [(PaymentKind.PAYMENT, bought.card.id, 400, False)]
        assert (await reread(session, bought.order)).goods_minor == 5200

    async def test_moves_the_stock_both_ways(self, session, swap):
        bought = await buy(session)
        await swap(bought, (bought.kettles, bought.copper), (bought.mug, bought.striped), method=bought.card)
        variants = (bought.small, bought.copper, bought.large, bought.plain, bought.striped)
        assert await stock(session, *variants) == [7, 0, 3, 5, 0]

    async def test_lets_two_lines_change_places_with_nothing_in_stock(self, session, swap):
        bought = await buy(session)
        for variant in (bought.small, bought.large):
            variant.stock = 0
        bought.order = await create_order(
            session, bought.customer, lines=((bought.small, 2, 2000), (bought.large, 2, 2550)), status=OrderStatus.PENDING,
            paid_with=bought.card,
        )
        first, second = await lines_of(session, bought.order)
        done = await swap(bought, (first, bought.large), (second, bought.small))
        assert done.movements == ()
        first, second = await lines_of(session, bought.order)
        assert (first.variant_id, second.variant_id) == (bought.large.id, bought.small.id)
        assert await stock(session, bought.small, bought.large) == [0, 0]

    async def test_keeps_what_the_line_was_bought_as_out_of_the_catalogue(self, session, swap):
        bought = await buy(session)
        (await product_of(session, bought.small)).name = "Kettle, new model"
        await swap(bought, (bought.kettles, bought.large), method=bought.card)
        [kettles, _] = await lines_of(session, bought.order)
        assert kettles.product_name == "Kettle"
        assert (await session.get_one(Variant, bought.large.id)).options == {"size": "large"}

    async def test_reckons_from_the_price_that_was_paid(self, session, swap):
        bought = await buy(session)
        bought.small.price_minor = 1
        assert (await swap(bought, (bought.kettles, bought.large), method=bought.card)).details["difference_minor"] == 1100

    async def test_leaves_a_discount_as_it_is(self, session, swap):
        bought = await buy(session)
        bought.order.discount_minor, bought.order.total_minor = 500, 4795
        await swap(bought, (bought.kettles, bought.large), method=bought.card)
        order = await reread(session, bought.order)
        assert (order.discount_minor, order.total_minor) == (500, 5895)

    async def test_answers_the_lines_and_what_they_come_to(self, session, swap):
        bought = await buy(session)
        done = await swap(bought, (bought.kettles, bought.large), method=bought.card)
        assert (done.kind, done.order_id) == ("swap_lines", bought.order.id)
        [line] = done.details["lines"]
        assert (line["old_sku"], line["new_sku"], line["quantity"]) == (bought.small.sku, bought.large.sku, 2)
        assert {name: done.details[name] for name in ("order", "difference_minor", "total_minor", "currency")} == {
            "order": bought.order.number, "difference_minor": 1100, "total_minor": 6395, "currency": "EUR",
        }
        [movement] = done.movements
        assert (movement.method_id, movement.amount_minor) == (bought.card.id, -1100)

    async def test_tells_the_shop_in_its_own_ids(self, session, swap):
        bought = await buy(session)
        bought.kettles.reference = "#A17-b/1"
        done = await swap(bought, (bought.kettles, bought.copper), method=bought.card)
        assert await told(session) == [("order.lines_changed", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "order": bought.order.number,
            "lines": [{
                "position": 1, "line": "#A17-b/1", "quantity": 2, "old_sku": bought.small.sku,
                "new_sku": bought.copper.sku, "unit_price": {"amount": "16.99", "currency": "EUR"},
            }],
            "difference": {"amount": "-6.02", "currency": "EUR"}, "total": {"amount": "46.93", "currency": "EUR"},
            "payments": [{
                "id": (await payment_ids(session, done.id))[bought.card.id], "kind": "refund",
                "payment_method": bought.card.reference, "amount": "6.02", "currency": "EUR", "settled": False,
            }],
        })]

    async def test_tells_the_shop_what_a_gift_card_has_paid_already(self, session, swap):
        bought = await buy(session, balance=1100)
        done = await swap(bought, (bought.kettles, bought.large), method=bought.gift_card)
        [(_, body)] = await told(session)
        assert body["difference"] == {"amount": "11.00", "currency": "EUR"}
        assert body["payments"] == [{
            "id": (await payment_ids(session, done.id))[bought.gift_card.id], "kind": "payment",
            "payment_method": bought.gift_card.reference, "amount": "11.00", "currency": "EUR", "settled": True,
        }]

    async def test_names_no_payment_to_the_shop_if_none_was_needed(self, session, swap):
        bought = await buy(session)
        await swap(bought, (bought.mug, bought.striped), method=bought.card)
        [(_, body)] = await told(session)
        assert ("payments" in body, body["difference"]["amount"]) == (False, "0.00")

    async def test_may_be_done_again_by_an_agent_only(self, session, swap):
        bought = await buy(session)
        await swap(bought, (bought.kettles, bought.large), method=bought.card)
        back = ((bought.kettles, bought.small),)
        await refused(session, LinesAlreadySwapped, swap(bought, *back, method=bought.card, key="again"))
        shop = Speaker.shop_for(bought.customer.id)
        await refused(session, LinesAlreadySwapped, swap(bought, *back, method=bought.card, key="again", speaker=shop))
        agent = Speaker.agent_for(bought.customer.id, agent_id="a1")
        await swap(bought, *back, method=bought.card, key="agent", speaker=agent)
        assert (await reread(session, bought.order)).total_minor == 5295
        assert await kept(session, bought.order) == {bought.card.id: 5295}
        assert await stock(session, bought.small, bought.large) == [5, 3]
