"""Asking for one's account to be deleted, calling it off, and an agent's word that it may go at once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from support.care import cases
from support.errors import NotFound
from support.identity import Speaker
from support.models.cases import Case, CaseKind
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.rewards import RewardKind, Voucher
from support.models.subscriptions import SubscriptionStatus
from support.people import privacy
from support.people.privacy import LostMoney
from support.refusals import IdentityTooLow, NeedsPerson
from support.text import new_id
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_customer,
    create_method,
    create_order,
    earn,
    speaker_of,
)
from tests.support.subscribing.subscribed import create_subscription
from tests.support.told import requests_made, told

IN_TWO_WEEKS = NOW + timedelta(days=14)


async def ask(session, customer, rules, *, key=None):
    return await privacy.ask_erasure(session, speaker_of(customer), key=key or new_id(), business=rules, at=NOW)


async def erasures(session):
    return await session.scalar(select(func.count()).select_from(Case).where(Case.kind == CaseKind.ERASURE))


class TestPlanErasure:
    async def test_it_says_when_and_what_would_be_lost(self, session, rules):
        customer = await create_customer(session)
        plan = await privacy.plan_erasure(session, speaker_of(customer), business=rules, at=NOW)
        assert (plan.due_at, plan.points, plan.vouchers, plan.gift_cards) == (IN_TWO_WEEKS, 0, 0, ())
        await earn(session, await create_account(session, customer), 40, at=NOW, expires_at=NOW + timedelta(days=9))
        await create_method(session, customer, MethodKind.GIFT_CARD, balance=2550, last_digits="0815")
        await create_method(session, customer, MethodKind.GIFT_CARD)
        await create_method(session, customer)
        for number, used_at, lasts in [(1, None, 5), (2, NOW, 5), (3, None, 0)]:
            session.add(Voucher(
                code=f"V{number}", customer_id=customer.id, kind=RewardKind.GIFT, value=0, issued_at=NOW,
                expires_at=NOW + timedelta(days=lasts), used_at=used_at,
            ))
        await session.flush()
        plan = await privacy.plan_erasure(session, speaker_of(customer), business=rules, at=NOW)
        assert (plan.points, plan.vouchers) == (40, 1)
        assert plan.gift_cards == (LostMoney("gift card ending in 0815", 2550, "EUR"),)


class TestAskErasure:
    async def test_it_is_a_case_that_is_due_when_the_time_to_think_is_over(self, session, rules):
        customer = await create_customer(session)
        await create_order(session, customer)
        done = await ask(session, customer, rules, key="k")
        case = (await session.scalars(select(Case))).one()
        assert (case.kind, case.due_at, case.customer_id) == (CaseKind.ERASURE, IN_TWO_WEEKS, customer.id)
        said = {"case": case.reference, "kind": "erasure", "due_at": IN_TWO_WEEKS.isoformat()}
        assert done.details == said | {"opened": True}
        assert await told(session) == [("customer.erasure_asked", said)]
        assert await ask(session, customer, rules, key="k") == done
        again = await ask(session, customer, rules)
        assert again.details == said | {"opened": False}
        assert (await erasures(session), len(await told(session))) == (1, 1)
        assert customer.erased_at is None

    @pytest.mark.parametrize("status", list(OrderStatus))
    async def test_an_order_under_way_needs_a_person(self, session, rules, status):
        customer = await create_customer(session)
        await create_order(session, customer, status=status)
        over = {OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED}
        if status in over:
            await ask(session, customer, rules)
            return
        with pytest.raises(NeedsPerson):
            await ask(session, customer, rules)
        with pytest.raises(NeedsPerson):
            await privacy.plan_erasure(session, speaker_of(customer), business=rules, at=NOW)
        assert (await erasures(session), await requests_made(session)) == (0, 0)

    async def test_so_does_a_return_that_has_not_come_back(self, session, rules):
        customer = await create_customer(session)
        method = await create_method(session, customer)
        order = await create_order(session, customer, paid_with=method)
        row = Return(
            reference="R-1", order_id=order.id, kind=ReturnKind.RETURN, status=ReturnStatus.REQUESTED,
            method_id=method.id, amount_minor=100, currency="EUR", requested_at=NOW,
        )
        session.add(row)
        await session.flush()
        with pytest.raises(NeedsPerson):
            await ask(session, customer, rules)
        row.status = ReturnStatus.COMPLETED
        await session.flush()
        assert await ask(session, customer, rules)

    @pytest.mark.parametrize(("columns", "goes"), [
        ({}, False),
        ({"status": SubscriptionStatus.PAUSED}, False),
        ({"status": SubscriptionStatus.CANCELLED, "ends_on": date(2026, 12, 14)}, True),
        ({"ends_on": date(2026, 11, 20)}, True),
    ])
    async def test_so_does_a_subscription_that_goes_on(self, session, rules, columns, goes):
        customer = await create_customer(session)
        await create_subscription(session, customer, **columns)
        if goes:
            assert await ask(session, customer, rules)
        else:
            with pytest.raises(NeedsPerson):
                await ask(session, customer, rules)

    async def test_two_at_once_are_one(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)

        async def one():
            async with database.write() as session:
                await ask(session, customer, rules)

        await asyncio.gather(one(), one())
        async with database.read() as session:
            assert await erasures(session) == 1

    async def test_a_code_by_mail_is_not_enough_for_any_of_it(self, session, rules):
        verified = speaker_of(await create_customer(session), Level.VERIFIED)
        for attempt in (
            privacy.plan_erasure(session, verified, business=rules, at=NOW),
            privacy.ask_erasure(session, verified, key="k", business=rules, at=NOW),
            privacy.call_off_erasure(session, verified, key="k", at=NOW),
            privacy.confirm_erasure(session, verified, key="k", business=rules, at=NOW),
        ):
            with pytest.raises(IdentityTooLow):
                await attempt


class TestCallOffErasure:
    async def test_the_account_stays(self, session, rules):
        customer = await create_customer(session)
        case = (await ask(session, customer, rules)).details["case"]
        done = await privacy.call_off_erasure(session, speaker_of(customer), key="k", at=NOW)
        assert done.details == {"case": case}
        assert await privacy.call_off_erasure(session, speaker_of(customer), key="k", at=NOW) == done
        assert await cases.list_cases(session, speaker_of(customer)) == ()
        assert (await told(session))[1:] == [("customer.erasure_called_off", {"case": case})]
        with pytest.raises(NotFound):
            await privacy.call_off_erasure(session, speaker_of(customer), key="other", at=NOW)
        assert (await ask(session, customer, rules)).details["opened"]

    async def test_anothers_is_not_called_off(self, session, rules):
        customer, other = await create_customer(session), await create_customer(session)
        await ask(session, other, rules)
        with pytest.raises(NotFound):
            await privacy.call_off_erasure(session, speaker_of(customer), key="k", at=NOW)
        assert len(await cases.list_cases(session, speaker_of(other))) == 1


class TestConfirmErasure:
    async def test_an_agent_shortens_the_wait(self, session, rules):
        customer = await create_customer(session)
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        with pytest.raises(NotFound):
            await privacy.confirm_erasure(session, agent, key="k", business=rules, at=NOW)
        await ask(session, customer, rules)
        with pytest.raises(NeedsPerson):
            await privacy.confirm_erasure(session, speaker_of(customer), key="k", business=rules, at=NOW)
        done = await privacy.confirm_erasure(session, agent, key="k", business=rules, at=NOW)
        assert await session.scalar(select(Case.due_at)) == NOW
        assert done.details["due_at"] == NOW.isoformat()
        assert await privacy.confirm_erasure(session, agent, key="k", business=rules, at=NOW) == done

    async def test_not_while_something_is_under_way(self, session, rules):
        customer = await create_customer(session)
        await ask(session, customer, rules)
        await create_order(session, customer, status=OrderStatus.PENDING)
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        with pytest.raises(NeedsPerson):
            await privacy.confirm_erasure(session, agent, key="k", business=rules, at=NOW)
        assert await session.scalar(select(Case.due_at)) == IN_TWO_WEEKS
