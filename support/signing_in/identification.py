"""How well we know who speaks in a widget right now, and what makes us know them better; docs/identity.md.

Signed in goes before verified, that before holding an order. What a visitor has shown counts in the browser session
where they showed it, until it ends, is withdrawn, or the customer is erased.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support import limits, locks
from support.chat.conversations import append, lock
from support.identity import Speaker
from support.keys import keyed_digest
from support.models.conversations import Contact, Conversation, Level, State, VisitorSession
from support.models.customers import Customer
from support.models.identity import FailedIdentification, Identification
from support.ordering.order_numbers import plain
from support.refusals import NotRecognised
from support.signing_in.order_search import bare, order_at

ORDER_HELD_FOR = timedelta(minutes=30)
FAILURES = 5  # of a contact, and with an order number, within
WINDOW = timedelta(minutes=10)
LONGEST = 100  # characters of a number or postcode


@dataclass(frozen=True, slots=True)
class Identity:
    """Who speaks, as whom they may be addressed, and until when it counts (None: a visitor always is one).

    Whoever holds an order may be somebody else than the customer, so they are not addressed by name.
    """

    speaker: Speaker
    name: str | None = None
    until: datetime | None = None

    @property
    def level(self) -> Level:
        return self.speaker.level


_NOBODY = Identity(Speaker(Level.VISITOR))


async def of_contact(
    session: AsyncSession, contact: Contact, *, at: datetime, conversation_id: str | None = None
) -> Identity:
    """Who speaks for this contact now; `conversation_id` goes into the speaker."""
    known = await (_signed_in if contact.customer_id else _shown)(session, contact, at)
    return replace(known, speaker=replace(known.speaker, conversation_id=conversation_id))


async def _signed_in(session: AsyncSession, contact: Contact, at: datetime) -> Identity:
    until = await session.scalar(
        select(func.max(VisitorSession.signed_in_until))
        .join(Contact, Contact.id == VisitorSession.contact_id)
        .join(Customer, Customer.id == Contact.customer_id)
        .where(
            Contact.id == contact.id, VisitorSession.level == Level.SIGNED_IN, VisitorSession.revoked_at.is_(None),
            VisitorSession.signed_in_until > at, Customer.erased_at.is_(None),
        )
    )
    if until is None or contact.customer_id is None:
        return _NOBODY
    return Identity(Speaker.signed_in(contact.customer_id), contact.name, until)


async def _shown(session: AsyncSession, contact: Contact, at: datetime) -> Identity:
    surest = case((Identification.level == Level.VERIFIED, 0), else_=1)
    found = (
        await session.execute(
            select(Identification, Customer)
            .join(Customer, Customer.id == Identification.customer_id)
            .where(
                Identification.contact_id == contact.id, Identification.ends_at > at,
                Identification.revoked_at.is_(None), Customer.erased_at.is_(None),
            )
            .order_by(surest, Identification.at.desc())
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        return _NOBODY
    shown, customer = found
    level = Level(shown.level)
    name = customer.name if level is Level.VERIFIED else None
    return Identity(Speaker(level, shown.customer_id, shown.order_id), name, shown.ends_at)


async def by_order(session: AsyncSession, contact: Contact, number: str, postcode: str, *, at: datetime) -> Identity:
    """Let the contact see the one order of that number that goes to that postcode, for half an hour.

    Case, spaces and signs do not count, nor do the letters before a number. Raises NotRecognised for a wrong number and
    a wrong postcode alike, or TooManyAttempts. Who is known better than that stays who they are.
    """
    wanted = plain(number[:LONGEST])
    subject = keyed_digest("order", bare(wanted))
    await locks.hold(session, "identification", contact.id)
    await locks.hold(session, "identification of order", subject)
    await _check_failures(session, contact, subject, at)
    order = await order_at(session, wanted, plain(postcode[:LONGEST]))
    if order is None:
        await session.execute(delete(FailedIdentification).where(FailedIdentification.at <= at - WINDOW))
        session.add(FailedIdentification(contact_id=contact.id, subject_digest=subject, at=at))
        await session.flush()
        raise NotRecognised
    return await enter(
        session, contact, Speaker(Level.ORDER_HOLDER, order.customer_id, order.id), at=at, lasts=ORDER_HELD_FOR
    )


async def _check_failures(session: AsyncSession, contact: Contact, subject: str, at: datetime) -> None:
    failed = FailedIdentification
    for whose in (failed.contact_id == contact.id, failed.subject_digest == subject):
        await limits.check(session, failed.at, whose, most=FAILURES, within=WINDOW, at=at)


async def enter(
    session: AsyncSession, contact: Contact, speaker: Speaker, *, at: datetime, lasts: timedelta
) -> Identity:
    """Let the contact count as `speaker` for so long; what they showed on that level before ends.

    Somebody who is signed in stays just that.
    """
    before = await of_contact(session, contact, at=at)
    if contact.customer_id is not None:
        return before
    await _end(session, contact, at, Identification.level == speaker.level)
    session.add(Identification(
        contact_id=contact.id, customer_id=speaker.customer, order_id=speaker.order_id, level=speaker.level, at=at,
        ends_at=at + lasts,
    ))
    await session.flush()
    now = await of_contact(session, contact, at=at)
    if before.speaker != now.speaker:
        await note(session, contact, now.level, now.name)
    return now


async def end(session: AsyncSession, contact: Contact, *, at: datetime) -> None:
    """Nothing that the contact has shown counts any more."""
    await _end(session, contact, at)


async def is_another(session: AsyncSession, contact: Contact, customer_id: str) -> bool:
    """Whether the contact has shown, however long ago, that they are some other customer than this."""
    query = select(Identification.id).where(
        Identification.contact_id == contact.id, Identification.level == Level.VERIFIED,
        Identification.customer_id != customer_id,
    )
    return await session.scalar(query.limit(1)) is not None


async def _end(session: AsyncSession, contact: Contact, at: datetime, *which: ColumnElement[bool]) -> None:
    await session.execute(
        update(Identification)
        .where(Identification.contact_id == contact.id, Identification.revoked_at.is_(None), *which)
        .values(revoked_at=at)
    )


async def note(session: AsyncSession, contact: Contact, level: Level, name: str | None) -> None:
    """Tell the conversation last active that we know now who speaks in it."""
    open_talk = await session.scalar(
        select(Conversation.id)
        .where(Conversation.contact_id == contact.id, Conversation.state != State.RESOLVED)
        .order_by(Conversation.active_at.desc())
        .limit(1)
    )
    if open_talk is not None:
        append(session, await lock(session, open_talk), "identity", {"level": level, "name": name})
        await session.flush()
