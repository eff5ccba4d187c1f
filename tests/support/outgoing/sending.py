"""Events for webhooks, and a worker that sends them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from support import clock
from support.database import Database
from support.models.outbox import WebhookDelivery, WebhookEndpoint
from support.outgoing import outbox, webhooks
from support.outgoing.outbound import Outbound
from support.outgoing.public_addresses import networks
from support.outgoing.webhook_delivery import Deliveries

OUTBOUND = Outbound(https_only=False, allowed=networks("127.0.0.1"), seconds=2)
SOME_ID = "3f0c1a52-0000-4000-8000-000000000000"


async def add(database: Database, url: str) -> WebhookEndpoint:
    async with database.write() as session:
        return await webhooks.add(session, url, outbound=OUTBOUND, at=clock.now())


async def publish(database: Database, *names: str) -> None:
    for name in names:
        async with database.write() as session:
            await outbox.publish(session, name, {"order": "#A17-b", "note": "Zoë"}, at=clock.now())


async def rows(database: Database) -> list[WebhookDelivery]:
    async with database.read() as session:
        return list(await session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.event_number)))


@asynccontextmanager
async def a_worker(database: Database) -> AsyncIterator[Deliveries]:
    found = Deliveries(database, OUTBOUND)
    yield found
    await found.stop()


async def send(database: Database, times: int = 1) -> None:
    """What a worker does, so many seconds of it."""
    async with a_worker(database) as worker:
        for _ in range(times):
            await worker.begin()
            await worker.until_idle()


def later(**duration: float) -> None:
    clock.shift(clock._offset + timedelta(**duration))


async def until(met: Any, within: float = 10, worker: Deliveries | None = None) -> None:
    ends = time.monotonic() + within
    while not met():
        assert time.monotonic() < ends, "it did not come true"
        if worker is not None:
            await worker.begin()
        await asyncio.sleep(0.02)
