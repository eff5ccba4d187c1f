"""The sections of `business.yml`, one class each. Amounts are minor units of the shop's currency."""

from datetime import date
from functools import cached_property
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from babel import Locale
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from support.formatting import locale_for
from support.models.cases import CaseKind
from support.points.tiers import Tier
from support.policy.business_values import (
    Colour,
    Count,
    Currency,
    Days,
    Email,
    LifeDays,
    LocaleTag,
    Minutes,
    Money,
    Months,
    OrderPrefix,
    Parameter,
    Text,
    Zone,
)
from support.policy.opening_hours import OpenRange


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
    tax_number: Text | None = None

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


Reason = Annotated[str, Field(strict=True, min_length=1, max_length=200)]  # as long as its column
Reasons = Annotated[tuple[Reason, ...], Field(min_length=1)]


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
    cancel_reasons: Reasons


class Returns(Section):
    refund_days: Days
    return_cost: Money
    window_days: dict[Text, Days]
    reasons: Reasons
    most_without_person: Money | None = None
    most_a_year: Count | None = None


class Payment(Section):
    methods: Annotated[tuple[Text, ...], Field(min_length=1)]


class Referrals(Section):
    referrer_points: Count
    friend_points: Count
    most_a_year: Count


class Loyalty(Section):
    points_per_unit: Count
    expiry_months: Months
    point_value: Money
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    smallest_redemption: Count
    redemption_step: Count
    voucher_days: LifeDays
    referrals: Referrals


class GiftCards(Section):
    smallest: Money
    largest: Money
    valid_years: Annotated[int, Field(strict=True, ge=1, le=100)]


class Goodwill(Section):
    points: dict[CaseKind, Count]
    most_a_year: Count


class Subscriptions(Section):
    longest_pause_months: Months
    notice_days: Days


class CallBacks(Section):
    minutes_ahead: Minutes
    days_ahead: LifeDays
    at_once: Count


class Cases(Section):
    answer_working_days: LifeDays


class Privacy(Section):
    cooling_off_days: Days


class ValueModel(Section):
    """The parameters of the BG/NBD model that tells churn risk: docs/customer-value.md."""

    r: Parameter = 0.243
    alpha_weeks: Parameter = 4.414
    a: Parameter = 0.793
    b: Parameter = 2.426

    @model_validator(mode="after")
    def _can_be_reckoned_with(self) -> Self:
        if self.a + self.b <= 1:
            raise PydanticCustomError("sum", "“a” and “b” must be more than 1 together")
        return self


class Escalation(Section):
    misunderstandings: Annotated[int, Field(strict=True, ge=1, le=10)]
    misunderstandings_with_priority: Annotated[int, Field(strict=True, ge=1, le=10)] = 1
