"""Until when orders may come back, asked for all of them at once."""

from datetime import date

import pytest

from support.models.orders import OrderStatus
from support.returning import returnable
from tests.support.paid_orders import buy
from tests.support.returning.coming_back import DELIVERED, agent_for, days
from tests.support.shop_rows import NOW, create_order, create_shipment


@pytest.fixture
def look(session, rules):
    def looked(bought, *, speaker=None, at=NOW):
        return returnable.may_come_back(session, speaker or bought.speaker, business=rules, at=at)

    return looked


class TestMayComeBack:
    async def test_a_delivered_order_until_the_last_day_of_its_window(self, session, look):
        bought = await buy(session, status=DELIVERED)
        assert await look(bought) == {bought.order.id: date(2026, 12, 21)}
        assert await look(bought, at=NOW + days(30)) == {bought.order.id: date(2026, 12, 21)}
        assert await look(bought, at=NOW + days(31)) == {}

    async def test_the_window_begins_with_the_last_parcel(self, session, look):
        bought = await buy(session, status=DELIVERED)
        await create_shipment(session, bought.order, expected_on=NOW.date(), delivered_at=NOW + days(2))
        assert await look(bought, at=NOW + days(32)) == {bought.order.id: date(2026, 12, 23)}

    @pytest.mark.parametrize("status", [status for status in OrderStatus if status is not DELIVERED])
    async def test_no_other_order_may(self, session, look, status):
        assert await look(await buy(session, status=status)) == {}

    async def test_one_that_comes_back_already_may_not_until_that_is_called_off(self, session, look, send_back, call_off):
        bought = await buy(session, status=DELIVERED)
        reference = await send_back(bought)
        assert await look(bought) == {}
        await call_off(bought, reference, at=NOW + days(1))
        assert await look(bought, at=NOW + days(1)) == {bought.order.id: date(2026, 12, 21)}

    async def test_nobody_elses_are_told(self, session, look):
        bought, other = await buy(session, status=DELIVERED), await buy(session, status=DELIVERED)
        assert other.order.id not in await look(bought)

    async def test_an_agent_may_go_beyond_the_window(self, session, look):
        bought = await buy(session, status=DELIVERED)
        old = await create_order(session, bought.customer, placed_at=NOW - days(90))
        assert set(await look(bought, speaker=agent_for(bought.customer))) == {bought.order.id, old.id}
