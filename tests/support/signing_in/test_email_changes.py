"""One-time codes to a new address, before it counts."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import IdReused, NotFound, TooManyAttempts
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.identity import CodePurpose
from support.policy.business import Business
from support.refusals import IdentityTooLow, ProfileInvalid
from support.signing_in import codes
from tests.support.shop_rows import NOW, create_customer, create_order
from tests.support.signing_in.asking import DEMO, Asking, code_in, mails, other_than, rows


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
