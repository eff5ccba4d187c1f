"""Sessions on the two databases: what is committed, what waits, what a cancelled one leaves behind."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from support.database import Database
from support.events import announce


@pytest.fixture
async def notes(database: Database) -> Database:
    async with database.write() as session:
        await session.execute(text("CREATE TABLE notes (text VARCHAR(20))"))
    return database


async def count(database: Database) -> int:
    async with database.read() as session:
        return int(await session.scalar(text("SELECT count(*) FROM notes")) or 0)


class TestWrite:
    async def test_commits_when_its_block_ends_and_tells_the_listeners_then(self, notes: Database) -> None:
        heard: list[set[str]] = []
        notes.listeners.append(lambda changes: heard.append(changes.conversations))
        async with notes.write() as session:
            await session.execute(text("INSERT INTO notes VALUES ('a')"))
            announce(session, "c")
            assert heard == []
        assert heard == [{"c"}]
        assert await count(notes) == 1

    async def test_rolls_back_and_tells_nobody_when_its_block_raises(self, notes: Database) -> None:
        heard: list[object] = []
        notes.listeners.append(heard.append)

        async def fail() -> None:
            async with notes.write() as session:
                await session.execute(text("INSERT INTO notes VALUES ('a')"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        assert heard == []
        assert await count(notes) == 0

    async def test_many_at_once_all_get_through(self, notes: Database) -> None:
        async def one(number: int) -> None:
            async with notes.write() as session:
                await session.execute(text("INSERT INTO notes VALUES (:n)"), {"n": str(number)})

        await asyncio.gather(*(one(number) for number in range(100)))
        assert await count(notes) == 100

    async def test_one_cancelled_at_any_moment_leaves_the_database_usable(self, notes: Database) -> None:
        async def one() -> None:
            async with notes.write() as session:
                await session.execute(text("INSERT INTO notes VALUES ('a')"))

        for step in range(40):
            task = asyncio.create_task(one())
            await asyncio.sleep(step * 0.0002)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        before = await count(notes)
        await one()
        assert await count(notes) == before + 1


class TestSqlite:
    async def test_waiting_for_another_process_holds_up_only_who_waits(self, tmp_path: Path) -> None:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")
        async with database.write() as session:
            await session.execute(text("CREATE TABLE notes (text VARCHAR(20))"))
        other = sqlite3.connect(tmp_path / "shop.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with database.write() as session:
                await session.execute(text("INSERT INTO notes VALUES ('a')"))

        writing = asyncio.create_task(write())
        slowest, until = 0.0, time.monotonic() + 0.5
        while time.monotonic() < until:
            began = time.monotonic()
            assert await count(database) == 0
            slowest = max(slowest, time.monotonic() - began)
        assert not writing.done()
        assert slowest < 0.4
        other.execute("COMMIT")
        await asyncio.wait_for(writing, 5)
        assert await count(database) == 1
        await database.close()

    async def test_is_durable_and_enforces_what_refers_to_what(self, tmp_path: Path) -> None:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")
        async with database.read() as session:
            found = [await session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
        assert found == ["wal", 2, 1]
        await database.close()
