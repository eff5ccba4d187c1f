"""Endpoints: who gets what, from when to when."""

import re

import pytest
from sqlalchemy import func, select

from support import clock
from support.database import Database
from support.errors import NotFound
from support.models.outbox import OutboxEvent, WebhookDelivery
from support.outgoing import outbox, webhooks
from support.refusals import UrlRefused
from tests.support.outgoing.sending import OUTBOUND, SOME_ID, add, later, publish, rows, send
from tests.support.receivers import Receiver, receiving


class TestEndpoints:
    async def test_get_a_secret_of_256_bits_and_are_listed(self, database: Database) -> None:
        first = await add(database, "http://127.0.0.1:1/a")
        second = await add(database, "http://127.0.0.1:1/b")
        assert re.fullmatch(r"whsec_[\w-]{43}", first.secret)
        assert first.secret != second.secret
        async with database.read() as session:
            assert [one.id for one in await webhooks.endpoints(session)] == [first.id, second.id]

    async def test_that_are_there_stay_as_they_are(self, database: Database) -> None:
        first, again = await add(database, "http://127.0.0.1:1/a"), await add(database, "http://127.0.0.1:1/a")
        assert (first.id, first.secret) == (again.id, again.secret)

    async def test_inside_our_own_networks_are_refused(self, database: Database) -> None:
        async with database.write() as session:
            with pytest.raises(UrlRefused):
                await webhooks.add(session, "http://10.0.0.1/", outbound=OUTBOUND, at=clock.now())
            assert await webhooks.endpoints(session) == []

    async def test_get_what_happens_from_now_on(self, database: Database, receiver: Receiver) -> None:
        await publish(database, "order.cancelled")
        await add(database, receiver.url)
        await publish(database, "order.changed")
        await send(database)
        assert [got.event["name"] for got in receiver.got] == ["order.changed"]

    async def test_that_are_removed_get_nothing_and_leave_dead_letters(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, "order.cancelled")
        async with database.write() as session:
            await webhooks.remove(session, endpoint.id, at=clock.now())
        await publish(database, "order.changed")
        await send(database)
        assert receiver.got == []
        async with database.read() as session:
            (dead,) = await webhooks.dead_letters(session)
            assert (dead.event_name, dead.url, dead.last_status, dead.last_error) == (
                "order.cancelled", receiver.url, None, "endpoint_removed"
            )
            assert await webhooks.endpoints(session) == []
        async with database.write() as session:
            assert await webhooks.retry(session, at=clock.now()) == 0
            with pytest.raises(NotFound):
                await webhooks.retry(session, dead.id, at=clock.now())

    async def test_that_are_removed_or_unknown_cannot_be_removed(self, database: Database) -> None:
        endpoint = await add(database, "http://127.0.0.1:1/a")
        async with database.write() as session:
            await webhooks.remove(session, endpoint.id, at=clock.now())
            for id in (endpoint.id, SOME_ID, "nonsense"):
                with pytest.raises(NotFound):
                    await webhooks.remove(session, id, at=clock.now())

    async def test_added_again_get_another_secret_and_what_was_left(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, "order.cancelled")
        async with database.write() as session:
            await webhooks.remove(session, endpoint.id, at=clock.now())
        again = await add(database, receiver.url)
        assert again.id == endpoint.id
        assert again.secret != endpoint.secret
        await send(database)
        assert receiver.got == []
        async with database.write() as session:
            assert await webhooks.retry(session, at=clock.now()) == 1
        await send(database)
        assert [got.event["name"] for got in receiver.got] == ["order.cancelled"]


class TestForgetting:
    async def test_takes_old_events_that_are_due_to_nobody(self, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(outbox, "BATCH", 2)
        await publish(database, *["order.changed"] * 3)  # before there was anybody to hear it
        await add(database, receiver.url)
        await publish(database, "order.changed")
        await send(database)
        receiver.answer = lambda _: 500
        await publish(database, "order.cancelled")
        await send(database)
        later(days=29)
        assert await outbox.forget_old(database, clock.now()) == 0
        await publish(database, "order.returned")
        later(days=2)
        assert await outbox.forget_old(database, clock.now()) == 4
        async with database.read() as session:
            assert list(await session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.number))) == [
                "order.cancelled", "order.returned"
            ]
        assert len(await rows(database)) == 2
        assert await outbox.forget_old(database, clock.now()) == 0


async def test_every_endpoint_gets_each_event_once(database: Database, receiver: Receiver) -> None:
    with receiving() as other:
        await add(database, receiver.url)
        await add(database, other.url)
        await publish(database, *["order.changed"] * 5)
        await send(database)
        assert receiver.numbers == other.numbers == sorted(receiver.numbers)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WebhookDelivery)) == 10
