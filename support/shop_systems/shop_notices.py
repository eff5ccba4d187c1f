"""What the shop's own systems say happened: a parcel came back, money settled, a voucher was used, a friend joined."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import IdReused, NotFound, TextInvalid
from support.identity import Speaker
from support.models.customers import Customer
from support.models.orders import Order
from support.models.payments import Payment
from support.models.returns import Return
from support.models.rewards import Referral, Voucher
from support.outgoing.event_bodies import amount
from support.points import referrals, vouchers
from support.policy.business import Business
from support.refusals import TimeInvalid
from support.returning import settling
from support.service_requests import Done
from support.text import sought_id


async def complete_return(session: AsyncSession, reference: str, *, business: Business, at: datetime) -> Done:
    """Settle a return whose parcel has arrived; said again: the same. Raises NotFound, ReturnClosed, GiftCardTooLow."""
    found, speaker = await _return(session, reference)
    key = f"shop:{found}:complete"
    return await settling.complete(session, speaker, found, key=key, business=business, at=at)


async def call_off_return(session: AsyncSession, reference: str, *, business: Business, at: datetime) -> Done:
    """Call off a return that will not come; said again: the same. Raises NotFound, ReturnClosed."""
    found, speaker = await _return(session, reference)
    key = f"shop:{found}:call_off"
    return await settling.call_off(session, speaker, found, key=key, business=business, at=at)


async def use_voucher(session: AsyncSession, code: str, order_number: str, *, at: datetime) -> Voucher:
    """An order was placed with the voucher; said again: the same. Raises NotFound, VoucherUsed, VoucherExpired."""
    return await vouchers.use_voucher(session, code, order_number, at=at)


async def settle_payment(
    session: AsyncSession, payment_id: str, *, reference: str | None, settled_at: datetime | None, at: datetime
) -> Payment:
    """Money of a payment or refund has reached the other side; said again: the same.

    `reference` is the shop's own id of it from now on, `settled_at` is `at` if left out.
    Raises NotFound, IdReused (it has another id, or another of the order has this one), TimeInvalid (yet to come),
    TextInvalid (an id that is none).
    """
    if reference is not None and not (0 < len(reference) <= 200 and reference.isprintable()):
        raise TextInvalid
    if settled_at is not None and settled_at > at:
        raise TimeInvalid
    payment = await session.scalar(
        select(Payment).where(Payment.id == sought_id(payment_id)).with_for_update()
        .execution_options(populate_existing=True)
    )
    if payment is None:
        raise NotFound
    if reference is not None and payment.reference != reference:
        others = select(Payment.id).where(Payment.order_id == payment.order_id, Payment.reference == reference)
        if payment.reference is not None or await session.scalar(others):
            raise IdReused
        payment.reference = reference
    if payment.settled_at is None:
        payment.settled_at = settled_at or at
    await session.flush()
    return payment


async def join(session: AsyncSession, friend_reference: str, code: str, *, at: datetime) -> Referral:
    """A customer came by somebody's code. Raises NotFound, OwnReferral, AlreadyReferred."""
    friend_id = await session.scalar(select(Customer.id).where(Customer.reference == friend_reference))
    if friend_id is None:
        raise NotFound
    return await referrals.join(session, friend_id, code, at=at)


def shown(done: Done) -> dict[str, Any]:
    """What came of a return or exchange, as the shop gets it."""
    details = dict(done.details)
    money = amount(details.pop("amount_minor"), details.pop("currency"))
    return {"reference": done.reference, "at": done.at.isoformat(), **details, **money}


async def _return(session: AsyncSession, reference: str) -> tuple[str, Speaker]:
    """The return's reference as we write it, and the shop, about the customer whose it is. Raises NotFound."""
    written = reference.strip().upper()
    customer_id = await session.scalar(
        select(Order.customer_id).join(Return, Return.order_id == Order.id).where(Return.reference == written)
    ) if written.isprintable() else None
    if customer_id is None:
        raise NotFound
    return written, Speaker.shop_for(customer_id)
