"""The address book: adding, changing the default, removing; orders keep the address they have."""

import asyncio

import pytest
from sqlalchemy import select

from support.errors import IdReused, NotFound
from support.models.conversations import Level
from support.models.customers import Address
from support.models.orders import OrderStatus
from support.people import address_book
from support.people.addresses import NewAddress
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.shop_rows import NOW, create_address, create_customer, create_order, speaker_of
from tests.support.told import requests_made, told

MILL = {"recipient": "Aoife Brennan", "line_1": "2 Mill Road", "town": "Cork", "postcode": "T12 X7Y1", "country": "IE"}


def place(**parts):
    return {"line_2": None, "region": None} | MILL | parts


async def book(session, customer):
    found = await address_book.address_book(session, speaker_of(customer, Level.VERIFIED))
    return [(one.line_1, one.label, one.is_default) for one in found]


class TestAddressBook:
    async def test_the_default_comes_first_and_only_saved_ones_are_shown(self, session):
        customer, other = await create_customer(session), await create_customer(session)
        await create_address(session, customer, line_1="1 Attic", is_default=False)
        await create_address(session, customer, line_1="2 Default")
        await create_address(session, customer, line_1="3 Parcel shop", is_default=False, saved=False)
        await create_address(session, other, line_1="4 Elsewhere")
        assert await book(session, customer) == [("2 Default", "Home", True), ("1 Attic", "Home", False)]


class TestAddAddress:
    async def test_the_first_becomes_the_default_and_the_next_does_not(self, session):
        customer = await create_customer(session)
        speaker = speaker_of(customer)
        first = await address_book.add_address(session, speaker, NewAddress(**MILL, label="Home"), key="1", at=NOW)
        office = NewAddress(**(MILL | {"line_1": "9 Dock"}), label="Office")
        second = await address_book.add_address(session, speaker, office, key="2", at=NOW)
        assert await book(session, customer) == [("2 Mill Road", "Home", True), ("9 Dock", "Office", False)]
        assert first.details["default_id"] == first.details["address_id"] == second.details["default_id"]
        assert (await told(session))[1] == ("customer.address_changed", {
            "change": "added", "address": place(line_1="9 Dock"), "label": "Office", "address_reference": None,
            "default": place(),
        })

    async def test_one_that_is_there_already_is_not_there_twice(self, session):
        customer = await create_customer(session)
        for key in "ab":
            await address_book.add_address(session, speaker_of(customer), NewAddress(**MILL), key=key, at=NOW)
        assert (len(await book(session, customer)), len(await told(session))) == (1, 1)

    async def test_a_repeat_answers_the_same_and_another_address_under_its_key_is_refused(self, session):
        customer = await create_customer(session)
        done = await address_book.add_address(session, speaker_of(customer), NewAddress(**MILL), key="k", at=NOW)
        again = await address_book.add_address(session, speaker_of(customer), NewAddress(**MILL), key="k", at=NOW)
        assert again == done
        other = NewAddress(**(MILL | {"town": "Cobh"}))
        with pytest.raises(IdReused):
            await address_book.add_address(session, speaker_of(customer), other, key="k", at=NOW)
        assert len(await book(session, customer)) == 1


class TestChangeDefaultAddress:
    async def test_a_new_one_with_the_same_label_takes_the_place_of_the_old(self, session):
        customer = await create_customer(session)
        old = await create_address(session, customer)
        order = await create_order(session, customer, status=OrderStatus.PENDING, address=old)
        new = NewAddress(**MILL, label="home")
        done = await address_book.change_default_address(session, speaker_of(customer), new, key="k", at=NOW)
        assert await book(session, customer) == [("2 Mill Road", "home", True)]
        await session.refresh(old)
        assert (old.saved, old.is_default, old.line_1) == (False, False, "14 Quay Lane")
        assert order.address_id == old.id
        assert done.details["changed"] is True
        ((name, body),) = await told(session)
        assert (name, body["change"], body["default"]) == ("customer.address_changed", "default", place())

    async def test_a_new_one_with_another_label_leaves_the_old_one_in_the_book(self, session):
        customer = await create_customer(session)
        await create_address(session, customer)
        new = NewAddress(**MILL, label="Office")
        await address_book.change_default_address(session, speaker_of(customer), new, key="k", at=NOW)
        assert await book(session, customer) == [("2 Mill Road", "Office", True), ("14 Quay Lane", "Home", False)]

    async def test_a_repeat_answers_the_same(self, session):
        customer = await create_customer(session)
        await create_address(session, customer)
        new = NewAddress(**MILL, label="Office")
        done = await address_book.change_default_address(session, speaker_of(customer), new, key="k", at=NOW)
        assert await address_book.change_default_address(session, speaker_of(customer), new, key="k", at=NOW) == done
        with pytest.raises(IdReused):
            await address_book.change_default_address(session, speaker_of(customer), "other", key="k", at=NOW)
        assert len(await told(session)) == 1

    async def test_one_of_the_book_changes_places_with_the_default(self, session):
        customer = await create_customer(session)
        await create_address(session, customer)
        other = await create_address(session, customer, line_1="2 Mill Road", is_default=False)
        await address_book.change_default_address(session, speaker_of(customer), other.id, key="k", at=NOW)
        assert await book(session, customer) == [("2 Mill Road", "Home", True), ("14 Quay Lane", "Home", False)]

    async def test_the_one_that_it_is_already_changes_nothing(self, session):
        customer = await create_customer(session)
        old = await create_address(session, customer)
        done = await address_book.change_default_address(session, speaker_of(customer), old.id, key="k", at=NOW)
        assert (done.details["changed"], await told(session)) == (False, [])
        assert await book(session, customer) == [("14 Quay Lane", "Home", True)]

    async def test_one_that_left_the_book_comes_back_as_a_row_of_the_book(self, session):
        customer = await create_customer(session)
        await create_address(session, customer)
        gone = await create_address(session, customer, line_1="2 Mill Road", is_default=False, saved=False)
        with pytest.raises(NotFound):
            await address_book.change_default_address(session, speaker_of(customer), gone.id, key="1", at=NOW)
        await address_book.change_default_address(
            session, speaker_of(customer), NewAddress(**MILL, label="Office"), key="2", at=NOW
        )
        assert len(await book(session, customer)) == 2

    async def test_two_at_once_leave_one_default(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_address(session, customer)

        async def one(line):
            async with database.write() as session:
                new = NewAddress(**(MILL | {"line_1": line}), label=line)
                await address_book.change_default_address(session, speaker_of(customer), new, key=line, at=NOW)

        await asyncio.gather(one("A street"), one("B street"))
        async with database.read() as session:
            defaults = await session.scalars(select(Address.line_1).where(Address.is_default))
            assert len(list(defaults)) == 1
            assert len(await book(session, customer)) == 3


class TestRemoveAddress:
    async def test_the_next_one_becomes_the_default(self, session):
        customer = await create_customer(session)
        old = await create_address(session, customer)
        await create_address(session, customer, line_1="2 Mill Road", is_default=False)
        done = await address_book.remove_address(session, speaker_of(customer), old.id, key="k", at=NOW)
        assert await book(session, customer) == [("2 Mill Road", "Home", True)]
        assert done.details["default_id"] != old.id
        ((_, body),) = await told(session)
        assert (body["change"], body["address"]["line_1"], body["default"]["line_1"]) == (
            "removed", "14 Quay Lane", "2 Mill Road",
        )

    async def test_the_last_one_leaves_an_empty_book(self, session):
        customer = await create_customer(session)
        old = await create_address(session, customer)
        done = await address_book.remove_address(session, speaker_of(customer), old.id, key="k", at=NOW)
        assert (await book(session, customer), done.details["default_id"]) == ([], None)
        assert await address_book.remove_address(session, speaker_of(customer), old.id, key="k", at=NOW) == done

    async def test_another_than_the_default_leaves_the_default(self, session):
        customer = await create_customer(session)
        await create_address(session, customer)
        other = await create_address(session, customer, line_1="2 Mill Road", is_default=False)
        await address_book.remove_address(session, speaker_of(customer), other.id, key="k", at=NOW)
        assert await book(session, customer) == [("14 Quay Lane", "Home", True)]

    @pytest.mark.parametrize("named", ["theirs", "unknown", "not-a-uuid", ""])
    async def test_anothers_and_unknown_ones_are_equally_unknown(self, session, named):
        mine, other = await create_customer(session), await create_customer(session)
        theirs = await create_address(session, other)
        named = {"theirs": theirs.id, "unknown": new_id()}.get(named, named)
        for use_case in (address_book.remove_address, address_book.change_default_address):
            with pytest.raises(NotFound):
                await use_case(session, speaker_of(mine), named, key="k", at=NOW)
        assert (theirs.saved, theirs.is_default, await requests_made(session)) == (True, True, 0)

    async def test_a_code_by_mail_is_not_enough_to_change_the_book(self, session):
        customer = await create_customer(session)
        address = await create_address(session, customer)
        verified = speaker_of(customer, Level.VERIFIED)
        for attempt in (
            address_book.remove_address(session, verified, address.id, key="k", at=NOW),
            address_book.change_default_address(session, verified, address.id, key="k", at=NOW),
            address_book.add_address(session, verified, NewAddress(**MILL), key="k", at=NOW),
        ):
            with pytest.raises(IdentityTooLow):
                await attempt
