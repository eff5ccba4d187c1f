"""One-time codes: how long and how often they are good, and for whom."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import keys
from support.chat import conversations
from support.database import Database
from support.identity import Speaker
from support.models.conversations import Event, Level
from support.models.customers import Customer
from support.models.identity import Identification
from support.policy.business import Business
from support.refusals import CodeWrong
from support.signing_in import codes
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer
from tests.support.signing_in.asking import HALF_AN_HOUR, Asking, code_in, mails, new_contact, other_than, rows


class TestCheck:
    async def test_the_right_code_makes_the_visitor_verified_for_its_time(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        await visitor.ask()
        known = await visitor.check(await visitor.code(), after=60)
        assert known.speaker == Speaker(Level.VERIFIED, customer.id)
        assert (known.name, known.until) == ("Aoife Brennan", NOW + timedelta(minutes=31))
        (row,) = await rows(session)
        assert (row.used_at, row.tries) == (NOW + timedelta(minutes=1), 1)
        (shown,) = await session.scalars(select(Identification))
        assert (shown.contact_id, shown.customer_id, shown.order_id) == (visitor.contact.id, customer.id, None)
        assert await visitor.level(after=31 * 60 - 1) is Level.VERIFIED
        assert await visitor.level(after=31 * 60) is Level.VISITOR

    async def test_however_it_is_spaced(self, visitor: Asking) -> None:
        await visitor.ask()
        code = await visitor.code()
        assert (await visitor.check(f" {code[:3]} - {code[3:]}\n")).level is Level.VERIFIED

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "\ud800", "x" * 10_000])
    async def test_what_can_be_no_code_is_wrong(self, session: AsyncSession, visitor: Asking, typed: str) -> None:
        await visitor.ask()
        await visitor.is_wrong(typed)
        assert [row.tries for row in await rows(session)] == [1]
        assert await visitor.level() is Level.VISITOR

    async def test_before_any_was_asked_for_is_wrong(self, visitor: Asking) -> None:
        await visitor.is_wrong("123456")

    async def test_is_good_once(self, visitor: Asking) -> None:
        await visitor.ask()
        await visitor.check(await visitor.code())
        await visitor.is_wrong(await visitor.code())

    async def test_is_good_until_ten_minutes_are_over(self, visitor: Asking) -> None:
        await visitor.ask()
        await visitor.is_wrong(await visitor.code(), after=600)
        assert (await visitor.check(await visitor.code(), after=599)).level is Level.VERIFIED

    async def test_at_the_fifth_try_is_still_right(self, session: AsyncSession, visitor: Asking) -> None:
        await visitor.ask()
        right = await visitor.code()
        for _ in range(4):
            await visitor.is_wrong(other_than(right))
        assert (await visitor.check(right)).level is Level.VERIFIED
        assert [row.tries for row in await rows(session)] == [5]

    async def test_after_five_wrong_tries_is_wrong_itself(self, session: AsyncSession, visitor: Asking) -> None:
        await visitor.ask()
        right = await visitor.code()
        for _ in range(5):
            await visitor.is_wrong(other_than(right))
        await visitor.is_wrong(right)
        assert await visitor.level() is Level.VISITOR
        assert [row.tries for row in await rows(session)] == [5]

    async def test_a_newer_one_makes_those_before_it_worthless(self, session: AsyncSession, visitor: Asking) -> None:
        await visitor.ask()
        older = await visitor.code()
        await visitor.ask(after=1)
        newer = await visitor.code()
        assert [row.expires_at for row in await rows(session)] == [NOW + timedelta(seconds=s) for s in (1, 601)]
        if older != newer:
            await visitor.is_wrong(older, after=2)
        assert (await visitor.check(newer, after=3)).level is Level.VERIFIED

    async def test_of_an_unknown_address_is_wrong_even_if_guessed(
        self, session: AsyncSession, visitor: Asking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("secrets.randbelow", lambda _: 7)
        await visitor.ask("nobody@example.com")
        await visitor.is_wrong("000007")
        assert [row.tries for row in await rows(session)] == [1]

    async def test_of_another_visitor_is_worth_nothing(self, session: AsyncSession, visitor: Asking) -> None:
        await visitor.ask()
        thief = Asking(session, visitor.rules, await new_contact(session))
        await thief.is_wrong(await visitor.code())
        assert [row.tries for row in await rows(session)] == [0]

    async def test_is_worth_nothing_once_the_customer_is_erased_or_has_another_address(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        await visitor.ask()
        customer.email = "new@example.com"
        await visitor.is_wrong(await visitor.code())
        await visitor.ask("new@example.com", after=1)
        customer.erased_at = NOW
        await visitor.is_wrong(await visitor.code(), after=2)
        assert await visitor.level() is Level.VISITOR

    async def test_again_for_another_customer_makes_them_that_one(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        other = await create_customer(session, email="ben@example.com")
        for after, (person, email) in enumerate(((customer, customer.email), (other, other.email))):
            await visitor.ask(email, after=after)
            assert (await visitor.check(await visitor.code(), after=after)).speaker.customer_id == person.id
        revoked = [one.revoked_at for one in await session.scalars(select(Identification).order_by(Identification.at))]
        assert revoked == [NOW + timedelta(seconds=1), None]

    async def test_wrong_ones_at_once_are_each_counted_and_five_spoil_the_right_one(
        self, database: Database, rules: Business
    ) -> None:
        async with database.write() as session:
            await create_customer(session)
            contact = await new_contact(session)
            await Asking(session, rules, contact).ask()
            right = code_in((await mails(session))[0])

        async def check(code: str) -> bool:
            try:
                async with database.write() as session:
                    await codes.check(session, contact, code, lasts=HALF_AN_HOUR, at=NOW)
            except CodeWrong:
                return False
            return True

        assert await asyncio.gather(*(check(other_than(right)) for _ in range(12))) == [False] * 12
        async with database.read() as session:
            assert [row.tries for row in await rows(session)] == [5]
        assert not await check(right)

    async def test_right_ones_at_once_are_good_once(self, database: Database, rules: Business) -> None:
        async with database.write() as session:
            await create_customer(session)
            contact = await new_contact(session)
            await Asking(session, rules, contact).ask()
            right = code_in((await mails(session))[0])

        async def check() -> bool:
            try:
                async with database.write() as session:
                    await codes.check(session, contact, right, lasts=HALF_AN_HOUR, at=NOW)
            except CodeWrong:
                return False
            return True

        assert sum(await asyncio.gather(*(check() for _ in range(5)))) == 1
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Identification)) == 1

    async def test_tells_the_open_conversation(self, session: AsyncSession, visitor: Asking) -> None:
        await conversations.start(session, visitor.contact, new_id())
        await visitor.ask()
        await visitor.check(await visitor.code())
        (told,) = await session.scalars(select(Event).where(Event.type == "identity"))
        assert told.body == {"level": "verified", "name": "Aoife Brennan"}


class TestKeys:
    def test_digests_hang_on_the_secret(self) -> None:
        keys.set_up("one secret")
        first = keys.keyed_digest("a", "b")
        keys.set_up("another secret")
        assert keys.keyed_digest("a", "b") != first
        keys.set_up("one secret")
        assert keys.keyed_digest("a", "b") == first
        assert keys.keyed_digest("ab") != first
