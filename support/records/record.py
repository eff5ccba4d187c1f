"""What every record shares: fields that are columns, read from texts with every fault named."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from typing import Any, ClassVar, Self

from support.policy.business import Business
from support.records.faults import Fault, RecordsRefused, Wrong
from support.records.options import written as written_options
from support.records.suggestions import did_you_mean

Read = Callable[[str, Business], Any]


def column(
    read: Read, *, default: Any = MISSING, to: str | None = None, into: str | None = None, keeps: bool = False
) -> Any:
    """A field that `read` makes from the column of its name; without a `default` the column is required.

    `to` names the model's attribute that takes it as it is, `into` the one for which writing makes something of it.
    With `keeps`, an empty cell keeps what is there rather than emptying it.
    """
    return dataclasses.field(default=default, metadata={"read": read, "to": to, "into": into or to, "keeps": keeps})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `default` stands for an empty or missing cell."""

    name: str
    read: Read
    required: bool
    default: Any
    to: str | None
    into: str | None
    keeps: bool


class Record:
    """A row of `table` as the shop wrote it; `given` are the columns it has, empty ones too, `line` its place."""

    __slots__ = ("given", "line")
    table: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    given: frozenset[str]
    line: int

    @classmethod
    def read(cls, cells: Mapping[str, Any], business: Business, *, line: int = 0) -> Self:
        """A record from texts, or what JSON has for them. Raises RecordsRefused."""
        form = Form(cls, list(cells), business)
        faults = form.faults
        texts = []
        for name, value in cells.items():
            try:
                texts.append(as_text(value))
            except Wrong as wrong:
                texts.append("")
                faults.append((name, wrong.code, wrong.reason))
        record = form.fill(texts, faults, line)
        if record is None:
            # A value that could not stand in a cell left an empty one, which is no second fault
            first = {fault[0]: fault for fault in reversed(faults)}
            raise RecordsRefused([Fault(cls.table, line, *fault) for fault in faults if first[fault[0]] is fault])
        return record

    def check(self) -> None:
        """What one column says about another. Raises WrongColumn."""

    def plain(self) -> dict[str, Any]:
        """{attribute of the model: value} of the columns that it takes as they are."""
        return {to: getattr(self, name) for name, to in _PLAIN[type(self)]}

    def said(self) -> list[str]:
        """The model's attributes that the record has a word on."""
        return [
            into for name, into, keeps in _INTO[type(self)]
            if name in self.given and not (keeps and getattr(self, name) is None)
        ]


_INTO: dict[type[Record], list[tuple[str, str, bool]]] = {}
_PLAIN: dict[type[Record], list[tuple[str, str]]] = {}


class WrongColumn(Wrong):
    """Two columns do not go together; `column` is the one to blame."""

    def __init__(self, column: str, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.column = column


def table[R: Record](name: str) -> Callable[[type[R]], type[R]]:
    """Make the class a record of that table, its fields the columns."""

    def made(cls: type[R]) -> type[R]:
        record = dataclass(slots=True, kw_only=True)(cls)
        record.table = name
        record.columns = tuple(
            Column(
                field.name, field.metadata["read"], field.default is MISSING,
                None if field.default is MISSING else field.default, field.metadata["to"], field.metadata["into"],
                field.metadata["keeps"],
            )
            for field in dataclasses.fields(record)  # type: ignore[arg-type]
        )
        _PLAIN[record] = [(one.name, one.to) for one in record.columns if one.to]
        _INTO[record] = [(one.name, one.into, one.keeps) for one in record.columns if one.into]
        return record

    return made


NamedFault = tuple[str, str, str]  # column, code, reason


class Form[R: Record]:
    """Makes records of one class from rows that all have the same columns; `faults` are those of the columns."""

    def __init__(self, record: type[R], names: Sequence[str], business: Business) -> None:
        self._record = record
        self._business = business
        self._given = frozenset(names)
        by_name = {one.name: one for one in record.columns}
        self.faults = [(name, "unknown_column", not_a_column(name, by_name)) for name in names if name not in by_name]
        self.faults += [
            (one.name, "missing_column", "is missing") for one in record.columns
            if one.required and one.name not in self._given
        ]
        self._columns = [
            (names.index(one.name), one.name, one.read, one.required, one.default)
            for one in record.columns if one.name in self._given
        ]
        self._absent = {one.name: one.default for one in record.columns if one.name not in self._given}

    def fill(self, cells: Sequence[str], faults: list[NamedFault], line: int) -> R | None:
        """The record of a row of cells, or None, and what is wrong with it in `faults`, which may hold some already."""
        values: dict[str, Any] = self._absent.copy()
        business = self._business
        for index, name, read, required, default in self._columns:
            cell = cells[index].strip()
            if cell:
                try:
                    values[name] = read(cell, business)
                except Wrong as wrong:
                    faults.append((name, wrong.code, wrong.reason))
            elif required:
                faults.append((name, "required", "must not be empty"))
            else:
                values[name] = default
        if faults:
            return None
        record = self._record(**values)
        record.given = self._given
        record.line = line
        try:
            record.check()
        except WrongColumn as wrong:
            faults.append((wrong.column, wrong.code, wrong.reason))
            return None
        return record


def as_text(value: Any) -> str:
    """What stands in a cell for a value of JSON. Raises Wrong for a fraction, a list and the like."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and abs(value) < 10**18:
        return str(value)
    if isinstance(value, dict) and all(isinstance(text, str) for pair in value.items() for text in pair):
        return written_options(value)
    raise Wrong("type_wrong", "must be a text, a whole number, true, false or null; write amounts as texts: \"12.50\"")


def not_a_column(name: str, columns: Iterable[str]) -> str:
    """Says that there is no such column, and which one may have been meant."""
    return f"is not a column of this table{did_you_mean(name, columns)}"
