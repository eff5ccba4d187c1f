"""Lines, variants and orders as customers may have them, of shops of many kinds, and ways to write down a reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product as combinations
from zoneinfo import ZoneInfo

from support.grounding.reading import Reading
from support.models.orders import OrderStatus
from support.ordering.order_views import Line, OrderSummary

ZONE = ZoneInfo("Europe/Dublin")
TODAY = date(2026, 11, 21)  # a Saturday


@dataclass(frozen=True)
class Form:
    """A variant of a product."""

    id: str
    options: Mapping[str, str]
    price_minor: int
    stock: int


def line(product: str, quantity: int = 1, price: int = 1000, **options: str) -> Line:
    return Line(product, {name.replace("_", " "): value for name, value in options.items()}, quantity, price)


def forms_of(*, sold_out: Iterable[tuple[str, ...]] = (), **options: tuple[str, ...]) -> list[Form]:
    """Every combination of the values, each 100 dearer than the one before."""
    gone = set(sold_out)
    names = [name.replace("_", " ") for name in options]
    return [
        Form(f"F{place}", dict(zip(names, values, strict=True)), 1000 + 100 * place, 0 if values in gone else 5)
        for place, values in enumerate(combinations(*options.values()))
    ]


def order(number: str, status: OrderStatus, placed: str, *lines: Line) -> OrderSummary:
    at = datetime.fromisoformat(placed).replace(hour=12, tzinfo=UTC)
    return OrderSummary(number, number, status, at, at, "EUR", 1000, lines)


def named_lines(reading: Reading[tuple[Line, int | None]], lines: list[Line]) -> str:
    """ "0 2x3 ? 4": the first line and three pieces of the third are chosen, the fifth is a candidate."""
    def places(found: Iterable[tuple[Line, int | None]]) -> list[str]:
        return [f"{next(i for i, own in enumerate(lines) if own is one)}" + (f"x{n}" if n else "") for one, n in found]

    candidates = places(reading.candidates)
    return " ".join([*places(reading.chosen), *(["?", *candidates] if candidates else [])])
