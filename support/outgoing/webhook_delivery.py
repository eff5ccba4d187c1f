"""How events reach the endpoints: each endpoint's one after another, in a task of its own; docs/webhooks.md.

One that is slow or gone holds up no other. What a worker was sending when it was killed is sent again.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from support.clock import now
from support.database import Database
from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint
from support.outgoing import webhook_queue, webhooks
from support.outgoing.attempts import NotSent
from support.outgoing.outbound import Outbound
from support.outgoing.webhooks import Signed

log = logging.getLogger(__name__)

ENDPOINTS_AT_ONCE = 32
STOP_PATIENCE = 5.0  # seconds


class Deliveries:
    """Takes what is due to where it belongs."""

    def __init__(self, database: Database, outbound: Outbound) -> None:
        self._database, self._outbound = database, outbound
        self._threads = ThreadPoolExecutor(ENDPOINTS_AT_ONCE, "webhook")
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def begin(self) -> None:
        """Start on each endpoint that has something due and that no worker is at."""
        async with self._database.read() as session:
            waiting = await webhook_queue.waiting(session, now())
        for endpoint_id in waiting:
            if endpoint_id not in self._tasks:
                task = asyncio.create_task(self._serve(endpoint_id))
                self._tasks[endpoint_id] = task
                task.add_done_callback(partial(self._end, endpoint_id))

    async def until_idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def stop(self) -> None:
        """Let what is under way end if that is soon; what is cut off is sent again when its lease lapses."""
        self._stopping = True
        try:
            async with asyncio.timeout(STOP_PATIENCE):
                await self.until_idle()
        except TimeoutError:
            for task in self._tasks.values():
                task.cancel()
            await self.until_idle()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _end(self, endpoint_id: str, task: asyncio.Task[None]) -> None:
        del self._tasks[endpoint_id]
        if not task.cancelled() and (fault := task.exception()):
            log.error("sending to endpoint %s failed", endpoint_id, exc_info=fault)

    async def _serve(self, endpoint_id: str) -> None:
        async with self._database.write() as session:
            lease = await webhook_queue.take(session, endpoint_id, now())
        while lease is not None:
            async with self._database.read() as session:
                endpoint = await session.get_one(WebhookEndpoint, endpoint_id)
                due = await webhook_queue.due(session, endpoint_id, now())
            for delivery, event in due:
                lease = await self._deliver(endpoint, delivery, event, lease)
                if lease is None:
                    return
            if not due:
                async with self._database.write() as session:
                    await webhook_queue.release(session, endpoint_id, lease, rest_until=None)
                return

    async def _deliver(
        self, endpoint: WebhookEndpoint, delivery: WebhookDelivery, event: OutboxEvent, lease: datetime
    ) -> datetime | None:
        """One try; the lease to go on with, or None if nothing more is to be sent to this endpoint now."""
        status, error = await self._post(endpoint.url, webhooks.signed(event, endpoint.secret, at=now()))
        taken = status is not None and 200 <= status < 300
        at = now()
        async with self._database.write() as session:
            outcome = await webhook_queue.enter_outcome(
                session, delivery.id, taken=taken, status=status, error=error, at=at
            )
            if taken and not self._stopping:
                going_on = await webhook_queue.renew(session, endpoint.id, lease, at)
            else:
                rest = None if taken else at + webhook_queue.REST
                await webhook_queue.release(session, endpoint.id, lease, rest_until=rest)
                going_on = None
        dead = outcome is not None and outcome.dead_at is not None
        log.log(
            logging.INFO if taken else logging.ERROR if dead else logging.WARNING,
            "webhook event %s to endpoint %s: %s%s", event.id, endpoint.id, status or error,
            ", given up" if dead else "",
        )
        return going_on

    async def _post(self, url: str, signed: Signed) -> tuple[int | None, str | None]:
        """The status, or in a word why there is none."""
        sending = asyncio.get_running_loop().run_in_executor(
            self._threads, self._outbound.post, url, signed.body, signed.headers
        )
        try:
            # Looking up a name cannot be cut short in its thread, but nothing is sent once the time is over
            async with asyncio.timeout(self._outbound.seconds + 2):
                return await sending, None
        except NotSent as fault:
            return None, fault.kind
        except TimeoutError:
            return None, "timed_out"
