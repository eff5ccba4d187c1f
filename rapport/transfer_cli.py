"""`rapport import` and `rapport export`: the shop's records in and out as a folder of CSV files."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rapport.command import console, give_up, in_database, the_settings
from support import clock
from support.database import Database
from support.policy.business import BusinessFileWrong, load_business
from support.records.faults import Fault
from support.records.intake import Outcome
from support.records.writing import TABLES
from support.transfer.exporting import export_folder
from support.transfer.importing import ImportRefused, import_folder
from support.transfer.personal import Kept

MOST_KEPT = 100_000  # faults of which more than the number is known
MOST_SHOWN = 1_000


class Faults:
    """What was wrong, as far as somebody will read it, and how much more there was."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0

    def hear(self, fault: Fault) -> None:
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(fault)

    def lines(self) -> list[str]:
        """One a fault, file by file, as `customers.csv:17: email must be … [email_format]`."""
        tables = list(TABLES)

        def place(fault: Fault) -> tuple[int, int]:
            return (tables.index(fault.table) if fault.table in tables else -1), fault.line

        return [f"{fault} [{fault.code}]" for fault in sorted(self.kept, key=place)]


def import_folder_command(
    folder: Annotated[Path, typer.Argument(help="Where the CSV files are, one a table.", metavar="DIR")],
    errors: Annotated[
        Path | None, typer.Option(help="Write all that is wrong into this file, not just the first thousand.")
    ] = None,
) -> None:
    """Read a folder of CSV files (docs/import.md): all of it, or, if a line is wrong, nothing.

    Importing again updates what has changed. Every wrong line is named with its file, its number and the reason.

    Example:  [bold]rapport import shop/[/bold]
    """
    try:
        business = load_business(the_settings().business)
    except BusinessFileWrong as wrong:
        give_up(str(wrong))
    faults = Faults()

    async def do(database: Database) -> Outcome:
        async with database.write() as session:
            with Bar() as bar:
                return await import_folder(
                    session, folder, business=business, at=clock.now(), hear=faults.hear, progress=bar.show
                )

    try:
        outcome = in_database(do)
    except ImportRefused:
        give_up(_told(faults, errors))
    except OSError as fault:
        give_up(f"{fault.filename or folder}: {fault.strerror}.")
    for table in TABLES:
        new, changed, same = (how[table] for how in (outcome.added, outcome.changed, outcome.unchanged))
        if new or changed or same:
            console.print(f"{table:<16}{new:>10,} new{changed:>10,} changed{same:>10,} as they were")


def export_folder_command(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made, or empty.", metavar="DIR")],
    customer: Annotated[
        str | None, typer.Option(help="The shop's id of the one customer to export.", metavar="ID")
    ] = None,
) -> None:
    """Write the shop's records as the CSV files that an import reads; with --customer those of one customer.

    One customer's come with everything else that is kept about them, in everything.json and as photos.

    Example:  [bold]rapport export --customer C1001 their-data/[/bold]
    """

    settings = the_settings()
    kept = Kept(settings.photos, settings.trackers)

    async def do(database: Database) -> dict[str, int]:
        with Bar() as bar:
            return await export_folder(database, folder, customer=customer, kept=kept, progress=bar.show)

    try:
        written = in_database(do)
    except OSError as fault:
        give_up(f"{fault.filename or folder}: {fault.strerror}.")
    for table, count in written.items():
        if count:
            console.print(f"{table:<16}{count:>10,}")


class Bar:
    """A progress bar a table; nothing where nobody looks."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "Bar":
        self._stack.enter_context(self._progress)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def show(self, what: str, done: int, total: int) -> None:
        """`done` of `total` lines or rows of a table are through."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total)
        self._progress.update(self._tasks[what], completed=done)


def _told(faults: Faults, errors: Path | None) -> str:
    """Print the faults, or write them into the file; answers the sentence that sums them up."""
    lines = faults.lines()
    if errors is not None:
        errors.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        where = f" They are in {errors}."
    else:
        for line in lines[:MOST_SHOWN]:
            print(line, file=sys.stderr)
        where = f" The first {MOST_SHOWN:,} are shown." if faults.count > MOST_SHOWN else ""
    what = "thing is" if faults.count == 1 else "things are"
    return f"{faults.count:,} {what} wrong; nothing was imported.{where}"
