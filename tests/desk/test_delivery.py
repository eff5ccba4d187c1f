"""Guarantees 1, 3 and what resuming promises: once, in order, without a gap."""

import asyncio
import uuid

from tests.desk.conftest import RunningDesk


class TestSendingAgain:
    async def test_fifty_at_once_are_one_message_and_fifty_identical_answers(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        message_id = str(uuid.uuid4())
        answers = await asyncio.gather(*(visitor.send(conversation, "hello", message_id) for _ in range(50)))
        assert sorted(a.status_code for a in answers) == [200] * 49 + [201]
        assert {a.text for a in answers} == {answers[0].text}
        sent = [e for e in await visitor.events(conversation) if e["type"] == "message"
                and e["message"]["author"]["kind"] == "customer"]
        assert [e["message"]["id"] for e in sent] == [message_id]

    async def test_the_bot_answers_it_once(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        message_id = str(uuid.uuid4())
        reader = await visitor.follow(conversation)
        await asyncio.gather(*(visitor.send(conversation, "hello", message_id) for _ in range(10)))
        await visitor.send(conversation, "the end")
        await reader.until_text("You said: the end")
        assert reader.messages("bot") == ["You said: hello", "You said: the end"]

    async def test_the_same_id_with_another_text_is_refused_and_changes_nothing(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        message_id = str(uuid.uuid4())
        await visitor.send(conversation, "hello", message_id)
        refused = await visitor.send(conversation, "goodbye", message_id)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "id_reused")
        texts = [e["message"]["text"] for e in await visitor.events(conversation) if e["type"] == "message"]
        assert "goodbye" not in texts

    async def test_the_same_id_in_two_conversations_is_two_messages(self, desk: RunningDesk) -> None:
        one, other = await desk.visitor(), await desk.visitor()
        message_id = str(uuid.uuid4())
        first = await one.send(await one.start(), "mine", message_id)
        second = await other.send(await other.start(), "also mine", message_id)
        assert (first.status_code, second.status_code) == (201, 201)

    async def test_over_the_socket_and_over_http_it_is_the_same_message(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        message_id = str(uuid.uuid4())
        await reader.send(type="send", conversation_id=conversation, id=message_id, text="hello")
        accepted = await reader.until_frame("accepted")
        again = await visitor.send(conversation, "hello", message_id)
        assert (again.status_code, again.json()["seq"]) == (200, accepted["seq"])

    async def test_starting_a_conversation_again_is_the_same_conversation(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        again = await visitor.http.put(f"/v1/visitor/conversations/{conversation}", json={})
        assert again.status_code == 200
        listed = (await visitor.http.get("/v1/visitor/conversations")).json()["conversations"]
        assert [one["id"] for one in listed] == [conversation]


    async def test_an_id_in_upper_case_is_the_same_id(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = (await visitor.start()).upper()
        message_id = str(uuid.uuid4())
        first = await visitor.send(conversation, "hello", message_id.upper())
        again = await visitor.send(conversation.lower(), "hello", message_id)
        assert (first.status_code, again.status_code) == (201, 200)
        assert len(await visitor.events(conversation)) >= 1
        reader = await visitor.follow(conversation)
        await reader.until_text("hello")


class TestOrder:
    async def test_twenty_senders_make_one_gapless_order_for_every_reader(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "first")
        await agent.move(conversation, "take-over")
        readers = [await visitor.follow(conversation), await agent.follow(conversation)]

        async def sender(number: int) -> None:
            who = agent.write if number % 2 else visitor.send
            for count in range(50):
                answer = await who(conversation, f"{number}:{count}")
                assert answer.status_code == 201, answer.text

        await asyncio.gather(*(sender(number) for number in range(20)))
        last = (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).json()["last_seq"]
        stored = await visitor.events(conversation)
        assert [e["seq"] for e in stored] == list(range(1, last + 1))
        for reader in readers:
            await reader.until(lambda r=reader: r.events and r.events[-1]["seq"] == last)
            assert [(e["seq"], e["type"]) for e in reader.events] == [(e["seq"], e["type"]) for e in stored]
        texts = [e["message"]["text"] for e in stored if e["type"] == "message"]
        for number in range(20):
            assert [t for t in texts if t.startswith(f"{number}:")] == [f"{number}:{c}" for c in range(50)]


class TestResuming:
    async def test_a_reader_that_was_away_gets_edits_deletions_and_transitions_too(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await reader.until_text("You said: hello")
        seen = reader.events[-1]["seq"]
        await reader.close()

        await agent.move(conversation, "take-over")
        kept, gone = str(uuid.uuid4()), str(uuid.uuid4())
        await agent.write(conversation, "I cna help", kept)
        await agent.write(conversation, "a secret of another customer", gone)
        await agent.note(conversation, "seems nice")
        await agent.http.patch(f"/v1/agent/conversations/{conversation}/messages/{kept}", json={"text": "I can help"})
        await agent.http.delete(f"/v1/agent/conversations/{conversation}/messages/{gone}")

        back = await visitor.follow(conversation, after=seen)
        assert [e["type"] for e in back.events] == [
            "transition", "message", "message", "withheld", "message_edited", "message_deleted",
        ]
        assert back.events[0]["agent"] == {"name": "Maya"}
        assert back.events[1]["message"]["text"] == "I can help"
        assert "secret" not in str(back.events)
        assert "seems nice" not in str(back.events)
        assert [e["seq"] for e in back.events] == list(range(seen + 1, seen + 7))

    async def test_thousands_of_missed_events_come_in_pages_and_then_live_without_a_gap(
        self, desk: RunningDesk
    ) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        for number in range(450):
            await agent.write(conversation, f"line {number}")
        reader = await visitor.follow(conversation)
        pages = [f for f in reader.frames if f["type"] == "events"]
        assert all(len(page["events"]) <= 200 for page in pages)
        assert len(pages) > 2
        await agent.write(conversation, "and live")
        await reader.until_text("and live")
        assert [e["seq"] for e in reader.events] == list(range(1, len(reader.events) + 1))
        assert [e for e in reader.events if e["type"] == "message"] == [
            e for e in await visitor.events(conversation) if e["type"] == "message"
        ]

    async def test_a_hundred_reconnects_under_traffic_leave_no_gap(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        stop = asyncio.Event()

        async def talk() -> None:
            count = 0
            while not stop.is_set():
                await agent.write(conversation, f"line {count}")
                count += 1

        talking = asyncio.create_task(talk())
        seen: list[int] = []
        reconnects = 0
        while reconnects < 100 or len(seen) <= 50:
            assert not talking.done()
            reader = await visitor.follow(conversation, after=seen[-1] if seen else 0)
            await reader.close()
            seen += [e["seq"] for e in reader.events]
            reconnects += 1
        stop.set()
        await talking
        assert seen == list(range(1, len(seen) + 1))


class TestASlowReader:
    async def test_one_that_reads_nothing_does_not_hold_up_another(self, desk: RunningDesk) -> None:
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        await agent.move(conversation, "take-over")
        stuck = await visitor.connect()
        await stuck.until_frame("welcome")
        await stuck.send(type="subscribe", conversation_id=conversation, after=0)
        stuck.socket.transport.pause_reading()
        reader = await visitor.follow(conversation)
        for number in range(300):
            await agent.write(conversation, f"{number} " + "x" * 3000)
        await reader.until_text("299 ")
        assert [e["seq"] for e in reader.events] == list(range(1, len(reader.events) + 1))
        stuck.socket.transport.resume_reading()
