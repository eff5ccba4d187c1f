"""One-time codes by e-mail: they show that somebody reads the mail of a customer, or of an address to come.

Six digits, good for ten minutes, five tries and one use; a newer one makes those before it worthless. Whether an
address is known is told to nobody: an unknown one takes the same work, the same limits and the same answers, and its
code was never sent. Where several customers have an address, the code stands for the newest of them who has orders.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support import limits, locks
from support.errors import IdReused
from support.identity import Speaker, use_case
from support.keys import keyed_digest
from support.models.conversations import Contact, Level
from support.models.customers import Customer
from support.models.identity import CodePurpose, OneTimeCode
from support.models.orders import Order
from support.outgoing import mail
from support.people import email_addresses
from support.people.customers import speaking
from support.policy.business import Business
from support.refusals import CodeWrong, MailUnavailable, ProfileInvalid
from support.settings import Settings
from support.signing_in import identification
from support.signing_in.identification import Identity
from support.text import derived_id, new_id
from support.words import say

DIGITS = 6
TRIES = 5
LIFETIME = timedelta(minutes=10)
WINDOW = timedelta(minutes=10)
ASKS_OF_ONE = 3  # codes that one contact (or, for a new address, customer) may ask for within
ASKS_FOR_ADDRESS = 5  # and that may be asked for an address, by whomever
# A hundred guesses a day at a million codes: the most that guessing with ever new visitors comes to
ASKS_A_DAY = 20
DAY = timedelta(days=1)


async def ask(
    session: AsyncSession, contact: Contact, email: str, *, business: Business, settings: Settings, at: datetime,
    key: str | None = None,
) -> None:
    """Send a code to the address if a customer has it; the same `key` again sends no second one.

    Raises ProfileInvalid for what can be no address, IdReused, TooManyAttempts, or MailUnavailable.
    """
    address = email_addresses.checked(email)
    code = OneTimeCode(
        id=derived_id("code", contact.id, key) if key else new_id(), purpose=CodePurpose.IDENTIFY,
        contact_id=contact.id,
    )
    await _send(session, code, contact.id, address, business=business, settings=settings, at=at)


async def check(session: AsyncSession, contact: Contact, code: str, *, lasts: timedelta, at: datetime) -> Identity:
    """Who the contact is now that they have the code, for so long. Raises CodeWrong, and counts the try."""
    theirs = OneTimeCode.contact_id == contact.id
    tried = await _try(session, code, CodePurpose.IDENTIFY, theirs, at=at)
    customer = await session.get(Customer, tried.customer_id) if tried and tried.customer_id else None
    if customer is None or customer.erased_at or _digest_of(customer.email) != (tried and tried.address_digest):
        raise CodeWrong
    return await identification.enter(session, contact, Speaker(Level.VERIFIED, customer.id), at=at, lasts=lasts)


@use_case("do", needs=Level.SIGNED_IN)
async def ask_change(
    session: AsyncSession, speaker: Speaker, new_email: str, *, key: str, business: Business, settings: Settings,
    at: datetime,
) -> None:
    """Send a code to the address that the customer wants to have from now on.

    The same `key` again sends no second one. Raises ProfileInvalid for what can be no address and for the one that they
    have already, IdReused, TooManyAttempts, NotFound, or MailUnavailable.
    """
    customer = await speaking(session, speaker)
    address = email_addresses.checked(new_email)
    if email_addresses.folded(address) == email_addresses.folded(customer.email):
        raise ProfileInvalid
    code = OneTimeCode(
        id=derived_id("change", customer.id, key), purpose=CodePurpose.CHANGE_EMAIL, customer_id=customer.id,
        new_email=address,
    )
    await _send(session, code, customer.id, address, business=business, settings=settings, at=at)


async def take_change(session: AsyncSession, customer_id: str, code: str, *, at: datetime) -> str | None:
    """The new address that the customer's code was sent to, or None if it is not right; the try is counted.

    Whoever answers a None with a refusal must raise CodeWrong, whose transaction is committed.
    """
    tried = await _try(session, code, CodePurpose.CHANGE_EMAIL, OneTimeCode.customer_id == customer_id, at=at)
    return tried.new_email if tried else None


async def _send(
    session: AsyncSession, code: OneTimeCode, who: str, address: str, *, business: Business, settings: Settings,
    at: datetime,
) -> None:
    if not settings.can_mail:
        raise MailUnavailable
    code.address_digest = _digest_of(address)
    await locks.hold(session, "codes", code.purpose, who)
    await locks.hold(session, "codes for address", code.purpose, code.address_digest)
    if made := await session.get(OneTimeCode, code.id):
        if made.address_digest != code.address_digest:
            raise IdReused
        return
    theirs = _theirs(code)
    await _check_asks(session, code, theirs, at)
    await session.execute(delete(OneTimeCode).where(OneTimeCode.created_at <= at - DAY))
    await session.execute(update(OneTimeCode).where(theirs, OneTimeCode.expires_at > at).values(expires_at=at))
    owner = await _owner(session, address)
    if code.purpose == CodePurpose.IDENTIFY:
        code.customer_id = owner.id if owner else None
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code.code_digest, code.tries = keyed_digest("code", code.id, digits), 0
    code.created_at, code.expires_at = at, at + LIFETIME
    session.add(code)
    await session.flush()
    await _write(session, code, address, owner, digits, business, at)


def _theirs(code: OneTimeCode) -> ColumnElement[bool]:
    """The codes for the same purpose by the same contact, or customer."""
    whose: ColumnElement[bool] = OneTimeCode.contact_id == code.contact_id
    if code.purpose == CodePurpose.CHANGE_EMAIL:
        whose = OneTimeCode.customer_id == code.customer_id
    return whose & (OneTimeCode.purpose == code.purpose)


async def _check_asks(session: AsyncSession, code: OneTimeCode, theirs: ColumnElement[bool], at: datetime) -> None:
    asked_at = OneTimeCode.created_at
    for_address = (OneTimeCode.address_digest == code.address_digest) & (OneTimeCode.purpose == code.purpose)
    await limits.check(session, asked_at, theirs, most=ASKS_OF_ONE, within=WINDOW, at=at)
    await limits.check(session, asked_at, for_address, most=ASKS_FOR_ADDRESS, within=WINDOW, at=at)
    await limits.check(session, asked_at, for_address, most=ASKS_A_DAY, within=DAY, at=at)


async def _owner(session: AsyncSession, address: str) -> Customer | None:
    has_orders = exists().where(Order.customer_id == Customer.id)
    query = select(Customer).where(func.lower(Customer.email) == email_addresses.folded(address))
    return await session.scalar(
        query.where(Customer.erased_at.is_(None))
        .order_by(has_orders.desc(), Customer.created_at.desc(), Customer.id)
        .limit(1)
    )


async def _write(
    session: AsyncSession, code: OneTimeCode, address: str, owner: Customer | None, digits: str, business: Business,
    at: datetime,
) -> None:
    kind, to, customer_id = "change", address, code.customer_id
    if code.purpose == CodePurpose.IDENTIFY:
        # To the address on file, which may be another than a look-alike that was typed
        kind, to = "code", owner.email if owner else address
    shop, minutes = business.shop.name, LIFETIME // timedelta(minutes=1)
    subject = say(f"{kind}_subject", shop=shop)
    text = say(f"{kind}_text", shop=shop, code=digits, minutes=minutes)
    # Written in any case and taken back if nobody is there, so that the time it takes tells nothing
    async with session.begin_nested() as written:
        await mail.write(session, recipient=to, subject=subject, text=text, at=at, customer_id=customer_id)
        if customer_id is None:
            await written.rollback()


async def _try(
    session: AsyncSession, code: str, purpose: CodePurpose, theirs: ColumnElement[bool], *, at: datetime
) -> OneTimeCode | None:
    """The code that is good, used by this, if what was typed is right. A wrong one is counted as a try."""
    found = await session.scalar(
        select(OneTimeCode)
        .where(
            theirs, OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > at,
            OneTimeCode.tries < TRIES,
        )
        .order_by(OneTimeCode.created_at.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        return None
    found.tries += 1
    typed = "".join(sign for sign in code if sign.isalnum())
    if is_right := hmac.compare_digest(keyed_digest("code", found.id, typed), found.code_digest):
        found.used_at = at
    await session.flush()
    return found if is_right else None


def _digest_of(address: str) -> str:
    return keyed_digest("address", email_addresses.folded(address))
