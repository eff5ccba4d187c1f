"""The shop's own rules: the shape of `business.yml`. Amounts are minor units of the shop's currency."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Self

from babel.numbers import get_currency_precision
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from support.chat.facts import facts
from support.points.tiers import Tier, Tiers
from support.policy.business_file import BusinessFileWrong, read
from support.policy.business_sections import (
    Assistant,
    CallBacks,
    Cases,
    Escalation,
    GiftCards,
    Goodwill,
    Loyalty,
    Orders,
    Payment,
    People,
    Privacy,
    Returns,
    Section,
    Shop,
    Subscriptions,
    ValueModel,
)
from support.policy.opening_hours import WEEKDAYS, OpeningHours

__all__ = ["Business", "BusinessFileWrong", "load_business"]


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
    goodwill: Goodwill
    subscriptions: Subscriptions
    call_backs: CallBacks
    cases: Cases
    privacy: Privacy
    escalation: Escalation
    value: ValueModel = ValueModel()

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
