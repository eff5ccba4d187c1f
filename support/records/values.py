"""How one cell is read: each function takes its text, which is not empty, and answers the value or raises Wrong."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision, is_currency

from support.policy.business import Business
from support.records import options as option_texts
from support.records.faults import Wrong

MOST = 2_147_483_647  # what a whole number in the database can hold
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,10}))?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def text(most: int, *, lines: bool = False) -> Any:
    """A text of at most `most` characters; with `lines` it may have line breaks and tabs."""

    def read(cell: str, _: Business) -> str:
        return _text(cell, most, lines)

    return read


def _text(cell: str, most: int, lines: bool) -> str:
    if not cell.isprintable():
        if lines:
            cell = cell.replace("\r\n", "\n").replace("\r", "\n")
        for sign in cell:
            category = unicodedata.category(sign)
            if category == "Cs" or (category in ("Cc", "Cn") and not (lines and sign in "\n\t")):
                raise Wrong("control_character", f"holds a character that cannot be kept ({_named(sign)})")
        if not any(unicodedata.category(sign)[0] not in "CZ" for sign in cell):
            raise Wrong("required", "holds nothing that can be seen")
    if len(cell) > most:
        raise Wrong("too_long", f"has {len(cell)} characters; {most} are the most")
    return cell


def _named(sign: str) -> str:
    return "a line break" if sign in "\r\n" else "a tab" if sign == "\t" else f"U+{ord(sign):04X}"


def reference(cell: str, _: Business) -> str:
    """The shop's own id of something: 1 to 200 printable characters, kept as they are."""
    if not cell.isprintable():
        raise Wrong("control_character", "holds a character that is not printable")
    if len(cell) > 200:
        raise Wrong("too_long", f"has {len(cell)} characters; 200 are the most")
    return cell


def integer(lowest: int, highest: int = MOST) -> Any:
    """A whole number within these bounds."""

    def read(cell: str, _: Business) -> int:
        if not _NUMBER.fullmatch(cell):
            raise Wrong("not_a_whole_number", f"must be a whole number, not “{shown(cell)}”")
        number = int(cell)
        if not lowest <= number <= highest:
            raise Wrong("out_of_range", f"must be from {lowest} to {highest}")
        return number

    return read


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
    if whole > MOST:
        raise Wrong("out_of_range", f"must be at most {Decimal(MOST).scaleb(-digits)}")
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


def boolean(cell: str, _: Business) -> bool:
    """true, yes or 1; false, no or 0; in any case."""
    found = _BOOLEANS.get(cell.lower())
    if found is None:
        raise Wrong("not_yes_or_no", f"must be yes or no, not “{shown(cell)}”")
    return found


def choice(kind: type[StrEnum], synonyms: Mapping[str, StrEnum] | None = None) -> Any:
    """One of the values of `kind`; capitals do not count, nor whether words are joined by space, dash or underscore."""
    words: dict[str, StrEnum] = {one.value: one for one in kind} | dict(synonyms or {})
    known: dict[str, StrEnum] = {}

    def read(cell: str, _: Business) -> StrEnum:
        if (found := known.get(cell)) is not None:
            return found
        found = words.get("_".join(re.split(r"[\s_-]+", cell.lower())))
        if found is None:
            raise Wrong("unknown_value", f"must be one of {', '.join(kind)}; not “{shown(cell)}”")
        known[cell] = found
        return found

    return read


def email(cell: str, _: Business) -> str:
    if len(cell) > 254 or not cell.isprintable() or not _EMAIL.fullmatch(cell):
        raise Wrong("email_format", f"must be an e-mail address, not “{shown(cell)}”")
    return cell


def phone(cell: str, _: Business) -> str:
    """Any way of writing a telephone number that has three digits or more."""
    if sum(sign.isdecimal() for sign in cell) < 3:
        raise Wrong("phone_format", f"must be a telephone number, not “{shown(cell)}”")
    return _text(cell, 40, lines=False)


def digits(cell: str, _: Business) -> str:
    """The last digits of a card: one to four; a whole card number is refused, and not repeated."""
    if not re.fullmatch(r"[0-9]{1,4}", cell, re.ASCII):
        raise Wrong("last_digits", "must be the last one to four digits and nothing else")
    return cell


def url(cell: str, _: Business) -> str:
    if len(cell) > 500 or not cell.isprintable() or not _URL.fullmatch(cell):
        raise Wrong("url_format", "must be an address that begins with https:// and has at most 500 characters")
    return cell


@lru_cache(maxsize=500)
def _locale(cell: str) -> str:
    try:
        Locale.parse(cell.replace("-", "_"))
    except (ValueError, TypeError, UnknownLocaleError):
        raise Wrong("unknown_locale", f"must be a language, such as en_IE or de, not “{shown(cell)}”") from None
    return cell.replace("-", "_")


def locale(cell: str, _: Business) -> str:
    """A language and a country, such as en_IE; en-IE is taken too."""
    if len(cell) > 20:
        raise Wrong("unknown_locale", f"must be a language, such as en_IE or de, not “{shown(cell)}”")
    return _locale(cell)


def options(cell: str, _: Business) -> dict[str, str]:
    """`name=value;name=value`."""
    _text(cell, 4000, lines=False)
    return option_texts.parsed(cell)


def shown(cell: str) -> str:
    """The cell as a message may quote it: short, on one line, nothing that moves a cursor."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in cell[:60])
    return plain + ("…" if len(cell) > 60 else "")
