"""A points account in memory, to which entries are added by the rules of the ledger (docs/ledger.md)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from support.errors import AlreadyReversed, NotReversible, PointsAlreadySpent
from support.models.loyalty import EntryKind
from support.points.lots import HeldLot, shared_out


@dataclass(slots=True)
class HeldEntry:
    """An entry, what it drew on ({lot id: points}), the lot it made, and whether it was reversed."""

    id: str
    kind: EntryKind
    points: int
    draws: dict[str, int]
    lot: str | None = None
    reversed: bool = False


@dataclass(slots=True)
class HeldAccount:
    """An account as it stands after the entries so far, which `entries` has by their keys.

    Of each lot `times` has (expires_at, earned_at), and `left` the points in it.
    """

    id: str
    times: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    entries: dict[str, HeldEntry] = field(default_factory=dict)

    def add(self, entry: HeldEntry, lot: str, *, at: datetime, expires_at: datetime) -> None:
        """Points come in a lot of their own."""
        entry.lot = lot
        self.times[lot] = (expires_at, at)
        self.left[lot] = entry.points

    def spend(self, entry: HeldEntry, at: datetime) -> None:
        """Points go from the lots that are open at the time. Raises NotEnoughPoints."""
        self._draw(entry, lambda expires_at, earned_at: earned_at <= at < expires_at)

    def lapse(self, entry: HeldEntry, at: datetime) -> None:
        """Points go from the lots that have lapsed at the time. Raises NotEnoughPoints."""
        self._draw(entry, lambda expires_at, _: expires_at <= at)

    def undo(self, entry: HeldEntry, undone: HeldEntry) -> None:
        """What `undone` took goes back to where it was, what it added goes.

        Raises AlreadyReversed, NotReversible, PointsAlreadySpent.
        """
        if undone.kind in (EntryKind.EXPIRE, EntryKind.REVERSE):
            raise NotReversible
        if undone.reversed:
            raise AlreadyReversed
        if undone.lot is not None:
            if self.left[undone.lot] < undone.points:
                raise PointsAlreadySpent
            entry.draws = {undone.lot: undone.points}
        else:
            entry.draws = {lot: -points for lot, points in undone.draws.items()}
        undone.reversed = True
        self._take(entry)

    def _draw(self, entry: HeldEntry, fits: Callable[[datetime, datetime], bool]) -> None:
        lots = sorted((times, id) for id, times in self.times.items() if self.left[id] and fits(*times))
        held = [HeldLot(id, self.id, times[0], self.left[id]) for times, id in lots]
        entry.draws = shared_out(held, -entry.points)
        self._take(entry)

    def _take(self, entry: HeldEntry) -> None:
        for lot, points in entry.draws.items():
            self.left[lot] -= points
