from pathlib import Path

import pytest

from actions.surroundings import Surroundings
from support.database import Database
from support.models.customers import Customer
from tests.actions.talking import Talk
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules for tests and a database that nothing is in, not even tables."""
    nothing = Database(f"sqlite+aiosqlite:///{tmp_path / 'nothing.db'}")
    monkeypatch.setattr("actions.surroundings._current", Surroundings(nothing, load_rules(tmp_path)))
    monkeypatch.setattr("support.clock.now", lambda: NOW)


@pytest.fixture
def shop(database: Database, tmp_path: Path, surroundings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The actions answer from `database`."""
    monkeypatch.setattr("actions.surroundings._current", Surroundings(database, load_rules(tmp_path)))


@pytest.fixture
async def aoife(database: Database) -> Customer:
    """A customer of whom the shop has nothing else."""
    async with database.write() as session:
        return await create_customer(session)


@pytest.fixture
def talk(aoife: Customer) -> Talk:
    return Talk(aoife)
