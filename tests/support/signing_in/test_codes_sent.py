"""One-time codes: whom they go to and how often, and that nothing tells who has an account."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.errors import IdReused, TooManyAttempts
from support.identity import Speaker
from support.models.conversations import Contact, Level
from support.models.customers import Customer
from support.models.identity import CodePurpose
from support.policy.business import Business
from support.refusals import MailUnavailable, ProfileInvalid
from tests.support.shop_rows import NOW, create_customer, create_order
from tests.support.signing_in.asking import DEMO, Asking, code_in, mails, new_contact, rows


class TestAsk:
    async def test_sends_six_digits_to_the_address_on_file_and_keeps_only_a_digest(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        customer.email = "Aoife@Example.com"
        await visitor.ask(" aoife@example.COM ")
        (mail,), (row,) = await mails(session), await rows(session)
        assert (mail.recipient, mail.customer_id, mail.due_at) == ("Aoife@Example.com", customer.id, NOW)
        assert mail.subject == "Your code for Test & Sons"
        code = code_in(mail)
        assert "10 minutes" in mail.text
        assert customer.first_name not in mail.text
        assert (row.purpose, row.customer_id, row.contact_id) == (CodePurpose.IDENTIFY, customer.id, visitor.contact.id)
        assert (row.tries, row.used_at, row.expires_at) == (0, None, NOW + timedelta(minutes=10))
        assert len(row.code_digest) == len(row.address_digest) == 64
        assert code not in str(vars(row))

    async def test_for_an_address_that_nobody_has_leaves_a_code_and_no_mail(
        self, session: AsyncSession, visitor: Asking
    ) -> None:
        await visitor.ask("nobody@example.com")
        (row,) = await rows(session)
        assert (row.customer_id, row.expires_at) == (None, NOW + timedelta(minutes=10))
        assert await mails(session) == []

    async def test_does_the_same_work_whether_anybody_has_the_address_or_not(
        self, database: Database, session: AsyncSession, visitor: Asking
    ) -> None:
        seen: list[str] = []

        def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(re.sub(r"sa_savepoint_\d+", "", statement))

        event.listen(database.engine.sync_engine, "before_cursor_execute", listen)
        work = []
        for email in ("aoife@example.com", "nobody@example.com"):
            seen.clear()
            await visitor.ask(email)
            work.append([re.sub(r"^(RELEASE|ROLLBACK TO).*", "savepoint", one) for one in seen])
        event.remove(database.engine.sync_engine, "before_cursor_execute", listen)
        assert work[0] == work[1]
        assert any("INSERT INTO mails" in one for one in work[1])

    @pytest.mark.parametrize("email", ["", "aoife", "a@b", "a@b.example\nBcc: c@d.example", "x" * 600 + "@b.example"])
    async def test_refuses_what_can_be_no_address(self, session: AsyncSession, visitor: Asking, email: str) -> None:
        with pytest.raises(ProfileInvalid):
            await visitor.ask(email)
        assert await rows(session) == []

    async def test_sends_nothing_to_an_erased_customer(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        customer.erased_at = NOW
        await visitor.ask()
        assert await mails(session) == []

    async def test_stands_for_the_newest_customer_with_orders_where_several_share_an_address(
        self, session: AsyncSession, customer: Customer, visitor: Asking
    ) -> None:
        buyer, newer_buyer = await create_customer(session), await create_customer(session)
        newest = await create_customer(session)
        buyer.created_at, newer_buyer.created_at, newest.created_at = (NOW - timedelta(days=d) for d in (30, 20, 10))
        await create_order(session, buyer)
        await create_order(session, newer_buyer)
        await visitor.ask()
        assert [mail.customer_id for mail in await mails(session)] == [newer_buyer.id]
        assert (await visitor.check(await visitor.code())).speaker == Speaker(Level.VERIFIED, newer_buyer.id)

    async def test_again_under_the_same_key_sends_no_second_mail(self, session: AsyncSession, visitor: Asking) -> None:
        await visitor.ask(key="message-1")
        code = await visitor.code()
        await visitor.ask(key="message-1", after=5)
        assert len(await mails(session)) == len(await rows(session)) == 1
        with pytest.raises(IdReused):
            await visitor.ask("other@example.com", key="message-1", after=5)
        assert (await visitor.check(code)).level is Level.VERIFIED

    async def test_needs_a_way_to_send_mail_in_production(self, session: AsyncSession, visitor: Asking) -> None:
        bare = DEMO.model_copy(update={"mode": "production"})
        for email in ("aoife@example.com", "nobody@example.com"):
            with pytest.raises(MailUnavailable):
                await visitor.ask(email, settings=bare)
        assert await rows(session) == []
        await visitor.ask(settings=bare.model_copy(update={"smtp_host": "mail.example"}))
        assert len(await mails(session)) == 1


class TestLimitsOfAsking:
    @pytest.mark.parametrize("email", ["aoife@example.com", "nobody@example.com"])
    async def test_a_visitor_gets_three_codes_in_ten_minutes(
        self, session: AsyncSession, visitor: Asking, email: str
    ) -> None:
        for after in (0, 10, 20):
            await visitor.ask(email, after=after)
        with pytest.raises(TooManyAttempts) as refused:
            await visitor.ask("another@example.com", after=30)
        assert refused.value.retry_after == 570
        assert len(await rows(session)) == 3
        await visitor.ask(email, after=600)
        assert len(await rows(session)) == 4

    @pytest.mark.parametrize("email", ["aoife@example.com", "nobody@example.com"])
    async def test_five_are_sent_to_an_address_whoever_asks_and_however_it_is_written(
        self, session: AsyncSession, visitor: Asking, email: str
    ) -> None:
        for after in range(5):
            visitor.contact = await new_contact(session)
            await visitor.ask(email.upper() if after % 2 else email, after=after)
        visitor.contact = await new_contact(session)
        with pytest.raises(TooManyAttempts) as refused:
            await visitor.ask(email, after=60)
        assert refused.value.retry_after == 540
        await visitor.ask("somebody.else@example.com", after=60)
        assert len(await rows(session)) == 6

    async def test_twenty_are_sent_to_an_address_in_a_day(self, session: AsyncSession, visitor: Asking) -> None:
        for number in range(20):
            visitor.contact = await new_contact(session)
            await visitor.ask(after=number * 1200)
        visitor.contact = await new_contact(session)
        with pytest.raises(TooManyAttempts) as refused:
            await visitor.ask(after=20 * 1200)
        assert refused.value.retry_after == 86_400 - 20 * 1200
        await visitor.ask(after=86_400)
        assert len(await rows(session)) == 20  # the oldest is forgotten after a day

    async def test_asked_by_many_at_once_five_are_sent_to_an_address(self, database: Database, rules: Business) -> None:
        async with database.write() as session:
            await create_customer(session)
            contacts = [await new_contact(session) for _ in range(9)]

        async def ask(contact: Contact) -> bool:
            try:
                async with database.write() as session:
                    await Asking(session, rules, contact).ask()
            except TooManyAttempts:
                return False
            return True

        assert sum(await asyncio.gather(*map(ask, contacts))) == 5
        async with database.read() as session:
            assert len(await mails(session)) == 5
