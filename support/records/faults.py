"""What is wrong with a record: where, which column, a stable code and a sentence. docs/import.md lists the codes."""

from collections.abc import Sequence
from typing import NamedTuple

from support.errors import InvalidInput


class Fault(NamedTuple):
    """One wrong cell, or a whole wrong row (`column` is then empty); `line` counts from 1, 0 is none.

    `table` is the file's or folder's name where it is none of the tables.
    """

    table: str
    line: int
    column: str
    code: str
    reason: str

    def __str__(self) -> str:
        file = f"{self.table}.csv" if self.table.isidentifier() else self.table
        return f"{file}{f':{self.line}' if self.line else ''}: {f'{self.column} ' if self.column else ''}{self.reason}"


class Wrong(ValueError):
    """A cell cannot be read, for a reason that fits behind its column's name."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class RecordsRefused(InvalidInput):
    """Some records cannot be taken, and none was; `faults` has every reason."""

    code = "records_refused"
    message = "Some of these records cannot be taken; nothing was changed."

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)
