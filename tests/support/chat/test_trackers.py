"""What the dialogue engine keeps of an erased customer's conversations goes too, if it keeps anything."""

import sqlite3
from pathlib import Path

import pytest

from support.chat import trackers


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A tracker store as engine/tracker_store.py makes it, of 600 conversations."""
    path = tmp_path / "trackers.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE rasa_trackers (sender_id VARCHAR(255) PRIMARY KEY, state BLOB)")
        connection.executemany("INSERT INTO rasa_trackers VALUES (?, 'secret')", [(f"c{n}",) for n in range(600)])
    return path


def ids(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("SELECT sender_id FROM rasa_trackers ORDER BY sender_id")]


class TestForget:
    async def test_takes_these_and_no_others_in_batches_and_out_of_the_file(self, kept):
        await trackers.forget(f"sqlite:///{kept}", [f"c{n}" for n in range(599)])
        assert ids(kept) == ["c599"]
        assert kept.read_bytes().count(b"secret") == 1

    async def test_nothing_to_forget_opens_nothing(self, tmp_path):
        await trackers.forget(f"sqlite:///{tmp_path / 'none.db'}", [])
        assert not (tmp_path / "none.db").exists()

    async def test_an_engine_that_has_kept_nothing_yet_is_no_error(self, tmp_path):
        await trackers.forget(f"sqlite:///{tmp_path / 'fresh.db'}", ["c1"])
