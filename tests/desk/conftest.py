"""A desk in this process on a port of its own, on SQLite, with an ordered Rasa behind it."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from desk.app import create_app
from support import clock
from support.chat import agents
from support.database import Database
from support.models import Base
from support.models.customers import Customer
from support.policy.business import Business
from support.settings import Settings
from tests.conftest import free_port
from tests.desk.clients import AgentClient, VisitorClient
from tests.stand_ins.rasa import OrderedRasa

SECRET = "a secret of the tests, long enough"


@dataclass
class RunningDesk:
    """The desk's address, its parts, and people who talk to it."""

    url: str
    settings: Settings
    rasa: OrderedRasa
    database: Database
    clients: list[Any] = field(default_factory=list)

    async def visitor(self, **knobs: Any) -> VisitorClient:
        client = VisitorClient(self.url, **knobs)
        self.clients.append(client)
        await client.begin()
        return client

    async def customer(self, reference: str = "C-1") -> VisitorClient:
        client = await self.visitor()
        await client.sign_in(reference, SECRET)
        return client

    async def agent(self, name: str = "Maya") -> AgentClient:
        client = AgentClient(self.url)
        self.clients.append(client)
        await client.sign_in(f"{name.lower()}@shop.example", "a long password")
        return client

    async def do(self, work: Any) -> Any:
        async with self.database.write() as session:
            return await work(session)


@lru_cache(maxsize=1)
def _template() -> Path:
    """A database with tables and people, made once and copied for each desk."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    async def fill() -> None:
        database = Database(f"sqlite+aiosqlite:///{folder / 'rapport.db'}")
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with database.write() as session:
            await _people(session)
        await database.close()

    # Its own thread, for this one has a loop that runs
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill()).result()
    return folder / "rapport.db"


async def _people(session: Any) -> None:
    for name in ("Maya", "Jonas"):
        await agents.add(session, email=f"{name.lower()}@shop.example", name=name, password="a long password")
    for number, name in enumerate(("Ada", "Ben"), 1):
        session.add(Customer(
            reference=f"C-{number}", first_name=name, last_name="Lovelace", email=f"{name.lower()}@mail.example",
            locale="en_IE", created_at=clock.now(),
        ))


@asynccontextmanager
async def serving(app: Any, port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, ws_max_size=1024 * 1024, ws="websockets-sansio",
        ws_ping_interval=None, timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the desk did not start"
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await task


@asynccontextmanager
async def a_desk(folder: Path, business: Business, **settings: Any) -> AsyncIterator[RunningDesk]:
    """A desk with its own port, database and Rasa."""
    rasa = OrderedRasa()
    await rasa.start(free_port())
    known = {
        "var": folder, "desk_port": free_port(), "rasa_port": rasa.port, "jwt_secret": SECRET,
        "allowed_origins": "https://shop.example", "turn_deadline": 1.5, "_env_file": None,
    }
    found = Settings(**(known | settings))
    if not (folder / "rapport.db").exists():
        shutil.copy(_template(), folder / "rapport.db")
    app = create_app(found, business)
    database: Database = app.state.desk.database
    async with serving(app, found.desk_port):
        running = RunningDesk(found.desk_url, found, rasa, database)
        yield running
        for client in running.clients:
            await client.close()
    await rasa.stop()


@pytest.fixture
async def desk(tmp_path: Path, business: Business) -> AsyncIterator[RunningDesk]:
    async with a_desk(tmp_path, business) as running:
        yield running
