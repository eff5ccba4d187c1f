"""The shop's own rules: the shape of `business.yml`. Amounts are minor units of the shop's currency."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import get_currency_precision
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from support.business_file import BusinessFileWrong, read
from support.business_values import (
    Colour,
    Count,
    Currency,
    Days,
    Email,
    LocaleTag,
    Minutes,
    Money,
    OrderPrefix,
    Text,
    Zone,
)
from support.facts import facts
from support.formatting import locale_for
from support.opening_hours import WEEKDAYS, OpeningHours, OpenRange
from support.tiers import Tier, Tiers

__all__ = ["Business", "BusinessFileWrong", "load_business"]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shop(Section):
    name: Text
    sells: Text
    currency: Currency
    locale: LocaleTag
    timezone: Zone
    colour: Colour
    email: Email
    phone: Text
    address: Text
    countries: Annotated[tuple[Text, ...], Field(min_length=1)]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def formats(self) -> Locale:
        """How money and dates are written for somebody whose own locale is unknown."""
        return locale_for(self.locale)


class Assistant(Section):
    name: Text
    greeting: Text


def _range(text: object) -> object:
    return OpenRange.parse(text) if isinstance(text, str) else text


Ranges = tuple[Annotated[OpenRange, BeforeValidator(_range)], ...]


class Week(Section):
    monday: Ranges
    tuesday: Ranges
    wednesday: Ranges
    thursday: Ranges
    friday: Ranges
    saturday: Ranges
    sunday: Ranges


class People(Section):
    opening_hours: Week
    holidays: tuple[date, ...]
    nobody_took_it_minutes: Minutes
    agent_silent_minutes: Minutes
    average_handling_minutes: Minutes
    offline_after_seconds: Annotated[int, Field(strict=True, ge=1, le=86400)]


class DeliveryDays(Section):
    at_least: Days
    at_most: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            raise PydanticCustomError("order", "“at_least” must not be more than “at_most”")
        return self


class Orders(Section):
    number_prefix: OrderPrefix
    shipping_cost: Money
    free_shipping_from: Money
    dispatch_days: Days
    delivery_days: DeliveryDays


class Returns(Section):
    refund_days: Days
    return_cost: Money
    window_days: dict[Text, Days]


class Payment(Section):
    methods: Annotated[tuple[Text, ...], Field(min_length=1)]


class Loyalty(Section):
    points_per_unit: Count
    expiry_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    point_value: Money
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]


class GiftCards(Section):
    smallest: Money
    largest: Money
    valid_years: Annotated[int, Field(strict=True, ge=1, le=100)]


class Escalation(Section):
    misunderstandings: Annotated[int, Field(strict=True, ge=1, le=10)]


class Business(Section):
    """What the shop's owner decides. `opening_hours` and `tiers` are the nouns with the rules on them."""

    shop: Shop
    assistant: Assistant
    people: People
    orders: Orders
    returns: Returns
    payment: Payment
    loyalty: Loyalty
    gift_cards: GiftCards
    escalation: Escalation

    @cached_property
    def opening_hours(self) -> OpeningHours:
        """When people are there, in the shop's zone."""
        week = self.people.opening_hours
        ranges = tuple(tuple(sorted(getattr(week, day))) for day in WEEKDAYS)
        return OpeningHours(self.shop.zone, ranges, frozenset(self.people.holidays))

    @cached_property
    def tiers(self) -> Tiers:
        return Tiers(self.loyalty.tiers)

    def return_window(self, tier: Tier) -> int:
        """Days after delivery in which a customer of `tier` may send a line back."""
        return self.returns.window_days[tier.name]

    def facts(self) -> dict[str, str]:
        """Every figure that an FAQ answer may name, written out: {placeholder: text}."""
        return facts(self)

    @model_validator(mode="after")
    def _tiers_fit(self) -> Self:
        names = [tier.name for tier in self.loyalty.tiers]
        for index, tier in enumerate(self.loyalty.tiers):
            path = ("loyalty", "tiers", index, "from_points")
            if index == 0 and tier.from_points != 0:
                raise _wrong_at(path, "of the first tier must be 0")
            if index and tier.from_points <= self.loyalty.tiers[index - 1].from_points:
                raise _wrong_at(path, "must be more than that of the tier before")
            if names.index(tier.name) != index:
                path = ("loyalty", "tiers", index, "name")
                raise _wrong_at(path, f"names the tier {tier.name} a second time")
        for name in self.returns.window_days:
            if name not in names:
                raise _wrong_at(("returns", "window_days", name), "is not the name of a tier")
        for name in names:
            if name not in self.returns.window_days:
                raise _wrong_at(("returns", "window_days"), f"lacks the tier {name}")
        if self.gift_cards.smallest > self.gift_cards.largest:
            raise _wrong_at(("gift_cards", "smallest"), "must not be more than the largest")
        return self


def _wrong_at(path: tuple[str | int, ...], problem: str) -> PydanticCustomError:
    # A model's own validator reports its own place, so the place that is meant travels in the context
    return PydanticCustomError("wrong_at", "{problem}", {"path": path, "problem": problem})


def load_business(path: Path) -> Business:
    """The rules in the file at `path`.

    Raises BusinessFileWrong, one sentence that names the file, the line and what is wrong there.
    """
    return read(path, Business, context=_currency_digits)


def _currency_digits(tree: Any) -> dict[str, int]:
    try:
        return {"currency_digits": get_currency_precision(str(tree["shop"]["currency"]))}
    except (KeyError, TypeError):
        return {}
