"""Who a customer is to the shop, and how name, phone and e-mail address change."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Contact, Level
from support.models.customers import Customer
from support.models.identity import OneTimeCode
from support.models.outbox import Mail
from support.people import profile
from support.refusals import CodeWrong, IdentityTooLow, ProfileInvalid
from support.settings import Settings
from support.signing_in import codes
from support.text import new_id
from tests.support.shop_rows import NOW, create_address, create_customer, speaker_of
from tests.support.told import requests_made, told


class TestProfile:
    async def test_it_tells_what_the_shop_knows(self, session):
        customer = await create_customer(session)
        await create_address(session, customer, line_1="2 Mill Road", is_default=False)
        await create_address(session, customer)
        found = await profile.profile(session, speaker_of(customer, Level.VERIFIED))
        assert (found.reference, found.first_name, found.last_name) == (customer.reference, "Aoife", "Brennan")
        assert (found.email, found.phone, found.locale) == ("aoife@example.com", None, "en_IE")
        assert found.since == NOW - timedelta(days=800)
        assert found.default_address is not None
        assert found.default_address.line_1 == "14 Quay Lane"

    async def test_without_a_default_address_there_is_none(self, session):
        customer = await create_customer(session)
        await create_address(session, customer, is_default=False)
        assert (await profile.profile(session, speaker_of(customer))).default_address is None

    async def test_an_erased_or_unknown_customer_is_not_found(self, session):
        customer = await create_customer(session)
        customer.erased_at = NOW
        await session.flush()
        for unknown in (speaker_of(customer), Speaker.signed_in(new_id()), Speaker.signed_in("no id")):
            with pytest.raises(NotFound):
                await profile.profile(session, unknown)

    async def test_an_order_holder_does_not_see_it(self, session):
        customer = await create_customer(session)
        with pytest.raises(IdentityTooLow):
            await profile.profile(session, speaker_of(customer, Level.ORDER_HOLDER))


class TestChangeName:
    async def test_the_name_changes_here_in_the_inbox_and_at_the_shop(self, session):
        customer = await create_customer(session)
        contact = Contact(id=new_id(), customer_id=customer.id, name="Aoife Brennan", created_at=NOW)
        session.add(contact)
        await session.flush()
        done = await profile.change_name(session, speaker_of(customer), " Siobhán  Mary ", "O’Neill", key="k", at=NOW)
        await session.refresh(contact)
        assert (customer.first_name, customer.last_name, contact.name) == ("Siobhán Mary", "O’Neill", "Siobhán Mary O’Neill")
        assert (done.kind, done.details["changed"]) == ("change_name", True)
        assert await told(session) == [
            ("customer.name_changed", {"first_name": "Siobhán Mary", "last_name": "O’Neill"})
        ]

    async def test_the_same_name_again_is_done_and_told_to_nobody(self, session):
        customer = await create_customer(session)
        done = await profile.change_name(session, speaker_of(customer), "Aoife", "Brennan", key="k", at=NOW)
        assert (done.details["changed"], await told(session)) == (False, [])

    @pytest.mark.parametrize("names", [
        ("", "Brennan"), ("Aoife", "  "), ("A" * 101, "Brennan"), ("A\x00", "B"), ("12", "34"), (None, "B"), (5, "B"),
        ("\u200b", "B"), ("Aoife", "\ud800"), ("x" * 100_000, "B"),
    ])
    async def test_what_cannot_be_a_name_changes_nothing(self, session, names):
        customer = await create_customer(session)
        with pytest.raises(ProfileInvalid):
            await profile.change_name(session, speaker_of(customer), *names, key="k", at=NOW)
        assert (customer.name, await requests_made(session)) == ("Aoife Brennan", 0)

    async def test_a_repeat_answers_the_same_and_another_name_under_its_key_is_refused(self, session):
        customer = await create_customer(session)
        speaker = speaker_of(customer)
        done = await profile.change_name(session, speaker, "Una", "Brennan", key="k", at=NOW)
        assert await profile.change_name(session, speaker, "Una", "Brennan", key="k", at=NOW) == done
        with pytest.raises(IdReused):
            await profile.change_name(session, speaker, "Ina", "Brennan", key="k", at=NOW)
        with pytest.raises(IdInvalid):
            await profile.change_name(session, speaker, "Ina", "Brennan", key="", at=NOW)
        assert (customer.first_name, len(await told(session))) == ("Una", 1)

    async def test_a_code_by_mail_is_not_enough(self, session):
        customer = await create_customer(session)
        with pytest.raises(IdentityTooLow):
            await profile.change_name(session, speaker_of(customer, Level.VERIFIED), "A", "B", key="k", at=NOW)


class TestChangePhone:
    @pytest.mark.parametrize("phone", ["+353 20 915 0142", "(020) 915-0142", "12345", "1" * 20, None])
    async def test_it_is_kept_as_typed(self, session, phone):
        customer = await create_customer(session)
        customer.phone = "000000"
        await profile.change_phone(session, speaker_of(customer), phone, key="k", at=NOW)
        assert customer.phone == phone
        assert await told(session) == [("customer.phone_changed", {"phone": phone})]

    @pytest.mark.parametrize(
        "phone", ["", "1234", "1" * 21, "call me", "+353+1", "٠١٢٣٤٥", "12 34\n5", "1-" * 40, 12345, "+", "0" + " " * 50],
    )
    async def test_what_cannot_be_a_number_changes_nothing(self, session, phone):
        customer = await create_customer(session)
        with pytest.raises(ProfileInvalid):
            await profile.change_phone(session, speaker_of(customer), phone, key="k", at=NOW)
        assert (customer.phone, await requests_made(session)) == (None, 0)

    async def test_the_same_again_is_done_and_told_to_nobody(self, session):
        customer = await create_customer(session)
        done = await profile.change_phone(session, speaker_of(customer), None, key="k", at=NOW)
        assert await profile.change_phone(session, speaker_of(customer), None, key="k", at=NOW) == done
        assert await told(session) == []

    @given(st.text(max_size=45))
    def test_whatever_passes_fits_the_column_and_can_be_dialled(self, text):
        try:
            phone = profile.checked_phone(text)
        except ProfileInvalid:
            return
        assert len(phone) <= 40
        assert 5 <= sum(sign in "0123456789" for sign in phone) <= 20


class TestConfirmEmail:
    async def _asked(self, session, customer, rules, new="new@example.com"):
        """The code that was mailed to the new address."""
        await codes.ask_change(
            session, speaker_of(customer), new, key=f"ask {new}", business=rules, settings=Settings(), at=NOW
        )
        mail = (await session.scalars(select(Mail).where(Mail.recipient == new))).one()
        return "".join(sign for sign in mail.text.split("your code is")[1][:12] if sign.isdigit())

    async def test_the_code_makes_the_new_address_theirs_and_the_old_one_hears_of_it(self, session, rules):
        customer = await create_customer(session)
        code = await self._asked(session, customer, rules)
        assert customer.email == "aoife@example.com"
        done = await profile.confirm_email(session, speaker_of(customer), code, key="k", business=rules, at=NOW)
        assert (customer.email, done.details) == ("new@example.com", {"email": "new@example.com"})
        assert await told(session) == [("customer.email_changed", {"email": "new@example.com"})]
        warning = (await session.scalars(select(Mail).where(Mail.recipient == "aoife@example.com"))).one()
        assert done.reference in warning.text
        assert "new@example.com" not in warning.text
        assert await profile.confirm_email(session, speaker_of(customer), code, key="k", business=rules, at=NOW) == done

    async def test_a_wrong_code_is_refused_and_the_try_stays_counted(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            code = await self._asked(session, customer, rules)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        for tries in range(1, 6):
            with pytest.raises(CodeWrong):
                async with database.write() as session:
                    await profile.confirm_email(
                        session, speaker_of(customer), wrong, key=f"k{tries}", business=rules, at=NOW
                    )
            async with database.read() as session:
                assert await session.scalar(select(OneTimeCode.tries)) == tries
        with pytest.raises(CodeWrong):
            async with database.write() as session:
                await profile.confirm_email(session, speaker_of(customer), code, key="late", business=rules, at=NOW)
        async with database.read() as session:
            assert await session.scalar(select(Customer.email)) == "aoife@example.com"
            assert (await requests_made(session), await told(session)) == (0, [])

    @pytest.mark.parametrize("code", ["", "abc", None, 123456, "000000"])
    async def test_a_code_that_was_never_sent_is_wrong(self, session, rules, code):
        customer = await create_customer(session)
        with pytest.raises(CodeWrong):
            await profile.confirm_email(session, speaker_of(customer), code, key="k", business=rules, at=NOW)

    async def test_another_customers_code_is_wrong(self, session, rules):
        mine, theirs = await create_customer(session), await create_customer(session, email="b@example.com")
        code = await self._asked(session, theirs, rules)
        with pytest.raises(CodeWrong):
            await profile.confirm_email(session, speaker_of(mine), code, key="k", business=rules, at=NOW)
        assert mine.email == "aoife@example.com"

    async def test_two_at_once_with_the_right_code_change_it_once(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            code = await self._asked(session, customer, rules)

        async def one(key):
            async with database.write() as session:
                await profile.confirm_email(session, speaker_of(customer), code, key=key, business=rules, at=NOW)

        outcomes = await asyncio.gather(one("a"), one("b"), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes if outcome] == [CodeWrong]
        async with database.read() as session:
            assert len(await told(session)) == 1
