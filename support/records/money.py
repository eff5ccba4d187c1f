"""How cells with money are read and written: amounts with decimals outside, minor units inside."""

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision, is_currency

from support.policy.business import Business
from support.records.faults import Wrong
from support.records.values import MOST, shown

_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,10}))?", re.ASCII)


def amount(cell: str, _: Business) -> Decimal:
    """An amount of money, not negative, such as 12.50; how many decimals it may have hangs on its currency."""
    match = _AMOUNT.fullmatch(cell)
    if match is None:
        raise Wrong(
            "amount_format", f"must be an amount such as 1234.50, without signs or separators, not “{shown(cell)}”"
        )
    number = Decimal(cell)
    if match[1] and number:
        raise Wrong("negative", "must not be less than zero")
    return abs(number)


def signed_amount(cell: str, _: Business) -> Decimal:
    """The same, or with a minus in front."""
    if not _AMOUNT.fullmatch(cell):
        raise Wrong(
            "amount_format", f"must be an amount such as 1234.50 or -1234.50, without separators, not “{shown(cell)}”"
        )
    return Decimal(cell)


@lru_cache(maxsize=500)
def precision(currency: str) -> int:
    """How many decimals amounts of `currency` have."""
    return get_currency_precision(currency)


def minor(value: Decimal, currency: str) -> int:
    """`value` in minor units. Raises Wrong (finer than the smallest coin, or too much)."""
    digits = precision(currency)
    scaled = value.scaleb(digits)
    whole = int(scaled)
    if scaled != whole:
        places = f"at most {digits} decimals" if digits else "no decimals"
        raise Wrong("amount_too_fine", f"must have {places} in {currency}")
    if abs(whole) > MOST:
        most = Decimal(MOST).scaleb(-digits)
        raise Wrong("out_of_range", f"must be at {f'least -{most}' if whole < 0 else f'most {most}'}")
    return whole


def money_of(minor: int, currency: str) -> str:
    """Minor units as whole ones: 12.50."""
    return f"{Decimal(minor).scaleb(-precision(currency)):f}"


@lru_cache(maxsize=500)
def _currency(cell: str) -> str:
    code = cell.upper()
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII) or not is_currency(code):
        raise Wrong("unknown_currency", f"must be the three letters of a currency, such as EUR, not “{shown(cell)}”")
    return code


def currency(cell: str, _: Business) -> str:
    """ISO 4217, in capitals."""
    return _currency(cell)
