from datetime import timedelta

import pytest

from support.errors import NotFound
from support.identity import Speaker
from support.models.cases import Case, CaseEvent, CaseEventKind, CaseKind
from support.models.conversations import Level
from support.models.customers import Customer, Interaction
from support.models.orders import OrderStatus
from support.models.payments import Payment, PaymentKind
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.rewards import Referral
from support.people import customer_value
from support.people.churn import WEEKS_IN_YEAR, Purchasing, alive, expected_purchases
from support.people.customer_value import Spend
from support.refusals import IdentityTooLow
from tests.support.shop_rows import NOW, create_customer, create_method, create_order, speaker_of

DAY = timedelta(days=1)


@pytest.fixture
async def customer(session) -> Customer:
    return await create_customer(session)


@pytest.fixture
def valued(session, customer, rules):
    async def read(at=NOW):
        return await customer_value.value(session, customer.id, business=rules, at=at)

    return read


async def give_back(session, order, method, minor):
    session.add(Payment(
        order_id=order.id, method_id=method.id, kind=PaymentKind.REFUND, amount_minor=minor, currency=order.currency,
        at=NOW,
    ))
    await session.flush()


async def create_return(session, order, method, kind=ReturnKind.RETURN, status=ReturnStatus.REQUESTED):
    session.add(Return(
        reference=f"RT-{order.number}"[:20], order_id=order.id, kind=kind, status=status, method_id=method.id,
        amount_minor=100, currency=order.currency, requested_at=NOW,
    ))
    await session.flush()


async def create_case(session, customer, *kinds: CaseEventKind, number=1) -> Case:
    case = Case(
        reference=f"C-{number}", customer_id=customer.id, kind=CaseKind.LATE, text="Where is it?",
        opened_at=NOW - 9 * DAY,
    )
    session.add(case)
    await session.flush()
    for position, kind in enumerate(kinds, 1):
        session.add(CaseEvent(
            case_id=case.id, number=position, kind=kind, at=NOW - 9 * DAY, actor="customer", details={}
        ))
    await session.flush()
    return case


class TestSpend:
    async def test_it_is_what_was_paid_and_kept(self, session, customer, valued):
        card = await create_method(session, customer)
        whole = await create_order(session, customer, lines=(("Mug", 2, 1500),), shipping=495, paid_with=card)
        await create_order(session, customer, lines=(("Tray", 1, 2001),), paid_with=card)
        await give_back(session, whole, card, 1500)
        found = await valued()
        assert (found.orders, found.spend_minor, found.average_minor) == (2, 3495 - 1500 + 2001, 1998)
        assert found.other_currencies == ()

    async def test_cancelled_orders_count_apart_and_bring_nothing(self, session, customer, valued):
        card = await create_method(session, customer)
        await create_order(session, customer)
        await create_order(session, customer, status=OrderStatus.CANCELLED, paid_with=card)
        found = await valued()
        assert (found.orders, found.cancelled, found.spend_minor, found.average_minor) == (1, 1, 1500, 1500)

    async def test_a_swap_for_something_cheaper_is_not_taken_off_twice(self, session, customer, valued):
        card = await create_method(session, customer)
        order = await create_order(session, customer, lines=(("Mug", 1, 3000),), paid_with=card)
        order.goods_minor = order.total_minor = 2200
        await give_back(session, order, card, 800)
        assert (await valued()).spend_minor == 2200

    async def test_without_payments_on_record_an_order_counts_as_it_cost_less_what_was_refunded(
        self, session, customer, valued
    ):
        card = await create_method(session, customer)
        order = await create_order(session, customer, lines=(("Mug", 2, 1000),))
        await give_back(session, order, card, 300)
        await create_order(session, customer, status=OrderStatus.RETURNED)
        found = await valued()
        assert (found.orders, found.spend_minor) == (2, 1700)

    async def test_a_returned_order_keeps_what_its_refund_left(self, session, customer, valued):
        card = await create_method(session, customer)
        order = await create_order(session, customer, status=OrderStatus.RETURNED, shipping=495, paid_with=card)
        await give_back(session, order, card, 1500)
        assert (await valued()).spend_minor == 495

    async def test_other_currencies_stand_apart(self, session, customer, valued):
        await create_order(session, customer, lines=(("Mug", 1, 1000),))
        for price in (700, 800):
            await create_order(session, customer, lines=(("Mug", 1, price),), currency="GBP")
        await create_order(session, customer, currency="USD", status=OrderStatus.CANCELLED)
        found = await valued()
        assert (found.currency, found.spend_minor, found.average_minor, found.orders) == ("EUR", 1000, 1000, 3)
        assert found.other_currencies == (Spend("GBP", 2, 1500),)
        assert found.cancelled == 1

    async def test_refunds_and_returns_count_in_the_currency_of_their_order(self, session, customer, valued):
        card = await create_method(session, customer)
        await create_order(session, customer, lines=(("Mug", 1, 1000),), paid_with=card)
        abroad = await create_order(session, customer, lines=(("Mug", 2, 700),), currency="GBP", paid_with=card)
        await give_back(session, abroad, card, 700)
        await create_return(session, abroad, card, status=ReturnStatus.COMPLETED)
        found = await valued()
        assert (found.spend_minor, found.other_currencies) == (1000, (Spend("GBP", 1, 700),))
        assert found.returns_share == 1 / 2

    async def test_only_other_currencies_make_no_average(self, session, customer, valued):
        await create_order(session, customer, currency="GBP")
        found = await valued()
        assert (found.spend_minor, found.average_minor, found.expected_minor) == (0, None, 0)
        assert found.expected_purchases > 0

    async def test_nobody_elses_orders_count(self, session, customer, valued):
        other = await create_customer(session)
        await create_order(session, other, paid_with=await create_method(session, other))
        await create_order(session, customer, placed_at=NOW + DAY)  # not yet, at the time that is asked for
        assert (await valued()).orders == 0


class TestComingBack:
    async def test_who_never_bought_has_no_figures(self, valued):
        found = await valued()
        assert (found.orders, found.cancelled, found.spend_minor, found.average_minor) == (0, 0, 0, None)
        assert (found.first_order_at, found.last_order_at, found.days_since_last_order) == (None, None, None)
        assert (found.churn_risk, found.expected_purchases, found.expected_minor) == (None, 0.0, 0)
        assert (found.orders_a_year, found.returns_share) == (0.0, None)

    async def test_only_cancelled_orders_are_no_purchase(self, session, customer, valued):
        await create_order(session, customer, status=OrderStatus.CANCELLED)
        found = await valued()
        assert (found.cancelled, found.churn_risk, found.last_order_at) == (1, None, None)

    async def test_the_model_gets_the_days_of_purchase(self, session, customer, valued, rules):
        hour = timedelta(hours=1)
        for ago in (70 * DAY, 35 * DAY, 35 * DAY - hour, 14 * DAY):
            await create_order(session, customer, placed_at=NOW - ago, lines=(("Mug", 1, 1000),))
        await create_order(session, customer, placed_at=NOW - DAY, status=OrderStatus.CANCELLED)
        found = await valued()
        bought = Purchasing(repeats=2, recency=8.0, age=10.0)
        assert found.churn_risk == pytest.approx(1 - alive(bought, rules.value))
        to_come = expected_purchases(bought, rules.value, WEEKS_IN_YEAR)
        assert found.expected_purchases == pytest.approx(to_come)
        assert found.expected_minor == round(to_come * 4000 / 3)

    async def test_two_orders_of_one_day_are_one_purchase(self, session, customer, valued, rules):
        for hours in (1, 3):
            await create_order(session, customer, placed_at=NOW - 70 * DAY + timedelta(hours=hours))
        found = await valued()
        age = (70 * DAY - timedelta(hours=1)) / timedelta(weeks=1)
        assert found.churn_risk == pytest.approx(1 - alive(Purchasing(0, 0.0, age), rules.value))

    async def test_a_day_is_one_purchase_whatever_the_currencies(self, session, customer, valued, rules):
        for ago, currency in ((70, "GBP"), (35, "EUR"), (35, "GBP"), (14, "EUR")):
            await create_order(session, customer, placed_at=NOW - ago * DAY, currency=currency)
        bought = Purchasing(repeats=2, recency=8.0, age=10.0)
        found = await valued()
        assert found.churn_risk == pytest.approx(1 - alive(bought, rules.value))
        assert (found.first_order_at, found.last_order_at) == (NOW - 70 * DAY, NOW - 14 * DAY)

    async def test_orders_a_year_take_the_first_year_as_a_whole(self, session, customer, valued):
        await create_order(session, customer, placed_at=NOW - 10 * DAY)
        assert (await valued()).orders_a_year == 1.0
        await create_order(session, customer, placed_at=NOW - timedelta(days=730.5))
        found = await valued()
        assert found.orders_a_year == pytest.approx(1.0)
        assert (found.first_order_at, found.last_order_at) == (NOW - timedelta(days=730.5), NOW - 10 * DAY)

    async def test_days_since_the_last_order_are_days_of_the_shops_calendar(self, session, customer, valued):
        at = NOW.replace(month=6, hour=23, minute=30)  # half past midnight in Dublin, the day after
        await create_order(session, customer, placed_at=at - timedelta(hours=1))
        assert (await valued(at)).days_since_last_order == 1


class TestHowTheyAreDoing:
    async def test_returns_share_counts_orders_that_came_back_in_whole_or_part(self, session, customer, valued):
        card = await create_method(session, customer)
        orders = [await create_order(session, customer) for _ in range(5)]
        await create_return(session, orders[0], card)
        await create_return(session, orders[1], card, status=ReturnStatus.CANCELLED)
        await create_return(session, orders[2], card, kind=ReturnKind.EXCHANGE)
        orders[3].status = OrderStatus.RETURNED
        orders[4].status = OrderStatus.PENDING
        await session.flush()
        assert (await valued()).returns_share == 2 / 4

    async def test_ratings_are_averaged_and_counted(self, session, customer, valued):
        assert ((await valued()).rating, (await valued()).ratings) == (None, 0)
        for number, rating in enumerate((5, 4, 4, None)):
            session.add(Interaction(
                customer_id=customer.id, reference=f"I{number}", channel="email", kind="survey", summary="", at=NOW,
                rating=rating,
            ))
        found = await valued()
        assert (found.rating, found.ratings) == (pytest.approx(13 / 3), 3)

    async def test_cases_are_open_until_they_are_closed(self, session, customer, valued):
        one = CaseEventKind
        await create_case(session, customer, one.OPENED, one.NOTED, number=1)
        await create_case(session, customer, one.OPENED, one.CLOSED, number=2)
        await create_case(session, customer, one.OPENED, one.CLOSED, one.REOPENED, number=3)
        await create_case(session, await create_customer(session), one.OPENED, number=4)
        assert (await valued()).open_cases == 2

    async def test_friends_are_counted(self, session, customer, valued):
        for rewarded_at in (NOW, None, None):
            friend = await create_customer(session)
            session.add(Referral(
                customer_id=customer.id, friend_id=friend.id, joined_at=NOW, rewarded_at=rewarded_at
            ))
        await session.flush()
        found = await valued()
        assert (found.friends_joined, found.friends_rewarded) == (3, 1)


class TestForAgents:
    async def test_an_agent_and_the_shop_see_it(self, session, customer, rules):
        await create_order(session, customer)
        for speaker in (Speaker.agent_for(customer.id, agent_id="a"), Speaker.shop_for(customer.id)):
            found = await customer_value.for_agents(session, speaker, business=rules, at=NOW)
            assert found.spend_minor == 1500

    async def test_the_customer_does_not(self, session, customer, rules):
        with pytest.raises(NotFound):
            await customer_value.for_agents(session, speaker_of(customer), business=rules, at=NOW)
        with pytest.raises(IdentityTooLow):
            await customer_value.for_agents(
                session, speaker_of(customer, Level.VERIFIED), business=rules, at=NOW
            )

    async def test_an_unknown_customer_is_not_found(self, session, rules):
        for customer_id in ("00000000-0000-4000-8000-000000000000", "x", ""):
            with pytest.raises(NotFound):
                await customer_value.for_agents(
                    session, Speaker.agent_for(customer_id, agent_id="a"), business=rules, at=NOW
                )
