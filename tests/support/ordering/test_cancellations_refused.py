import asyncio

import pytest
from sqlalchemy import select

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.models.service_requests import ServiceRequest
from support.ordering import cancellations
from support.refusals import AmountChanged, IdentityTooLow, NeedsPerson, OrderNotCancellable, ReasonUnknown
from tests.support.paid_orders import buy, kept, stock, told
from tests.support.refused import refused
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of
from tests.support.wrong_ids import NO_ID

MISTAKE = "ordered by mistake"


class TestCancelRefused:
    @pytest.mark.parametrize("status", [status for status in OrderStatus if status is not OrderStatus.PENDING])
    async def test_refuses_an_order_that_is_no_longer_pending(self, session, cancel, status):
        bought = await buy(session, status=status)
        await refused(session, OrderNotCancellable, cancel(bought.speaker, bought.order.id))

    @pytest.mark.parametrize("reason", ["", " ", "because", "ordered by mistake!", "x" * 10_000, "\0", None, 3])
    async def test_refuses_a_reason_that_is_none_of_the_shops(self, session, cancel, reason):
        bought = await buy(session)
        await refused(session, ReasonUnknown, cancel(bought.speaker, bought.order.id, reason=reason))

    async def test_refuses_what_is_not_theirs_as_if_it_were_not_there(self, session, cancel):
        bought, other = await buy(session), await buy(session)
        for order_id in (other.order.id, NO_ID, "", "#1", bought.order.number, "\0", "x" * 5000, None, 7):
            await refused(session, NotFound, cancel(bought.speaker, order_id))

    async def test_refuses_for_a_customer_who_is_none(self, session, cancel):
        bought = await buy(session)
        await refused(session, NotFound, cancel(Speaker.signed_in(NO_ID), bought.order.id))

    async def test_refuses_somebody_who_only_knows_the_order(self, session, cancel):
        bought = await buy(session)
        holder = Speaker(Level.ORDER_HOLDER, bought.customer.id, bought.order.id)
        await refused(session, IdentityTooLow, cancel(holder, bought.order.id))

    @pytest.mark.parametrize("agreed", [5294, 5296, 0, -5295, 5295.0, True, "5295"])
    async def test_refuses_when_something_else_was_agreed(self, session, cancel, agreed):
        bought = await buy(session)
        await refused(session, AmountChanged, cancel(bought.speaker, bought.order.id, agreed_minor=agreed))

    async def test_sends_a_customer_to_a_person_for_more_than_the_shop_allows(self, session, cancel, tmp_path):
        bought = await buy(session)
        just_less = load_rules(tmp_path, ("most_without_person: 2500.00", "most_without_person: 52.94"))
        await refused(session, NeedsPerson, cancel(bought.speaker, bought.order.id, business=just_less))

    async def test_lets_a_customer_cancel_just_as_much_as_the_shop_allows(self, session, cancel, tmp_path):
        bought = await buy(session)
        just_enough = load_rules(tmp_path, ("most_without_person: 2500.00", "most_without_person: 52.95"))
        assert (await cancel(bought.speaker, bought.order.id, business=just_enough)).details["refund_minor"] == 5295

    async def test_knows_no_limit_if_the_shop_sets_none(self, session, cancel, tmp_path):
        bought = await buy(session)
        limitless = load_rules(tmp_path, ("  most_without_person: 2500.00\n", ""))
        assert (await cancel(bought.speaker, bought.order.id, business=limitless)).details["refund_minor"] == 5295

    async def test_lets_an_agent_cancel_what_is_beyond_the_limit(self, session, cancel, tmp_path):
        bought = await buy(session)
        low = load_rules(tmp_path, ("most_without_person: 2500.00", "most_without_person: 1"))
        agent = Speaker.agent_for(bought.customer.id, agent_id="a1")
        done = await cancel(agent, bought.order.id, business=low)
        row = await session.get_one(ServiceRequest, done.id)
        assert (row.actor, row.actor_id, row.kind) == ("agent", "a1", "cancel_order")

    @pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
    async def test_refuses_a_key_that_is_none(self, session, cancel, key):
        bought = await buy(session)
        await refused(session, IdInvalid, cancel(bought.speaker, bought.order.id, key=key))


class TestCancelAgain:
    async def test_with_the_same_key_is_the_same_cancellation(self, session, cancel):
        bought = await buy(session)
        first = await cancel(bought.speaker, bought.order.id)
        again = await cancel(bought.speaker, bought.order.id, reason=MISTAKE.upper())
        assert again == first
        assert await kept(session, bought.order) == {}
        assert await stock(session, bought.small) == [7]
        assert len(await told(session)) == 1

    async def test_with_the_same_key_for_something_else_is_refused(self, session, cancel):
        bought = await buy(session)
        await cancel(bought.speaker, bought.order.id)
        await refused(session, IdReused, cancel(bought.speaker, bought.order.id, reason="another reason"))

    async def test_with_another_key_is_refused(self, session, cancel):
        bought = await buy(session)
        await cancel(bought.speaker, bought.order.id)
        await refused(session, OrderNotCancellable, cancel(bought.speaker, bought.order.id, key="other"))

    @pytest.mark.parametrize("same_key", [True, False])
    async def test_at_once_gives_the_money_back_once(self, database, rules, same_key):
        async with database.write() as session:
            bought = await buy(session)

        async def one(number):
            try:
                async with database.write() as session:
                    key = "same" if same_key else f"key {number}"
                    return (await cancellations.cancel(
                        session, bought.speaker, bought.order.id, reason=MISTAKE, key=key, business=rules, at=NOW
                    )).reference
            except OrderNotCancellable as refusal:
                return refusal.code

        answers = await asyncio.gather(*(one(number) for number in range(8)))
        async with database.read() as session:
            assert await kept(session, bought.order) == {}
            assert await stock(session, bought.small, bought.plain) == [7, 5]
            [made] = await session.scalars(select(ServiceRequest.reference))
        assert set(answers) == ({made} if same_key else {made, "order_not_cancellable"})
        assert answers.count(made) == (8 if same_key else 1)

    async def test_by_two_customers_at_once_puts_the_pieces_of_both_back(self, database, rules):
        async with database.write() as session:
            first = await buy(session)
            other = await create_customer(session)
            order = await create_order(
                session, other, lines=((first.plain, 2, 800), (first.small, 1, 2000)), status=OrderStatus.PENDING
            )

        async def one(speaker, order_id):
            async with database.write() as session:
                await cancellations.cancel(session, speaker, order_id, reason=MISTAKE, key="k", business=rules, at=NOW)

        await asyncio.gather(one(first.speaker, first.order.id), one(speaker_of(other), order.id))
        async with database.read() as session:
            assert await stock(session, first.small, first.plain) == [8, 7]
