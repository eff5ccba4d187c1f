from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import case, func, select

from rapport.demo_shop import DEMO_AGENTS, DEMO_CUSTOMERS, is_seeded, seed
from rapport.demo_shop.catalogue import WARES
from rapport.demo_shop.conversations import Colleague
from rapport.demo_shop.people import LAPSING, LATE, LOOKING, NEWCOMER, REGULAR, RETURNED
from rapport.demo_shop.seeding import make_shop
from support.chat import past_conversations
from support.chat.conversations import events_after
from support.database import Database
from support.identity import Speaker
from support.models import Base
from support.models.cases import Case, CaseEvent
from support.models.catalogue import Product
from support.models.conversations import Conversation, Message, State
from support.models.customers import Consent, Customer, Interaction
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot
from support.models.orders import Order, OrderLine, OrderStatus, Shipment
from support.models.payments import GiftCardEntry, Payment, PaymentKind
from support.models.rewards import Referral, Reward, Voucher
from support.models.subscriptions import Subscription
from support.ordering import orders
from support.points import loyalty

MOMENTS = [
    datetime(2026, 11, 21, 21, 7, tzinfo=UTC), datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2028, 2, 29, 9, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
]
COLLEAGUES = [Colleague(None, one["name"]) for one in DEMO_AGENTS]


@pytest.fixture(scope="module", params=MOMENTS, ids=lambda at: at.strftime("%a %Y-%m-%d %H:%M"))
async def made(request, business, tmp_path_factory):
    """A database with the shop as it was made at a moment that a test only reads, and that moment."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('demo') / 'shop.db'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with database.write() as session:
        await seed(session, business, request.param)
    yield database, request.param
    await database.close()


@pytest.fixture
async def seeded(made):
    """(session, the moment the shop was made at)."""
    database, at = made
    async with database.read() as session:
        yield session, at


async def named(session, reference):
    """The customer whom the demo shop calls so."""
    return (await session.scalars(select(Customer).where(Customer.reference == reference))).one()


async def speaking_as(session, person):
    return Speaker.signed_in((await named(session, person.reference)).id)


class TestMakeShop:
    def test_the_same_moment_makes_the_same_rows(self, business):
        one, other = (make_shop(business, MOMENTS[0], COLLEAGUES) for _ in range(2))
        assert one.rows == other.rows

    def test_sixty_wares_with_variants_of_their_own(self):
        assert len({ware.name for ware in WARES}) == 60
        assert all(len(ware.variants()) >= 2 for ware in WARES)


class TestSeed:
    async def test_on_either_database_it_is_in_after_and_not_before(self, database, business):
        async with database.write() as session:
            assert not await is_seeded(session)
            await seed(session, business, MOMENTS[0])
            assert await is_seeded(session)

    async def test_the_numbers_are_as_promised_and_every_status_is_there(self, seeded):
        session, _ = seeded
        for model, wanted in ((Customer, 200), (Product, 60), (Order, 1500)):
            assert await session.scalar(select(func.count()).select_from(model)) == wanted
        statuses = Counter(await session.scalars(select(Order.status)))
        assert all(statuses[status] >= 3 for status in OrderStatus), statuses
        assert 60 <= await session.scalar(select(func.count()).select_from(Conversation)) <= 140

    async def test_amounts_add_up_and_nothing_lies_ahead(self, seeded):
        session, at = seeded
        goods = select(OrderLine.order_id, func.sum(OrderLine.quantity * OrderLine.unit_price_minor).label("sum"))
        sums = goods.group_by(OrderLine.order_id).subquery()
        wrong = select(func.count()).select_from(Order).join(sums, sums.c.order_id == Order.id)
        assert await session.scalar(wrong.where(sums.c.sum != Order.goods_minor)) == 0
        for moment in (Order.placed_at, Order.status_since, Shipment.last_event_at, LedgerEntry.at, Message.at):
            assert await session.scalar(select(func.max(moment))) <= at

    async def test_what_was_paid_is_what_was_bought_less_what_came_back(self, seeded):
        session, _ = seeded
        signed = case((Payment.kind == PaymentKind.PAYMENT, Payment.amount_minor), else_=-Payment.amount_minor)
        kept = dict((await session.execute(select(Payment.order_id, func.sum(signed)).group_by(Payment.order_id))).all())
        worth = {
            OrderStatus.CANCELLED: lambda order: 0, OrderStatus.RETURNED: lambda order: order.shipping_minor,
        }
        for order in await session.scalars(select(Order)):
            assert kept[order.id] == worth.get(order.status, lambda order: order.total_minor)(order)

    async def test_there_is_something_of_everything(self, seeded):
        session, at = seeded
        for model in (GiftCardEntry, Reward, Voucher, Subscription, Case, Interaction, Consent, Referral):
            assert await session.scalar(select(func.count()).select_from(model)) > 1, model
        for moment in (Payment.at, Voucher.issued_at, Case.opened_at, CaseEvent.at, Interaction.at, GiftCardEntry.at):
            assert await session.scalar(select(func.max(moment))) <= at
        assert await session.scalar(select(func.min(Subscription.renews_on))) > at.date()

    async def test_the_ledger_adds_up(self, seeded):
        session, at = seeded
        entries = await session.scalar(select(func.sum(LedgerEntry.points)))
        lots = await session.scalar(select(func.sum(Lot.points)))
        drawn = await session.scalar(select(func.sum(Draw.points)))
        assert entries == lots - drawn
        taken = select(Draw.lot_id, func.sum(Draw.points).label("sum")).group_by(Draw.lot_id).subquery()
        left = select(Lot.points - func.coalesce(taken.c.sum, 0)).outerjoin(taken, taken.c.lot_id == Lot.id)
        assert min(await session.scalars(left)) >= 0
        assert set(await session.scalars(left.where(Lot.expires_at <= at))) == {0}
        kinds = set(await session.scalars(select(LedgerEntry.kind)))
        assert kinds == set(EntryKind)

    async def test_logs_of_conversations_have_no_gaps(self, seeded):
        session, _ = seeded
        talks = list(await session.scalars(select(Conversation)))
        assert {talk.state for talk in talks} == {State.BOT, State.RESOLVED}
        for talk in talks:
            page = await events_after(session, talk.id, 0, private=True)
            assert [event["seq"] for event in page.events] == list(range(1, talk.last_seq + 1))
            assert all("{" not in event.get("message", {}).get("text", "") for event in page.events)


class TestPreparedCustomers:
    async def test_each_can_sign_in_under_the_name_that_is_shown(self, seeded):
        session, _ = seeded
        assert len(DEMO_CUSTOMERS) == 6
        for one in DEMO_CUSTOMERS:
            assert (await named(session, one["reference"])).name == one["name"]

    async def test_the_regular_is_in_the_highest_tier_with_many_orders(self, seeded, business):
        session, at = seeded
        regular = await speaking_as(session, REGULAR)
        standing = await loyalty.standing(session, regular.customer, at, business=business)
        assert standing.earned_in_year >= 2500
        assert standing.next_tier is None
        assert (await orders.list_orders(session, regular, limit=1)).older >= 24

    async def test_the_late_parcel_is_late(self, seeded):
        session, at = seeded
        late = await speaking_as(session, LATE)
        (order,) = await orders.open_orders(session, late)
        parcels = (await orders.tracking(session, late, order.id)).parcels
        assert order.status == OrderStatus.SHIPPED
        assert all(1 <= parcel.late_by(at.date()) <= 8 for parcel in parcels)

    async def test_points_are_about_to_lapse(self, seeded, business):
        session, at = seeded
        lapsing = await named(session, LAPSING.reference)
        standing = await loyalty.standing(session, lapsing.id, at, business=business)
        soon = [one for one in standing.expiries if one.on <= at.date() + timedelta(days=30)]
        assert len(soon) >= 2
        assert all(one.points >= 30 for one in soon)

    async def test_the_return_is_recent(self, seeded):
        session, at = seeded
        order = (await orders.list_orders(session, await speaking_as(session, RETURNED))).orders[0]
        assert order.status == OrderStatus.RETURNED
        assert at - order.status_since < timedelta(days=5)

    async def test_the_newcomer_waits_for_a_first_order_and_the_other_has_none(self, seeded):
        session, _ = seeded
        first = await orders.list_orders(session, await speaking_as(session, NEWCOMER))
        assert [order.status for order in first.orders] == [OrderStatus.PENDING]
        looking = await speaking_as(session, LOOKING)
        assert (await orders.list_orders(session, looking)).orders == ()
        assert await past_conversations.last(session, looking) == ()
