"""Where the money of a return, and the difference of an exchange or swap, may go to or come from; which is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.orders import Order
from support.models.payments import MethodKind, PaymentMethod
from support.paying import payment_methods, payments
from support.paying.payment_methods import label
from support.refusals import CurrencyDiffers, GiftCardTooLow, MethodNotAllowed

UNNAMED = "Say which payment method the difference goes to or comes from."


@dataclass(frozen=True, slots=True)
class Choice:
    """A payment method that may be named; `method` is how it is called in a sentence."""

    method_id: str
    method: str


def choices(methods: Iterable[PaymentMethod]) -> tuple[Choice, ...]:
    return tuple(Choice(method.id, label(method)) for method in methods)


async def takers(session: AsyncSession, speaker: Speaker, order: Order) -> list[PaymentMethod]:
    """Where a return's money may go: to what has paid for the order, the most first, or to a gift card in its currency.

    What paid may have been removed since, and still gets its money back; a removed gift card does not.
    """
    paid = await payments.paid_with(session, order)
    payers = [method for method in sorted(paid, key=lambda method: -paid[method]) if _takes(method)]
    cards = [
        method for method in await _theirs(session, speaker)
        if method.kind is MethodKind.GIFT_CARD and method.currency == order.currency and method not in paid
    ]
    return payers + cards


async def taker(session: AsyncSession, speaker: Speaker, order: Order, method_id: str | None) -> PaymentMethod:
    """The one of `takers` that is meant. Raises NotFound, MethodNotAllowed (also for None)."""
    for method in await takers(session, speaker, order):
        if method.id == method_id:
            return method
    if method_id is not None:
        await payment_methods.get(session, speaker, method_id)
    raise MethodNotAllowed


async def difference_takers(session: AsyncSession, speaker: Speaker, order: Order) -> list[PaymentMethod]:
    """Where a difference may go: the `takers` first, then to any other of the customer's methods."""
    able = await takers(session, speaker, order)
    return able + [
        method for method in await _theirs(session, speaker)
        if method not in able and method.kind is not MethodKind.GIFT_CARD
    ]


async def difference_taker(
    session: AsyncSession, speaker: Speaker, order: Order, method_id: str | None
) -> PaymentMethod:
    """The one of `difference_takers` that is meant. Raises NotFound, MethodNotAllowed (None), CurrencyDiffers."""
    if method_id is None:
        raise MethodNotAllowed(UNNAMED)
    for method in await difference_takers(session, speaker, order):
        if method.id == method_id:
            return method
    await payment_methods.get(session, speaker, method_id)
    raise CurrencyDiffers


async def payers(
    session: AsyncSession, speaker: Speaker, order: Order, minor: int, *, at: datetime
) -> list[PaymentMethod]:
    """The customer's methods that can pay `minor` for the order: what has paid for it first, then the default."""
    able, paid = [], await payments.paid_with(session, order)
    for method in sorted(await _theirs(session, speaker), key=lambda method: method not in paid):
        try:
            await payments.check_can_pay(session, method, minor, order.currency, at=at)
        except (CurrencyDiffers, GiftCardTooLow):
            continue
        able.append(method)
    return able


async def payer(
    session: AsyncSession, speaker: Speaker, order: Order, minor: int, method_id: str | None, *, at: datetime
) -> PaymentMethod:
    """The customer's method that pays `minor`. Raises NotFound, MethodNotAllowed (None), CurrencyDiffers,
    GiftCardTooLow.
    """
    if method_id is None:
        raise MethodNotAllowed(UNNAMED)
    method = await payment_methods.get(session, speaker, method_id)
    await payments.check_can_pay(session, method, minor, order.currency, at=at)
    return method


async def noted(session: AsyncSession, speaker: Speaker, order: Order, method_id: str | None) -> PaymentMethod:
    """The method to note where no money moves: the named one, else the one that paid most, else any of theirs.

    Raises NotFound, MethodNotAllowed (they have none at all).
    """
    if method_id is not None:
        return await payment_methods.get(session, speaker, method_id)
    for method in await takers(session, speaker, order) + await _theirs(session, speaker):
        return method
    raise MethodNotAllowed


def _takes(method: PaymentMethod) -> bool:
    return method.removed_at is None or method.kind is not MethodKind.GIFT_CARD


async def _theirs(session: AsyncSession, speaker: Speaker) -> list[PaymentMethod]:
    query = select(PaymentMethod).where(
        PaymentMethod.customer_id == speaker.customer, PaymentMethod.removed_at.is_(None)
    )
    return list(await session.scalars(query.order_by(PaymentMethod.is_default.desc(), PaymentMethod.reference)))
