"""The database: SQLite by default, PostgreSQL in production; one `read()` and one `write()` session each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from support.errors import SupportError
from support.events import Listener, changes
from support.sqlite_connection import InlineConnection

BUSY = 15.0  # seconds that a writer waits for another process


class Database:
    """Sessions on one database.

    `write()` commits when its block ends well and rolls back when it raises; use cases only flush. A refusal that says
    it `commits` is raised after the commit: the failed try that it counted stays counted.
    Those in `listeners` hear afterwards, in this process, what was committed.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _engine(url)
        self.listeners: list[Listener] = []
        # SQLite lets one writer in and makes the others poll; in one process they can queue instead
        self._turnstile = asyncio.Lock() if self.is_sqlite else None
        self._write = async_sessionmaker(self.engine, expire_on_commit=False)
        # On SQLite an isolation level is set by a PRAGMA after which every statement is compiled anew
        alone = {"begins": False} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._read = async_sessionmaker(self.engine.execution_options(**alone), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with AsyncExitStack() as stack:
            if self._turnstile is not None:
                await stack.enter_async_context(self._turnstile)
            session = await stack.enter_async_context(self._write())
            kept: SupportError | None = None
            async with session.begin():
                try:
                    yield session
                except SupportError as refusal:
                    if not refusal.commits:
                        raise
                    kept = refusal
            noted = changes(session)
        for listener in self.listeners:
            listener(noted)
        if kept is not None:
            raise kept

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._read() as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(
            url, pool_size=20, max_overflow=20, pool_pre_ping=True, hide_parameters=True,
            # REPEATABLE READ would make a lost compare-and-set an error instead of a count of zero
            isolation_level="READ COMMITTED",
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url, pool_size=20, max_overflow=20, hide_parameters=True,
        async_creator=lambda: _connected(str(parsed.database)),
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


async def _connected(path: str) -> InlineConnection:
    return InlineConnection(path, timeout=BUSY)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come late and deferred
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("begins", True) and options.get("isolation_level") != "AUTOCOMMIT":
        # A writer that begins deferred may find the database changed under it and fail at its first write
        connection.exec_driver_sql("BEGIN IMMEDIATE")
