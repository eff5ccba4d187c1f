"""How one cell is read: each function takes its text, which is not empty, and answers the value or raises Wrong."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError

from support.policy.business import Business
from support.records import options as option_texts
from support.records.faults import Wrong

MOST = 2_147_483_647  # what a whole number in the database can hold
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
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
            if category == "Cs" or (category == "Cc" and not (lines and sign in "\n\t")):
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


def code(most: int) -> Any:
    """What people read out, found in any case later: at most `most` printable characters, no space or small letter."""

    def read(cell: str, _: Business) -> str:
        if not cell.isprintable() or cell != "".join(cell.split()).upper():
            raise Wrong("id_format", f"must have neither spaces nor small letters, not “{shown(cell)}”")
        if len(cell) > most:
            raise Wrong("too_long", f"has {len(cell)} characters; {most} are the most")
        return cell

    return read


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
