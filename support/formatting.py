"""How amounts, dates and lists are written for a customer: English words, their own country's formats."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision


@lru_cache(maxsize=256)
def locale_for(tag: str, fallback: str = "en_IE") -> Locale:
    """The formats of the territory of `tag` (`de_DE`, `de-DE`) for English text: `en_DE` writes 1.234,56 €.

    A tag without a known territory gets `fallback`'s. The words are English, so a month must be too.
    """
    for candidate in (tag, fallback):
        try:
            territory = Locale.parse(candidate.replace("-", "_")).territory
            if territory:
                return Locale.parse(f"en_{territory}")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return Locale.parse("en_IE")


def money(minor: int, currency: str, locale: Locale) -> str:
    """`minor` units of `currency` (cents, or whole yen) with its sign: €1,234.50."""
    digits = get_currency_precision(currency)
    return format_currency(Decimal(minor).scaleb(-digits), currency, locale=locale)


def number(value: int, locale: Locale) -> str:
    """A whole number with the locale's thousands separator."""
    return format_decimal(value, locale=locale)


def day(value: date | datetime, locale: Locale, zone: ZoneInfo, *, year: int | None = None) -> str:
    """A date in words: 5 December 2026, without the year if it is `year`. An instant is taken in `zone`."""
    local = local_date(value, zone)
    if local.year == year:
        return format_skeleton("MMMMd", local, locale=locale)
    return format_date(local, "long", locale=locale)


def weekday(value: date | datetime, locale: Locale, zone: ZoneInfo) -> str:
    """A date near enough to be called by its weekday too: Saturday 5 December."""
    local = local_date(value, zone)
    return f"{format_date(local, 'EEEE', locale=locale)} {format_skeleton('MMMMd', local, locale=locale)}"


def local_date(value: date | datetime, zone: ZoneInfo) -> date:
    """The calendar date of an instant in `zone`; a date stays what it is."""
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def plural(count: int, one: str, many: str | None = None, *, locale: Locale | None = None) -> str:
    """`1 point`, `0 points`, `2 boxes`; the number in the locale's way if one is given."""
    written = number(count, locale) if locale else str(count)
    return f"{written} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], locale: Locale) -> str:
    """`a, b and c`."""
    return format_list(items, locale=locale)


def either(items: Sequence[str], locale: Locale) -> str:
    """`a, b or c`."""
    return format_list(items, style="or", locale=locale)
