"""Who a visitor is, over HTTP: by code, by order and postcode, for how long, and what the bot is told of it."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.customers import Customer
from support.models.identity import FailedIdentification, OneTimeCode
from support.models.outbox import Mail
from tests.desk.clients import VisitorClient
from tests.desk.conftest import SECRET, RunningDesk
from tests.support.shop_rows import create_address, create_order

ASK, CHECK, HOLD = (f"/v1/visitor/session/{name}" for name in ("code", "code/check", "order"))


async def code_of(desk: RunningDesk) -> str:
    """The code in the newest mail."""
    async with desk.database.read() as session:
        text = await session.scalar(select(Mail.text).order_by(Mail.created_at.desc()).limit(1))
    found = re.search(r"\b\d{6}\b", text or "")
    assert found
    return found[0]


async def verified(desk: RunningDesk, visitor: VisitorClient, email: str = "ada@mail.example") -> httpx.Response:
    assert (await visitor.http.post(ASK, json={"email": email})).status_code == 202
    return await visitor.http.post(CHECK, json={"code": await code_of(desk)})


async def order_of_ada(desk: RunningDesk) -> tuple[str, str]:
    """(the id of an order of Ada's with number HF-10432 and postcode P17 AB12, Ada's id)."""
    async def make(session: AsyncSession) -> tuple[str, str]:
        ada = await session.scalar(select(Customer).where(Customer.reference == "C-1"))
        assert ada is not None
        order = await create_order(session, ada, "HF-10432", address=await create_address(session, ada))
        return order.id, ada.id

    found: tuple[str, str] = await desk.do(make)
    return found


async def told_to_bot(desk: RunningDesk, visitor: VisitorClient, conversation: str) -> dict[str, Any]:
    """What the bot hears of who speaks, when this visitor says something."""
    said = f"hello {len(desk.rasa.turns)}"
    reader = await visitor.follow(conversation)
    await visitor.send(conversation, said)
    await reader.until_text(f"You said: {said}")
    metadata: dict[str, Any] = desk.rasa.turns[-1]["metadata"]
    return {name: metadata[name] for name in ("level", "name", "customer_id", "order_id")}


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


class TestCode:
    async def test_verifies_the_visitor_for_half_an_hour(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        answer = await verified(desk, visitor)
        known = answer.json()
        assert (answer.status_code, known["level"], known["name"]) == (200, "verified", "Ada Lovelace")
        assert (await visitor.http.get("/v1/visitor/session")).json() == known
        reader = await visitor.connect()
        assert (await reader.until_frame("welcome"))["level"] == "verified"
        clock.shift(timedelta(seconds=1801))
        assert (await visitor.http.get("/v1/visitor/session")).json() == {
            "level": "visitor", "name": None, "until": None,
        }

    async def test_asked_for_an_unknown_address_answers_the_same(self, desk: RunningDesk) -> None:
        answers = [
            await (await desk.visitor()).http.post(ASK, json={"email": email})
            for email in ("ada@mail.example", "nobody@mail.example")
        ]
        assert [(answer.status_code, answer.json()) for answer in answers] == [(202, {})] * 2
        assert answers[0].headers.keys() == answers[1].headers.keys()
        async with desk.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Mail)) == 1
            assert await session.scalar(select(func.count()).select_from(OneTimeCode)) == 2

    async def test_a_wrong_one_is_refused_and_counted_and_five_spoil_the_right_one(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        await visitor.http.post(ASK, json={"email": "ada@mail.example"})
        right = await code_of(desk)
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        answers = await asyncio.gather(*(visitor.http.post(CHECK, json={"code": wrong}) for _ in range(8)))
        assert {error(answer) for answer in answers} == {(409, "code_wrong")}
        assert error(await visitor.http.post(CHECK, json={"code": right})) == (409, "code_wrong")
        async with desk.database.read() as session:
            assert list(await session.scalars(select(OneTimeCode.tries))) == [5]

    async def test_too_many_are_refused_with_the_time_to_wait(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        for _ in range(3):
            assert (await visitor.http.post(ASK, json={"email": "ada@mail.example"})).status_code == 202
        refused = await visitor.http.post(ASK, json={"email": "ada@mail.example"})
        assert error(refused) == (429, "too_many_attempts")
        assert 0 < int(refused.headers["Retry-After"]) <= 600

    async def test_no_address_and_no_code_is_logged(
        self, desk: RunningDesk, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        visitor = await desk.visitor()
        await verified(desk, visitor)
        await visitor.http.post(CHECK, json={"code": "99999999"})
        said = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore")))
        assert "mail.example" not in said
        assert await code_of(desk) not in said


class TestOrder:
    async def test_lets_the_visitor_see_one_order(self, desk: RunningDesk) -> None:
        await order_of_ada(desk)
        visitor = await desk.visitor()
        answer = await visitor.http.post(HOLD, json={"number": "#hf 10432", "postcode": "p17ab12"})
        known = answer.json()
        assert (answer.status_code, known["level"], known["name"]) == (200, "order_holder", None)
        assert (await visitor.http.get("/v1/visitor/session")).json() == known

    async def test_a_wrong_number_and_a_wrong_postcode_look_the_same_and_are_counted(self, desk: RunningDesk) -> None:
        await order_of_ada(desk)
        visitor = await desk.visitor()
        bodies = [{"number": "HF-10432", "postcode": "P17 AB13"}, {"number": "HF-1", "postcode": "P17 AB12"}]
        answers = [await visitor.http.post(HOLD, json=body) for body in bodies]
        assert {(answer.status_code, answer.text) for answer in answers} == {
            (404, '{"error":{"code":"not_found","message":"There is nothing here."}}')
        }
        async with desk.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(FailedIdentification)) == 2
        for _ in range(3):
            await visitor.http.post(HOLD, json=bodies[0])
        right = {"number": "HF-10432", "postcode": "P17 AB12"}
        assert error(await visitor.http.post(HOLD, json=right)) == (429, "too_many_attempts")


class TestSession:
    async def test_a_code_good_in_one_browser_is_none_in_another_and_ends_with_the_session(
        self, desk: RunningDesk
    ) -> None:
        visitor, other = await desk.visitor(), await desk.visitor()
        await visitor.http.post(ASK, json={"email": "ada@mail.example"})
        assert error(await other.http.post(CHECK, json={"code": await code_of(desk)})) == (409, "code_wrong")
        assert (await visitor.http.post(CHECK, json={"code": await code_of(desk)})).status_code == 200
        assert (await other.http.get("/v1/visitor/session")).json()["level"] == "visitor"
        assert (await visitor.http.delete("/v1/visitor/session")).status_code == 204
        assert error(await visitor.http.get("/v1/visitor/session")) == (401, "token_invalid")

    async def test_of_somebody_signed_in_says_until_when_and_a_code_changes_nothing(self, desk: RunningDesk) -> None:
        ada = await desk.customer("C-1")
        before = (await ada.http.get("/v1/visitor/session")).json()
        assert (before["level"], before["name"]) == ("signed_in", "Ada Lovelace")
        assert before["until"] is not None
        assert (await verified(desk, ada, "ben@mail.example")).json() == before

    async def test_signing_in_as_another_than_was_verified_is_refused(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        await verified(desk, visitor)
        assert error(await visitor.sign_in("C-2", SECRET)) == (409, "signed_in_as_another")
        assert (await visitor.sign_in("C-1", SECRET)).json()["level"] == "signed_in"

    @pytest.mark.parametrize("path", [ASK, CHECK, HOLD])
    async def test_bad_bodies_are_refused_by_name(self, desk: RunningDesk, path: str) -> None:
        visitor = await desk.visitor()
        for body in ({}, {"email": 1}, {"code": 123456}, {"number": "1"}, {"email": "a@b.example", "more": 1}, []):
            assert error(await visitor.http.post(path, json=body)) == (400, "body_malformed")
        assert error(await visitor.http.post(ASK, json={"email": "no address"})) == (422, "profile_invalid")


class TestBotTurn:
    async def test_carries_level_customer_and_order(self, desk: RunningDesk) -> None:
        order_id, ada_id = await order_of_ada(desk)
        visitor = await desk.visitor()
        conversation = await visitor.start()
        nobody = {"level": "visitor", "name": None, "customer_id": None, "order_id": None}
        assert await told_to_bot(desk, visitor, conversation) == nobody
        await visitor.http.post(HOLD, json={"number": "HF-10432", "postcode": "P17 AB12"})
        assert await told_to_bot(desk, visitor, conversation) == {
            "level": "order_holder", "name": None, "customer_id": ada_id, "order_id": order_id,
        }
        await verified(desk, visitor)
        known = {"name": "Ada Lovelace", "customer_id": ada_id, "order_id": None}
        assert await told_to_bot(desk, visitor, conversation) == {"level": "verified"} | known
        events = [event for event in await visitor.events(conversation) if event["type"] == "identity"]
        assert [(event["level"], event["name"]) for event in events] == [
            ("order_holder", None), ("verified", "Ada Lovelace"),
        ]
        await visitor.sign_in("C-1", SECRET)
        assert await told_to_bot(desk, visitor, conversation) == {"level": "signed_in"} | known

    async def test_after_the_time_is_over_is_a_visitors_again(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        await verified(desk, visitor)
        clock.shift(timedelta(seconds=1801))
        assert (await told_to_bot(desk, visitor, await visitor.start()))["customer_id"] is None


class TestHandoffCard:
    async def test_says_how_sure_we_are_and_shows_records_to_none_but_a_verified_customer(
        self, desk: RunningDesk
    ) -> None:
        await order_of_ada(desk)
        maya = await desk.agent()
        seen = []
        for by_code in (False, True):
            visitor = await desk.visitor()
            conversation = await visitor.start()
            await visitor.send(conversation, "hello")
            if by_code:
                await verified(desk, visitor)
            else:
                await visitor.http.post(HOLD, json={"number": "HF-10432", "postcode": "P17 AB12"})
            await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
            card = (await maya.http.get(f"/v1/agent/conversations/{conversation}")).json()["card"]
            identity = card["identity"]
            seen.append((identity["level"], identity["name"], identity["email"], card["orders_count"]))
            assert identity["how_sure"]
        assert seen == [
            ("order_holder", None, None, 0), ("verified", "Ada Lovelace", "ada@mail.example", 1),
        ]
