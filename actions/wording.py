"""How one customer's amounts, dates and orders are put into words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time

from support import formatting
from support.models.customers import Customer
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary
from support.policy.business import Business

STATUS = {
    OrderStatus.PENDING: "waiting to be packed",
    OrderStatus.PROCESSED: "packed, waiting for the carrier",
    OrderStatus.SHIPPED: "on its way",
    OrderStatus.DELIVERED: "delivered",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.RETURN_REQUESTED: "delivered, return asked for",
    OrderStatus.EXCHANGE_REQUESTED: "delivered, exchange asked for",
    OrderStatus.RETURNED: "returned",
}


NAMED = 8  # lines of an order that are named one by one


class Counted(Protocol):
    """Pieces of one kind: a line of an order, or what of it comes back."""

    @property
    def product(self) -> str: ...
    @property
    def options(self) -> dict[str, Any]: ...
    @property
    def quantity(self) -> int: ...


@dataclass(frozen=True)
class Wording:
    """Formats in `locale`, days in the shop's `zone`; a year is only named if it is not `today`'s."""

    locale: Locale
    zone: ZoneInfo
    today: date

    @classmethod
    def of(cls, customer: Customer, business: Business, at: datetime) -> Self:
        locale = formatting.locale_for(customer.locale, business.shop.locale)
        return cls(locale, business.shop.zone, formatting.local_date(at, business.shop.zone))

    def money(self, minor: int, currency: str) -> str:
        return formatting.money(minor, currency, self.locale)

    def day(self, value: date | datetime) -> str:
        return formatting.day(value, self.locale, self.zone, year=self.today.year)

    def weekday(self, value: date | datetime) -> str:
        return formatting.weekday(value, self.locale, self.zone)

    def clock(self, value: datetime) -> str:
        return format_time(value.astimezone(self.zone), "short", locale=self.locale)

    def moment(self, value: datetime) -> str:
        return f"{self.day(value)}, {self.clock(value)}"

    def count(self, count: int, one: str, many: str | None = None) -> str:
        return formatting.plural(count, one, many, locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        return formatting.listed(list(items), self.locale)

    def either(self, items: Iterable[str]) -> str:
        """`a, b or c`."""
        return formatting.either(list(items), self.locale)

    def line(self, line: Counted) -> str:
        """`2 × Linen throw (sand, large)`."""
        times = f"{line.quantity} × " if line.quantity > 1 else ""
        return f"{times}{line.product}{options(line.options)}"

    def contents(self, order: OrderSummary, *, products: Collection[str] = ()) -> str:
        """`Linen throw and 2 more things`, led by its lines of those `products`, else by the dearest one."""
        leading = [line for line in order.lines if line.product in products][:NAMED]
        leading = leading or sorted(order.lines, key=lambda line: -line.total_minor)[:1]
        if not leading:
            return "nothing"
        more = order.pieces - sum(line.quantity for line in leading)
        return self.listed([*map(self.line, leading), *([self.count(more, "more thing")] if more else [])])

    def all_contents(self, order: OrderSummary) -> str:
        """`2 × Linen throw (sand, large) and Kettle (black)`; of a big order its first lines and how many more."""
        some = order.lines[:NAMED]
        more = sum(line.quantity for line in order.lines[NAMED:])
        rest = [self.count(more, "more thing")] if more else []
        return self.listed([*(self.line(line) for line in some), *rest]) or "nothing"

    def order(self, order: OrderSummary) -> str:
        """An order in two lines of a list."""
        total = self.money(order.total_minor, order.currency)
        head = " · ".join((order.number, self.day(order.placed_at), total, STATUS[order.status]))
        return f"{head}\n   {self.contents(order)}"


def options(chosen: dict[str, Any]) -> str:
    """` (brass, large)`, or nothing for a product without options."""
    return f" ({', '.join(_said(name, str(value)) for name, value in chosen.items())})" if chosen else ""


def _said(name: str, value: str) -> str:
    """The value alone, where it tells what it is: `waterproof: yes` and `no armrest` do not without the name."""
    match value.casefold():
        case "yes" | "no":
            return f"{name}: {value}"
        case "none":
            return f"no {name}"
    return value


def numbered(items: Iterable[str]) -> str:
    return "\n".join(f"{position}. {item}" for position, item in enumerate(items, 1))


def excerpt(text: str, length: int) -> str:
    """The text on one line, cut to `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
