"""The figures that an FAQ answer may name, written out, so that no answer holds a figure of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import get_currency_name

from support import clock, formatting

if TYPE_CHECKING:
    from support.policy.business import Business


HOLIDAYS = 3  # so many of the next ones are named


def facts(business: Business) -> dict[str, str]:
    """{placeholder: text}, all taken from the shop's rules. No value is empty."""
    return {
        **_shop(business), **_people(business), **_orders(business), **_returns(business), **_loyalty(business),
        **_redeeming(business), **_terms(business),
    }


def _shop(business: Business) -> dict[str, str]:
    shop = business.shop
    return {
        "shop": shop.name,
        "shop_sells": shop.sells,
        "assistant_name": business.assistant.name,
        "phone": shop.phone,
        "email": shop.email,
        "address": shop.address,
        "timezone": shop.timezone,
        "currency": get_currency_name(shop.currency, count=2, locale=shop.formats),
        "currency_name": get_currency_name(shop.currency, count=1, locale=shop.formats),
        "delivery_countries": formatting.listed(shop.countries, shop.formats),
        "payment_methods": formatting.listed(business.payment.methods, shop.formats),
    }


def _people(business: Business) -> dict[str, str]:
    calls = business.call_backs
    return {
        "opening_hours_text": business.opening_hours.text(),
        "next_holidays": _next_holidays(business),
        "handling_minutes": formatting.plural(business.people.average_handling_minutes, "minute"),
        "answer_days": formatting.plural(business.cases.answer_working_days, "working day"),
        "call_back_minutes_ahead": formatting.plural(calls.minutes_ahead, "minute"),
        "call_back_days_ahead": formatting.plural(calls.days_ahead, "day"),
    }


def _next_holidays(business: Business) -> str:
    shop = business.shop
    today = formatting.local_date(clock.now(), shop.zone)
    coming = sorted(day for day in business.people.holidays if day >= today)[:HOLIDAYS]
    named = [formatting.day(day, shop.formats, shop.zone) for day in coming]
    return formatting.listed(named, shop.formats) if named else "not known yet"


def _orders(business: Business) -> dict[str, str]:
    orders = business.orders
    fastest, slowest = orders.delivery_days.at_least, orders.delivery_days.at_most
    return {
        "order_number_example": f"{orders.number_prefix}-10432",
        "shipping_cost": _money(business, orders.shipping_cost),
        "free_shipping_from": _money(business, orders.free_shipping_from),
        "dispatch_days": formatting.plural(orders.dispatch_days, "working day"),
        "delivery_days": (
            f"{fastest} to {slowest} working days"
            if fastest < slowest
            else formatting.plural(slowest, "working day")
        ),
    }


def _returns(business: Business) -> dict[str, str]:
    returns, cards = business.returns, business.gift_cards
    windows = [(tier.name, business.return_window(tier)) for tier in business.tiers.steps]
    return {
        "return_window_days": formatting.plural(windows[0][1], "day"),
        "return_window_by_tier": formatting.listed(
            [f"{formatting.plural(days, 'day')} for {name}" for name, days in windows], business.shop.formats
        ),
        "return_cost": _money(business, returns.return_cost) if returns.return_cost else "free",
        "refund_days": formatting.plural(returns.refund_days, "working day"),
        "gift_card_smallest": _money(business, cards.smallest),
        "gift_card_largest": _money(business, cards.largest),
        "gift_card_valid_years": formatting.plural(cards.valid_years, "year"),
    }


def _loyalty(business: Business) -> dict[str, str]:
    loyalty, formats = business.loyalty, business.shop.formats
    priority = [tier.name for tier in loyalty.tiers if tier.priority]
    return {
        "points_per_unit": formatting.plural(loyalty.points_per_unit, "point"),
        "points_expiry_months": formatting.plural(loyalty.expiry_months, "month"),
        "point_value": _money(business, loyalty.point_value),
        "hundred_points_value": _money(business, 100 * loyalty.point_value),
        "first_tier": loyalty.tiers[0].name,
        "highest_tier": loyalty.tiers[-1].name,
        "tier_list": formatting.listed(
            [f"{tier.name} (from {formatting.plural(tier.from_points, 'point', locale=formats)})"
             for tier in loyalty.tiers],
            formats,
        ),
        "priority_tiers": formatting.listed(priority, formats) if priority else "none of the tiers",
    }


def _redeeming(business: Business) -> dict[str, str]:
    loyalty, formats = business.loyalty, business.shop.formats
    return {
        "smallest_redemption_points": formatting.plural(loyalty.smallest_redemption, "point", locale=formats),
        "smallest_redemption_value": _money(business, loyalty.smallest_redemption * loyalty.point_value),
        "redemption_step_points": formatting.plural(loyalty.redemption_step, "point", locale=formats),
        "voucher_days": formatting.plural(loyalty.voucher_days, "day"),
        "referrer_points": formatting.plural(loyalty.referrals.referrer_points, "point", locale=formats),
        "friend_points": formatting.plural(loyalty.referrals.friend_points, "point", locale=formats),
    }


def _terms(business: Business) -> dict[str, str]:
    return {
        "longest_pause_months": formatting.plural(business.subscriptions.longest_pause_months, "month"),
        "subscription_notice_days": formatting.plural(business.subscriptions.notice_days, "day"),
        "cooling_off_days": formatting.plural(business.privacy.cooling_off_days, "day"),
    }


def _money(business: Business, minor: int) -> str:
    return formatting.money(minor, business.shop.currency, business.shop.formats)
