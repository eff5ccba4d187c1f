"""The ownership machine under random interleavings of everybody who can move it, on real databases."""

import asyncio
import contextlib
import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from support.chat import answers, bot_turns, conversations, handoffs, incoming, messages, waiting
from support.chat.agents import add as add_agent
from support.chat.answers import Answer, BotMessage
from support.chat.ownership import MOVES, SYSTEM, Actor, Move, apply
from support.database import Database
from support.errors import MoveRefused, SupportError
from support.models.agents import Agent
from support.models.conversations import Contact, Conversation, State, Transition
from support.policy.business import Business
from support.signing_in import visitors
from support.text import new_id

SPEAKS = {"bot": {"bot", "resolved"}, "agent": {"agent"}}


class World:
    """One conversation, two agents, and what each of them can try; whatever is refused changes nothing."""

    def __init__(self, database: Database, business: Business, contact: Contact, people: list[Agent]) -> None:
        self.database, self.business, self.contact, self.people = database, business, contact, people
        self.conversation_id = new_id()

    async def begin(self) -> None:
        async with self.database.write() as session:
            await conversations.start(session, self.contact, self.conversation_id)

    async def do(self, step: str, pause: float) -> None:
        await asyncio.sleep(pause)
        with contextlib.suppress(SupportError):
            await getattr(self, step)()

    async def customer_writes(self) -> None:
        async with self.database.write() as session:
            conversation = await conversations.lock(session, self.conversation_id)
            rules = incoming.Rules(self.business, 60)
            await incoming.send(session, conversation, self.contact, rules, message_id=new_id(), text="hello")

    async def customer_wants_a_person(self) -> None:
        await self._moved(lambda s, c: waiting.ask_for_person(
            s, c, self.business, actor=Actor("customer", self.contact.id), reason="asked", key=new_id()
        ))

    async def customer_leaves_the_line(self) -> None:
        await self._moved(lambda s, c: waiting.withdraw(
            s, c, self.business, actor=Actor("customer", self.contact.id), key=new_id()
        ))

    async def maya_takes_over(self) -> None:
        await self._moved(lambda s, c: handoffs.take_over(s, c, self.business, agent=self.people[0]))

    async def jonas_takes_over(self) -> None:
        await self._moved(lambda s, c: handoffs.take_over(s, c, self.business, agent=self.people[1]))

    async def maya_writes(self) -> None:
        await self._moved(lambda s, c: messages.write_as_agent(
            s, c, agent=self.people[0], message_id=new_id(), text="maya"
        ))

    async def jonas_writes(self) -> None:
        await self._moved(lambda s, c: messages.write_as_agent(
            s, c, agent=self.people[1], message_id=new_id(), text="jonas"
        ))

    async def maya_hands_back(self) -> None:
        await self._moved(lambda s, c: handoffs.hand_back(s, c, agent=self.people[0]))

    async def jonas_resolves(self) -> None:
        await self._moved(lambda s, c: handoffs.resolve(s, c, agent=self.people[1]))

    async def agent_goes_silent(self) -> None:
        async def release(session: Any, conversation: Conversation) -> None:
            if conversation.state == State.AGENT:
                await waiting.release(session, conversation, self.business, reason="agent_silent")

        await self._moved(release)

    async def bot_answers(self) -> None:
        await self._bot_turn(lambda s, c, t: answers.give(
            s, c, t, Answer([BotMessage("bot")]), self.business
        ))

    async def bot_fails(self) -> None:
        await self._bot_turn(lambda s, c, t: answers.fail(s, c, t, "rasa_error", self.business))

    async def _bot_turn(self, end: Any) -> None:
        async with self.database.write() as session:
            conversation = await conversations.lock(session, self.conversation_id)
            claim = await bot_turns.claim(session, conversation, lease=timedelta(seconds=60))
        if claim is None:
            return
        await asyncio.sleep(random.random() * 0.004)  # Rasa thinks; anything may happen meanwhile
        async with self.database.write() as session:
            conversation = await conversations.lock(session, self.conversation_id)
            turn = await bot_turns.still_current(session, claim.turn.id, claim.token)
            if turn is not None:
                await end(session, conversation, turn)

    async def _moved(self, move: Any) -> None:
        async with self.database.write() as session:
            await move(session, await conversations.lock(session, self.conversation_id))

    async def check(self) -> None:
        async with self.database.read() as session:
            page = await conversations.events_after(session, self.conversation_id, 0, limit=10_000)
            log = list(await session.scalars(
                select(Transition).where(Transition.conversation_id == self.conversation_id).order_by(Transition.epoch)
            ))
            conversation = await conversations.find(session, self.conversation_id)
        assert [e["seq"] for e in page.events] == list(range(1, conversation.last_seq + 1))
        assert [t.epoch for t in log] == list(range(1, conversation.epoch + 1))
        state = "bot"
        for one in log:
            assert one.from_state == state
            assert one.to_state in {to for (start, _), to in MOVES.items() if start == state}
            state = one.to_state
        assert conversation.state == state
        assert (conversation.agent_id is not None) == (state == "agent")
        self._check_speakers(page.events)

    def _check_speakers(self, events: list[dict[str, Any]]) -> None:
        state, holder = "bot", None
        for event in events:
            if event["type"] == "transition":
                assert event["from"] == state
                state, holder = event["to"], event["agent"] and event["agent"]["name"]
            elif event["type"] == "message":
                author = event["message"]["author"]
                if author["kind"] == "bot":
                    assert state in SPEAKS["bot"], "the bot spoke while it was not its turn"
                if author["kind"] == "agent":
                    assert state in SPEAKS["agent"]
                    assert author["name"] == holder, "an agent spoke in a conversation that another has"


STEPS = [name for name in vars(World) if not name.startswith("_") and name not in ("begin", "do", "check")]


@pytest.fixture
async def people(database: Database) -> tuple[Contact, list[Agent]]:
    async with database.write() as session:
        _, visitor = await visitors.begin(session)
        found = [
            await add_agent(session, email=f"{name}@shop.example", name=name, password="a long password")
            for name in ("Maya", "Jonas")
        ]
    return visitor.contact, found


class TestRandomInterleavings:
    async def test_keep_one_speaker_one_order_and_a_whole_log(
        self, database: Database, business: Business, people: tuple[Contact, list[Agent]]
    ) -> None:
        loop = asyncio.get_running_loop()

        async def play(actors: list[list[tuple[str, int]]]) -> None:
            world = World(database, business, *people)
            await world.begin()

            async def act(steps: list[tuple[str, int]]) -> None:
                for step, pause in steps:
                    await world.do(step, pause / 1000)

            await asyncio.gather(*(act(steps) for steps in actors))
            await world.check()

        step = st.tuples(st.sampled_from(STEPS), st.integers(0, 3))
        actors = st.lists(st.lists(step, min_size=1, max_size=8), min_size=2, max_size=5)

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(actors)
        def everybody_at_once(plan: list[list[tuple[str, int]]]) -> None:
            asyncio.run_coroutine_threadsafe(play(plan), loop).result()

        await asyncio.to_thread(everybody_at_once)


class TestApply:
    @pytest.mark.parametrize("state", list(State))
    @pytest.mark.parametrize("move", list(Move))
    async def test_only_what_the_table_holds_is_done(
        self, database: Database, people: tuple[Contact, list[Agent]], state: State, move: Move
    ) -> None:
        contact, (agent, _) = people
        async with database.write() as session:
            conversation, _ = await conversations.start(session, contact, new_id())
            conversation.state = state
            conversation.agent_id = agent.id if state is State.AGENT else None
            await session.flush()
            if (state, move) in MOVES:
                done = await apply(session, conversation, move, actor=SYSTEM, reason="asked", agent=agent)
                assert (done.epoch, conversation.epoch, done.to_state) == (1, 1, MOVES[state, move])
                assert conversation.state == MOVES[state, move]
            else:
                with pytest.raises(MoveRefused):
                    await apply(session, conversation, move, actor=SYSTEM, reason="asked", agent=agent)
                assert (conversation.state, conversation.epoch, conversation.last_seq) == (state, 0, 0)

    async def test_one_decided_under_an_older_epoch_is_refused(
        self, database: Database, people: tuple[Contact, list[Agent]]
    ) -> None:
        contact, (agent, _) = people
        async with database.write() as session:
            conversation, _ = await conversations.start(session, contact, new_id())
            await apply(session, conversation, Move.TAKE_OVER, actor=SYSTEM, reason="taken_over", agent=agent)
            with pytest.raises(SupportError) as refused:
                await apply(session, conversation, Move.HAND_BACK, actor=SYSTEM, reason="handed_back", epoch=0)
        assert refused.value.code == "epoch_moved"
