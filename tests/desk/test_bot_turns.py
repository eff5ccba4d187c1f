"""Guarantees 8, 10 and 18 at the desk: turns in order, silence after a takeover, payloads that were offered."""

import asyncio
from pathlib import Path
from typing import Any

from support.policy.business import Business
from tests.desk.conftest import RunningDesk, a_desk
from tests.stand_ins.rasa import handing_over, saying


class TestManyAtOnce:
    async def test_twenty_in_a_burst_are_answered_in_order_one_at_a_time(self, desk: RunningDesk) -> None:
        turn_time = 0.03

        async def slowly(turn: Any) -> Any:
            await asyncio.sleep(turn_time)
            return saying(f"re {turn['text']}")

        desk.rasa.answer = slowly
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        for number in range(20):
            await reader.send(type="send", conversation_id=conversation, id=_id(number), text=f"{number}")
        await reader.until_text("re 19")
        assert reader.messages("bot") == [f"re {number}" for number in range(20)]
        assert reader.messages("customer") == [str(number) for number in range(20)]
        assert desk.rasa.most_at_once == 1

    async def test_two_hundred_are_each_answered_or_refused(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        answers = await asyncio.gather(*(visitor.send(conversation, f"n{n}", _id(n)) for n in range(200)))
        taken = [n for n, a in enumerate(answers) if a.status_code == 201]
        refused = [a.json()["error"] for a in answers if a.status_code != 201]
        assert all(error["code"] == "too_many_messages" and error["retry_after"] >= 1 for error in refused)
        await reader.until(lambda: len(reader.messages("bot")) == len(taken), 60)
        assert reader.messages("bot") == [f"You said: {t}" for t in reader.messages("customer")]

    async def test_conversations_do_not_wait_for_each_other(self, desk: RunningDesk) -> None:
        release = asyncio.Event()

        async def one_hangs(turn: Any) -> Any:
            if turn["text"] == "hang":
                await release.wait()
            return saying(f"re {turn['text']}")

        desk.rasa.answer = one_hangs
        first, second = await desk.visitor(), await desk.visitor()
        await first.send(await first.start(), "hang")
        conversation = await second.start()
        reader = await second.follow(conversation)
        await second.send(conversation, "quick")
        await reader.until_text("re quick", 1)
        release.set()


    async def test_with_no_room_left_the_customer_is_told_in_time(
        self, tmp_path: Path, business: Business
    ) -> None:
        async def hangs(_: Any) -> Any:
            await asyncio.sleep(30)

        async with a_desk(tmp_path, business, turns_at_once=1, turn_deadline=4) as desk:
            desk.rasa.answer = hangs
            for text in ("takes the room", "finds none"):
                visitor = await desk.visitor()
                conversation = await visitor.start()
                reader = await visitor.follow(conversation)
                await visitor.send(conversation, text)
            await reader.until_text("something went wrong", 10)
            assert len(desk.rasa.turns) == 1


class TestSilenceAfterATakeover:
    async def test_an_answer_that_comes_after_the_takeover_is_dropped(self, desk: RunningDesk) -> None:
        asked, release = asyncio.Event(), asyncio.Event()

        async def held(turn: Any) -> Any:
            asked.set()
            await release.wait()
            return saying("too late")

        desk.rasa.answer = held
        visitor, agent = await desk.visitor(), await desk.agent()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "one")
        await visitor.send(conversation, "two")
        await asked.wait()
        assert (await agent.move(conversation, "take-over")).status_code == 200
        release.set()
        await visitor.send(conversation, "three")
        await agent.write(conversation, "I am here")
        await reader.until_text("I am here")
        assert reader.messages("bot") == []
        assert len(desk.rasa.turns) == 1

    async def test_whatever_the_instant_no_bot_message_follows_the_takeover(self, desk: RunningDesk) -> None:
        async def quick(turn: Any) -> Any:
            await asyncio.sleep(0.002)
            return saying("a", "b", "c")

        desk.rasa.answer = quick
        agent = await desk.agent()
        for step in range(25):
            visitor = await desk.visitor()
            conversation = await visitor.start()
            await visitor.send(conversation, "hello")
            await asyncio.sleep(step * 0.002)
            assert (await agent.move(conversation, "take-over")).status_code == 200
            await visitor.send(conversation, "still there?")
            await agent.write(conversation, "yes")
            events = await visitor.events(conversation)
            taken = next(e["seq"] for e in events if e["type"] == "transition" and e["to"] == "agent")
            late = [e for e in events if e["type"] == "message" and e["seq"] > taken
                    and e["message"]["author"]["kind"] == "bot"]
            assert late == []


class TestButtons:
    async def test_a_payload_that_was_offered_reaches_rasa_and_one_that_was_not_is_refused(
        self, desk: RunningDesk
    ) -> None:
        offered = {"title": "Track it", "payload": '/track_order{"order_number": "HF-1"}'}

        async def offers(turn: Any) -> Any:
            return saying("Which one?", buttons=[offered])

        desk.rasa.answer = offers
        visitor = await desk.visitor()
        conversation = await visitor.start()
        never = await visitor.send(conversation, "x", payload=offered["payload"])
        assert (never.status_code, never.json()["error"]["code"]) == (422, "payload_not_offered")
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "where is my order")
        await reader.until_text("Which one?")
        pressed = await visitor.send(conversation, "Track it", payload=offered["payload"])
        assert pressed.status_code == 201
        await reader.until(lambda: len(desk.rasa.turns) == 2)
        assert desk.rasa.turns[1]["payload"] == offered["payload"]
        other = await desk.visitor()
        elsewhere = await other.send(await other.start(), "Track it", payload=offered["payload"])
        assert elsewhere.json()["error"]["code"] == "payload_not_offered"

    async def test_typed_text_that_looks_like_a_command_stays_text(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "/restart")
        await visitor.send(conversation, '/redeem{"points": 100}')
        await reader.until_text("You said: /redeem")
        assert [(t["text"], t["payload"]) for t in desk.rasa.turns] == [
            ("/restart", None), ('/redeem{"points": 100}', None),
        ]


class TestAHandoffByTheBot:
    async def test_the_reason_and_what_was_asked_reach_the_card(self, desk: RunningDesk) -> None:
        async def hands_over(turn: Any) -> Any:
            return handing_over("upset") if "furious" in turn["text"] else saying("It is on its way")

        desk.rasa.answer = hands_over
        visitor, agent = await desk.customer(), await desk.agent()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "where is my lamp")
        await reader.until_text("It is on its way")
        await visitor.send(conversation, "I am furious")
        await reader.until_state("waiting")
        card = (await agent.http.get(f"/v1/agent/conversations/{conversation}")).json()["card"]
        assert card["reason"] == "upset"
        assert card["asked"] == "I am furious"
        await visitor.send(conversation, "hello? anybody?")
        card = (await agent.http.get(f"/v1/agent/conversations/{conversation}")).json()["card"]
        assert card["asked"] == "I am furious"
        assert card["identity"]["name"] == "Ada Lovelace"
        assert card["identity"]["email"] == "ada@mail.example"
        assert card["tried"] == ["It is on its way"]
        assert card["slots"] == {"order_number": "HF-10432"}
        assert card["points"] == {"balance": 0, "tier": "Seedling"}


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"
