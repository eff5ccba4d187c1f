"""The worker as a process: it does what is due, one failing duty stops no other, and `kill -9` loses nothing."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from rapport.worker import Duty, answering, erase_due
from support import clock
from support.chat import conversations, trackers
from support.database import Database
from support.models.conversations import Contact
from support.models.customers import Customer
from support.outgoing import outbox, webhooks
from support.outgoing.outbound import Outbound
from support.outgoing.public_addresses import networks
from support.people import privacy
from support.policy.business import Business
from support.settings import PROJECT, Settings
from support.text import new_id
from tests.rapport.test_cli import one_sentence, rapport
from tests.service.conftest import environment, is_ok, wait_for
from tests.support.receivers import Receiver, receiving
from tests.support.shop_rows import NOW, create_customer, speaker_of

LOCAL = {"RAPPORT_WEBHOOK_NETWORKS": "127.0.0.1"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@contextmanager
def a_worker(known: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    log = (Path(known["RAPPORT_VAR"]) / "worker.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "rapport.cli", "start", "worker"], env=known, cwd=PROJECT, stderr=log, stdout=log
    )
    try:
        wait_for(lambda: is_ok(health_of(known)), 30, "the worker to answer")
        yield process
    finally:
        process.terminate()
        assert process.wait(20) in (0, -signal.SIGTERM, -signal.SIGKILL)
        log.close()


def health_of(known: dict[str, str]) -> str:
    return f"http://127.0.0.1:{known['RAPPORT_WORKER_PORT']}/health"


def in_shop(known: dict[str, str], work: Callable[[Database], object]) -> None:
    async def do() -> None:
        database = Database(f"sqlite+aiosqlite:///{Path(known['RAPPORT_VAR']) / 'rapport.db'}")
        await work(database)  # type: ignore[misc]
        await database.close()

    asyncio.run(do())


def add(known: dict[str, str], url: str) -> None:
    async def enter(database: Database) -> None:
        async with database.write() as session:
            outbound = Outbound(https_only=False, allowed=networks("127.0.0.1"))
            await webhooks.add(session, url, outbound=outbound, at=clock.now())

    in_shop(known, enter)


def publish(known: dict[str, str], count: int) -> None:
    async def enter(database: Database) -> None:
        for _ in range(count):
            async with database.write() as session:
                await outbox.publish(session, "order.cancelled", {"order": "A1"}, at=clock.now())

    in_shop(known, enter)


class TestWorker:
    def test_sends_what_is_published_while_it_runs_and_says_when_each_duty_was_done(self, tmp_path: Path, receiver: Receiver) -> None:
        known = environment(tmp_path) | LOCAL
        assert rapport(tmp_path, "seed").returncode == 0
        add(known, receiver.url)
        with a_worker(known):
            publish(known, 3)
            wait_for(lambda: len(receiver.got) == 3, 10, "three events")
            shown = httpx.get(health_of(known), trust_env=False).json()
            assert shown["status"] == "ok"
            assert {"webhooks", "mail", "points that lapse", "erasures", "old events"} == set(shown["duties"])
            wait_for(
                lambda: all(
                    one["seconds_since_done"] is not None and one["seconds_since_done"] < 5 and not one["failed"]
                    for name, one in httpx.get(health_of(known), trust_env=False).json()["duties"].items()
                    if name in ("webhooks", "mail")
                ), 10, "both to have been done",
            )
            assert httpx.get(health_of(known).replace("health", "else"), trust_env=False).status_code == 404
        assert len(receiver.got) == 3

    def test_killed_again_and_again_loses_nothing_and_keeps_the_order(self, tmp_path: Path, receiver: Receiver) -> None:
        assert rapport(tmp_path, "seed").returncode == 0
        known = environment(tmp_path) | LOCAL
        add(known, receiver.url)
        receiver.answer = lambda _: time.sleep(0.02) or 204
        publish(known, 60)
        for round in range(3):
            # The clock goes on by more than a lease, so that the test need not wait for it
            with a_worker(known | {"RAPPORT_CLOCK_OFFSET": f"{2 * round}m"}) as process:
                wait_for(lambda least=15 * (round + 1): len(receiver.got) >= least, 20, "some events")
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
        with a_worker(known | {"RAPPORT_CLOCK_OFFSET": "6m"}):
            wait_for(lambda: len(set(receiver.numbers)) == 60, 20, "all events")
        # Each kill may have come between an answer and its note
        assert len(receiver.numbers) <= 60 + 3
        assert receiver.numbers == sorted(receiver.numbers)
        assert receiver.most_at_once == 1

    def test_with_a_broken_business_file_says_where(self, tmp_path: Path) -> None:
        broken = tmp_path / "business.yml"
        broken.write_text("shop: 3\n")
        done = subprocess.run(
            [sys.executable, "-m", "rapport.worker"], env=environment(tmp_path) | {"RAPPORT_BUSINESS": str(broken)},
            cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
        )
        assert done.returncode == 1
        assert "line 1" in done.stderr

    def test_is_no_name_for_the_port_of_another(self, tmp_path: Path) -> None:
        with receiving() as other:
            said = one_sentence(rapport(tmp_path, "run", RAPPORT_WORKER_PORT=str(other.port)))
        assert "RAPPORT_WORKER_PORT" in said


class TestErasures:
    async def test_that_are_due_leave_nothing_in_the_database_nor_in_rasa_s(
        self, database: Database, business: Business, tmp_path: Path
    ) -> None:
        settings = Settings(var=tmp_path / "var", _env_file=None)
        settings.var.mkdir()
        async with database.write() as session:
            customer = await create_customer(session, email="planted@mail.example")
            other = await create_customer(session, email="other@mail.example")
            contacts = [Contact(customer_id=one.id, name="Planted", created_at=NOW, id=new_id()) for one in (customer, other)]
            session.add_all(contacts)
            await session.flush()
            talks = [(await conversations.start(session, contact, new_id()))[0] for contact in contacts]
            await privacy.ask_erasure(session, speaker_of(customer), key="k", business=business, at=clock.now())
        kept = Database(f"sqlite+aiosqlite:///{settings.var / 'trackers.db'}")
        async with kept.engine.begin() as connection:
            await connection.exec_driver_sql("CREATE TABLE rasa_trackers (sender_id VARCHAR(64), events TEXT)")
            for talk in talks:
                await connection.exec_driver_sql(f"INSERT INTO rasa_trackers VALUES ('{talk.id}', 'planted {talk.id}')")

        assert await erase_due(database, settings, business) == 0
        clock.shift(timedelta(days=business.privacy.cooling_off_days, minutes=1))
        assert await erase_due(database, settings, business) == 1
        assert await erase_due(database, settings, business) == 0
        async with database.read() as session:
            assert await session.scalar(select(Customer.email).where(Customer.id == customer.id)) != "planted@mail.example"
        async with kept.engine.connect() as connection:
            left = (await connection.exec_driver_sql("SELECT sender_id FROM rasa_trackers")).scalars().all()
        await kept.close()
        assert left == [talks[1].id]
        held = b"".join(path.read_bytes() for path in settings.var.glob("trackers.db*"))
        assert talks[0].id.encode() not in held
        assert talks[1].id.encode() in held

    async def test_do_not_need_rasa_to_have_run(self, tmp_path: Path) -> None:
        await trackers.forget(f"sqlite:///{tmp_path / 'trackers.db'}", [new_id()])
        await trackers.forget("sqlite:////nowhere/at/all.db", [])

    async def test_reach_rasa_s_trackers_in_postgresql(self, postgresql_url: str) -> None:
        url = postgresql_url.replace("+asyncpg", "")
        database = Database(postgresql_url)
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("CREATE TABLE rasa_trackers (sender_id VARCHAR(64))")
            await connection.exec_driver_sql("INSERT INTO rasa_trackers VALUES ('one'), ('two')")
        await trackers.forget(url, ["one", "none"])
        async with database.engine.begin() as connection:
            left = (await connection.exec_driver_sql("SELECT sender_id FROM rasa_trackers")).scalars().all()
            await connection.exec_driver_sql("DROP TABLE rasa_trackers")
        await database.close()
        assert left == ["two"]


class TestDuty:
    async def test_that_fails_goes_on_and_stops_no_other(self, caplog: pytest.LogCaptureFixture) -> None:
        done = []

        async def fails() -> None:
            done.append("fails")
            if len(done) < 4:
                raise RuntimeError("no")

        async def hangs() -> None:
            await asyncio.Event().wait()

        async def goes_well() -> None:
            done.append("goes well")

        all_duties = [Duty("bad", 0.01, fails), Duty("good", 0.01, goes_well), Duty("slow", 0.01, hangs, longest=0.02)]
        tasks = [asyncio.create_task(duty.keep_up()) for duty in all_duties]
        async with asyncio.timeout(5):
            while done.count("fails") < 5 or done.count("goes well") < 5 or not all_duties[2].failed:
                await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        assert not all_duties[0].failed
        assert all_duties[1].shown()["failed"] is False
        assert all_duties[2].shown() == {"seconds_since_done": None, "failed": True}
        assert "the duty bad failed" in caplog.text
        assert "the duty slow failed" in caplog.text

    async def test_health_survives_whoever_asks_nonsense(self) -> None:
        server = await asyncio.start_server(answering([]), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        for words in (b"", b"\r\n\r\n", b"x" * 100_000, b"GET /health HTTP/1.1\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(words)
            writer.write_eof()
            try:
                answered = await reader.read()
            except ConnectionResetError:
                answered = b""
            assert b"200" not in answered
            writer.close()
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"http://127.0.0.1:{port}/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok", "duties": {}})
        server.close()


class TestWebhooksCommands:
    def test_add_list_and_remove_an_address(self, tmp_path: Path) -> None:
        url = "http://127.0.0.1:9/hooks?key=1"
        done = rapport(tmp_path, "webhooks", "add", url, **LOCAL)
        assert done.returncode == 0, done.stderr
        id, secret = done.stdout.split()[0], done.stdout.splitlines()[1]
        assert secret.startswith("whsec_")
        assert "there already" in one_sentence(rapport(tmp_path, "webhooks", "add", url, **LOCAL))
        listed = rapport(tmp_path, "webhooks", "list").stdout
        assert id in listed
        assert url in listed
        assert secret not in listed
        assert rapport(tmp_path, "webhooks", "remove", id).stdout == f"{url} gets nothing more.\n"
        assert rapport(tmp_path, "webhooks", "list").stdout == ""
        assert "no such endpoint" in one_sentence(rapport(tmp_path, "webhooks", "remove", id))

    def test_refuse_an_address_inside(self, tmp_path: Path) -> None:
        assert "public internet" in one_sentence(rapport(tmp_path, "webhooks", "add", "http://127.0.0.1:9/hooks"))
        assert "RAPPORT_WEBHOOK_NETWORKS" in one_sentence(rapport(tmp_path, "webhooks", "list", RAPPORT_WEBHOOK_NETWORKS="home"))

    def test_show_what_was_given_up_and_send_it_again(self, tmp_path: Path) -> None:
        known = environment(tmp_path)
        added = rapport(tmp_path, "webhooks", "add", "http://127.0.0.1:9/hooks", **LOCAL).stdout.split()[0]
        publish(known, 2)
        rapport(tmp_path, "webhooks", "remove", added)
        lines = rapport(tmp_path, "webhooks", "dead").stdout.splitlines()
        assert len(lines) == 2
        assert "order.cancelled" in lines[0]
        assert "endpoint_removed" in lines[0]
        dead = lines[0].split()[0]
        assert "no such dead letter" in one_sentence(rapport(tmp_path, "webhooks", "retry", dead))
        rapport(tmp_path, "webhooks", "add", "http://127.0.0.1:9/hooks", **LOCAL)
        assert rapport(tmp_path, "webhooks", "retry", dead).stdout == "1 to be sent again.\n"
        assert rapport(tmp_path, "webhooks", "retry", "--all").stdout == "1 to be sent again.\n"
        assert rapport(tmp_path, "webhooks", "dead").stdout == ""
        for arguments in ((), (dead, "--all")):
            assert "--all" in one_sentence(rapport(tmp_path, "webhooks", "retry", *arguments))

    @pytest.mark.parametrize("command", ["add", "list", "remove", "dead", "retry"])
    def test_have_examples_in_their_help(self, tmp_path: Path, command: str) -> None:
        assert "Example:" in rapport(tmp_path, "webhooks", command, "--help").stdout
