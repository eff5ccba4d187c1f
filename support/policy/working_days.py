"""Working days of the shop: Monday to Friday, without its holidays."""

from datetime import date, datetime, timedelta

from support.policy.business import Business


def working_day_after(at: datetime, count: int, *, business: Business) -> date:
    """The `count`-th working day (1 or more) after the day that it is at `at`, by the shop's calendar."""
    day = at.astimezone(business.shop.zone).date()
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in business.people.holidays:
            count -= 1
    return day
