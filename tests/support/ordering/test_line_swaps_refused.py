import pytest

from support.errors import NotFound
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from support.ordering import line_swaps
from support.ordering.line_swaps import Swap
from support.refusals import (
    AmountChanged,
    CurrencyDiffers,
    GiftCardTooLow,
    IdentityTooLow,
    LinesInvalid,
    MethodNotAllowed,
    NeedsPerson,
    OrderNotChangeable,
    OtherProduct,
    OutOfStock,
    SameVariant,
)
from tests.support.paid_orders import buy, product_of, stock
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_method, create_order, create_variant, lines_of, speaker_of
from tests.support.wrong_ids import WRONG_IDS


class TestSwapRefused:
    @pytest.mark.parametrize("status", [status for status in OrderStatus if status is not OrderStatus.PENDING])
    async def test_for_an_order_that_is_no_longer_pending(self, session, swap, status):
        bought = await buy(session, status=status)
        await refused(session, OrderNotChangeable, swap(bought, (bought.mug, bought.striped)))

    async def test_without_lines_or_with_one_twice(self, session, swap):
        bought = await buy(session)
        await refused(session, LinesInvalid, swap(bought))
        twice = ((bought.kettles, bought.large), (bought.kettles, bought.copper))
        await refused(session, LinesInvalid, swap(bought, *twice, method=bought.card))

    async def test_for_a_line_twice_in_another_spelling(self, session, rules):
        bought = await buy(session)
        swaps = [Swap(bought.mug.id, bought.striped.id), Swap(bought.mug.id.upper(), bought.striped.id)]
        asked = line_swaps.swap(session, bought.speaker, bought.order.id, swaps, key="k", business=rules, at=NOW)
        await refused(session, LinesInvalid, asked)

    @pytest.mark.parametrize("swaps", [None, 5, "lines", [None], [("line", "variant")], {"line": "variant"}])
    async def test_for_what_is_no_list_of_swaps(self, session, rules, swaps):
        bought = await buy(session)
        asked = line_swaps.swap(session, bought.speaker, bought.order.id, swaps, key="k", business=rules, at=NOW)
        await refused(session, LinesInvalid, asked)

    async def test_for_ids_that_name_nothing_of_theirs(self, session, rules):
        bought, other = await buy(session), await buy(session)

        def asked(line_id, variant_id, order_id=bought.order.id, method_id=None):
            return line_swaps.swap(
                session, bought.speaker, order_id, [Swap(line_id, variant_id)], method_id, key="k", business=rules, at=NOW
            )

        line, variant = bought.mug.id, bought.striped.id
        for absurd in (*WRONG_IDS, None, 7):
            await refused(session, NotFound, asked(absurd, variant))
            await refused(session, NotFound, asked(line, absurd))
            await refused(session, NotFound, asked(line, variant, order_id=absurd))
            if absurd is not None:
                await refused(session, NotFound, asked(line, variant, method_id=absurd))
        await refused(session, NotFound, asked(other.mug.id, variant))
        await refused(session, NotFound, asked(line, variant, order_id=other.order.id))
        await refused(session, NotFound, asked(line, variant, method_id=other.card.id))

    async def test_for_a_line_of_another_order_of_theirs(self, session, swap):
        bought = await buy(session)
        other = await create_order(session, bought.customer, lines=((bought.plain, 1, 800),), status=OrderStatus.PENDING)
        await refused(session, NotFound, swap(bought, ((await lines_of(session, other))[0], bought.striped)))

    async def test_for_another_product(self, session, swap):
        bought = await buy(session)
        await refused(session, OtherProduct, swap(bought, (bought.mug, bought.large), method=bought.card))

    async def test_for_the_same_variant(self, session, swap):
        bought = await buy(session)
        await refused(session, SameVariant, swap(bought, (bought.mug, bought.plain)))

    async def test_for_a_variant_priced_in_another_currency(self, session, swap):
        bought = await buy(session)
        dollars = await create_variant(session, await product_of(session, bought.plain), currency="USD", price=800)
        await refused(session, CurrencyDiffers, swap(bought, (bought.mug, dollars)))

    async def test_for_more_than_there_is_of_a_variant(self, session, swap):
        bought = await buy(session)
        bought.copper.stock = 1
        await refused(session, OutOfStock, swap(bought, (bought.kettles, bought.copper), method=bought.card))

    async def test_for_more_than_there_is_for_all_lines_together(self, session, swap):
        bought = await buy(session)
        bought.order = await create_order(
            session, bought.customer, lines=((bought.small, 2, 2000), (bought.copper, 1, 1699)), status=OrderStatus.PENDING,
            paid_with=bought.card,
        )
        bought.large.stock = 2
        two, one = await lines_of(session, bought.order)
        both = ((two, bought.large), (one, bought.large))
        await refused(session, OutOfStock, swap(bought, *both, method=bought.card))
        bought.large.stock = 3
        await swap(bought, *both, method=bought.card)
        assert await stock(session, bought.large) == [0]

    async def test_for_all_lines_if_one_of_them_cannot_be(self, session, swap):
        bought = await buy(session)
        bought.striped.stock = 0
        both = ((bought.kettles, bought.large), (bought.mug, bought.striped))
        await refused(session, OutOfStock, swap(bought, *both, method=bought.card))

    @pytest.mark.parametrize("variant", ["large", "copper"])
    async def test_without_a_method_if_there_is_a_difference(self, session, swap, variant):
        bought = await buy(session)
        await refused(session, MethodNotAllowed, swap(bought, (bought.kettles, getattr(bought, variant))))

    async def test_for_a_refund_to_a_method_that_was_removed_and_has_not_paid(self, session, swap):
        bought = await buy(session)
        wallet = await create_method(session, bought.customer, MethodKind.WALLET)
        wallet.removed_at = NOW
        await session.flush()
        await refused(session, NotFound, swap(bought, (bought.kettles, bought.copper), method=wallet))

    async def test_for_a_gift_card_that_lacks_a_cent(self, session, swap):
        bought = await buy(session, balance=1099)
        await refused(session, GiftCardTooLow, swap(bought, (bought.kettles, bought.large), method=bought.gift_card))

    @pytest.mark.parametrize("variant", ["large", "copper"])
    async def test_for_a_gift_card_of_another_currency(self, session, swap, variant):
        bought = await buy(session)
        dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, balance=9000, currency="USD")
        await refused(session, CurrencyDiffers, swap(bought, (bought.kettles, getattr(bought, variant)), method=dollars))

    async def test_for_more_back_than_was_ever_paid(self, session, swap):
        bought = await buy(session)
        bought.order = await create_order(
            session, bought.customer, lines=((bought.small, 2, 2000),), status=OrderStatus.PENDING
        )
        [line] = await lines_of(session, bought.order)
        await refused(session, NeedsPerson, swap(bought, (line, bought.copper), method=bought.gift_card))

    async def test_for_what_a_discount_would_make_cheaper_than_nothing(self, session, swap):
        bought = await buy(session)
        bought.order.discount_minor, bought.order.total_minor = 5000, 295
        bought.copper.price_minor = 0
        await refused(session, NeedsPerson, swap(bought, (bought.kettles, bought.copper), method=bought.card))

    @pytest.mark.parametrize("agreed", [1099, 1101, 0, -1100, 1100.0, True])
    async def test_when_something_else_was_agreed(self, session, swap, agreed):
        bought = await buy(session)
        asked = swap(bought, (bought.kettles, bought.large), method=bought.card, agreed_minor=agreed)
        await refused(session, AmountChanged, asked)

    async def test_to_somebody_who_is_not_signed_in(self, session, swap):
        bought = await buy(session)
        verified = speaker_of(bought.customer, Level.VERIFIED)
        refusal = await refused(session, IdentityTooLow, swap(bought, (bought.mug, bought.striped), speaker=verified))
        assert refusal.needed is Level.SIGNED_IN
