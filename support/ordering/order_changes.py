"""Where a pending order goes and how it is paid, changed by its customer. What is in it: `line_swaps`."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.agreements import check_agreed
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from support.models.payments import PaymentMethod
from support.ordering.orders_at_hand import find_order, lock_order
from support.outgoing.event_bodies import place
from support.paying import payment_methods, payments
from support.paying.payment_methods import label
from support.people import addresses
from support.people.addresses import NewAddress, postal
from support.policy.business import Business
from support.refusals import AddressInvalid, LinesAlreadySwapped, OrderNotChangeable, PaidInParts, SameMethod
from support.service_requests import Asked, Done, Movement
from support.text import sought_id


@dataclass(frozen=True, slots=True)
class AddressChange:
    """Where an order goes now (None if that is unknown) and where it would go: the parts of each, by their names."""

    order_id: str
    order_number: str
    old: dict[str, str | None] | None
    new: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class PaymentChange:
    """What paying an order another way would do: the new method pays `amount_minor`, the old one gets it back."""

    order_id: str
    order_number: str
    currency: str
    amount_minor: int
    movements: tuple[Movement, ...]


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_address_change(
    session: AsyncSession, speaker: Speaker, order_id: str, *, address: NewAddress | str,
    business: Business, at: datetime,  # noqa: ARG001 - every use case takes them
) -> AddressChange:
    """Where a pending order would go instead: to an address of the customer's book, by its id, or to a new one.

    Raises NotFound (the order, or the address of the book), OrderNotChangeable, LinesAlreadySwapped (only an agent
    changes it then), AddressInvalid.
    """
    order = await find_order(session, speaker, order_id, selectinload(Order.address))
    _check_changeable(speaker, order)
    new = address if isinstance(address, NewAddress) else await _in_the_book(session, speaker, address)
    return AddressChange(order.id, order.number, postal(order.address) if order.address else None, postal(new))


@use_case("do", needs=Level.SIGNED_IN)
async def change_address(
    session: AsyncSession, speaker: Speaker, order_id: str, *, address: NewAddress | str, key: str,
    business: Business, at: datetime,  # noqa: ARG001
) -> Done:
    """Send a pending order to another address: one of the customer's book, by its id, or a new one.

    The book stays as it is: a new address is kept for the order alone. The details name the order and the address that
    it goes to. Raises NotFound (the order, or the address of the book), OrderNotChangeable, LinesAlreadySwapped,
    AddressInvalid (neither an address nor an id), IdReused, IdInvalid.
    """
    content = {"order": order_id, "address": asdict(address) if isinstance(address, NewAddress) else str(address)}
    asked = Asked(speaker, "change_order_address", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id)
    _check_changeable(speaker, order)
    if isinstance(address, NewAddress):
        row = await addresses.keep(session, speaker.customer, address, saved=False)
    else:
        row = await _in_the_book(session, speaker, address)

    request = await service_requests.enter(session, asked, order_id=order.id)
    order.address_id = row.id
    return await service_requests.finish(
        session, request, details={"order": order.number, "address": postal(row)},
        event="order.address_changed", body={"order": order.number, "address": place(row)},
    )


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_payment_change(
    session: AsyncSession, speaker: Speaker, order_id: str, method_id: str, *,
    business: Business, at: datetime,  # noqa: ARG001
) -> PaymentChange:
    """What the new method would pay for a pending order, and what the old one would get back.

    Raises NotFound (the order or the method), OrderNotChangeable, LinesAlreadySwapped, PaidInParts (not exactly one
    method has paid), SameMethod, CurrencyDiffers, GiftCardTooLow.
    """
    order = await find_order(session, speaker, order_id)
    old, new, minor = await _payers(session, speaker, order, method_id, at)
    movements = (
        Movement(new.id, label(new), -minor, order.currency), Movement(old.id, label(old), minor, order.currency)
    )
    return PaymentChange(order.id, order.number, order.currency, minor, movements)


@use_case("do", needs=Level.SIGNED_IN)
async def change_payment(
    session: AsyncSession, speaker: Speaker, order_id: str, method_id: str, *, key: str,
    agreed_minor: int | None = None, business: Business, at: datetime,  # noqa: ARG001
) -> Done:
    """Pay a pending order with another of the customer's methods; the one that has paid gets it back.

    A gift card must cover the whole. `agreed_minor` is the plan's `amount_minor`, minor units of the order's currency.
    Raises NotFound (the order or the method), OrderNotChangeable, LinesAlreadySwapped, PaidInParts (not exactly one
    method has paid), SameMethod, CurrencyDiffers, GiftCardTooLow, AmountChanged, IdReused, IdInvalid.
    """
    asked = Asked(speaker, "change_order_payment", key, {"order": order_id, "method": method_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id)
    old, new, minor = await _payers(session, speaker, order, method_id, at)
    check_agreed(agreed_minor, minor)

    request = await service_requests.enter(session, asked, order_id=order.id)
    movements = (
        await payments.pay(session, order, new, minor, request=request, at=at),
        await payments.refund(session, order, old, minor, request=request, at=at),
    )
    details = {
        "order": order.number, "from": label(old), "to": label(new), "amount_minor": minor, "currency": order.currency,
    }
    body = {"order": order.number, "from": old.reference, "to": new.reference}
    return await service_requests.finish(
        session, request, details=details, movements=movements, event="order.payment_changed", body=body
    )


def _check_changeable(speaker: Speaker, order: Order) -> None:
    if order.status is not OrderStatus.PENDING:
        raise OrderNotChangeable
    # The shop may be packing by a list that one change has already made old
    if order.lines_swapped_at is not None and speaker.actor == "customer":
        raise LinesAlreadySwapped


async def _in_the_book(session: AsyncSession, speaker: Speaker, address_id: object) -> Address:
    if not isinstance(address_id, str):
        raise AddressInvalid
    found = await session.scalar(
        select(Address).where(
            Address.id == sought_id(address_id), Address.customer_id == speaker.customer, Address.saved
        )
    )
    if found is None:
        raise NotFound
    return found


async def _payers(
    session: AsyncSession, speaker: Speaker, order: Order, method_id: str, at: datetime
) -> tuple[PaymentMethod, PaymentMethod, int]:
    """(who has paid, who is to pay instead, how much)."""
    _check_changeable(speaker, order)
    new = await payment_methods.get(session, speaker, method_id)
    paid = await payments.paid_with(session, order)
    if not paid:
        raise PaidInParts("Nothing has been paid for this order that another way could pay instead.")
    if len(paid) > 1:
        raise PaidInParts
    [(old, minor)] = paid.items()
    if new.id == old.id:
        raise SameMethod
    await payments.check_can_pay(session, new, minor, order.currency, at=at)
    return old, new, minor
