"""A CSV file as rows with the number of the line that each begins in, and whatever keeps it from being read."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from support.records.faults import Fault

Hear = Callable[[Fault], None]
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins


class CsvRows:
    """The rows of a file of UTF-8 text, its cells set apart by commas; with or without a byte-order mark.

    `names` are the columns, in lower case; `lines` how many lines the file has, `line` the one that reading has got to.
    """

    def __init__(self, path: Path, table: str, hear: Hear) -> None:
        self._path = path
        self._table = table
        self._hear = hear
        self._has_refused = False
        self.line = 0
        self.header_line = 1
        self.names: list[str] = []
        with path.open("rb") as file:
            self._is_other = file.read(2) in _OTHER_ENCODINGS
            file.seek(0)
            self.lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of each row that has as many cells as the header; nothing if the header is wrong."""
        # A byte that is no UTF-8 comes as a lone surrogate, by which it is known again in its cell
        with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            rows = self._rows(csv.reader(file, strict=True))
            header = next(rows, None)
            if not self._is_header(header):
                return
            width = len(self.names)
            for line, cells in rows:
                if len(cells) != width:
                    self._refuse(line, "", "cell_count", f"the row has {len(cells)} cells, the header {width}")
                elif self._is_utf_8(line, cells):
                    yield line, cells

    def _rows(self, reader: Any) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.line = reader.line_num
                self._refuse(line, "", "malformed", f"the row cannot be read as CSV: {error}")
                if self.names:
                    continue
                return
            self.line = reader.line_num
            if any(cells):
                yield line, cells

    def _is_header(self, header: tuple[int, list[str]] | None) -> bool:
        if self._is_other:
            self._refuse(1, "", "encoding", "the file must be UTF-8, and this one seems to be UTF-16")
            return False
        if header is None:
            if not self._has_refused:
                self._refuse(1, "", "no_header", "the file is empty; its first line must name the columns")
            return False
        self.header_line, cells = header
        names = [cell.strip().lower() for cell in cells]
        if len(names) == 1 and any(sign in names[0] for sign in ";\t|"):
            self._refuse(self.header_line, "", "separator", "the cells must be set apart by commas")
            return False
        fine = self._is_utf_8(self.header_line, cells)
        for number, name in enumerate(names, 1):
            if not name:
                self._refuse(self.header_line, "", "unknown_column", f"column {number} has no name")
            elif name in names[:number - 1]:
                self._refuse(self.header_line, name, "duplicate_column", "is named twice")
            else:
                continue
            fine = False
        self.names = names if fine else []
        return fine

    def _is_utf_8(self, line: int, cells: list[str]) -> bool:
        fine = True
        for number, cell in enumerate(cells):
            if not cell.isascii() and any("\udc80" <= sign <= "\udcff" for sign in cell):
                name = self.names[number] if self.names else ""
                self._refuse(line, name, "encoding", "holds bytes that are not UTF-8")
                fine = False
        return fine

    def _refuse(self, line: int, column: str, code: str, reason: str) -> None:
        self._has_refused = True
        self._hear(Fault(self._table, line, column, code, reason))
