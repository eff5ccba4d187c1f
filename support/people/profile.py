"""Who a customer is to the shop: name, e-mail address, phone, and how they change."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.errors import InvalidInput
from support.identity import Speaker, use_case
from support.models.conversations import Contact, Level
from support.outgoing import mail
from support.people import customers
from support.people.address_book import SavedAddress, default_of
from support.policy.business import Business
from support.refusals import CodeWrong, ProfileInvalid
from support.service_requests import Asked, Done
from support.signing_in import codes
from support.text import clean
from support.words import say

LONGEST_NAME = 100
FEWEST_DIGITS, MOST_DIGITS = 5, 20
LONGEST_PHONE = 40
_PHONE = re.compile(r"\+?[0-9 ()-]+", re.ASCII)


@dataclass(frozen=True)
class Profile:
    """What the shop knows of a customer; `since` is when they came, `default_address` None if they saved none."""

    reference: str
    first_name: str
    last_name: str
    email: str
    phone: str | None
    locale: str
    since: datetime
    default_address: SavedAddress | None


@use_case("look up", needs=Level.VERIFIED)
async def profile(session: AsyncSession, speaker: Speaker) -> Profile:
    """Name, e-mail address, phone and default address of the customer. Raises NotFound."""
    customer = await customers.speaking(session, speaker)
    return Profile(
        customer.reference, customer.first_name, customer.last_name, customer.email, customer.phone, customer.locale,
        customer.created_at, await default_of(session, customer.id),
    )


@use_case("do", needs=Level.SIGNED_IN)
async def change_name(
    session: AsyncSession, speaker: Speaker, first_name: str, last_name: str, *, key: str, at: datetime
) -> Done:
    """Change the customer's name. Raises ProfileInvalid, IdReused."""
    names = {"first_name": _name(first_name), "last_name": _name(last_name)}
    asked = Asked(speaker, "change_name", key, names, at)
    if made := await service_requests.made_before(session, asked):
        return made
    request = await service_requests.enter(session, asked)
    customer = await customers.speaking(session, speaker)
    changed = (customer.first_name, customer.last_name) != tuple(names.values())
    customer.first_name, customer.last_name = names.values()
    # What agents see of them in the inbox
    await session.execute(update(Contact).where(Contact.customer_id == customer.id).values(name=customer.name))
    return await service_requests.finish(
        session, request, details=names | {"changed": changed},
        event="customer.name_changed" if changed else None, body=names,
    )


@use_case("do", needs=Level.SIGNED_IN)
async def change_phone(
    session: AsyncSession, speaker: Speaker, phone: str | None, *, key: str, at: datetime
) -> Done:
    """Change the phone number that the shop may call, or with None take it away. Raises ProfileInvalid, IdReused."""
    phone = None if phone is None else checked_phone(phone)
    asked = Asked(speaker, "change_phone", key, {"phone": phone}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    request = await service_requests.enter(session, asked)
    customer = await customers.speaking(session, speaker)
    changed, customer.phone = customer.phone != phone, phone
    return await service_requests.finish(
        session, request, details={"phone": phone, "changed": changed},
        event="customer.phone_changed" if changed else None, body={"phone": phone},
    )


@use_case("do", needs=Level.SIGNED_IN)
async def confirm_email(
    session: AsyncSession, speaker: Speaker, code: str, *, key: str, business: Business, at: datetime
) -> Done:
    """Make the address that the code was sent to (by `codes.ask_change`) the customer's own; the old one is told.

    Raises CodeWrong, with the try counted and to be committed, and IdReused.
    """
    if not isinstance(code, str):
        raise CodeWrong
    asked = Asked(speaker, "change_email", key, {"code": code}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    email = await codes.take_change(session, speaker.customer, code, at=at)
    if email is None:
        raise CodeWrong
    request = await service_requests.enter(session, asked)
    customer = await customers.speaking(session, speaker)
    old, customer.email = customer.email, email
    # Whoever took the account over must not be able to do so unseen
    shop = business.shop
    said = {"shop": shop.name, "email": shop.email, "phone": shop.phone, "reference": request.reference}
    await mail.write(
        session, recipient=old, subject=say("email_changed_subject", **said), text=say("email_changed_text", **said),
        at=at, customer_id=customer.id,
    )
    return await service_requests.finish(
        session, request, details={"email": email}, event="customer.email_changed", body={"email": email}
    )


def checked_phone(phone: str) -> str:
    """`phone` as typed, if it can be one: 5 to 20 digits with a plus before and spaces, dashes and brackets between.

    Raises ProfileInvalid.
    """
    if not isinstance(phone, str) or len(phone) > LONGEST_PHONE or not _PHONE.fullmatch(phone.strip()):
        raise ProfileInvalid
    if not FEWEST_DIGITS <= sum(sign.isdecimal() for sign in phone) <= MOST_DIGITS:
        raise ProfileInvalid
    return phone.strip()


def _name(name: str) -> str:
    try:
        name = " ".join(clean(name, longest=LONGEST_NAME).split()) if isinstance(name, str) else ""
    except InvalidInput as fault:
        raise ProfileInvalid from fault
    if not any(sign.isalpha() for sign in name):
        raise ProfileInvalid
    return name
