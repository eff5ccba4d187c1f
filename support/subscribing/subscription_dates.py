"""When a subscription renews, is paused and ends: dates of the shop's calendar, worked out from its row and today.

Renewals keep to the day of the month they began on: from 31 January by months they are 28 or 29 February, 31 March,
30 April. `ends_on` is the last day a subscription runs; a renewal on that day or later does not come.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from support.models.subscriptions import Subscription, SubscriptionStatus

_DAY = timedelta(days=1)


class Standing(StrEnum):
    """What a subscription is today; an `ending` one is cancelled and still runs until its last day."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDING = "ending"
    ENDED = "ended"


def later(day: date, months: int, anchor: int) -> date:
    """The day `months` later that is the `anchor`th of its month, or the last of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))


def anchor_of(day: date, started_on: date) -> int:
    """The day of the month that `day` stands for: the one of the start, if a shorter month explains the difference."""
    return started_on.day if later(day, 0, started_on.day) == day else day.day


def renewal_after(row: Subscription, day: date, months: int | None = None) -> date:
    """The renewal `months` after the one on `day`; by default the next one."""
    return later(day, row.every_months if months is None else months, anchor_of(day, row.started_on))


def next_renewal(row: Subscription, today: date) -> date | None:
    """The first renewal from `today` on; None if there is none any more.

    The row may not have been touched since an earlier one, and a pause may begin after the next one.
    """
    day = row.renews_on
    if day is None:
        return None
    while day < today:
        following = renewal_after(row, day)
        if row.paused_until is not None and day < row.paused_until:
            following = max(following, row.paused_until)
        day = following
    return None if row.ends_on is not None and day >= row.ends_on else day


def standing(row: Subscription, today: date) -> Standing:
    """What the subscription is on that day, whatever its stored status was true of."""
    if row.ends_on is not None and today > row.ends_on:
        return Standing.ENDED
    if row.status is SubscriptionStatus.CANCELLED:
        return Standing.ENDED if row.ends_on is None else Standing.ENDING
    if row.status is SubscriptionStatus.PAUSED and (row.paused_until is None or today < row.paused_until):
        return Standing.PAUSED
    return Standing.ACTIVE


def first_to_change(row: Subscription, renewal: date, today: date, notice_days: int) -> date:
    """The first renewal that a change made today still reaches: not one that is less than the notice away."""
    reached = today + max(notice_days, 1) * _DAY
    while renewal < reached:
        renewal = renewal_after(row, renewal)
    return renewal


def day_before(day: date) -> date:
    return day - _DAY


def extended_end(row: Subscription, ends_on: date, periods: int) -> date:
    """The last day when the subscription runs `periods` of its own longer than until `ends_on`."""
    months = periods * row.every_months
    following = ends_on + _DAY
    if later(following, 0, row.started_on.day) == following:
        # It ends on the eve of a renewal, and goes on to do so
        return later(following, months, row.started_on.day) - _DAY
    return later(ends_on, months, anchor_of(ends_on, row.started_on))


def resumed_renewal(row: Subscription, moved_from: date, today: date, notice_days: int) -> date:
    """The first renewal once the pause is off: the one that it moved, or if that has passed the same day of a month."""
    reached = today + max(notice_days, 1) * _DAY
    while moved_from < reached:
        moved_from = renewal_after(row, moved_from, 1)
    return moved_from
