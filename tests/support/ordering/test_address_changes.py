import pytest
from sqlalchemy import func, select

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Address
from support.models.orders import OrderStatus
from support.ordering import order_changes
from support.people.addresses import NewAddress
from support.refusals import AddressInvalid, IdentityTooLow, LinesAlreadySwapped, OrderNotChangeable
from tests.support.paid_orders import buy, made_by, reread, told
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_address, create_customer, create_order, speaker_of
from tests.support.wrong_ids import NO_ID, WRONG_IDS

NOT_PENDING = [status for status in OrderStatus if status is not OrderStatus.PENDING]
WORK = NewAddress("Aoife Brennan", "2 Dock Road", "Cork", "T12 X1Y2", "IE", line_2="Floor 3")
WORK_PARTS = {
    "recipient": "Aoife Brennan", "line_1": "2 Dock Road", "line_2": "Floor 3", "town": "Cork", "region": None,
    "postcode": "T12 X1Y2", "country": "IE",
}


@pytest.fixture
def change_address(session, rules):
    def asked(speaker, order_id, address, *, key="key"):
        return order_changes.change_address(
            session, speaker, order_id, address=address, key=key, business=rules, at=NOW
        )

    return asked


class TestPlanAddressChange:
    async def test_says_from_where_to_where(self, session, rules):
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        bought.order.address_id = home.id
        plan = await order_changes.plan_address_change(
            session, bought.speaker, bought.order.id, address=WORK, business=rules, at=NOW
        )
        assert (plan.order_id, plan.order_number) == (bought.order.id, bought.order.number)
        assert (plan.old["line_1"], plan.new) == ("14 Quay Lane", WORK_PARTS)

    async def test_knows_no_old_address_of_an_order_without_one(self, session, rules):
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        plan = await order_changes.plan_address_change(
            session, bought.speaker, bought.order.id, address=home.id, business=rules, at=NOW
        )
        assert (plan.old, plan.new["line_1"]) == (None, "14 Quay Lane")

    async def test_refuses_what_the_change_would(self, session, rules):
        bought, late = await buy(session), await buy(session, status=OrderStatus.SHIPPED)
        for speaker, order, address, error in (
            (late.speaker, late.order, WORK, OrderNotChangeable), (bought.speaker, late.order, WORK, NotFound),
            (bought.speaker, bought.order, NO_ID, NotFound), (bought.speaker, bought.order, None, AddressInvalid),
        ):
            plan = order_changes.plan_address_change(
                session, speaker, order.id, address=address, business=rules, at=NOW
            )
            await refused(session, error, plan)


class TestChangeAddress:
    async def test_sends_the_order_to_an_address_of_the_book(self, session, change_address):
        bought = await buy(session)
        work = await create_address(session, bought.customer, line_1="2 Dock Road", is_default=False)
        await change_address(bought.speaker, bought.order.id, work.id)
        assert (await reread(session, bought.order)).address_id == work.id
        assert await session.scalar(select(func.count(Address.id))) == 1

    async def test_keeps_a_new_address_out_of_the_book(self, session, change_address):
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        await change_address(bought.speaker, bought.order.id, WORK)
        row = await session.get_one(Address, (await reread(session, bought.order)).address_id)
        assert (row.customer_id, row.line_1, row.line_2, row.postcode) == (
            bought.customer.id, "2 Dock Road", "Floor 3", "T12 X1Y2"
        )
        assert (row.saved, row.is_default) == (False, False)
        assert (home.saved, home.is_default) == (True, True)

    async def test_leaves_other_orders_and_the_old_address_as_they_are(self, session, change_address):
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        other = await create_order(session, bought.customer, status=OrderStatus.PENDING, address=home)
        bought.order.address_id = home.id
        await change_address(bought.speaker, bought.order.id, WORK)
        assert (await reread(session, other)).address_id == home.id
        assert (await session.get_one(Address, home.id, populate_existing=True)).line_1 == "14 Quay Lane"

    async def test_makes_no_second_row_for_a_place_that_there_is(self, session, change_address):
        bought = await buy(session)
        await change_address(bought.speaker, bought.order.id, WORK, key="there")
        home = await create_address(session, bought.customer)
        await change_address(bought.speaker, bought.order.id, home.id, key="back")
        await change_address(bought.speaker, bought.order.id, WORK, key="there again")
        assert await session.scalar(select(func.count(Address.id))) == 2
        assert (await reread(session, bought.order)).address_id != home.id

    async def test_after_a_swap_only_an_agent_sends_it_elsewhere(self, session, rules, change_address):
        bought = await buy(session)
        bought.order.lines_swapped_at = NOW
        await session.flush()
        await refused(session, LinesAlreadySwapped, change_address(bought.speaker, bought.order.id, WORK))
        await refused(session, LinesAlreadySwapped, order_changes.plan_address_change(
            session, bought.speaker, bought.order.id, address=WORK, business=rules, at=NOW
        ))
        agent = Speaker.agent_for(bought.customer.id, agent_id=NO_ID)
        assert (await change_address(agent, bought.order.id, WORK)).details["address"] == WORK_PARTS

    async def test_moves_no_money_and_answers_the_address(self, session, change_address):
        bought = await buy(session)
        done = await change_address(bought.speaker, bought.order.id, WORK)
        assert (done.kind, done.order_id, done.movements) == ("change_order_address", bought.order.id, ())
        assert done.details == {"order": bought.order.number, "address": WORK_PARTS}
        assert await made_by(session, done.id) == []
        assert (await reread(session, bought.order)).status is OrderStatus.PENDING

    async def test_tells_the_shop(self, session, change_address):
        bought = await buy(session)
        done = await change_address(bought.speaker, bought.order.id, WORK)
        assert await told(session) == [("order.address_changed", {
            "reference": done.reference, "customer": bought.customer.reference, "by": "customer",
            "order": bought.order.number, "address": WORK_PARTS,
        })]

    @pytest.mark.parametrize("status", NOT_PENDING)
    async def test_refuses_an_order_that_is_no_longer_pending(self, session, change_address, status):
        bought = await buy(session, status=status)
        await refused(session, OrderNotChangeable, change_address(bought.speaker, bought.order.id, WORK))

    async def test_refuses_addresses_that_are_not_in_the_customers_book(self, session, change_address):
        bought = await buy(session)
        others = await create_address(session, await create_customer(session))
        once = await create_address(session, bought.customer, saved=False, is_default=False)
        for address_id in (others.id, once.id, *WRONG_IDS):
            await refused(session, NotFound, change_address(bought.speaker, bought.order.id, address_id))

    @pytest.mark.parametrize("address", [None, 5, True, {"line_1": "2 Dock Road"}])
    async def test_refuses_what_is_no_address(self, session, change_address, address):
        bought = await buy(session)
        await refused(session, AddressInvalid, change_address(bought.speaker, bought.order.id, address))

    async def test_refuses_orders_that_are_not_theirs(self, session, change_address):
        bought, other = await buy(session), await buy(session)
        for order_id in (other.order.id, bought.order.number, *WRONG_IDS):
            await refused(session, NotFound, change_address(bought.speaker, order_id, WORK))

    async def test_refuses_somebody_who_is_not_signed_in(self, session, change_address):
        bought = await buy(session)
        for speaker in (
            Speaker(Level.VISITOR), Speaker(Level.ORDER_HOLDER, bought.customer.id, bought.order.id),
            speaker_of(bought.customer, Level.VERIFIED),
        ):
            refusal = await refused(session, IdentityTooLow, change_address(speaker, bought.order.id, WORK))
            assert refusal.needed is Level.SIGNED_IN

    async def test_again_with_the_same_key_is_the_same_change(self, session, change_address):
        bought = await buy(session)
        first = await change_address(bought.speaker, bought.order.id, WORK)
        bought.order.status = OrderStatus.SHIPPED
        assert await change_address(bought.speaker, bought.order.id, WORK) == first
        assert len(await told(session)) == 1

    async def test_again_with_the_same_key_for_another_address_is_refused(self, session, change_address):
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        await change_address(bought.speaker, bought.order.id, WORK)
        await refused(session, IdReused, change_address(bought.speaker, bought.order.id, home.id))
        await refused(session, IdInvalid, change_address(bought.speaker, bought.order.id, WORK, key=""))
