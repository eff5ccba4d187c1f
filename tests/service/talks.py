"""Conversations with the running service, as data: what is said, what is heard, and what is different afterwards."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from support import clock
from support.database import Database
from support.models.conversations import Handoff
from support.policy.business import Business
from tests.desk.clients import Reader, VisitorClient
from tests.service.belongings import Facts, belongings
from tests.service.regulars import POINTS, Regular, create_regular

# References, and the place in a line that others stand in too
_NEVER_TWICE = re.compile(r"\b(?:RT|R|C)-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b(?:next|number \d+) in line\b")


@dataclass(frozen=True)
class Talk:
    """What a regular says and a part of what they hear; `{pending}` stands for the number of that order of theirs.

    `changed` are the facts of `belongings` that differ at the end, and no others may; `handoff` is why a person was
    fetched, None if the bot stayed. `points` have been earned before.
    """

    name: str
    turns: tuple[tuple[str, str], ...]
    changed: Facts = field(default_factory=dict)
    handoff: str | None = None
    points: int = POINTS


class Visitor:
    """Somebody in one conversation of their own."""

    def __init__(self, client: VisitorClient, reader: Reader, conversation: str) -> None:
        self.client, self._reader, self.conversation = client, reader, conversation
        self.heard: list[str] = []

    @classmethod
    async def come(cls, url: str) -> "Visitor":
        """Somebody whom nobody knows."""
        client = VisitorClient(url)
        await client.begin()
        return await cls._in_conversation(client)

    @classmethod
    async def sign_in(cls, url: str, reference: str, secret: str) -> "Visitor":
        client = VisitorClient(url)
        await client.begin()
        answer = await client.sign_in(reference, secret)
        assert answer.status_code == 200, answer.text
        return await cls._in_conversation(client)

    @classmethod
    async def _in_conversation(cls, client: VisitorClient) -> "Visitor":
        conversation = await client.start()
        return cls(client, await client.follow(conversation), conversation)

    async def say(self, text: str) -> str:
        """All that is answered, a bubble a line; nothing but what the desk says if a person is to come."""
        message_id = str(uuid.uuid4())
        sent = await self.client.send(self.conversation, text, message_id)
        assert sent.status_code == 201, sent.text
        since = sent.json()["seq"]

        def answered() -> list[dict[str, Any]]:
            new = [one for one in self._reader.events if one["seq"] > since]
            ended = any(
                one["type"] == "transition" or (one["type"] == "message" and one["message"]["reply_to"] == message_id)
                for one in new
            )
            return [one for one in new if one["type"] == "message"] if ended else []

        self.heard.append("\n".join(one["message"]["text"] for one in await self._reader.until(answered, 20)))
        return self.heard[-1]

    async def leave(self) -> None:
        await self.client.http.delete(f"/v1/visitor/conversations/{self.conversation}/person")
        await self.client.close()


@dataclass
class Talks:
    """Holds conversations with one service, each by a new regular; `secret` is what the shop signs with."""

    url: str
    secret: str
    database: Database
    business: Business

    async def hold(self, talk: Talk) -> None:
        """Raises AssertionError at the first answer that lacks its part, or if anything else changed."""
        async with self.database.write() as session:
            regular = await create_regular(session, self.business, clock.now(), points=talk.points)
        before = await self._belongings(regular)
        visitor = await Visitor.sign_in(self.url, regular.customer.reference, self.secret)
        for text, part in talk.turns:
            said = await visitor.say(text.format(**regular.numbers))
            expected = part.format(**regular.numbers)
            assert expected in said, f"{text!r} was answered: {said}\nbut expected was: {expected}"
        after = await self._belongings(regular)
        assert {name: fact for name, fact in after.items() if fact != before[name]} == talk.changed
        assert await self._fetched_for(visitor.conversation) == talk.handoff
        await visitor.leave()

    async def played(self, texts: Sequence[str]) -> tuple[list[str], Facts]:
        """What a new regular hears, without what is never the same twice, and has at the end but for their e-mail."""
        async with self.database.write() as session:
            regular = await create_regular(session, self.business, clock.now())
        visitor = await Visitor.sign_in(self.url, regular.customer.reference, self.secret)
        heard = [await visitor.say(text.format(**regular.numbers)) for text in texts]
        await visitor.leave()
        for role, number in regular.numbers.items():
            heard = [said.replace(number, f"<{role}>") for said in heard]
        facts = await self._belongings(regular)
        return [_NEVER_TWICE.sub("<…>", said) for said in heard], {name: facts[name] for name in facts if name != "email"}

    async def _belongings(self, regular: Regular) -> Facts:
        async with self.database.read() as session:
            return await belongings(session, regular)

    async def _fetched_for(self, conversation: str) -> str | None:
        async with self.database.read() as session:
            reason: str | None = await session.scalar(
                select(Handoff.reason).where(Handoff.conversation_id == conversation)
            )
            return reason
