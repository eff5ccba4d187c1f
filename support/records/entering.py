"""How the records of one table are entered: batch by batch, then what can only be done when the last has come."""

from collections.abc import Mapping, Sequence
from typing import Any

from support.records.intake import Intake
from support.records.links import Links
from support.records.record import Record


class Entering:
    """Takes the checked records of a table; what they refer to has been entered before."""

    def __init__(self, intake: Intake, links: Links) -> None:
        self.intake = intake
        self.links = links

    async def take(self, records: Sequence[Any]) -> None:
        """Enter some more of them."""
        raise NotImplementedError  # pragma: no cover - each table has its own

    async def finish(self) -> None:
        """There are no more."""

    def check_same(self, record: Record, column: str, values: Mapping[str, Any], row: Mapping[Any, Any]) -> None:
        """Refuses a record that says something else than the entry that was made from it."""
        if differing := [name for name, value in values.items() if row[name] != value]:
            reason = f"is an entry already, which differs in {', '.join(differing)}; entries never change"
            self.intake.refuse(record, column, "entry_differs", reason)

    def firsts[R: Record](self, records: Sequence[R], *columns: str) -> list[R]:
        """The records, without those whose `columns` are the same as another's before."""
        return [
            record for record in records
            if self.intake.first(record, tuple(getattr(record, name) for name in columns), columns[-1])
        ]
