"""The figures that an FAQ answer may name, written out, so that no answer holds a figure of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import formatting

if TYPE_CHECKING:
    from support.policy.business import Business


def facts(business: Business) -> dict[str, str]:
    """{placeholder: text}, all taken from the shop's rules. No value is empty."""
    return {**_shop(business), **_orders(business), **_returns(business), **_loyalty(business)}


def _shop(business: Business) -> dict[str, str]:
    shop = business.shop
    return {
        "shop": shop.name,
        "shop_sells": shop.sells,
        "assistant_name": business.assistant.name,
        "phone": shop.phone,
        "email": shop.email,
        "address": shop.address,
        "opening_hours_text": business.opening_hours.text(),
        "timezone": shop.timezone,
        "delivery_countries": formatting.listed(shop.countries, shop.formats),
        "payment_methods": formatting.listed(business.payment.methods, shop.formats),
        "handling_minutes": formatting.plural(business.people.average_handling_minutes, "minute"),
    }


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
        "points_per_euro": formatting.plural(loyalty.points_per_unit, "point"),
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


def _money(business: Business, minor: int) -> str:
    return formatting.money(minor, business.shop.currency, business.shop.formats)
