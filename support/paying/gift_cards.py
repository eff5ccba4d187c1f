"""The balance of a gift card: the sum of its entries. Money is minor units of the card's currency."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.payments import GiftCardEntry, PaymentMethod
from support.models.returns import Return, ReturnStatus
from support.refusals import GiftCardTooLow


async def balance(session: AsyncSession, card: PaymentMethod) -> int:
    """What is on the card."""
    total = await session.scalar(select(func.sum(GiftCardEntry.amount_minor)).where(GiftCardEntry.method_id == card.id))
    return int(total or 0)


async def available(session: AsyncSession, card: PaymentMethod) -> int:
    """What is on the card and not promised to an exchange that has yet to arrive."""
    promised = await session.scalar(
        select(func.sum(-Return.amount_minor)).where(
            Return.method_id == card.id, Return.status == ReturnStatus.REQUESTED, Return.amount_minor < 0
        )
    )
    return await balance(session, card) - int(promised or 0)


def is_expired(card: PaymentMethod, today: date) -> bool:
    """Whether nothing can be taken from it any more; money may still go to it."""
    return card.expires_on is not None and card.expires_on < today


async def check_covers(session: AsyncSession, card: PaymentMethod, amount_minor: int, *, at: datetime) -> None:
    """Raises GiftCardTooLow unless that much can be taken from the card."""
    if is_expired(card, at.date()) or await available(session, card) < amount_minor:
        raise GiftCardTooLow


async def enter(
    session: AsyncSession, card: PaymentMethod, amount_minor: int, *, key: str, at: datetime, reason: str
) -> GiftCardEntry:
    """Put on (or, negative, take off) the card; the card's customer is locked, and what is taken is there."""
    entry = GiftCardEntry(method_id=card.id, amount_minor=amount_minor, at=at, reason=reason, idempotency_key=key)
    session.add(entry)
    await session.flush()
    return entry
