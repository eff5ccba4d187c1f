"""Carrying out deletions that are due: nothing personal stays, and the points and money ledgers still add up.

Rows that the ledgers, the accounts and the reports stand on stay, emptied; all others go. docs/privacy.md lists both.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.care import case_log
from support.chat import conversations, ownership
from support.database import Database
from support.models.cases import Case, CaseKind, CasePhoto
from support.models.conversations import Conversation, State
from support.models.customers import Customer
from support.models.outbox import WebhookEndpoint
from support.outgoing import outbox
from support.people import emptied_rows, personal_rows, privacy
from support.people.customers import reference_of_erased
from support.policy.business import Business
from support.refusals import NeedsPerson


@dataclass(frozen=True)
class Erased:
    """How many customers were erased, and the conversations whose trackers the dialogue engine must forget, too."""

    customers: int
    conversation_ids: tuple[str, ...]


async def carry_out_due_erasures(session: AsyncSession, *, business: Business, at: datetime, folder: Path) -> Erased:
    """Erase whoever asked for it and has had the time to think it over; `folder` holds the photos of cases.

    May run twice, late, or beside itself. Who has something under way by now stays until that is done.
    """
    due = await session.scalars(
        select(Case.customer_id)
        .where(Case.kind == CaseKind.ERASURE, Case.due_at <= at, case_log.is_open()).order_by(Case.customer_id)
    )
    count, conversation_ids = 0, []
    for customer_id in due.unique().all():
        customer = await _locked(session, customer_id)
        if customer is not None and await _may_go(session, customer, business, at):
            conversation_ids += await erase(session, customer, at=at, folder=folder)
            count += 1
    return Erased(count, tuple(conversation_ids))


async def scrub(database: Database) -> None:
    """On SQLite, write the database anew, so that what was erased is gone from the bytes of its files as well.

    Nobody else can write meanwhile, so call it at a quiet hour. PostgreSQL's own vacuum does this in time.
    """
    if database.is_sqlite:
        async with database.engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.exec_driver_sql("VACUUM")
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


async def erase(session: AsyncSession, customer: Customer, *, at: datetime, folder: Path) -> list[str]:
    """Erase the customer, who is locked. Answers the ids of their conversations."""
    theirs = personal_rows.of_customer(customer, for_erasure=True)
    # Files first: a crash after this leaves rows without files, which the next run finds and takes
    for name in await session.scalars(select(CasePhoto.stored_as).where(theirs[CasePhoto])):
        (folder / name).unlink(missing_ok=True)
    found = list(await session.scalars(select(Conversation.id).where(theirs[Conversation])))
    for conversation_id in found:
        conversation = await conversations.lock(session, conversation_id)
        if conversation.state in (State.WAITING, State.AGENT):
            await ownership.apply(
                session, conversation, ownership.Move.RESOLVE, actor=ownership.SYSTEM, reason="erased"
            )
    reference = customer.reference
    await emptied_rows.empty(session, theirs, at)
    await emptied_rows.delete_others(session, theirs)
    await _empty_customer(session, customer, at)
    if await session.scalar(select(WebhookEndpoint.id).where(WebhookEndpoint.removed_at.is_(None)).limit(1)):
        # The one row that still names them, so that the shop can do the same
        await outbox.publish(session, "customer.erased", {"customer": reference}, at=at)
    session.expire_all()
    return found


async def _locked(session: AsyncSession, customer_id: str) -> Customer | None:
    found: Customer | None = await session.scalar(
        select(Customer).where(Customer.id == customer_id, Customer.erased_at.is_(None))
        .with_for_update().execution_options(populate_existing=True)
    )
    return found


async def _may_go(session: AsyncSession, customer: Customer, business: Business, at: datetime) -> bool:
    """Asked again now that the customer is locked: it may have been called off, or an order come in between."""
    pending = select(Case.id).where(
        Case.customer_id == customer.id, Case.kind == CaseKind.ERASURE, Case.due_at <= at, case_log.is_open()
    )
    if await session.scalar(pending.limit(1)) is None:
        return False
    try:
        await privacy.check_nothing_under_way(session, customer.id, business=business, at=at)
    except NeedsPerson:
        return False
    return True


async def _empty_customer(session: AsyncSession, customer: Customer, at: datetime) -> None:
    customer.reference = reference_of_erased(customer.reference)
    customer.first_name = customer.last_name = customer.email = ""
    customer.phone, customer.locale, customer.erased_at = None, "en", at
    await session.flush()
