"""Who is speaking in a widget: sessions by token, sign-in by the shop's word, sign-out."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.errors import SignedInAsAnother, SignInExpired, SignInInvalid, TokenInvalid
from support.models.conversations import Contact, Conversation, Level, VisitorSession
from support.models.customers import Customer
from support.signing_in import identification
from support.signing_in.identification import Identity
from support.text import digest, new_id, new_token


@dataclass(frozen=True, slots=True)
class Visitor:
    """An authenticated widget: its session and the contact behind it."""

    session: VisitorSession
    contact: Contact

    @property
    def is_signed_in(self) -> bool:
        return self.session.level == Level.SIGNED_IN


async def begin(session: AsyncSession) -> tuple[str, Visitor]:
    """A new visitor and their token, which is told only this once."""
    at, token = clock.now(), new_token()
    contact = Contact(id=new_id(), created_at=at)
    session.add(contact)
    await session.flush()
    row = VisitorSession(
        id=new_id(), token_digest=digest(token), contact_id=contact.id, level=Level.VISITOR, created_at=at
    )
    session.add(row)
    await session.flush()
    return token, Visitor(row, contact)


async def authenticate(session: AsyncSession, token: str, *, lapsed: bool = False) -> Visitor:
    """The visitor of that token; `lapsed` also lets in one whose sign-in must be renewed.

    Raises TokenInvalid or SignInExpired.
    """
    row = (
        await session.execute(
            select(VisitorSession, Contact)
            .join(Contact, Contact.id == VisitorSession.contact_id)
            .where(VisitorSession.token_digest == digest(token), VisitorSession.revoked_at.is_(None))
        )
    ).one_or_none()
    if row is None:
        raise TokenInvalid
    found = Visitor(row[0], row[1])
    if not lapsed and found.is_signed_in and _is_over(found.session):
        raise SignInExpired
    return found


def _is_over(session: VisitorSession) -> bool:
    return session.signed_in_until is None or session.signed_in_until <= clock.now()


async def sign_in(
    session: AsyncSession, visitor: Visitor, reference: str, *, lifetime: timedelta
) -> tuple[Visitor, Customer]:
    """Make the visitor the shop's customer `reference`; their conversations go with them.

    Raises SignInInvalid if the shop has no such customer, or SignedInAsAnother, also for a visitor who has shown by a
    code that they are somebody else.
    """
    customer = await session.scalar(
        select(Customer).where(Customer.reference == reference, Customer.erased_at.is_(None))
    )
    if customer is None:
        raise SignInInvalid
    if visitor.contact.customer_id not in (None, customer.id):
        raise SignedInAsAnother
    if await identification.is_another(session, visitor.contact, customer.id):
        raise SignedInAsAnother
    await identification.end(session, visitor.contact, at=clock.now())
    contact = await _contact_of(session, customer, visitor.contact)
    is_new = not visitor.is_signed_in
    if contact.id != visitor.contact.id:
        await session.execute(
            update(Conversation)
            .where(Conversation.contact_id == visitor.contact.id)
            .values(contact_id=contact.id)
        )
    visitor.session.contact_id = contact.id
    visitor.session.level = Level.SIGNED_IN
    visitor.session.signed_in_until = clock.now() + lifetime
    await session.flush()
    if is_new:
        await identification.note(session, contact, Level.SIGNED_IN, contact.name)
    return Visitor(visitor.session, contact), customer


async def _contact_of(session: AsyncSession, customer: Customer, visitor: Contact) -> Contact:
    found = await session.scalar(select(Contact).where(Contact.customer_id == customer.id))
    if found is None:
        found = visitor
        found.customer_id = customer.id
    found.name = f"{customer.first_name} {customer.last_name}".strip()
    await session.flush()
    return found


async def who(session: AsyncSession, visitor: Visitor) -> Identity:
    """Who speaks in this very session: signed in until its own sign-in lapses, else as they have shown."""
    known = await identification.of_contact(session, visitor.contact, at=clock.now())
    if known.level is Level.SIGNED_IN:
        return replace(known, until=visitor.session.signed_in_until)
    return known


async def sign_out(session: AsyncSession, visitor: Visitor) -> None:
    """The token is dead from now on, and what the visitor has shown of who they are counts no more."""
    at = clock.now()
    visitor.session.revoked_at = at
    await identification.end(session, visitor.contact, at=at)
    await session.flush()

