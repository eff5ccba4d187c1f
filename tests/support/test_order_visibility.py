"""Which orders each level of identity sees, and which are as unknown as none."""

import pytest

from support.errors import InvalidInput, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering import orders
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.shop_rows import create_customer, create_order, speaker_of
from tests.support.wrong_ids import MALFORMED


class TestWhoMaySee:
    """Each look-up by each level, with the orders of two customers in the shop."""

    @pytest.fixture
    async def mine(self, session):
        return await create_customer(session)

    @pytest.fixture
    async def held(self, session, mine):
        return await create_order(session, mine, "HF-111", status=OrderStatus.SHIPPED)

    @pytest.fixture
    async def other(self, session, mine):
        return await create_order(session, mine, "HF-222", status=OrderStatus.SHIPPED)

    @pytest.fixture
    async def foreign(self, session):
        return await create_order(session, await create_customer(session), "HF-333", status=OrderStatus.SHIPPED)

    async def test_a_visitor_sees_nothing(self, session, held):
        speaker = Speaker(Level.VISITOR)
        for asked in (
            orders.list_orders(session, speaker), orders.open_orders(session, speaker),
            orders.find_order(session, speaker, "HF-111"), orders.tracking(session, speaker, held.id),
            orders.one(session, speaker, held.id),
        ):
            with pytest.raises(IdentityTooLow) as refused:
                await asked
            assert refused.value.needed is Level.ORDER_HOLDER

    async def test_an_order_holder_sees_the_one_order_alone(self, session, mine, held, other, foreign):
        speaker = Speaker(Level.ORDER_HOLDER, mine.id, held.id)
        listed = await orders.list_orders(session, speaker)
        assert ([order.number for order in listed.orders], listed.older) == (["HF-111"], 0)
        assert [order.number for order in await orders.open_orders(session, speaker)] == ["HF-111"]
        assert [order.number for order in await orders.find_order(session, speaker, "11")] == ["HF-111"]
        assert (await orders.one(session, speaker, held.id)).order.number == "HF-111"
        assert (await orders.tracking(session, speaker, held.id)).order.number == "HF-111"
        for order in (other, foreign):
            for asked in (
                orders.one(session, speaker, order.id), orders.tracking(session, speaker, order.id),
                orders.find_order(session, speaker, order.number), orders.list_orders(session, speaker, before=order.id),
            ):
                with pytest.raises(NotFound):
                    await asked

    async def test_an_order_holder_without_an_order_sees_none(self, session, mine, held):
        speaker = Speaker(Level.ORDER_HOLDER, mine.id)
        assert (await orders.list_orders(session, speaker)).orders == ()
        with pytest.raises(NotFound):
            await orders.one(session, speaker, held.id)

    @pytest.mark.parametrize("level", [Level.VERIFIED, Level.SIGNED_IN])
    async def test_a_known_customer_sees_all_of_theirs_and_nothing_of_others(
        self, session, mine, held, other, foreign, level
    ):
        speaker = speaker_of(mine, level)
        assert [order.number for order in (await orders.list_orders(session, speaker)).orders] == ["HF-222", "HF-111"]
        assert (await orders.one(session, speaker, other.id)).order.number == "HF-222"
        for asked in (orders.one, orders.tracking):
            with pytest.raises(NotFound):
                await asked(session, speaker, foreign.id)

    @pytest.mark.parametrize("order_id", [*MALFORMED, pytest.param(new_id(), id="of nothing")])
    async def test_a_malformed_or_unknown_id_is_not_found(self, session, mine, held, order_id):
        for asked in (orders.one, orders.tracking):
            with pytest.raises(NotFound):
                await asked(session, speaker_of(mine), order_id)

    @pytest.mark.parametrize("limit", [0, -1, 201, 10**12, True, 2.0, "5", None])
    async def test_a_limit_that_is_none_is_refused(self, session, mine, limit):
        with pytest.raises(InvalidInput):
            await orders.list_orders(session, speaker_of(mine), limit=limit)
