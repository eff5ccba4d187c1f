"""`kill -9` in the middle of turns: nothing acknowledged is lost, nothing is shown twice, somebody says so."""

import asyncio
import contextlib
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.desk.clients import VisitorClient
from tests.service.conftest import Service, start, stop, wait_for
from tests.service.test_slice import ask, talk_as


@pytest.fixture(scope="module")
def own_service() -> Iterator[Service]:
    """A service whose processes may be killed."""
    with tempfile.TemporaryDirectory(prefix="rapport-killed-") as folder:
        found = start(Path(folder))
        yield found
        stop(found)


@pytest.mark.parametrize("victim", ["rasa", "actions"])
async def test_of_rasa_or_the_action_server_is_told_or_answered_and_comes_back(
    own_service: Service, victim: str
) -> None:
    client, reader, conversation = await talk_as(own_service, "C1001")
    await ask(client, reader, conversation, "hello")
    sent: list[str] = []
    for number in range(6):
        answer = await client.send(conversation, f"where is my order? {number}")
        assert answer.status_code == 201
        sent.append(answer.json()["message_id"])
        if number == 2:
            own_service.child(victim).kill()
    began = time.monotonic()
    await reader.until(lambda: any(
        e["type"] == "message" and e["message"]["reply_to"] in sent for e in reader.events
    ), 30)
    assert time.monotonic() - began < 30
    own_service.wait_until_up(victim)
    assert await ask(client, reader, conversation, "show my orders")
    events = await client.events(conversation)
    theirs = [e["message"]["id"] for e in events if e["type"] == "message"
              and e["message"]["author"]["kind"] == "customer"]
    assert theirs[1:7] == sent
    replies = [e["message"]["reply_to"] for e in events if e["type"] == "message" and e["message"]["reply_to"]]
    bubbles = [e["message"]["id"] for e in events if e["type"] == "message"]
    assert len(bubbles) == len(set(bubbles))
    assert len(replies) == len(set(replies)), "one answer was given twice"
    await asyncio.to_thread(wait_for, lambda: f"{victim} is back" in own_service.said(), 5, "the operator to be told")
    await client.close()


async def test_of_the_desk_loses_nothing_acknowledged_and_answers_what_was_open(own_service: Service) -> None:
    client, reader, conversation = await talk_as(own_service, "C1001")
    await ask(client, reader, conversation, "hello")
    acknowledged: list[str] = []
    for kill in range(3):
        for number in range(10):
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.send(conversation, f"my points please {kill} {number}")
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["message_id"])
            if number == 5:
                own_service.child("desk").kill()
        await asyncio.to_thread(own_service.wait_until_up, "desk")
    fresh = VisitorClient(own_service.url)
    fresh.token = client.token
    fresh.http.headers["Authorization"] = f"Bearer {client.token}"

    async def answered() -> set[str]:
        events = await fresh.events(conversation)
        return {e["message"]["reply_to"] for e in events if e["type"] == "message" and e["message"]["reply_to"]}

    async with asyncio.timeout(60):
        while not set(acknowledged) <= await answered():
            await asyncio.sleep(0.2)
    events = await fresh.events(conversation)
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
    stored = [e["message"]["id"] for e in events if e["type"] == "message"]
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    replies = [e["message"]["reply_to"] for e in events if e["type"] == "message" and e["message"]["reply_to"]]
    assert len(replies) == len(set(replies)), "one answer was given twice"
    await client.close()
    await fresh.close()


async def test_an_action_server_that_hangs_is_heard_of_within_ten_seconds(own_service: Service) -> None:
    client, reader, conversation = await talk_as(own_service, "C1002")
    await ask(client, reader, conversation, "hello")
    actions = own_service.child("actions")
    actions.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        await client.send(conversation, "where is my parcel?")
        said = await reader.until_text("something went wrong", 10)
        assert time.monotonic() - began < 10
        assert "rapport:person" in {b["payload"] for b in said["message"]["buttons"]}
        assert await ask(client, reader, conversation, "thank you")
    finally:
        actions.send_signal(signal.SIGCONT)
    assert "late" in await ask(client, reader, conversation, "where is my parcel?")
    await client.close()


def test_a_supervisor_killed_outright_leaves_no_process_behind() -> None:
    import psutil

    with tempfile.TemporaryDirectory(prefix="rapport-orphans-") as folder:
        service = start(Path(folder))
        children = psutil.Process(service.process.pid).children(recursive=True)
        assert len(children) >= 3
        service.process.kill()
        service.process.wait()
        wait_for(lambda: not any(
            one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in children
        ), 10, "the children to end")
