"""The worker: what is to happen although nobody asks for it just now. Webhooks, mail, points that lapse, erasures.

All it does is rows with a due time; it may be killed at any moment, and more than one may run.
"""

import asyncio
import json
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from support import clock
from support.chat import trackers
from support.database import Database
from support.logs import configure_logging
from support.outgoing import mail_delivery, outbox
from support.outgoing.outbound import Outbound
from support.outgoing.webhook_delivery import Deliveries
from support.people import erasure
from support.points import expiry
from support.policy.business import Business, BusinessFileWrong, load_business
from support.settings import Settings

log = logging.getLogger(__name__)

SECOND, HOUR = 1.0, 3600.0


@dataclass
class Duty:
    """Something to do again and again, `every` so many seconds; one that takes over `longest` is begun anew."""

    name: str
    every: float
    carry_out: Callable[[], Awaitable[object]]
    longest: float = HOUR
    done_at: float | None = None  # time.monotonic()
    failed: bool = False

    async def keep_up(self) -> None:
        """For ever; a failure is logged, and the next time it may go well."""
        while True:
            try:
                async with asyncio.timeout(self.longest):
                    await self.carry_out()
                self.done_at, self.failed = time.monotonic(), False
            except Exception:
                log.exception("the duty %s failed", self.name)
                self.failed = True
            await asyncio.sleep(self.every)

    def shown(self) -> dict[str, object]:
        since = None if self.done_at is None else round(time.monotonic() - self.done_at, 1)
        return {"seconds_since_done": since, "failed": self.failed}


def duties(database: Database, settings: Settings, business: Business, deliveries: Deliveries) -> list[Duty]:
    """All that a worker does."""
    return [
        Duty("webhooks", SECOND, deliveries.begin),
        Duty("mail", SECOND, lambda: mail_delivery.send_due(database, settings, business)),
        Duty("points that lapse", HOUR, lambda: expiry.expire_all(database, clock.now())),
        Duty("erasures", HOUR, lambda: erase_due(database, settings, business)),
        Duty("old events", HOUR, lambda: outbox.forget_old(database, clock.now())),
    ]


async def erase_due(database: Database, settings: Settings, business: Business) -> int:
    """Erase the customers whose time to think it over has passed, what Rasa keeps of them too; answers how many."""
    async with database.write() as session:
        erased = await erasure.carry_out_due_erasures(
            session, business=business, at=clock.now(), folder=settings.photos
        )
        # Before the commit: if this fails, all of it is done again
        await trackers.forget(settings.trackers, erased.conversation_ids)
    if erased.customers:
        log.info("customers erased: %d", erased.customers)
        await erasure.scrub(database)
    return erased.customers


async def work(settings: Settings, business: Business) -> None:
    """Carry out the duties until told to stop."""
    clock.shift(settings.offset)
    told_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    database = Database(settings.sql_url)
    deliveries = Deliveries(database, Outbound.of(settings))
    all_duties = duties(database, settings, business, deliveries)
    server = await asyncio.start_server(answering(all_duties), settings.worker_host, settings.worker_port)
    tasks = [asyncio.create_task(duty.keep_up()) for duty in all_duties]
    try:
        await told_to_stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await deliveries.stop()
        server.close()
        await database.close()


def answering(all_duties: list[Duty]) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """Says to whoever asks, in HTTP, that we are up, and when each duty was last done."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            async with asyncio.timeout(5):
                asked = await reader.readuntil(b"\r\n\r\n")
                known = asked.startswith(b"GET /health ")
                shown = {"status": "ok", "duties": {one.name: one.shown() for one in all_duties}} if known else {}
                body = json.dumps(shown).encode()
                status = "200 OK" if known else "404 Not Found"
                head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
                writer.write(f"{head}\r\nConnection: close\r\n\r\n".encode() + body)
                await writer.drain()
        writer.close()

    return answer


def main() -> None:
    settings = Settings()
    configure_logging(settings.log_level)
    try:
        business = load_business(settings.business)
    except BusinessFileWrong as wrong:
        sys.exit(str(wrong))
    asyncio.run(work(settings, business))


if __name__ == "__main__":
    main()
