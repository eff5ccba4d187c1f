"""How money and places are written in the events that the shop hears: docs/webhooks.md."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from support.models.customers import Address
from support.models.payments import Payment
from support.people.addresses import postal


def amount(minor: int, currency: str) -> dict[str, str]:
    """{"amount": "12.50", "currency": "EUR"}, with as many decimals as the currency has; below zero with a minus."""
    return {"amount": f"{Decimal(minor).scaleb(-get_currency_precision(currency)):f}", "currency": currency}


def place(address: Address) -> dict[str, str | None]:
    """{"recipient", "line_1", "line_2", "town", "region", "postcode", "country"}; what there is none of is null."""
    return postal(address)


async def payments(session: AsyncSession, request_id: str) -> list[dict[str, Any]]:
    """[{"id", "kind", "payment_method", "amount", "currency", "settled"}], what a request moved, the first first.

    `id` is ours, for the shop to say that it has settled; a gift card's is at once.
    """
    rows = await session.scalars(
        select(Payment).where(Payment.request_id == request_id).order_by(Payment.at, Payment.id)
        .options(joinedload(Payment.method))
    )
    return [
        {
            "id": row.id, "kind": row.kind.value, "payment_method": row.method.reference,
            **amount(row.amount_minor, row.currency), "settled": row.settled_at is not None,
        }
        for row in rows
    ]
