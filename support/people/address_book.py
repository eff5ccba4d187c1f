"""A customer's address book: the addresses they saved, one of them the default."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.customers import Address
from support.models.service_requests import ServiceRequest
from support.outgoing.event_bodies import place
from support.people.addresses import NewAddress, keep, postal
from support.service_requests import Asked, Done


@dataclass(frozen=True)
class SavedAddress:
    """An entry of the book; `country` is ISO 3166 alpha-2, `label` the customer's name for it, which may be empty."""

    id: str
    label: str
    recipient: str
    line_1: str
    line_2: str | None
    town: str
    region: str | None
    postcode: str
    country: str
    is_default: bool


@use_case("look up", needs=Level.VERIFIED)
async def address_book(session: AsyncSession, speaker: Speaker) -> tuple[SavedAddress, ...]:
    """The customer's saved addresses, the default first."""
    return tuple(described(row) for row in await _book(session, speaker.customer))


@use_case("do", needs=Level.SIGNED_IN)
async def add_address(
    session: AsyncSession, speaker: Speaker, address: NewAddress, *, key: str, at: datetime
) -> Done:
    """Save a further address; the first of all becomes the default.

    An address that is in the book under the same label stays as it is. Raises NotFound, IdReused.
    """
    asked = Asked(speaker, "add_address", key, asdict(address), at)
    if made := await service_requests.made_before(session, asked):
        return made
    book = await _book(session, speaker.customer)
    request = await service_requests.enter(session, asked)
    row = await keep(session, speaker.customer, address, saved=True)
    if not book:
        row.is_default = True
    changed = all(row.id != one.id for one in book)
    return await _finish(session, request, row, "added", changed)


@use_case("do", needs=Level.SIGNED_IN)
async def change_default_address(
    session: AsyncSession, speaker: Speaker, address: NewAddress | str, *, key: str, at: datetime
) -> Done:
    """Make an address of the book (by its id) or a new one the default.

    A new one takes the place of the old default if it has the same label; otherwise both are in the book. Orders keep
    the address that they have. Raises NotFound (no such address in the customer's book), IdReused.
    """
    content = {"id": address} if isinstance(address, str) else asdict(address)
    asked = Asked(speaker, "change_default_address", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    book = await _book(session, speaker.customer)
    if isinstance(address, str):
        row = _found(book, address)
        request = await service_requests.enter(session, asked)
    else:
        request = await service_requests.enter(session, asked)
        row = await keep(session, speaker.customer, address, saved=True)
    changed = not row.is_default
    for old in book:
        if old.is_default and old.id != row.id:
            old.is_default = False
            # Picked from the book, the old one is still wanted; typed anew, it is what the new one corrects
            old.saved = isinstance(address, str) or old.label.casefold() != row.label.casefold()
    row.is_default = True
    return await _finish(session, request, row, "default", changed)


@use_case("do", needs=Level.SIGNED_IN)
async def remove_address(
    session: AsyncSession, speaker: Speaker, address_id: str, *, key: str, at: datetime
) -> Done:
    """Take an address out of the book; if it was the default, the next one in the book becomes it.

    Orders that go there still do. Raises NotFound (no such address in the customer's book), IdReused.
    """
    asked = Asked(speaker, "remove_address", key, {"id": address_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    book = await _book(session, speaker.customer)
    row = _found(book, address_id)
    request = await service_requests.enter(session, asked)
    rest = [one for one in book if one.id != row.id]
    if row.is_default and rest:
        rest[0].is_default = True
    row.saved = row.is_default = False
    return await _finish(session, request, row, "removed", True)


async def default_of(session: AsyncSession, customer_id: str) -> SavedAddress | None:
    """The customer's default address, if they have saved any."""
    book = await _book(session, customer_id)
    return described(book[0]) if book and book[0].is_default else None


def described(row: Address) -> SavedAddress:
    """The row as a reader of the book sees it."""
    return SavedAddress(id=row.id, label=row.label, is_default=row.is_default, **postal(row))  # type: ignore[arg-type]


async def _book(session: AsyncSession, customer_id: str) -> list[Address]:
    """The saved addresses, the default first, the others in an order that stays."""
    rows = await session.scalars(
        select(Address).where(Address.customer_id == customer_id, Address.saved)
        .order_by(Address.is_default.desc(), Address.label, Address.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def _found(book: list[Address], address_id: str) -> Address:
    for row in book:
        if row.id == address_id:
            return row
    raise NotFound


async def _finish(
    session: AsyncSession, request: ServiceRequest, row: Address, change: str, changed: bool
) -> Done:
    """`change` is added, default or removed; what changed nothing is not told to the shop."""
    book = await _book(session, request.customer_id)
    default = next((one for one in book if one.is_default), None)
    details: dict[str, Any] = {
        "address_id": row.id, "address": place(row), "label": row.label, "change": change, "changed": changed,
        "default_id": default.id if default else None,
    }
    body = {
        "change": change, "address": place(row), "label": row.label, "address_reference": row.reference,
        "default": place(default) if default else None,
    }
    return await service_requests.finish(
        session, request, details=details, event="customer.address_changed" if changed else None, body=body
    )
