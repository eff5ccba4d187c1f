"""The queue as those in it see it: places, leaving it, the bot meanwhile, priority, and time-outs."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.customers import Customer
from support.policy.business import Business
from support.settings import Settings
from tests.desk.clients import AgentClient, Reader, VisitorClient
from tests.desk.conftest import RunningDesk, a_desk
from tests.support.shop_rows import create_account, earn


class TestTheQueue:
    async def test_each_hears_their_place_and_that_it_has_changed(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        readers, ids = [], []
        for _ in range(3):
            visitor = await desk.visitor()
            conversation = await visitor.start()
            await visitor.send(conversation, "hello")
            await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
            readers.append(await visitor.follow(conversation))
            ids.append(conversation)
        places = [[e["position"] for e in r.events if e["type"] == "queue"] for r in readers]
        assert places == [[1], [2], [3]]
        wait = next(e["expected_wait_seconds"] for e in readers[1].events if e["type"] == "queue")
        assert wait == 2 * 6 * 60  # one agent present, six minutes each
        await agent.move(ids[0], "take-over")
        for reader, place in ((readers[1], 1), (readers[2], 2)):
            await reader.until(lambda r=reader, p=place: any(
                e["type"] == "queue" and e["position"] == p for e in r.events
            ))

    async def test_leaving_the_line_gives_the_conversation_back_to_the_bot(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
        left = (await visitor.http.delete(f"/v1/visitor/conversations/{conversation}/person")).json()
        assert left["state"] == "bot"
        await visitor.send(conversation, "so?")
        await reader.until_text("You said: so?")

    async def test_the_bot_answers_in_the_line_only_if_asked_to(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await reader.until_text("You said: hello")
        await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
        await visitor.send(conversation, "my number is 5")
        await visitor.send(conversation, "Ask Fern meanwhile", payload="rapport:bot_while_waiting")
        await reader.until_text("keep your place")
        await visitor.send(conversation, "what do you cost?")
        await reader.until_text("You said: what do you cost?")
        assert "You said: my number is 5" not in reader.messages("bot")
        shown = (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).json()
        assert (shown["state"], shown["bot_while_waiting"]) == ("waiting", True)

    async def test_a_console_sees_the_inbox_change_live(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        console = await agent.connect()
        await console.send(type="watch_inbox")
        first = await console.until_frame("inbox")
        assert (first["rows"], first["complete"]) == ([], True)
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        # Whoever asks for a person before the bot has spoken may or may not hear it
        await reader.until_text("You said: hello")
        await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
        row = await console.until(lambda: next(
            (r for f in console.frames if f["type"] == "inbox" for r in f["rows"] if r["state"] == "waiting"), None
        ))
        assert (row["id"], row["preview"]) == (conversation, "You said: hello")

    async def test_a_customer_of_a_tier_with_priority_comes_first_however_they_asked(
        self, desk: RunningDesk
    ) -> None:
        first, agent = await desk.visitor(), await desk.agent()
        plain = await first.start()
        await first.send(plain, "hello")
        await first.http.post(f"/v1/visitor/conversations/{plain}/person", json={})
        await desk.do(_make_ada_evergreen)
        ways = {}
        for way in ("route", "button", "bot"):
            ada = await desk.customer("C-1")
            conversation = ways[way] = await ada.start()
            if way == "route":
                await ada.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
                continue
            desk.rasa.answer = desk.rasa.offer_person if way == "button" else desk.rasa.hand_over
            reader = await ada.follow(conversation)
            await ada.send(conversation, "help")
            if way == "button":
                await reader.until_text("You said: help")
                await ada.send(conversation, "Talk to a person", payload="rapport:person")
            await reader.until_state("waiting")
        rows = (await agent.http.get("/v1/agent/inbox")).json()["rows"]
        assert [(r["id"], r["priority"]) for r in rows if r["state"] == "waiting"] == [
            *((ways[way], 10) for way in ("route", "button", "bot")), (plain, 0)
        ]


class TestTimeOuts:
    async def test_nobody_took_it(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await visitor.http.post(f"/v1/visitor/conversations/{conversation}/person", json={})
        await reader.until_text("in line")
        clock.shift(Settings(clock_offset="301s", _env_file=None).offset)  # type: ignore[call-arg]
        said = await reader.until_text("longer than it should")
        assert {b["payload"] for b in said["message"]["buttons"]} >= {"rapport:leave_message", "rapport:no_person"}
        assert (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).json()["state"] == "waiting"

    async def test_an_agent_who_leaves_a_customer_without_an_answer_loses_the_conversation(
        self, tmp_path: Path, business: Business
    ) -> None:
        # Only the silence is to count: an agent's presence would lapse at once when the clock jumps
        people = business.people.model_copy(update={"offline_after_seconds": 3600})
        async with a_desk(tmp_path, business.model_copy(update={"people": people})) as desk:
            await self._left_without_an_answer(desk)

    async def _left_without_an_answer(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        silent, answered, fresh = [await self._taken_over(desk, agent) for _ in range(3)]
        for visitor, conversation, _ in (silent, answered):
            await visitor.send(conversation, "anybody?")
        for conversation in (answered[1], fresh[1]):
            await agent.write(conversation, "yes, me")
        clock.shift(Settings(clock_offset="200s", _env_file=None).offset)  # type: ignore[call-arg]
        await fresh[0].send(fresh[1], "anybody?")
        clock.shift(Settings(clock_offset="241s", _env_file=None).offset)  # type: ignore[call-arg]
        back = await silent[2].until_state("waiting")
        assert back["reason"] == "agent_silent"
        await silent[2].until_text("front of the line")
        for visitor, conversation, _ in (answered, fresh):
            shown = (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).json()
            assert (shown["state"], shown["agent"]) == ("agent", {"name": "Maya"})

    async def _taken_over(self, desk: RunningDesk, agent: AgentClient) -> tuple[VisitorClient, str, Reader]:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        return visitor, conversation, await visitor.follow(conversation)

    async def test_an_agent_whose_console_is_gone(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        clock.shift(Settings(clock_offset="50s", _env_file=None).offset)  # type: ignore[call-arg]
        await agent.write(conversation, "still here, without a socket")
        clock.shift(Settings(clock_offset="100s", _env_file=None).offset)  # type: ignore[call-arg]
        await agent.write(conversation, "and still")
        clock.shift(Settings(clock_offset="170s", _env_file=None).offset)  # type: ignore[call-arg]
        back = await reader.until_state("waiting")
        assert back["reason"] == "agent_offline"
        assert reader.messages("agent") == ["still here, without a socket", "and still"]
        other = await desk.agent("Jonas")
        assert (await other.move(conversation, "take-over")).status_code == 200


async def _make_ada_evergreen(session: AsyncSession) -> None:
    ada = await session.scalar(select(Customer).where(Customer.reference == "C-1"))
    assert ada is not None
    account = await create_account(session, ada)
    await earn(session, account, 3000, at=clock.now(), expires_at=clock.now() + timedelta(days=365))
