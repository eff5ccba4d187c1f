"""Points as an apology: within the limits of the case and of the year, and not beyond them by asking twice at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.care import cases, complaints
from support.errors import IdReused, NotFound, PointsInvalid
from support.identity import Speaker
from support.models.cases import CaseEvent, CaseEventKind
from support.models.conversations import Level
from support.models.loyalty import EntryKind, LedgerEntry, LoyaltyAccount
from support.points import compensation, loyalty
from support.refusals import CaseClosed, GoodwillExhausted, IdentityTooLow, NeedsPerson
from support.text import new_id
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_account, create_customer, create_order, lines_of, speaker_of
from tests.support.told import requests_made, told


async def complained(session, customer, rules, *, at=NOW):
    """The reference of a new complaint: up to 100 points."""
    done = await complaints.complain(session, speaker_of(customer), "Slow.", key=new_id(), business=rules, at=at)
    return done.details["case"]


async def give(session, customer, case, points, rules, *, key=None, at=NOW, speaker=None):
    return await compensation.compensate(
        session, speaker or speaker_of(customer, Level.VERIFIED), case, points, key=key or new_id(), business=rules, at=at
    )


async def offered(session, customer, case, rules, *, at=NOW, speaker=None):
    plan = await compensation.plan_compensation(
        session, speaker or speaker_of(customer, Level.VERIFIED), case, business=rules, at=at
    )
    return plan.points


async def given_so_far(session):
    return int(await session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))))


class TestCompensate:
    async def test_points_come_to_the_account_with_their_usual_expiry(self, session, rules):
        customer = await create_customer(session)
        await create_account(session, customer)
        case = await complained(session, customer, rules)
        plan = await compensation.plan_compensation(session, speaker_of(customer), case, business=rules, at=NOW)
        assert (plan.case, plan.points, plan.expires_at) == (case, 100, loyalty.expiry_of(NOW, rules))
        done = await give(session, customer, case, 60, rules)
        entry = (await session.scalars(select(LedgerEntry))).one()
        assert (entry.kind, entry.points, entry.reason) == (EntryKind.ADJUST, 60, f"Goodwill for {case}")
        standing = await loyalty.overview(session, speaker_of(customer), business=rules, at=NOW)
        assert (standing.balance, standing.earned_in_year) == (60, 0)
        event = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == CaseEventKind.COMPENSATED))).one()
        assert (event.details["points"], event.details["entry"], event.number) == (60, entry.id, 2)
        said = {"case": case, "points": 60, "expires_at": plan.expires_at.isoformat()}
        assert done.details == said | {"entry": entry.id}
        assert (await told(session))[1] == ("case.compensated", said)

    async def test_who_has_no_account_gets_one(self, session, rules):
        customer = await create_customer(session)
        await give(session, customer, await complained(session, customer, rules), 1, rules)
        assert await session.scalar(select(LoyaltyAccount.customer_id)) == customer.id

    async def test_a_case_gets_no_more_than_its_kind_allows_in_all(self, session, rules):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        await give(session, customer, case, 70, rules)
        assert await offered(session, customer, case, rules) == 30
        with pytest.raises(GoodwillExhausted):
            await give(session, customer, case, 31, rules)
        assert await given_so_far(session) == 70
        await give(session, customer, case, 30, rules)
        assert await offered(session, customer, case, rules) == 0
        with pytest.raises(GoodwillExhausted):
            await give(session, customer, case, 1, rules)

    async def test_a_customer_gets_no_more_than_so_many_in_twelve_months(self, session, rules):
        customer = await create_customer(session)
        long_ago = datetime(2025, 11, 21, 12, tzinfo=UTC)  # twelve months to the second
        await give(session, customer, await complained(session, customer, rules, at=long_ago), 100, rules, at=long_ago)
        for _ in range(3):
            await give(session, customer, await complained(session, customer, rules), 100, rules)
        case = await complained(session, customer, rules)
        just_before = NOW - timedelta(seconds=1)
        assert await offered(session, customer, case, rules, at=just_before) == 0
        assert await offered(session, customer, case, rules) == 100
        await give(session, customer, case, 100, rules)
        other = await complained(session, customer, rules)
        assert await offered(session, customer, other, rules) == 0
        with pytest.raises(GoodwillExhausted):
            await give(session, customer, other, 1, rules)

    async def test_a_kind_that_the_shop_gives_nothing_for_gets_nothing(self, session, rules):
        customer = await create_customer(session)
        done = await complaints.suggest(session, speaker_of(customer), "idea", "x", key="i", at=NOW)
        assert await offered(session, customer, done.details["case"], rules) == 0
        with pytest.raises(GoodwillExhausted):
            await give(session, customer, done.details["case"], 1, rules)

    async def test_a_damaged_line_gets_what_its_own_kind_allows(self, session, rules):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        done = await cases.open_case(
            session, speaker_of(customer), "damaged", order.id, [(await lines_of(session, order))[0].id], "x", key="o",
            business=rules, at=NOW,
        )
        assert await offered(session, customer, done.details["case"], rules) == 150
        assert (await give(session, customer, done.details["case"], 150, rules)).order_id == order.id

    async def test_an_agent_may_give_ten_times_as_much_and_no_more(self, session, rules):
        customer = await create_customer(session)
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        case = await complained(session, customer, rules)
        await give(session, customer, case, 100, rules)
        assert await offered(session, customer, case, rules, speaker=agent) == 900
        with pytest.raises(NeedsPerson):
            await give(session, customer, case, 901, rules, speaker=agent)
        await give(session, customer, case, 900, rules, speaker=agent)
        assert await given_so_far(session) == 1000
        assert await offered(session, customer, case, rules) == 0

    @pytest.mark.parametrize("points", [0, -5, 1.5, 10.0, True, "10", None])
    async def test_what_are_no_points_changes_nothing(self, session, rules, points):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        with pytest.raises(PointsInvalid):
            await give(session, customer, case, points, rules)
        assert (await given_so_far(session), await requests_made(session)) == (0, 1)

    async def test_billions_are_refused_as_beyond_the_limit(self, session, rules):
        customer = await create_customer(session)
        with pytest.raises(GoodwillExhausted):
            await give(session, customer, await complained(session, customer, rules), 10**30, rules)

    async def test_closed_foreign_and_unknown_cases_get_nothing(self, session, rules):
        customer, other = await create_customer(session), await create_customer(session)
        case, theirs = await complained(session, customer, rules), await complained(session, other, rules)
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        await cases.close_case(session, agent, case, "Done", key="c", at=NOW)
        for named, refusal in [(case, CaseClosed), (theirs, NotFound), ("C-0000-0000", NotFound), ("", NotFound)]:
            with pytest.raises(refusal):
                await give(session, customer, named, 1, rules)
            with pytest.raises(refusal):
                await offered(session, customer, named, rules)
        with pytest.raises(IdentityTooLow):
            await give(session, customer, case, 1, rules, speaker=speaker_of(customer, Level.ORDER_HOLDER))
        assert await given_so_far(session) == 0

    async def test_a_repeat_gives_once_and_other_points_under_its_key_are_refused(self, session, rules):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        done = await give(session, customer, case, 40, rules, key="k")
        assert await give(session, customer, case, 40, rules, key="k", at=NOW + timedelta(days=1)) == done
        with pytest.raises(IdReused):
            await give(session, customer, case, 41, rules, key="k")
        assert await given_so_far(session) == 40

    @pytest.mark.parametrize("same_case", [True, False])
    async def test_ten_at_once_do_not_pass_the_limit(self, database, tmp_path, same_case):
        rules = load_rules(tmp_path, ("most_a_year: 400", "most_a_year: 120"))
        async with database.write() as session:
            customer = await create_customer(session)
            found = [await complained(session, customer, rules) for _ in range(10)]

        async def one(place):
            async with database.write() as session:
                await give(session, customer, found[0 if same_case else place], 30, rules)

        outcomes = await asyncio.gather(*(one(place) for place in range(10)), return_exceptions=True)
        went_through = 3 if same_case else 4
        assert sum(outcome is None for outcome in outcomes) == went_through
        assert {type(outcome) for outcome in outcomes if outcome} == {GoodwillExhausted}
        async with database.read() as session:
            assert await given_so_far(session) == 30 * went_through


class TestLimits:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(asks=st.lists(st.tuples(st.integers(0, 4), st.integers(1, 130), st.integers(0, 500)), max_size=12))
    async def test_whatever_is_asked_for_what_is_given_is_what_a_plain_model_allows(self, session, rules, asks):
        customer = await create_customer(session)
        found = [await complained(session, customer, rules) for _ in range(5)]
        given: list[tuple[int, int, datetime]] = []
        for place, points, days in sorted(asks, key=lambda ask: ask[2]):
            at = NOW + timedelta(days=days)
            year_ago = at.replace(year=at.year - 1)
            room = min(
                100 - sum(some for case, some, _ in given if case == place),
                400 - sum(some for _, some, when in given if when > year_ago),
            )
            assert await offered(session, customer, found[place], rules, at=at) == max(0, room)
            if points <= room:
                await give(session, customer, found[place], points, rules, at=at)
                given.append((place, points, at))
            else:
                with pytest.raises(GoodwillExhausted):
                    await give(session, customer, found[place], points, rules, at=at)
        account = await session.scalar(select(LoyaltyAccount.id).where(LoyaltyAccount.customer_id == customer.id))
        entered = await session.scalars(select(LedgerEntry.points).where(LedgerEntry.account_id == account))
        assert sum(entered) == sum(points for _, points, _ in given)
