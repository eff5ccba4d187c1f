"""Erasing: nothing personal is left in the database, its files or the folder of photos; the ledgers still add up."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from support.care import case_log
from support.errors import NotFound
from support.identity import Speaker
from support.models import Base
from support.models.cases import Case, CaseEvent, CaseEventKind, CaseKind, CasePhoto
from support.models.conversations import Conversation, Event, Level, Message, Transition, VisitorSession
from support.models.customers import Customer
from support.models.loyalty import Draw, LedgerEntry, Lot
from support.models.orders import Order, OrderStatus
from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint
from support.models.payments import GiftCardEntry
from support.people import erasure, privacy
from support.people.customers import reference_of_erased
from support.text import new_id
from tests.support.planting import Plants
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of
from tests.support.test_case_photos import attach, picture
from tests.support.test_compensation import complained, give
from tests.support.test_personal_copy import create_visit

LATER = NOW + timedelta(days=14)

# What an erased customer's rows still say: about the shop's books and its own work, not about anybody
KEPT = {
    # The ledgers' rows never change; what we write there names orders and cases by their numbers
    ("ledger_entries", "reason"), ("ledger_entries", "idempotency_key"),
    ("gift_card_entries", "reason"), ("gift_card_entries", "idempotency_key"),
    # Numbers of our own, and the shop's number of the order, which its accounts go by
    ("orders", "number"), ("service_requests", "reference"), ("returns", "reference"), ("cases", "reference"),
    # What was sold
    ("order_lines", "product_name"), ("shipments", "carrier"),
    ("products", "reference"), ("products", "name"), ("products", "category"), ("products", "description"),
    ("variants", "sku"), ("variants", "options"), ("rewards", "reference"), ("rewards", "name"),
    ("rewards", "description"), ("rewards", "from_tier"),
    # Kinds, states and actors, all from lists of our own; digests of tokens that are dead
    ("order_transitions", "actor"), ("service_requests", "kind"), ("service_requests", "actor"),
    ("case_events", "actor"), ("conversations", "state"), ("transitions", "actor"), ("transitions", "from_state"),
    ("transitions", "to_state"), ("transitions", "reason"), ("handoffs", "reason"), ("visitor_sessions", "level"),
    ("visitor_sessions", "token_digest"),
    # The agent's
    ("agents", "email"), ("agents", "name"), ("agents", "password"),
}


async def due(session, customer, rules, *, at=NOW):
    """A deletion that the customer asked for."""
    await privacy.ask_erasure(session, speaker_of(customer), key="erase", business=rules, at=at)


async def carry_out(database, rules, folder, *, at=LATER):
    async with database.write() as session:
        return await erasure.carry_out_due_erasures(session, business=rules, at=at, folder=folder)


async def everything(database) -> str:
    """All rows of all tables, as text."""
    async with database.read() as session:
        found = []
        for table in Base.metadata.sorted_tables:
            rows = await session.execute(text(f'SELECT * FROM "{table.name}"'))
            found += [f"{table.name}: {tuple(row)!r}" for row in rows]
    return "\n".join(found)


async def sums(session):
    """What the ledgers come to."""
    return [
        await session.scalar(select(func.sum(column)))
        for column in (LedgerEntry.points, Lot.points, Draw.points, GiftCardEntry.amount_minor)
    ]


class TestCarryOutDueErasures:
    async def test_no_text_of_theirs_is_left_and_all_of_anothers_is(self, database, rules, tmp_path):
        mine, other = Plants(), Plants()
        async with database.write() as session:
            gone, stays, friend = [await create_customer(session) for _ in range(3)]
            gone.reference = "~the shop's own id~"
            await due(session, gone, rules)
            await mine.plant(session, gone, friend)
            await other.plant(session, stays, await create_customer(session))
            talks = set(await session.scalars(select(Conversation.id)))
            before, orders = await sums(session), await session.scalar(select(func.sum(Order.total_minor)))
        rows = await everything(database)
        assert [mark for mark in mine.marks if mark not in rows] == []

        found = await carry_out(database, rules, tmp_path)
        await erasure.scrub(database)

        rows = await everything(database)
        left = {place for mark, place in mine.marks.items() if mark in rows}
        assert left == KEPT & set(mine.marks.values())
        assert [mark for mark in other.marks if mark not in rows] == []
        assert gone.reference not in rows
        async with database.read() as session:
            assert await sums(session) == before
            assert await session.scalar(select(func.sum(Order.total_minor))) == orders
            erased = (await session.scalars(select(Customer).where(Customer.erased_at.is_not(None)))).one()
            assert (erased.id, erased.name, erased.email, erased.phone, erased.erased_at) == (gone.id, "", "", None, LATER)
            assert erased.reference == reference_of_erased(gone.reference)
            assert await session.scalar(select(func.count()).select_from(Case).where(case_log.is_open())) == 1
        assert found.customers == 1
        assert len(found.conversation_ids) == 1
        assert set(found.conversation_ids) < talks
        if database.is_sqlite:
            kept = {mark for mark, place in mine.marks.items() if place in KEPT}
            path = Path(str(database.url.database))
            files = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
            assert [mark for mark in mine.marks if mark not in kept and mark.encode() in files] == []
            assert all(mark.encode() in files for mark in kept)

    async def test_photos_go_with_their_files(self, database, rules, tmp_path):
        async with database.write() as session:
            gone, stays = await create_customer(session), await create_customer(session)
            for customer in (gone, stays):
                case = await complained(session, customer, rules)
                await attach(session, customer, case, picture(), tmp_path)
            await due(session, gone, rules)
        assert len(list(tmp_path.glob("*.jpg"))) == 2
        await carry_out(database, rules, tmp_path)
        async with database.read() as session:
            (left,) = await session.scalars(select(CasePhoto.stored_as))
        assert [path.name for path in tmp_path.glob("*.jpg")] == [left]

    async def test_a_file_that_is_gone_already_is_no_obstacle(self, database, rules, tmp_path):
        async with database.write() as session:
            gone = await create_customer(session)
            await attach(session, gone, await complained(session, gone, rules), picture(), tmp_path)
            await due(session, gone, rules)
        next(tmp_path.glob("*.jpg")).unlink()
        assert (await carry_out(database, rules, tmp_path)).customers == 1

    async def test_not_before_it_is_due_and_once_however_often_it_runs(self, database, rules, tmp_path):
        async with database.write() as session:
            await due(session, await create_customer(session), rules)
        early = await carry_out(database, rules, tmp_path, at=LATER - timedelta(seconds=1))
        assert (early.customers, early.conversation_ids) == (0, ())
        both = await asyncio.gather(carry_out(database, rules, tmp_path), carry_out(database, rules, tmp_path))
        assert sorted(one.customers for one in both) == [0, 1]
        rows = await everything(database)
        assert (await carry_out(database, rules, tmp_path)).customers == 0
        assert await everything(database) == rows

    async def test_what_was_called_off_or_has_an_order_under_way_stays(self, database, rules, tmp_path):
        async with database.write() as session:
            thought_better, ordered = await create_customer(session), await create_customer(session)
            for customer in (thought_better, ordered):
                await due(session, customer, rules)
            await privacy.call_off_erasure(session, speaker_of(thought_better), key="off", at=NOW)
            order = await create_order(session, ordered, status=OrderStatus.PENDING)
        assert (await carry_out(database, rules, tmp_path)).customers == 0
        async with database.write() as session:
            (await session.get_one(Order, order.id)).status = OrderStatus.DELIVERED
        assert (await carry_out(database, rules, tmp_path, at=LATER + timedelta(days=9))).customers == 1

    async def test_one_that_is_called_off_while_the_job_waits_stays(self, database, rules, tmp_path, monkeypatch):
        async with database.write() as session:
            customer = await create_customer(session)
            await due(session, customer, rules)
        lock = erasure._locked

        async def called_off_first(session, customer_id):
            await privacy.call_off_erasure(session, speaker_of(customer), key="off", at=NOW)
            return await lock(session, customer_id)

        monkeypatch.setattr(erasure, "_locked", called_off_first)
        assert (await carry_out(database, rules, tmp_path)).customers == 0

    async def test_goodwill_stays_in_the_books_and_cases_are_closed(self, database, rules, tmp_path):
        async with database.write() as session:
            customer = await create_customer(session)
            await give(session, customer, await complained(session, customer, rules), 60, rules)
            await due(session, customer, rules)
        await carry_out(database, rules, tmp_path)
        async with database.read() as session:
            events = list(await session.scalars(select(CaseEvent).order_by(CaseEvent.case_id, CaseEvent.number)))
            given = [event.details for event in events if event.kind is CaseEventKind.COMPENSATED]
            assert [one["points"] for one in given] == [60]
            assert [event.details for event in events if event.kind is not CaseEventKind.COMPENSATED] == [{}] * 4
            assert await session.scalar(select(func.sum(LedgerEntry.points))) == 60
            assert list(await session.scalars(select(Case.id).where(case_log.is_open()))) == []
            kinds = await session.scalars(select(Case.kind).order_by(Case.kind))
            assert list(kinds) == [CaseKind.COMPLAINT, CaseKind.ERASURE]

    async def test_visits_in_which_they_showed_who_they_are_go_too(self, database, rules, tmp_path):
        async with database.write() as session:
            gone, other = await create_customer(session), await create_customer(session)
            mine = await create_visit(session, gone, level=Level.ORDER_HOLDER)
            shared = await create_visit(session, gone, other)
            theirs = await create_visit(session, other)
            session.add(VisitorSession(
                id=new_id(), token_digest="d", contact_id=mine.contact_id, level="visitor", created_at=NOW
            ))
            await due(session, gone, rules)
        found = await carry_out(database, rules, tmp_path)
        assert set(found.conversation_ids) == {mine.id, shared.id}
        async with database.read() as session:
            assert list(await session.scalars(select(Message.conversation_id))) == [theirs.id]
            assert await session.scalar(select(VisitorSession.revoked_at)) == LATER

    @pytest.mark.parametrize(("state", "ends"), [("agent", "resolved"), ("waiting", "resolved"), ("bot", "bot")])
    async def test_nobody_goes_on_waiting(self, database, rules, tmp_path, state, ends):
        async with database.write() as session:
            customer = await create_customer(session)
            talk = await create_visit(session, customer)
            talk.state = state
            await due(session, customer, rules)
        await carry_out(database, rules, tmp_path)
        async with database.read() as session:
            assert await session.scalar(select(Conversation.state)) == ends
            assert await session.scalar(select(func.count()).select_from(Event)) == 0
            reasons = list(await session.scalars(select(Transition.reason)))
            assert reasons == ([] if state == "bot" else ["erased"])

    async def test_the_shop_hears_of_it_if_it_listens_and_of_nothing_else_about_them(self, database, rules, tmp_path):
        async with database.write() as session:
            customer = await create_customer(session)
            session.add(WebhookEndpoint(url="https://shop.example/hook", secret="s", created_at=NOW))
            await session.flush()
            await due(session, customer, rules)
            assert await session.scalar(select(func.count()).select_from(WebhookDelivery)) == 1
        await carry_out(database, rules, tmp_path)
        async with database.read() as session:
            (event,) = await session.scalars(select(OutboxEvent))
            assert (event.name, event.body) == ("customer.erased", {"customer": customer.reference})
            assert await session.scalar(select(WebhookDelivery.event_number)) == event.number

    async def test_an_erased_customer_can_do_nothing_more(self, database, rules, tmp_path):
        async with database.write() as session:
            customer = await create_customer(session)
            await due(session, customer, rules)
        await carry_out(database, rules, tmp_path)
        async with database.write() as session:
            for speaker in (speaker_of(customer), Speaker.agent_for(customer.id, agent_id=new_id())):
                with pytest.raises(NotFound):
                    await privacy.ask_erasure(session, speaker, key="k", business=rules, at=LATER)
