"""Records of the codes that customers got for points, and of the numbers of invoices."""

import re
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from support.invoicing.invoice_numbers import written
from support.models.rewards import RewardKind
from support.policy.business import Business
from support.records import money, times, values
from support.records.catalogue import worth_of
from support.records.faults import Wrong
from support.records.record import Record, WrongColumn, column, table

_NUMBER = re.compile(r"INV-([1-9][0-9]{3})-([0-9]{6,9})", re.ASCII)


@table("vouchers")
class VoucherRecord(Record):
    """A code that its customer can use once; `points_id` names the entry of the ledger that paid for it."""

    code: str = column(values.text(40), to="code")
    customer_id: str = column(values.reference)
    reward_id: str | None = column(values.reference, into="reward_id", default=None)
    points_id: str | None = column(values.reference, into="entry_id", default=None)
    kind: RewardKind = column(values.choice(RewardKind), to="kind")
    value: Decimal | None = column(money.amount, into="value", default=None)
    currency: str | None = column(money.currency, into="currency", default=None)
    issued_at: datetime = column(times.time, to="issued_at")
    expires_at: datetime = column(times.time, to="expires_at")
    used_at: datetime | None = column(times.time, to="used_at", default=None)
    order_id: str | None = column(values.reference, into="order_id", default=None)

    def check(self) -> None:
        self.worth()
        if self.order_id is not None and self.used_at is None:
            raise WrongColumn("order_id", "not_for_this_kind", "must be empty unless the voucher was used")
        for name in ("expires_at", "used_at"):
            at = getattr(self, name)
            if at is not None and at < self.issued_at:
                raise WrongColumn(name, "before_the_start", "must not be before issued_at")

    def worth(self) -> int:
        """Minor units for a voucher, percent for a percent, else 0. Raises WrongColumn."""
        return worth_of(self.kind, self.value, self.currency)


class InvoiceNumber(NamedTuple):
    """INV-2026-000123: the 123rd of 2026."""

    year: int
    number: int


def _number(cell: str, _: Business) -> InvoiceNumber:
    match = _NUMBER.fullmatch(cell)
    if match is None or written(int(match[1]), int(match[2])) != cell or not int(match[2]):
        reason = f"must be the number of an invoice, such as INV-2026-000123, not “{values.shown(cell)}”"
        raise Wrong("id_format", reason)
    return InvoiceNumber(int(match[1]), int(match[2]))


@table("invoices")
class InvoiceRecord(Record):
    """The number of an order's invoice; without an order, of one that nobody tells of any more."""

    number: InvoiceNumber = column(_number)
    order_id: str | None = column(values.reference, default=None)
    issued_at: datetime = column(times.time)
