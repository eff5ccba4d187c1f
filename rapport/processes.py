"""Child processes that are kept running: started in order, watched, brought back, and all stopped in the end."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
READY_EVERY = 0.2  # seconds
WATCH_EVERY = 5.0  # seconds
HUNG_AFTER = 4  # unanswered health checks in a row
STOP_PATIENCE = 8.0  # seconds
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds before each further start


@dataclass(frozen=True, slots=True)
class Program:
    """What to start, how to see that it answers, and where its output goes."""

    name: str
    command: list[str]
    environment: dict[str, str]
    health_url: str
    log: Path
    folder: Path
    ready_within: float


class DidNotStart(Exception):
    """A program ended or did not answer in time; the message says where to look."""


def _die_with_parent() -> None:
    # If we are killed outright nobody is left to stop the children
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Kept:
    """One program, kept running until `stop`."""

    def __init__(self, program: Program, tell: Callable[[str], None]) -> None:
        self.program, self._tell = program, tell
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopping = False
        self._http = httpx.AsyncClient(timeout=3.0, trust_env=False)

    async def start(self) -> None:
        """Start and wait until it answers. Raises DidNotStart."""
        await self._spawn()
        if not await self._becomes_ready():
            raise DidNotStart(f"{self.program.name} did not start: its last words are in {self.program.log}")
        self._keeper = asyncio.create_task(self._keep())

    async def _spawn(self) -> None:
        self.program.log.parent.mkdir(parents=True, exist_ok=True)
        with self.program.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.program.command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.program.folder, env=self.program.environment, start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    async def _becomes_ready(self) -> bool:
        assert self._process is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(self.program.ready_within):
                while self._process.returncode is None:
                    if await self._answers():
                        return True
                    await asyncio.sleep(READY_EVERY)
        return False

    async def _answers(self) -> bool:
        try:
            return (await self._http.get(self.program.health_url)).status_code == 200
        except httpx.HTTPError:
            return False

    async def _keep(self) -> None:
        failures = 0
        while not self._stopping:
            assert self._process is not None
            watch = asyncio.create_task(self._end_if_hung(self._process))
            code = await self._process.wait()
            watch.cancel()
            if self._stopping:
                return
            self._tell(f"{self.program.name} ended ({_words(code)}); starting it again")
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            await self._spawn()
            failures = 0 if await self._becomes_ready() else failures + 1
            if failures == 0:
                self._tell(f"{self.program.name} is back")

    async def _end_if_hung(self, process: asyncio.subprocess.Process) -> None:
        unanswered = 0
        while unanswered < HUNG_AFTER:
            await asyncio.sleep(WATCH_EVERY)
            unanswered = 0 if await self._answers() else unanswered + 1
        self._tell(f"{self.program.name} has stopped answering; ending it")
        _signal_group(process, signal.SIGKILL)

    async def stop(self) -> None:
        """End it, gently at first."""
        self._stopping = True
        process = self._process
        if process is not None and process.returncode is None:
            _signal_group(process, signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_PATIENCE)
            except TimeoutError:
                _signal_group(process, signal.SIGKILL)
                await process.wait()
        if process is not None:
            _signal_group(process, signal.SIGKILL)  # whatever it may have started itself
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        await self._http.aclose()


def _signal_group(process: asyncio.subprocess.Process, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _words(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
