"""One-time codes: whom they go to, how long and how often they are good, and that nothing tells who has an account."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import keys
from support.chat import conversations
from support.database import Database
from support.errors import IdReused, NotFound, TooManyAttempts
from support.identity import Speaker
from support.models.conversations import Contact, Event, Level
from support.models.customers import Customer
from support.models.identity import CodePurpose, Identification, OneTimeCode
from support.models.outbox import Mail
from support.policy.business import Business
from support.refusals import CodeWrong, IdentityTooLow, MailUnavailable, ProfileInvalid
from support.settings import Settings
from support.signing_in import codes, identification, visitors
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, create_order

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


@pytest.fixture
async def customer(session: AsyncSession) -> Customer:
    return await create_customer(session)


@pytest.fixture
async def visitor(session: AsyncSession, rules: Business, customer: Customer) -> Asking:
    return Asking(session, rules, await new_contact(session))


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


class TestChange:
    async def ask(self, session: AsyncSession, rules: Business, speaker: Speaker, email: str, **more: Any) -> None:
        known: dict[str, Any] = {"key": "1", "business": rules, "settings": DEMO, "at": NOW}
        await codes.ask_change(session, speaker, email, **(known | more))

    async def test_sends_the_code_to_the_new_address_which_it_then_answers(
        self, session: AsyncSession, rules: Business, customer: Customer
    ) -> None:
        await self.ask(session, rules, Speaker.signed_in(customer.id), "New@Mail.Example")
        (mail,), (row,) = await mails(session), await rows(session)
        assert (mail.recipient, mail.customer_id) == ("New@mail.example", customer.id)
        assert mail.subject == "Confirm your new e-mail address at Test & Sons"
        assert (row.purpose, row.contact_id, row.customer_id) == (CodePurpose.CHANGE_EMAIL, None, customer.id)
        code = code_in(mail)
        assert await codes.take_change(session, customer.id, other_than(code), at=NOW) is None
        assert await codes.take_change(session, "unknown", code, at=NOW) is None
        assert await codes.take_change(session, customer.id, code, at=NOW) == "New@mail.example"
        assert await codes.take_change(session, customer.id, code, at=NOW) is None
        assert row.tries == 2
        assert customer.email == "aoife@example.com"

    async def test_five_tries_spoil_it(self, session: AsyncSession, rules: Business, customer: Customer) -> None:
        await self.ask(session, rules, Speaker.signed_in(customer.id), "new@example.com")
        code = code_in((await mails(session))[0])
        for _ in range(5):
            assert await codes.take_change(session, customer.id, other_than(code), at=NOW) is None
        assert await codes.take_change(session, customer.id, code, at=NOW) is None

    async def test_does_not_identify_and_a_code_that_identifies_does_not_change(
        self, session: AsyncSession, rules: Business, customer: Customer, visitor: Asking
    ) -> None:
        await self.ask(session, rules, Speaker.signed_in(customer.id), "new@example.com")
        await visitor.is_wrong(code_in((await mails(session))[0]))
        await visitor.ask(after=1)
        assert await codes.take_change(session, customer.id, await visitor.code(), at=NOW) is None
        assert (await visitor.check(await visitor.code(), after=1)).level is Level.VERIFIED

    async def test_to_the_same_address_or_to_none_is_refused(
        self, session: AsyncSession, rules: Business, customer: Customer
    ) -> None:
        for email in ("AOIFE@example.com", "aoife"):
            with pytest.raises(ProfileInvalid):
                await self.ask(session, rules, Speaker.signed_in(customer.id), email)
        assert await rows(session) == []

    async def test_needs_a_customer_who_is_signed_in_and_there(
        self, session: AsyncSession, rules: Business, customer: Customer
    ) -> None:
        order = await create_order(session, customer)
        holder, verified = Speaker(Level.ORDER_HOLDER, customer.id, order.id), Speaker(Level.VERIFIED, customer.id)
        for speaker in (Speaker(Level.VISITOR), holder, verified):
            with pytest.raises(IdentityTooLow) as refused:
                await self.ask(session, rules, speaker, "new@example.com")
            assert refused.value.needed is Level.SIGNED_IN
        with pytest.raises(NotFound):
            await self.ask(session, rules, Speaker.signed_in("unknown"), "new@example.com")
        assert await rows(session) == []

    async def test_is_limited_a_customer_and_an_address_and_once_a_key(
        self, session: AsyncSession, rules: Business, customer: Customer
    ) -> None:
        me = Speaker.signed_in(customer.id)
        for key in ("1", "2", "2", "3", "3"):
            await self.ask(session, rules, me, "new@example.com", key=key)
        assert len(await mails(session)) == 3
        with pytest.raises(IdReused):
            await self.ask(session, rules, me, "newer@example.com", key="3")
        with pytest.raises(TooManyAttempts):
            await self.ask(session, rules, me, "newer@example.com", key="4")
        for number in range(2):
            other = await create_customer(session, email=f"{number}@example.com")
            await self.ask(session, rules, Speaker.signed_in(other.id), "new@example.com")
        other = await create_customer(session, email="9@example.com")
        with pytest.raises(TooManyAttempts):
            await self.ask(session, rules, Speaker.signed_in(other.id), "new@example.com")
        assert len(await mails(session)) == 5


class TestKeys:
    def test_digests_hang_on_the_secret(self) -> None:
        keys.set_up("one secret")
        first = keys.keyed_digest("a", "b")
        keys.set_up("another secret")
        assert keys.keyed_digest("a", "b") != first
        keys.set_up("one secret")
        assert keys.keyed_digest("a", "b") == first
        assert keys.keyed_digest("ab") != first
