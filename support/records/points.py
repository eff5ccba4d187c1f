"""Records of the points ledger: what added and what took a customer's points."""

from datetime import datetime

from support.models.loyalty import EntryKind
from support.points.ledger_entries import MOST
from support.records import times, values
from support.records.record import Record, WrongColumn, column, table

_ADDING = {EntryKind.EARN}
_TAKING = {EntryKind.REDEEM, EntryKind.EXPIRE}


@table("points")
class PointsRecord(Record):
    """An entry of the ledger; `points` is what it does to the balance. Entries never change."""

    id: str = column(values.reference)
    customer_id: str = column(values.reference)
    kind: EntryKind = column(values.choice(EntryKind))
    points: int = column(values.integer(-MOST, MOST))
    at: datetime = column(times.time)
    expires_at: datetime | None = column(times.time, default=None)
    reason: str | None = column(values.text(200), default=None)
    order_id: str | None = column(values.reference, default=None)
    reverses: str | None = column(values.reference, default=None)

    def check(self) -> None:
        if self.points == 0:
            raise WrongColumn("points", "out_of_range", "must not be zero")
        if self.kind in _ADDING and self.points < 0:
            raise WrongColumn("points", "wrong_sign", "must be more than zero: an earning adds points")
        if self.kind in _TAKING and self.points > 0:
            raise WrongColumn("points", "wrong_sign", f"must be less than zero: a {self.kind} entry takes points")
        if self.expires_at is not None and (not self.adds or self.expires_at <= self.at):
            reason = "must be later than at, and empty where no points are added"
            raise WrongColumn("expires_at", "expiry_invalid", reason)
        if (self.reverses is not None) is not (self.kind is EntryKind.REVERSE):
            raise WrongColumn("reverses", "required", "must name the undone entry for the kind reverse, and only then")
        if self.id.startswith("expire:") and self.kind is not EntryKind.EXPIRE:
            raise WrongColumn("id", "reserved_id", "must not begin with “expire:” unless the kind is expire")

    @property
    def adds(self) -> bool:
        """Whether it makes a lot of its own."""
        return self.points > 0 and self.kind is not EntryKind.REVERSE
