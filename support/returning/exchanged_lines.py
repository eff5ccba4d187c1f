"""The lines of an exchange: what comes back, and the variant that goes out for it at its price of now."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from support.errors import NotFound
from support.models.catalogue import Variant
from support.models.orders import Order, OrderLine
from support.ordering import stock_moves
from support.ordering.replacements import check_replaces
from support.returning.returned_lines import ComingBack, ExchangedLine, checked, pieces
from support.text import sought_id


@dataclass(frozen=True, slots=True)
class Exchanged(ComingBack):
    """Pieces that come back, and the variant that goes out for them at its price of now."""

    new_variant_id: str
    new_sku: str
    new_options: dict[str, Any]
    new_unit_price_minor: int

    @property
    def new_goods_minor(self) -> int:
        return self.quantity * self.new_unit_price_minor


def checked_lines(lines: Sequence[ExchangedLine]) -> tuple[ExchangedLine, ...]:
    """As `returned_lines.checked`. Raises NotFound for the id of a variant that is none too."""
    return tuple(
        ExchangedLine(line.line_id, sought_id(line.variant_id), line.quantity)
        for line in checked(lines, ExchangedLine)
    )


def variants_of(order: Order, wanted: Collection[ExchangedLine]) -> set[str]:
    """The ids of all variants in question, old and new."""
    named = {line.line_id for line in wanted}
    return {line.variant_id for line in wanted} | {line.variant_id for line in order.lines if line.id in named}


def exchanged_lines(
    order: Order, wanted: Collection[ExchangedLine], variants: Mapping[str, Variant]
) -> tuple[Exchanged, ...]:
    """What is asked for, as the order lists it; `variants` holds `variants_of` it, as far as they are there.

    Raises NotFound, QuantityInvalid, OtherProduct, SameVariant, CurrencyDiffers, OutOfStock (for all together).
    """
    found = pieces(order, wanted)
    if not {line.variant_id for line in wanted} <= variants.keys():
        raise NotFound
    exchanged = tuple(
        _line(line, quantity, variants[line.variant_id], variants[asked.variant_id], order.currency)
        for line, quantity, asked in found
    )
    stock_moves.check_enough(variants, pieces_out(exchanged))
    return exchanged


def _line(line: OrderLine, quantity: int, old: Variant, new: Variant, currency: str) -> Exchanged:
    check_replaces(old, new, currency)
    return Exchanged(
        line.id, line.position, line.reference, old.sku, line.product_name, line.options, quantity,
        line.unit_price_minor, new.id, new.sku, new.options, new.price_minor,
    )


def pieces_out(lines: Collection[Exchanged]) -> dict[str, int]:
    """{variant id: pieces that go out of it in all}."""
    taken: Counter[str] = Counter()
    for line in lines:
        taken[line.new_variant_id] += line.quantity
    return dict(taken)
