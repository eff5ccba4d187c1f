"""How money and places are written in the events that the shop hears: docs/webhooks.md."""

from decimal import Decimal

from babel.numbers import get_currency_precision

from support.addresses import postal
from support.models.customers import Address


def amount(minor: int, currency: str) -> dict[str, str]:
    """{"amount": "12.50", "currency": "EUR"}, with as many decimals as the currency has; below zero with a minus."""
    return {"amount": f"{Decimal(minor).scaleb(-get_currency_precision(currency)):f}", "currency": currency}


def place(address: Address) -> dict[str, str | None]:
    """{"recipient", "line_1", "line_2", "town", "region", "postcode", "country"}; what there is none of is null."""
    return postal(address)
