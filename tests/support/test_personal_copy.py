"""The copy of everything: each row about the customer, and not one about anybody else."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Contact, Conversation, Level, Message
from support.models.identity import Identification
from support.people import personal_rows
from support.people.personal_copy import copy_of_everything
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.planting import Plants, tables_about_customers
from tests.support.shop_rows import NOW, create_customer, speaker_of

NOT_TOLD = ("digest", "fingerprint", "claim")
NOT_THEIRS = {"agents", "products", "variants", "rewards"}


async def create_visit(session, *customers, level=Level.VERIFIED, text="hello"):
    """A visitor's conversation in which these customers showed who they are."""
    contact = Contact(id=new_id(), created_at=NOW)
    session.add(contact)
    await session.flush()
    talk = Conversation(id=new_id(), contact_id=contact.id, started_at=NOW, active_at=NOW)
    session.add(talk)
    await session.flush()
    session.add(Message(
        conversation_id=talk.id, id=new_id(), seq=1, author="customer", text=text, buttons=[], fingerprint="", at=NOW
    ))
    for customer in customers:
        session.add(Identification(
            contact_id=contact.id, customer_id=customer.id, level=level, at=NOW, ends_at=NOW + timedelta(hours=1)
        ))
    await session.flush()
    return talk


class TestCopyOfEverything:
    async def test_no_table_about_customers_is_forgotten(self, session):
        customer = await create_customer(session)
        covered = {inspect(model).local_table.name for model in personal_rows.of_customer(customer)}
        assert covered == tables_about_customers() | {"outbox_events"}

    async def test_it_holds_every_text_of_theirs_and_none_of_anothers(self, session):
        mine, theirs, friend = [await create_customer(session) for _ in range(3)]
        my_plants, their_plants = Plants(), Plants()
        await my_plants.plant(session, mine, friend)
        await their_plants.plant(session, theirs, await create_customer(session))
        copy = await copy_of_everything(session, speaker_of(mine))
        text = json.dumps(copy)
        expected = {
            mark for mark, (table, column) in my_plants.marks.items()
            if not column.endswith(NOT_TOLD) and table not in NOT_THEIRS
        }
        told = {mark for mark in my_plants.marks if mark in text}
        assert {my_plants.marks[mark] for mark in told ^ expected} == set()
        assert not [mark for mark in their_plants.marks if mark in text]
        assert set(copy) == tables_about_customers() | {"outbox_events"}
        assert {table: len(rows) for table, rows in copy.items() if len(rows) != 1} == {}
        assert copy["orders"][0]["placed_at"] == "2026-11-21T12:00:00+00:00"
        assert copy["orders"][0]["status"] == "delivered"

    async def test_a_visit_is_theirs_alone_who_showed_who_they_are(self, session):
        mine, other = await create_customer(session), await create_customer(session)
        await create_visit(session, mine, text="I alone")
        await create_visit(session, mine, other, text="we both")
        await create_visit(session, other, text="the other")
        await create_visit(session, mine, level=Level.ORDER_HOLDER, text="by order number")
        copy = await copy_of_everything(session, speaker_of(mine))
        assert [row["text"] for row in copy["messages"]] == ["I alone"]

    async def test_a_code_by_mail_is_not_enough_and_nobody_is_nobody(self, session):
        customer = await create_customer(session)
        with pytest.raises(IdentityTooLow):
            await copy_of_everything(session, speaker_of(customer, Level.VERIFIED))
        with pytest.raises(NotFound):
            await copy_of_everything(session, Speaker.signed_in(new_id()))
