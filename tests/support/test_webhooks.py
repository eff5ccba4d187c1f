"""Endpoints and what they get: each event, signed, at least once, in order; what fails comes again or is given up."""

import asyncio
import logging
import re
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from support import clock
from support.database import Database
from support.errors import NotFound
from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint
from support.outgoing import outbox, webhook_queue, webhooks
from support.outgoing.outbound import Outbound
from support.outgoing.public_addresses import networks
from support.outgoing.webhook_delivery import Deliveries
from support.refusals import UrlRefused
from support.settings import PROJECT
from tests.support.receivers import Got, Receiver, receiving

OUTBOUND = Outbound(https_only=False, allowed=networks("127.0.0.1"), seconds=2)
SOME_ID = "3f0c1a52-0000-4000-8000-000000000000"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


async def add(database: Database, url: str) -> WebhookEndpoint:
    async with database.write() as session:
        return await webhooks.add(session, url, outbound=OUTBOUND, at=clock.now())


async def publish(database: Database, *names: str) -> None:
    for name in names:
        async with database.write() as session:
            await outbox.publish(session, name, {"order": "#A17-b", "note": "Zoë"}, at=clock.now())


async def rows(database: Database) -> list[WebhookDelivery]:
    async with database.read() as session:
        return list(await session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.event_number)))


@asynccontextmanager
async def a_worker(database: Database) -> AsyncIterator[Deliveries]:
    found = Deliveries(database, OUTBOUND)
    yield found
    await found.stop()


async def send(database: Database, times: int = 1) -> None:
    """What a worker does, so many seconds of it."""
    async with a_worker(database) as worker:
        for _ in range(times):
            await worker.begin()
            await worker.until_idle()


def later(**duration: float) -> None:
    clock.shift(clock._offset + timedelta(**duration))


async def until(met: Any, within: float = 10, worker: Deliveries | None = None) -> None:
    ends = time.monotonic() + within
    while not met():
        assert time.monotonic() < ends, "it did not come true"
        if worker is not None:
            await worker.begin()
        await asyncio.sleep(0.02)


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


class TestSampleReceiver:
    """The code in docs/webhooks.md, as somebody copies it."""

    @pytest.fixture
    def sample(self) -> dict[str, Any]:
        page = (PROJECT / "docs" / "webhooks.md").read_text(encoding="utf-8")
        (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        found: dict[str, Any] = {"__name__": "sample"}
        exec(code, found)
        return found

    async def test_takes_what_we_send_and_nothing_else(
        self, database: Database, sample: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        server = sample["ThreadingHTTPServer"](("127.0.0.1", 0), sample["Receiver"])
        sample["Receiver"].log_message = lambda *_: None
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        sample["SECRET"] = (await add(database, url)).secret
        await publish(database, "order.cancelled")
        await send(database)
        assert (await rows(database))[0].last_status == 204
        assert capsys.readouterr().out == "cancelled: #A17-b\n"

        sample["SECRET"] = "whsec_another"
        await publish(database, "order.cancelled")
        await send(database)
        assert (await rows(database))[1].last_status == 401
        assert capsys.readouterr().out == ""
        server.shutdown()
        server.server_close()

    def test_refuses_what_was_changed_or_is_old(self, sample: dict[str, Any]) -> None:
        genuine = sample["is_genuine"]

        def got(ago: float, body: bytes = b"{}") -> Got:
            timestamp = str(int(time.time() - ago))
            signature = webhooks.signature("s", timestamp, body)
            return Got("/", {"Rapport-Timestamp": timestamp, "Rapport-Signature": f"v1={signature}"}, body)

        fresh = got(0)
        assert genuine("s", fresh.headers, fresh.body)
        assert not genuine("t", fresh.headers, fresh.body)
        assert not genuine("s", fresh.headers, b"{} ")
        assert not genuine("s", got(301).headers, b"{}")
        assert not genuine("s", got(-302).headers, b"{}")
        assert not genuine("s", fresh.headers | {"Rapport-Timestamp": got(10).headers["Rapport-Timestamp"]}, b"{}")
        assert not genuine("s", fresh.headers | {"Rapport-Signature": "v1=é"}, b"{}")
        assert not genuine("s", {}, b"{}")


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
