"""Serving bot turns: claim from the database, ask Rasa, write down what came of it."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from desk.rasa import Question, Rasa, RasaFailed
from support.chat import answers, bot_turns, conversations
from support.chat.answers import Answer
from support.chat.bot_turns import Claim
from support.clock import now
from support.database import Database
from support.events import Changes
from support.models.conversations import Contact
from support.policy.business import Business
from support.settings import Settings
from support.signing_in import identification
from support.signing_in.identification import Identity

log = logging.getLogger(__name__)

RETRY_FOR = 3.0  # seconds in which a Rasa that is just restarting may come back before the customer is told
RETRY_EVERY = 0.25  # seconds
LEASE_MARGIN = 4.0  # seconds beyond deadline and retries until another process may take a turn for abandoned


@dataclass(frozen=True, slots=True)
class _Work:
    claim: Claim
    question: Question


class BotTurns:
    """One task a conversation with open turns; a bounded number of questions to Rasa at once."""

    def __init__(self, database: Database, rasa: Rasa, business: Business, settings: Settings) -> None:
        self._database, self._rasa, self._business = database, rasa, business
        self._lease = timedelta(seconds=settings.turn_deadline + 1 + RETRY_FOR + LEASE_MARGIN)
        self._free = asyncio.Semaphore(settings.turns_at_once)
        self._patience = settings.turn_deadline
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._closing = False

    def listen(self, changes: Changes) -> None:
        for conversation_id in changes.turns:
            self.wake(conversation_id)

    def wake(self, conversation_id: str) -> None:
        """There may be a turn to serve."""
        if self._closing:
            return
        if conversation_id in self._serving:
            self._woken.add(conversation_id)
            return
        task = asyncio.create_task(self._serve(conversation_id), name=f"bot turns of {conversation_id}")
        self._serving[conversation_id] = task
        task.add_done_callback(lambda _: self._ended(conversation_id))

    def _ended(self, conversation_id: str) -> None:
        self._serving.pop(conversation_id, None)
        if conversation_id in self._woken:
            self._woken.discard(conversation_id)
            self.wake(conversation_id)

    async def sweep(self) -> None:
        """Wake what a crashed process, here or elsewhere, has left behind."""
        async with self._database.read() as session:
            for conversation_id in await bot_turns.conversations_to_serve(session):
                if conversation_id not in self._serving:
                    self.wake(conversation_id)

    async def close(self) -> None:
        """Let nothing new begin; what is under way is left to whoever comes next."""
        self._closing = True
        tasks = list(self._serving.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, conversation_id: str) -> None:
        try:
            while await self._serve_one(conversation_id):
                pass
        except Exception:
            # The claim runs out and the sweep brings the conversation back
            log.exception("serving bot turns failed")

    async def _serve_one(self, conversation_id: str) -> bool:
        # Waiting comes before claiming: a claim's lease must not run out in the line
        is_free = await self._wait_for_room()
        try:
            work = await self._claim(conversation_id)
            if work is None:
                return False
            if is_free:
                await self._answer(work)
            else:
                await self._write_failure(work, RasaFailed("overloaded"))
            return True
        finally:
            if is_free:
                self._free.release()

    async def _wait_for_room(self) -> bool:
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            return False
        return True

    async def _claim(self, conversation_id: str) -> _Work | None:
        async with self._database.write() as session:
            conversation = await conversations.lock(session, conversation_id)
            while claim := await bot_turns.claim(session, conversation, lease=self._lease):
                if not bot_turns.may_speak(conversation):
                    bot_turns.finish(claim.turn, "dropped")
                elif claim.exhausted:
                    await answers.fail(session, conversation, claim.turn, "gave_up", self._business)
                else:
                    contact = await session.get_one(Contact, conversation.contact_id)
                    known = await identification.of_contact(session, contact, at=now())
                    return _Work(claim, self._question(claim, contact, known))
                await session.flush()
        return None

    def _question(self, claim: Claim, contact: Contact, known: Identity) -> Question:
        turn, conversation = claim.turn, claim.conversation
        return Question(
            sender_id=conversation.id, turn_id=turn.id, text=turn.text, payload=turn.payload,
            metadata={
                "conversation_id": conversation.id, "message_id": turn.message_id, "turn_id": turn.id,
                "claim": claim.token, "epoch": conversation.epoch, "contact_id": contact.id,
                "level": known.level, "name": known.name, "customer_id": known.speaker.customer_id,
                "order_id": known.speaker.order_id,
                "people_open": self._business.opening_hours.is_open(now()),
            },
        )

    async def _answer(self, work: _Work) -> None:
        try:
            answer = await self._ask(work.question)
        except RasaFailed as failed:
            await self._write_failure(work, failed)
        else:
            await self._write_answer(work, answer)

    async def _ask(self, question: Question) -> Answer:
        patient_until = asyncio.get_running_loop().time() + RETRY_FOR
        while True:
            try:
                return await self._rasa.answer(question)
            except RasaFailed as failed:
                if not failed.unreachable or asyncio.get_running_loop().time() > patient_until:
                    raise
                await asyncio.sleep(RETRY_EVERY)

    async def _write_answer(self, work: _Work, answer: Answer) -> None:
        conversation_id = work.question.sender_id
        async with self._database.write() as session:
            conversation = await conversations.lock(session, conversation_id)
            turn = await bot_turns.still_current(session, work.claim.turn.id, work.claim.token)
            if turn is not None:
                await answers.give(session, conversation, turn, answer, self._business)

    async def _write_failure(self, work: _Work, failed: RasaFailed) -> None:
        log.warning("turn %s failed: %s", work.question.turn_id, failed.name)
        async with self._database.write() as session:
            conversation = await conversations.lock(session, work.question.sender_id)
            turn = await bot_turns.still_current(session, work.claim.turn.id, work.claim.token)
            if turn is None:
                return
            await answers.fail(session, conversation, turn, failed.name, self._business)
            if failed.unreachable:
                await answers.fail_rest(session, conversation, failed.name)
