"""What endpoints get: each event, signed, at least once, in order; what fails comes again or is given up."""

import asyncio
import logging
import threading
import time

import pytest
from sqlalchemy import select

from support import clock
from support.database import Database
from support.errors import NotFound
from support.models.outbox import OutboxEvent
from support.outgoing import outbox, webhook_queue, webhooks
from support.outgoing.outbound import Outbound
from support.outgoing.public_addresses import networks
from support.outgoing.webhook_delivery import Deliveries
from tests.support.outgoing.sending import SOME_ID, a_worker, add, later, publish, rows, send, until
from tests.support.receivers import Receiver, receiving


class TestDelivery:
    async def test_posts_the_event_signed(self, database: Database, receiver: Receiver) -> None:
        endpoint = await add(database, receiver.url)
        await publish(database, "order.cancelled")
        await send(database)
        (got,) = receiver.got
        async with database.read() as session:
            event = await session.scalar(select(OutboxEvent))
        assert event is not None
        assert got.event == {
            "id": event.id, "name": "order.cancelled", "at": event.at.isoformat(), "number": event.number,
            "body": {"order": "#A17-b", "note": "Zoë"},
        }
        timestamp = got.headers["Rapport-Timestamp"]
        assert abs(int(timestamp) - clock.now().timestamp()) < 10
        assert got.headers["Rapport-Event-Id"] == event.id
        assert got.headers["Content-Type"] == "application/json"
        assert got.headers["Rapport-Signature"] == f"v1={webhooks.signature(endpoint.secret, timestamp, got.body)}"

    async def test_is_noted_and_not_done_again(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        await publish(database, "order.cancelled")
        await send(database, times=3)
        (row,) = await rows(database)
        assert (row.attempts, row.last_status, row.due_at, row.dead_at) == (1, 204, None, None)
        assert row.delivered_at is not None
        assert len(receiver.got) == 1

    async def test_of_what_was_rolled_back_never_happens(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        async def changing_its_mind() -> None:
            async with database.write() as session:
                await outbox.publish(session, "order.cancelled", {}, at=clock.now())
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await changing_its_mind()
        await send(database)
        assert receiver.got == []

    async def test_is_in_the_order_of_the_numbers(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        await publish(database, *["order.changed"] * (webhook_queue.BATCH + 20))
        await send(database)
        assert receiver.numbers == sorted(receiver.numbers)
        assert len(receiver.numbers) == webhook_queue.BATCH + 20
        assert receiver.most_at_once == 1

    async def test_by_two_workers_at_once_is_still_once_and_one_by_one(self, database: Database, receiver: Receiver) -> None:
        await add(database, receiver.url)
        await publish(database, *["order.changed"] * 30)
        receiver.answer = lambda _: time.sleep(0.005) or 204
        other = Database(database.url.render_as_string(hide_password=False))
        async with a_worker(database) as one, a_worker(other) as two:
            for _ in range(5):
                await asyncio.gather(one.begin(), two.begin())
                await asyncio.sleep(0.02)
            await asyncio.gather(one.until_idle(), two.until_idle())
        await other.close()
        assert len(receiver.numbers) == 30
        assert receiver.numbers == sorted(receiver.numbers)
        assert receiver.most_at_once == 1

    async def test_of_one_that_is_stuck_holds_up_no_other(self, database: Database, receiver: Receiver) -> None:
        let_go = threading.Event()
        with receiving() as stuck:
            stuck.answer = lambda _: let_go.wait(10) and 204
            await add(database, stuck.url)
            await add(database, receiver.url)
            async with a_worker(database) as worker:
                for count in range(1, 4):
                    await publish(database, "order.changed")
                    await until(lambda count=count: len(receiver.got) == count, 1.5, worker)
                assert len(stuck.got) == 1
                let_go.set()

    async def test_ends_within_its_time_even_if_the_name_server_hangs(self, database: Database) -> None:
        answers = threading.Event()

        def hangs(host: str, port: int) -> list[str]:
            answers.wait(60)
            return ["127.0.0.1"]

        await add(database, "http://127.0.0.1:1/")
        await publish(database, "order.changed")
        worker = Deliveries(database, Outbound(False, networks("127.0.0.1"), resolve=hangs, seconds=0.2))
        await worker.begin()
        await worker.until_idle()
        assert (await rows(database))[0].last_error == "timed_out"
        answers.set()
        await worker.stop()


class TestFailure:
    @pytest.mark.parametrize("status", [301, 302, 307, 304, 400, 401, 404, 410, 429, 500, 503])
    async def test_is_whatever_is_not_2xx(self, database: Database, receiver: Receiver, status: int) -> None:
        receiver.answer, receiver.location = lambda _: status, receiver.url
        await add(database, receiver.url)
        await publish(database, "order.cancelled")
        await send(database)
        (row,) = await rows(database)
        assert (row.attempts, row.last_status, row.last_error, row.delivered_at) == (1, status, None, None)
        assert len(receiver.got) == 1

    async def test_comes_again_after_growing_pauses_and_is_given_up_in_the_end(self, database: Database, receiver: Receiver) -> None:
        receiver.answer = lambda _: 500
        await add(database, receiver.url)
        await publish(database, "order.cancelled")
        await send(database)
        for tries, pause in enumerate((10, 60, 300, 1800, 7200, 21600, 43200, 86400), 1):
            (row,) = await rows(database)
            assert (row.attempts, len(receiver.got)) == (tries, tries)
            assert row.due_at is not None
            assert pause - 5 < (row.due_at - clock.now()).total_seconds() <= pause * 1.1
            later(seconds=pause * 0.9)
            await send(database)
            assert len(receiver.got) == tries
            later(seconds=pause * 0.2 + 1)
            await send(database)
        (row,) = await rows(database)
        assert (row.attempts, row.due_at, row.delivered_at, row.last_status) == (9, None, None, 500)
        async with database.read() as session:
            (dead,) = await webhooks.dead_letters(session)
        assert (dead.id, dead.event_name, dead.dead_at, dead.last_status) == (row.id, "order.cancelled", row.dead_at, 500)
        ids = {got.event["id"] for got in receiver.got}
        assert len(ids) == 1
        assert len({got.headers["Rapport-Timestamp"] for got in receiver.got}) == 9

        later(days=10)
        await send(database)
        assert len(receiver.got) == 9
        receiver.answer = lambda _: 200
        async with database.write() as session:
            with pytest.raises(NotFound):
                await webhooks.retry(session, SOME_ID, at=clock.now())
            assert await webhooks.retry(session, dead.id, at=clock.now()) == 1
        await send(database)
        (row,) = await rows(database)
        assert (row.attempts, row.dead_at, row.last_status) == (1, None, 200)
        assert row.delivered_at is not None
        async with database.read() as session:
            assert await webhooks.dead_letters(session) == []

    async def test_without_an_answer_is_named(self, database: Database) -> None:
        with receiving() as gone:
            url = gone.url
        await add(database, url)
        await publish(database, "order.cancelled")
        await send(database)
        (row,) = await rows(database)
        assert (row.last_status, row.last_error) == (None, "no_connection")

    async def test_lets_the_endpoint_rest_then_later_events_go_past(self, database: Database, receiver: Receiver) -> None:
        receiver.answer = lambda got: 500 if got.event["name"] == "order.cancelled" else 204
        await add(database, receiver.url)
        await publish(database, "order.cancelled", "order.changed", "order.returned")
        await send(database, times=3)
        assert [got.event["name"] for got in receiver.got] == ["order.cancelled"]
        later(seconds=12)
        await send(database, times=3)
        assert [got.event["name"] for got in receiver.got][1:] == ["order.cancelled"]
        later(seconds=11)
        await send(database, times=3)
        assert [got.event["name"] for got in receiver.got][2:] == ["order.changed", "order.returned"]

    async def test_of_our_own_is_logged_and_tried_again(
        self, database: Database, receiver: Receiver, caplog: pytest.LogCaptureFixture
    ) -> None:
        await add(database, receiver.url)
        await publish(database, "order.cancelled")

        def broken(host: str, port: int) -> list[str]:
            raise RuntimeError("a fault of ours")

        worker = Deliveries(database, Outbound(False, networks("127.0.0.1"), resolve=broken))
        await worker.begin()
        await worker.until_idle()
        await worker.stop()
        assert "failed" in caplog.text
        later(seconds=61)
        await send(database)
        assert len(receiver.got) == 1

    async def test_leaves_no_secret_and_nothing_of_the_body_or_address_in_the_log(
        self, database: Database, receiver: Receiver, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        endpoint = await add(database, receiver.url + "?key=hidden")
        await publish(database, "order.cancelled", "order.changed")
        receiver.answer = lambda got: 500 if got.event["name"] == "order.cancelled" else 204
        await send(database)
        later(seconds=70)
        await send(database, times=2)
        said = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith("support"))
        assert receiver.got[0].event["id"] in said
        assert endpoint.id in said
        assert "500" in said
        for hidden in (endpoint.secret, "hidden", "A17-b", "Zo", "127.0.0.1", "v1="):
            assert hidden not in said
