"""What the values in `business.yml` may be; each refuses with words that a shop's owner understands."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo


def _amount(value: object, asked: ValidationInfo) -> int:
    """An amount written in whole units (4.95) as minor units (495)."""
    digits: int = (asked.context or {}).get("currency_digits", 2)
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        minor = Decimal(str(value)).scaleb(digits)
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise ValueError
    except (InvalidOperation, ValueError):
        places = f"with at most {digits} decimals" if digits else "without decimals"
        raise ValueError(f"must be an amount {places}") from None
    if not 0 <= minor <= 10**9:
        raise ValueError("must be an amount from 0 to ten million")
    return int(minor)


def _checked(test: Callable[[str], object], wanted: str) -> AfterValidator:
    def check(text: str) -> str:
        if not test(text):
            raise ValueError(f"must be {wanted}")
        return text

    return AfterValidator(check)


def _is_locale(text: str) -> bool:
    try:
        return bool(Locale.parse(text.replace("-", "_")).territory)
    except (ValueError, UnknownLocaleError):
        return False


def _is_zone(name: str) -> bool:
    return name in available_timezones()


Text = Annotated[str, Field(strict=True, min_length=1, max_length=1000)]
Colour = Annotated[Text, _checked(re.compile(r"#[0-9a-fA-F]{6}").fullmatch, 'a colour such as "#1f5f4a"')]
Currency = Annotated[Text, _checked(is_currency, "the three letters of a currency, such as EUR")]
LocaleTag = Annotated[Text, _checked(_is_locale, "a language and a country, such as en_IE")]
Zone = Annotated[Text, _checked(_is_zone, "a time zone such as Europe/Dublin")]
Email = Annotated[Text, _checked(re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+").fullmatch, "an e-mail address")]
Money = Annotated[int, BeforeValidator(_amount)]
Days = Annotated[int, Field(strict=True, ge=0, le=3650)]
LifeDays = Annotated[int, Field(strict=True, ge=1, le=3650)]  # a time that must not be none
Months = Annotated[int, Field(strict=True, ge=1, le=120)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=1440)]
Count = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Parameter = Annotated[float, Field(strict=True, gt=0, le=1000, allow_inf_nan=False)]
OrderPrefix = Annotated[Text, _checked(re.compile(r"[A-Z]{1,5}").fullmatch, "one to five capital letters")]
