import asyncio

from sqlalchemy.orm import selectinload

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import Order
from support.ordering.orders_at_hand import find_order, lock_order
from tests.support.refused import refused
from tests.support.shop_rows import create_customer, create_order, speaker_of
from tests.support.wrong_ids import NO_ID


class TestFindAndLock:
    async def test_answer_the_customers_own_order_with_what_was_asked_of_it(self, session):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        for find in (find_order, lock_order):
            found = await find(session, speaker_of(customer), order.id.upper(), selectinload(Order.lines))
            assert (found.id, [line.product_name for line in found.lines]) == (order.id, ["Mug"])

    async def test_answer_the_same_for_what_is_not_theirs_and_what_is_nothing(self, session):
        customer = await create_customer(session)
        order = await create_order(session, await create_customer(session), "HF-1")
        for find in (find_order, lock_order):
            for order_id in (order.id, NO_ID, "HF-1", "", "\0", "\ud800", "x" * 10_000, None, 5, ["x"]):
                await refused(session, NotFound, find(session, speaker_of(customer), order_id))

    async def test_let_an_order_holder_see_the_one_that_they_hold(self, session):
        customer = await create_customer(session)
        held, other = await create_order(session, customer), await create_order(session, customer)
        holder = Speaker(Level.ORDER_HOLDER, customer.id, held.id)
        for find in (find_order, lock_order):
            assert (await find(session, holder, held.id)).id == held.id
            await refused(session, NotFound, find(session, holder, other.id))


class TestLock:
    async def test_reads_what_another_has_committed_meanwhile(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, shipping=0)

        async def dearer():
            async with database.write() as session:
                await session.get_one(Order, order.id)  # known to this session before it has the lock
                locked = await lock_order(session, speaker_of(customer), order.id)
                locked.shipping_minor += 1
                locked.total_minor += 1

        await asyncio.gather(*(dearer() for _ in range(5)))
        async with database.read() as session:
            assert (await session.get_one(Order, order.id)).shipping_minor == 5
