"""Which pieces of which lines of an order come back, as they are asked for and as they are found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from support.errors import NotFound
from support.models.orders import Order, OrderLine
from support.refusals import LinesInvalid, QuantityInvalid
from support.text import sought_id


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """`quantity` pieces of an order's line, by its id; None: all of them."""

    line_id: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ExchangedLine:
    """The same, for as many pieces of another variant of the product, by its id."""

    line_id: str
    variant_id: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ComingBack:
    """Pieces of a line that come back; `unit_price_minor` is what each was bought for, `reference` the shop's line."""

    line_id: str
    position: int
    reference: str | None
    sku: str
    product: str
    options: dict[str, Any]
    quantity: int
    unit_price_minor: int

    @property
    def goods_minor(self) -> int:
        return self.quantity * self.unit_price_minor


def checked[L: ReturnedLine | ExchangedLine](lines: Iterable[L], kind: type[L]) -> tuple[L, ...]:
    """The lines in the order of their ids, so that the same request is the same in any order.

    Raises LinesInvalid (none, or one twice), NotFound (an id that is none), QuantityInvalid (no whole number above 0).
    """
    listed = list(lines) if isinstance(lines, Iterable) else []
    if not listed or not all(isinstance(line, kind) for line in listed):
        raise LinesInvalid
    for line in listed:
        if line.quantity is not None and (type(line.quantity) is not int or line.quantity < 1):
            raise QuantityInvalid
    found = {id: replace(line, line_id=id) for line in listed for id in [sought_id(line.line_id)]}
    if len(found) < len(listed):
        raise LinesInvalid
    return tuple(found[id] for id in sorted(found))


def pieces[L: ReturnedLine | ExchangedLine](order: Order, lines: Iterable[L]) -> list[tuple[OrderLine, int, L]]:
    """(the order's line, how many pieces of it, what was asked), as the order lists them; its lines are loaded.

    Raises NotFound (a line of no or another order), QuantityInvalid (more pieces than the line has).
    """
    asked = {line.line_id: line for line in lines}
    if not asked.keys() <= {line.id for line in order.lines}:
        raise NotFound
    found = []
    for line in order.lines:
        if (wanted := asked.get(line.id)) is not None:
            quantity = line.quantity if wanted.quantity is None else wanted.quantity
            if quantity > line.quantity:
                raise QuantityInvalid
            found.append((line, quantity, wanted))
    return found
