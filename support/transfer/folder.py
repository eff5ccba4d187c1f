"""The folder of an import: which of its files is which table, and what does not belong there."""

from pathlib import Path

from support.records.faults import Fault
from support.records.suggestions import did_you_mean
from support.records.writing import TABLES
from support.transfer.csv_rows import Hear
from support.transfer.personal import COPY, PHOTOS


def files_in(folder: Path, hear: Hear) -> dict[str, Path]:
    """{table: file}; hears of a folder that is none, of files that are no table, and of missing customers."""
    if not folder.is_dir():
        hear(Fault(f"{folder.name}/", 0, "", "missing_folder", "there is no such folder"))
        return {}
    found: dict[str, Path] = {}
    known = [f"{table}.csv" for table in TABLES]
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if name.startswith(".") or name in (COPY, PHOTOS):
            continue
        if name not in known or not path.is_file():
            reason = f"is not one of the files of an import{did_you_mean(name, known)}"
            hear(Fault(f"{path.name}/" if path.is_dir() else f"./{path.name}", 0, "", "unknown_file", reason))
        elif (table := name.removesuffix(".csv")) in found:
            hear(Fault(path.name, 0, "", "duplicate", f"is there twice: {found[table].name} is too"))
        else:
            found[table] = path
    if "customers" not in found:
        hear(Fault("customers", 0, "", "missing_file", "the file is missing; it is the one that every import needs"))
    return found
