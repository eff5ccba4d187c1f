"""SQLite without a thread hop a statement: what may wait for the disk runs in a thread, the rest at once.

aiosqlite sends every cursor, statement, fetch and close to a thread of its own; under the interpreter's lock a write
of ten statements spends most of its time in the forty hand-overs. A statement on SQLite's pages takes some
microseconds, so it can run where it is. BEGIN IMMEDIATE may wait for another process and COMMIT for the disk: they
alone go to a thread. SQLAlchemy's aiosqlite dialect takes this in place of `aiosqlite.connect` (`async_creator`).
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Sequence
from typing import Any

Row = tuple[Any, ...]


async def _in_thread(work: Callable[[], Any]) -> None:
    """Do `work` in a thread; whoever is cancelled meanwhile still waits, for the connection is busy until then."""
    doing = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait([doing])
        raise


class InlineCursor:
    """The part of aiosqlite's cursor that SQLAlchemy uses."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()

    async def __aenter__(self) -> "InlineCursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        if statement.startswith("BEGIN"):
            await _in_thread(lambda: self._cursor.execute(statement))
        else:
            self._cursor.execute(statement, parameters)

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._cursor.executemany(statement, parameters)

    async def fetchall(self) -> list[Row]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid


class _AtOnce:
    """Stands where aiosqlite keeps its thread's queue."""

    def put_nowait(self, order: tuple["asyncio.Future[Any]", Callable[[], Any]]) -> None:
        future, function = order
        future.set_result(function())


class InlineConnection:
    """The part of aiosqlite's connection that SQLAlchemy uses."""

    def __init__(self, path: str, timeout: float) -> None:
        # Its statements run in the loop's thread, its commits in another, never two at once
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=timeout, isolation_level=None, check_same_thread=False
        )
        self._tx = _AtOnce()

    def __await__(self) -> Generator[Any, None, "InlineConnection"]:
        return self
        yield  # what makes this a generator, as awaiting wants

    @property
    def _conn(self) -> sqlite3.Connection:
        assert self._connection is not None
        return self._connection

    @property
    def isolation_level(self) -> str | None:
        return self._conn.isolation_level

    def cursor(self) -> InlineCursor:
        return InlineCursor(self._conn)

    async def commit(self) -> None:
        if self._conn.in_transaction:
            await _in_thread(self._conn.commit)

    async def rollback(self) -> None:
        self._conn.rollback()

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        self._conn.create_function(*arguments, **options)

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
