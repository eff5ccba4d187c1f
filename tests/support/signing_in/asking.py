"""Visitors who ask for one-time codes, and the mail they get."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.conversations import Contact, Level
from support.models.identity import OneTimeCode
from support.models.outbox import Mail
from support.policy.business import Business
from support.refusals import CodeWrong
from support.settings import Settings
from support.signing_in import codes, identification, visitors
from tests.support.shop_rows import NOW

HALF_AN_HOUR = timedelta(minutes=30)
DEMO = Settings(_env_file=None)


class Asking:
    """A visitor who asks for codes, and reads the mail."""

    def __init__(self, session: AsyncSession, rules: Business, contact: Contact) -> None:
        self.session, self.rules, self.contact = session, rules, contact

    async def ask(self, email: str = "aoife@example.com", *, after: int = 0, **more: Any) -> None:
        """`after` is seconds from NOW."""
        known = {"business": self.rules, "settings": DEMO, "at": NOW + timedelta(seconds=after)}
        await codes.ask(self.session, self.contact, email, **(known | more))

    async def check(self, code: str, *, after: int = 0) -> identification.Identity:
        at = NOW + timedelta(seconds=after)
        return await codes.check(self.session, self.contact, code, lasts=HALF_AN_HOUR, at=at)

    async def is_wrong(self, code: str, *, after: int = 0) -> None:
        with pytest.raises(CodeWrong):
            await self.check(code, after=after)

    async def level(self, *, after: int = 0) -> Level:
        at = NOW + timedelta(seconds=after)
        return (await identification.of_contact(self.session, self.contact, at=at)).level

    async def code(self) -> str:
        return code_in((await mails(self.session))[-1])


def code_in(mail: Mail) -> str:
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found
    return found[0]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def mails(session: AsyncSession) -> list[Mail]:
    return list(await session.scalars(select(Mail).order_by(Mail.created_at)))


async def rows(session: AsyncSession) -> list[OneTimeCode]:
    query = select(OneTimeCode).order_by(OneTimeCode.created_at, OneTimeCode.id)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def new_contact(session: AsyncSession) -> Contact:
    _, visitor = await visitors.begin(session)
    return visitor.contact
