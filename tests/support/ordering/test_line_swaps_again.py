import asyncio

import pytest
from sqlalchemy import select

from support.errors import IdInvalid, IdReused
from support.models.orders import OrderLine, OrderStatus
from support.models.service_requests import ServiceRequest
from support.ordering import line_swaps
from support.ordering.line_swaps import Swap
from support.refusals import LinesAlreadySwapped, OutOfStock
from tests.support.paid_orders import buy, kept, stock, told
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_customer, create_method, create_order, lines_of, speaker_of


async def bought_by_another(session, variant, quantity, price):
    """(speaker, pending order, its line, the card that paid for it) of one more customer."""
    customer = await create_customer(session)
    card = await create_method(session, customer)
    order = await create_order(
        session, customer, lines=((variant, quantity, price),), status=OrderStatus.PENDING, paid_with=card
    )
    [line] = await lines_of(session, order)
    return speaker_of(customer), order, line, card


class TestSwapAgain:
    async def test_with_the_same_key_is_the_same_swap(self, session, swap):
        bought = await buy(session)
        pairs = ((bought.kettles, bought.large), (bought.mug, bought.striped))
        first = await swap(bought, *pairs, method=bought.card)
        assert await swap(bought, *reversed(pairs), method=bought.card) == first
        assert await kept(session, bought.order) == {bought.card.id: 6395}
        assert await stock(session, bought.small, bought.large, bought.striped) == [7, 1, 0]
        assert len(await told(session)) == 1

    async def test_with_the_same_key_for_something_else_is_refused(self, session, swap):
        bought = await buy(session)
        await swap(bought, (bought.kettles, bought.large), method=bought.card)
        await refused(session, IdReused, swap(bought, (bought.kettles, bought.copper), method=bought.card))
        await refused(session, IdReused, swap(bought, (bought.kettles, bought.large), method=bought.gift_card))
        await refused(session, IdInvalid, swap(bought, (bought.kettles, bought.large), key=" \n"))

    async def test_by_two_customers_at_once_for_the_last_pieces_lets_one_through(self, database, rules):
        async with database.write() as session:
            first = await buy(session)
            speaker, order, line, card = await bought_by_another(session, first.small, 2, 2000)

        async def one(speaker, order_id, line_id, method_id):
            try:
                async with database.write() as session:
                    await line_swaps.swap(
                        session, speaker, order_id, [Swap(line_id, first.copper.id)], method_id, key="k", business=rules, at=NOW
                    )
            except OutOfStock as refusal:
                return refusal.code
            return "swapped"

        assert sorted(await asyncio.gather(
            one(first.speaker, first.order.id, first.kettles.id, first.card.id),
            one(speaker, order.id, line.id, card.id),
        )) == ["out_of_stock", "swapped"]
        async with database.read() as session:
            assert await stock(session, first.copper, first.small) == [0, 7]
            assert len(list(await session.scalars(select(ServiceRequest.id)))) == 1

    async def test_by_two_customers_at_once_into_each_others_variants_lets_both_through(self, database, rules):
        async with database.write() as session:
            first = await buy(session)
            speaker, order, line, card = await bought_by_another(session, first.large, 1, 2550)

        async def one(speaker, order_id, swaps, method_id):
            async with database.write() as session:
                await line_swaps.swap(session, speaker, order_id, swaps, method_id, key="k", business=rules, at=NOW)

        await asyncio.gather(
            one(first.speaker, first.order.id, [Swap(first.kettles.id, first.large.id)], first.card.id),
            one(speaker, order.id, [Swap(line.id, first.small.id)], card.id),
        )
        async with database.read() as session:
            assert await stock(session, first.small, first.large) == [6, 2]
            bought = dict.fromkeys((first.small.id, first.large.id), 0)
            for row in await session.scalars(select(OrderLine).where(OrderLine.variant_id.in_(bought))):
                bought[row.variant_id] += row.quantity
            assert bought == {first.small.id: 1, first.large.id: 2}

    @pytest.mark.parametrize("same_key", [True, False])
    async def test_at_once_settles_the_difference_once(self, database, rules, same_key):
        async with database.write() as session:
            bought = await buy(session)

        async def one(number):
            try:
                async with database.write() as session:
                    return (await line_swaps.swap(
                        session, bought.speaker, bought.order.id, [Swap(bought.kettles.id, bought.large.id)],
                        bought.card.id, key="same" if same_key else f"key {number}", business=rules, at=NOW,
                    )).reference
            except LinesAlreadySwapped as refusal:
                return refusal.code

        answers = await asyncio.gather(*(one(number) for number in range(6)))
        async with database.read() as session:
            assert await kept(session, bought.order) == {bought.card.id: 6395}
            assert await stock(session, bought.small, bought.large) == [7, 1]
        assert len(set(answers)) == (1 if same_key else 2)
