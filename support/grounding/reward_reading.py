"""Which reward a text names: by its name, by what it is worth, or by its place in a list."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from babel.numbers import get_currency_precision

from support.grounding.comparisons import price_asked
from support.grounding.positions import positions
from support.grounding.price_reading import read_amount
from support.grounding.product_reading import read_products
from support.grounding.reading import Reading
from support.grounding.words import forms

_PERCENT = re.compile(r"(\d{1,3})\s?(?:%|per ?cent)", re.IGNORECASE)
_OFF = re.compile(r"(?<![\d.,])(\d{1,4})\s(?:off|(?:voucher|coupon|discount)\b)", re.IGNORECASE)
_SHIPPING = re.compile(
    r"\b(?:free|no) (?:delivery|shipping|postage)|(?:delivery|shipping) (?:reward|voucher)", re.IGNORECASE
)


class OfferedReward(Protocol):
    """A reward; `kind` is voucher, percent, gift or shipping, `value` minor units of `currency`, or percent."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def value(self) -> int: ...
    @property
    def currency(self) -> str | None: ...


def read_reward[R: OfferedReward](text: str, rewards: Sequence[R], *, shown: Sequence[R] = ()) -> Reading[R]:
    """The reward that `text` names; several candidates where its words fit several. `shown` were listed last."""
    low = " ".join(text.casefold().split())
    named = [one for one in rewards if re.search(rf"(?<!\w){re.escape(one.name.casefold())}(?!\w)", low)]
    if named:
        return _reading([max(named, key=lambda one: len(one.name))])
    if worth := [one for one in rewards if _worth(text, one)]:
        return _reading(worth)
    if groups := read_products(text, rewards):
        return _reading([one for group in groups for one in group.whole or group.products])
    keys = forms(text)
    if price_asked(keys) == "lowest" and rewards:
        return _reading([min(rewards, key=lambda one: one.points)])
    places = positions(keys, len(shown)) if shown and len(keys) <= 6 else ()
    return _reading([shown[place] for place in places])


def _worth(text: str, reward: OfferedReward) -> bool:
    match str(reward.kind):
        case "voucher" if reward.currency:
            worth = Decimal(reward.value).scaleb(-get_currency_precision(reward.currency))
            off = _OFF.search(text)
            return read_amount(text) == worth or (off is not None and Decimal(off[1]) == worth)
        case "percent":
            percent = _PERCENT.search(text)
            return percent is not None and int(percent[1]) == reward.value
        case "shipping":
            return _SHIPPING.search(text) is not None
    return False


def _reading[R: OfferedReward](found: list[R]) -> Reading[R]:
    return Reading(tuple(found)) if len(found) == 1 else Reading(candidates=tuple(found))
