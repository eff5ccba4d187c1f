"""Deliveries that something comes between: a kill, a sleep, a removal, a stop."""

import asyncio
import threading
import time

import pytest

from support import clock
from support.database import Database
from support.models.outbox import WebhookEndpoint
from support.outgoing import webhook_queue, webhooks
from support.outgoing.webhook_delivery import Deliveries
from tests.support.outgoing.sending import OUTBOUND, a_worker, add, later, publish, rows, send, until
from tests.support.receivers import Receiver


class TestKilled:
    async def test_a_worker_s_delivery_is_sent_again_once_its_lease_has_lapsed(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        await publish(database, "order.cancelled")
        let_go = threading.Event()
        receiver.answer = lambda _: let_go.wait(10) and 204
        worker = Deliveries(database, OUTBOUND)
        await worker.begin()
        await until(lambda: len(receiver.got) == 1)
        for task in worker._tasks.values():
            task.cancel()  # what is left is what a `kill -9` leaves: a request that came through, and a lease
        await worker.until_idle()
        let_go.set()
        await send(database, times=3)
        assert len(receiver.got) == 1
        later(seconds=61)
        await send(database)
        assert len(receiver.got) == 2
        assert receiver.got[0].event == receiver.got[1].event
        assert (await rows(database))[0].attempts == 1
        await worker.stop()

    async def test_a_worker_that_was_asleep_beyond_its_lease_does_not_go_on(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, "order.cancelled", "order.changed")
        at = clock.now()
        async with database.write() as session:
            asleep = await webhook_queue.take(session, endpoint.id, at)
            assert asleep == at + webhook_queue.LEASE
            assert await webhook_queue.take(session, endpoint.id, at) is None
            awake = await webhook_queue.take(session, endpoint.id, asleep)
            assert awake is not None
            assert await webhook_queue.renew(session, endpoint.id, asleep, asleep) is None
            await webhook_queue.release(session, endpoint.id, asleep, rest_until=None)
            assert await webhook_queue.renew(session, endpoint.id, awake, asleep) is not None

    async def test_an_outcome_that_comes_late_changes_nothing(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        await publish(database, "order.cancelled")
        await send(database)
        (before,) = await rows(database)
        async with database.write() as session:
            assert await webhook_queue.enter_outcome(
                session, before.id, taken=False, status=500, error=None, at=clock.now()
            ) is None
        (after,) = await rows(database)
        assert (after.delivered_at, after.attempts) == (before.delivered_at, 1)

    async def test_a_removal_in_the_middle_stops_it(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, *["order.changed"] * 5)
        let_go = threading.Event()
        receiver.answer = lambda _: let_go.wait(10) and 204
        async with a_worker(database) as worker:
            await worker.begin()
            await until(lambda: len(receiver.got) == 1)
            async with database.write() as session:
                await webhooks.remove(session, endpoint.id, at=clock.now())
            let_go.set()
            await worker.until_idle()
        assert len(receiver.got) == 1

    async def test_stopping_lets_the_request_under_way_end_and_begins_no_other(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, *["order.changed"] * 5)
        let_go = threading.Event()
        receiver.answer = lambda _: let_go.wait(10) and 204
        worker = Deliveries(database, OUTBOUND)
        await worker.begin()
        await until(lambda: len(receiver.got) == 1)
        stopping = asyncio.create_task(worker.stop())
        await asyncio.sleep(0.05)
        let_go.set()
        await stopping
        assert len(receiver.got) == 1
        assert [row.delivered_at is not None for row in await rows(database)] == [True] + [False] * 4
        async with database.read() as session:
            assert (await session.get_one(WebhookEndpoint, endpoint.id)).leased_until is None

    async def test_stopping_does_not_wait_for_ever(
        self, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("support.outgoing.webhook_delivery.STOP_PATIENCE", 0.2)
        await add(database, receiver.url)
        await publish(database, "order.changed")
        receiver.answer = lambda _: time.sleep(1.5) or 204
        worker = Deliveries(database, OUTBOUND)
        await worker.begin()
        await until(lambda: len(receiver.got) == 1)
        began = time.monotonic()
        await worker.stop()
        assert time.monotonic() - began < 1.2
        assert (await rows(database))[0].due_at is not None
