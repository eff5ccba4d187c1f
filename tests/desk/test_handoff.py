"""From the bot to a person and back, seen from both ends."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.policy.business import Business
from support.policy.opening_hours import OpenRange
from tests.desk.conftest import RunningDesk, a_desk

CLOSED_ON_SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def weekdays_only(business: Business) -> Business:
    """The same shop with people from Monday to Friday, nine to five."""
    office, none = (OpenRange.parse("09:00-17:00"),), ()
    week = business.people.opening_hours
    hours = week.model_copy(update={
        day: none if day in ("saturday", "sunday") else office for day in type(week).model_fields
    })
    people = business.people.model_copy(update={"opening_hours": hours, "holidays": ()})
    return Business.model_validate({**{n: getattr(business, n) for n in Business.model_fields}, "people": people})


def offset_to(at: datetime) -> str:
    return f"{int((at - datetime.now(UTC)).total_seconds())}s"


class TestTheWholeWay:
    async def test_ask_wait_take_over_talk_hand_back_and_go_on_with_the_bot(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        theirs = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await theirs.until_text("You said: hello")
        await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
        waiting = await theirs.until_state("waiting")
        assert waiting["reason"] == "asked"
        await theirs.until_text("next in line")

        inbox = (await agent.http.get("/v1/agent/inbox")).json()["rows"]
        assert [(r["id"], r["state"], r["reason"], r["title"]) for r in inbox] == [
            (conversation, "waiting", "asked", "hello")
        ]
        taken = (await agent.move(conversation, "take-over")).json()
        assert (taken["state"], taken["agent"]) == ("agent", {"name": "Maya"})
        ours = await agent.follow(conversation)
        await agent.write(conversation, "Hi, I'm Maya")
        await theirs.until_text("Hi, I'm Maya")
        await visitor.send(conversation, "thank you")
        await ours.until_text("thank you")
        await agent.note(conversation, "all fine")
        await agent.move(conversation, "hand-back", note="only a question")
        await theirs.until_text("You said: /handed_back")
        await visitor.send(conversation, "and you, bot?")
        await theirs.until_text("You said: and you, bot?")
        assert "all fine" not in str(theirs.frames)
        assert "only a question" not in str(theirs.frames)
        await ours.until_text("You said: and you, bot?")
        assert [e["seq"] for e in theirs.events] == [e["seq"] for e in ours.events]

    async def test_resolved_then_written_to_again_is_with_the_bot(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        assert (await agent.move(conversation, "resolve")).json()["state"] == "resolved"
        await reader.until_text("You said: /conversation_resolved")
        await visitor.send(conversation, "one more thing")
        await reader.until_text("You said: one more thing")
        states = [e["to"] for e in reader.events if e["type"] == "transition"]
        assert states == ["agent", "resolved", "bot"]


class TestTakeOver:
    async def test_of_two_at_once_one_wins(self, desk: RunningDesk) -> None:
        maya, jonas = await desk.agent("Maya"), await desk.agent("Jonas")
        for _ in range(10):
            visitor = await desk.visitor()
            conversation = await visitor.start()
            await visitor.send(conversation, "hello")
            answers = await asyncio.gather(maya.move(conversation, "take-over"), jonas.move(conversation, "take-over"))
            assert sorted(a.status_code for a in answers) == [200, 409]
            lost = next(a for a in answers if a.status_code == 409)
            assert lost.json()["error"]["code"] == "already_taken_over"

    async def test_again_by_the_same_agent_is_the_same_answer(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        first = (await agent.move(conversation, "take-over")).json()
        again = (await agent.move(conversation, "take-over")).json()
        assert first["epoch"] == again["epoch"] == 1

    @pytest.mark.parametrize(("move", "state"), [("hand-back", "bot"), ("resolve", "resolved")])
    async def test_of_handing_back_and_resolving_a_call_come_again_changes_nothing(
        self, desk: RunningDesk, move: str, state: str
    ) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        answers = await asyncio.gather(*(agent.move(conversation, move) for _ in range(5)))
        assert {(a.status_code, a.json()["state"], a.json()["epoch"]) for a in answers} == {(200, state, 2)}

    async def test_only_who_has_it_may_write_hand_back_or_resolve(self, desk: RunningDesk) -> None:
        visitor, maya, jonas = await desk.visitor(), await desk.agent("Maya"), await desk.agent("Jonas")
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await maya.move(conversation, "take-over")
        refused = [
            await jonas.write(conversation, "me too"),
            await jonas.move(conversation, "hand-back"),
            await jonas.move(conversation, "resolve"),
        ]
        assert [(r.status_code, r.json()["error"]["code"]) for r in refused] == [(409, "not_yours")] * 3


class TestOutOfHours:
    async def test_the_customer_hears_when_people_are_back_and_leaves_a_message(
        self, tmp_path: Path, business: Business
    ) -> None:
        offset = offset_to(CLOSED_ON_SUNDAY)
        async with a_desk(tmp_path, weekdays_only(business), clock_offset=offset) as desk:
            visitor, agent = await desk.visitor(), await desk.agent()
            conversation = await visitor.start()
            reader = await visitor.follow(conversation)
            await visitor.send(conversation, "it arrived broken")
            answer = await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
            assert answer.json()["state"] == "bot"
            await reader.until_text("back tomorrow at 09:00")
            await visitor.send(conversation, "Leave a message", payload="rapport:leave_message")
            linked = await reader.until(lambda: next((e for e in reader.events if e["type"] == "linked"), None))
            left = linked["conversation_id"]
            await visitor.send(left, "the lid is cracked")
            await visitor.send(conversation, "meanwhile, bot?")
            await reader.until_text("You said: meanwhile, bot?")
            inbox = (await agent.http.get("/v1/agent/inbox")).json()["rows"]
            waiting = [r for r in inbox if r["state"] == "waiting"]
            assert [(r["id"], r["reason"], r["preview"]) for r in waiting] == [
                (left, "left_message", "the lid is cracked")
            ]
            shown = (await visitor.http.get(f"/v1/visitor/conversations/{left}")).json()
            assert (shown["state"], shown["left_message"], shown["queue"]) == ("waiting", True, None)
            shown = (await agent.http.get(f"/v1/agent/conversations/{left}")).json()
            assert shown["card"]["asked"] == "it arrived broken"
