"""What swapping lines of an order for other variants would do: checked, and reckoned to the cent."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker
from support.models.catalogue import Variant
from support.models.orders import Order, OrderLine
from support.models.payments import PaymentMethod
from support.ordering import stock_moves
from support.ordering.replacements import check_replaces
from support.paying import payment_methods, payments
from support.refusals import LinesInvalid, NeedsPerson
from support.returning import return_methods
from support.returning.return_methods import Choice, choices
from support.service_requests import Movement
from support.text import sought_id


@dataclass(frozen=True, slots=True)
class Swap:
    """All pieces of an order's line for as many of another variant, by their ids."""

    line_id: str
    variant_id: str


@dataclass(frozen=True, slots=True)
class SwappedLine:
    """A line before and after; unit prices are minor units of the order's currency."""

    line_id: str
    position: int
    reference: str | None
    product: str
    quantity: int
    old_variant_id: str
    old_sku: str
    old_options: dict[str, Any]
    old_unit_price_minor: int
    new_variant_id: str
    new_sku: str
    new_options: dict[str, Any]
    new_unit_price_minor: int

    @property
    def difference_minor(self) -> int:
        return self.quantity * (self.new_unit_price_minor - self.old_unit_price_minor)


@dataclass(frozen=True, slots=True)
class SwapPlan:
    """What swapping would do: the customer pays `difference_minor`, or gets it if it is less than zero.

    `total_minor` is what the order would come to; `movements` is empty without a difference or a named method;
    `methods` are those that may be named for the difference.
    """

    order_id: str
    order_number: str
    currency: str
    lines: tuple[SwappedLine, ...]
    difference_minor: int
    total_minor: int
    movements: tuple[Movement, ...] = ()
    methods: tuple[Choice, ...] = ()


def checked(swaps: Iterable[Swap]) -> dict[str, str]:
    """{line id: variant id}. Raises LinesInvalid (no lines, or one twice), NotFound (an id that is none)."""
    listed = list(swaps) if isinstance(swaps, Iterable) else []
    if not all(isinstance(one, Swap) for one in listed):
        raise LinesInvalid
    wanted = {sought_id(one.line_id): sought_id(one.variant_id) for one in listed}
    if not wanted or len(wanted) < len(listed):
        raise LinesInvalid
    return wanted


def variants_of(order: Order, wanted: Mapping[str, str]) -> set[str]:
    """The ids of all variants that the swap takes or puts back; the order's lines are loaded."""
    return set(wanted.values()) | {line.variant_id for line in order.lines if line.id in wanted}


def reckon(order: Order, wanted: Mapping[str, str], variants: Mapping[str, Variant]) -> SwapPlan:
    """The plan, before it is known who pays; the order's lines are loaded, `variants` holds `variants_of` them.

    Raises NotFound, OtherProduct, SameVariant, CurrencyDiffers, OutOfStock, NeedsPerson (a discount would make the
    order cost less than nothing).
    """
    lines = {line.id: line for line in order.lines}
    if not wanted.keys() <= lines.keys() or not set(wanted.values()) <= variants.keys():
        raise NotFound
    swapped = tuple(
        _swapped(line, variants[line.variant_id], variants[wanted[line.id]], order.currency)
        for line in order.lines if line.id in wanted
    )
    stock_moves.check_enough(variants, pieces_of(swapped))
    difference = sum(line.difference_minor for line in swapped)
    total = order.total_minor + difference
    if total < 0:
        raise NeedsPerson
    return SwapPlan(order.id, order.number, order.currency, swapped, difference, total)


def pieces_of(lines: Iterable[SwappedLine]) -> dict[str, int]:
    """{variant id: pieces that the swap takes of it in all}, less than zero where it puts some back."""
    taken: Counter[str] = Counter()
    for line in lines:
        taken[line.new_variant_id] += line.quantity
        taken[line.old_variant_id] -= line.quantity
    return dict(taken)


async def check_paid(session: AsyncSession, order: Order, difference_minor: int) -> None:
    """Raises NeedsPerson if more would go back to the customer than they have paid."""
    if -difference_minor > sum((await payments.paid_with(session, order)).values()):
        raise NeedsPerson


async def settling_method(
    session: AsyncSession, speaker: Speaker, order: Order, method_id: str | None, difference_minor: int, *, at: datetime
) -> PaymentMethod | None:
    """The customer's method that pays the difference (more than zero) or gets it (less than zero).

    Without a difference it is None, but one that is named must be there. Raises NotFound, MethodNotAllowed (also if
    none is named but one is needed), CurrencyDiffers, GiftCardTooLow.
    """
    if difference_minor > 0:
        return await return_methods.payer(session, speaker, order, difference_minor, method_id, at=at)
    if difference_minor < 0:
        return await return_methods.difference_taker(session, speaker, order, method_id)
    if method_id is not None:
        await payment_methods.get(session, speaker, method_id)
    return None


async def methods_for(
    session: AsyncSession, speaker: Speaker, order: Order, difference_minor: int, *, at: datetime
) -> tuple[Choice, ...]:
    """The methods that `settling_method` would take for the difference."""
    if difference_minor > 0:
        return choices(await return_methods.payers(session, speaker, order, difference_minor, at=at))
    return choices(await return_methods.difference_takers(session, speaker, order)) if difference_minor < 0 else ()


def _swapped(line: OrderLine, old: Variant, new: Variant, currency: str) -> SwappedLine:
    check_replaces(old, new, currency)
    return SwappedLine(
        line.id, line.position, line.reference, line.product_name, line.quantity,
        old.id, old.sku, line.options, line.unit_price_minor, new.id, new.sku, new.options, new.price_minor,
    )
