"""The whole service on PostgreSQL, Rasa's trackers too."""

import tempfile
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.desk.clients import AgentClient
from tests.service.conftest import start, stop
from tests.service.test_slice import ask, talk_as


async def new_database(postgresql_url: str) -> str:
    """A database of this test's own on the server, as an operator writes its URL."""
    engine = create_async_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE DATABASE of_the_service"))
    await engine.dispose()
    url = make_url(postgresql_url).set(drivername="postgresql", database="of_the_service")
    return url.render_as_string(hide_password=False)


async def test_the_way_to_a_person_and_back(postgresql_url: str) -> None:
    url = await new_database(postgresql_url)
    with tempfile.TemporaryDirectory(prefix="rapport-on-postgresql-") as folder:
        service = start(Path(folder), RAPPORT_DATABASE_URL=url, RAPPORT_TRACKER_URL=url)
        try:
            client, reader, conversation = await talk_as(service, "C1001")
            assert "Evergreen" in await ask(client, reader, conversation, "how many points do I have")
            assert "latest 5 orders" in await ask(client, reader, conversation, "my orders")
            await client.send(conversation, "a person please")
            await reader.until_state("waiting")
            agent = AgentClient(service.url)
            await agent.sign_in("niamh@harbourandfield.example", "harbour-demo-1")
            assert (await agent.move(conversation, "take-over")).status_code == 200
            await agent.write(conversation, "Hello, Niamh here")
            await reader.until_text("Hello, Niamh here")
            await agent.move(conversation, "hand-back")
            await reader.until_state("bot")
            assert "€4.95" in await ask(client, reader, conversation, "what does delivery cost")
            events = await client.events(conversation)
            assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
            await client.close()
            await agent.close()
            assert not (Path(folder) / "rapport.db").exists()
        finally:
            stop(service)
