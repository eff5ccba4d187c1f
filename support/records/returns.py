"""Records of what comes back from orders, for its money or for other variants."""

from datetime import datetime
from decimal import Decimal

from support.models.returns import ReturnKind, ReturnStatus
from support.records import money, times, values
from support.records.record import Record, WrongColumn, column, table

_STATUSES = {"canceled": ReturnStatus.CANCELLED}


@table("returns")
class ReturnRecord(Record):
    """A return or exchange; `amount` goes to the customer when it is settled, less than zero comes from them."""

    id: str = column(values.code(20), to="reference")
    order_id: str = column(values.reference)
    kind: ReturnKind = column(values.choice(ReturnKind), to="kind")
    status: ReturnStatus = column(values.choice(ReturnStatus, _STATUSES), to="status")
    reason: str | None = column(values.text(200), to="reason", default=None)
    payment_method_id: str = column(values.reference, into="method_id")
    amount: Decimal = column(money.signed_amount, into="amount_minor")
    currency: str | None = column(money.currency, default=None)
    requested_at: datetime = column(times.time, to="requested_at")
    ended_at: datetime | None = column(times.time, to="completed_at", default=None)

    def check(self) -> None:
        if self.amount < 0 and self.kind is ReturnKind.RETURN:
            raise WrongColumn("amount", "negative", "must not be less than zero: nobody pays for a return")
        if self.status is ReturnStatus.REQUESTED and self.ended_at is not None:
            raise WrongColumn("ended_at", "not_for_this_kind", "must be empty until the status is another")
        if self.status is not ReturnStatus.REQUESTED and self.ended_at is None:
            raise WrongColumn("ended_at", "required", "must not be empty unless the status is requested")
        if self.ended_at is not None and self.ended_at < self.requested_at:
            raise WrongColumn("ended_at", "before_the_start", "must not be before requested_at")


@table("return_lines")
class ReturnLineRecord(Record):
    """Pieces of an order's line that come back, and the variant that goes out for them in an exchange."""

    return_id: str = column(values.code(20))
    line_id: str | None = column(values.reference, default=None)
    place: int | None = column(values.integer(1), default=None)
    quantity: int | None = column(values.integer(1, 1_000_000), default=None)
    unit_price: Decimal | None = column(money.amount, default=None)
    new_variant_id: str | None = column(values.reference, default=None)
    new_options: dict[str, str] | None = column(values.options, default=None)
    new_unit_price: Decimal | None = column(money.amount, default=None)

    def check(self) -> None:
        check_names_a_line(self)
        for name in ("new_options", "new_unit_price"):
            if self.new_variant_id is None and getattr(self, name) is not None:
                raise WrongColumn(name, "not_for_this_kind", "must be empty unless something goes out for the pieces")
        if self.new_variant_id is not None and self.new_unit_price is None:
            raise WrongColumn("new_unit_price", "required", "must not be empty if something goes out for the pieces")


def check_names_a_line(record: Record) -> None:
    """A line of an order is named by its id or by its place. Raises WrongColumn."""
    named = [getattr(record, name) is not None for name in ("line_id", "place")]
    if all(named):
        raise WrongColumn("place", "two_lines", "must be empty if line_id names the line")
    if not any(named):
        raise WrongColumn("place", "required", "must not be empty unless line_id names the line")
