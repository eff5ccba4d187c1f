"""The whole service as `rapport run` starts it, with ports and data of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from support.database import Database
from support.policy.business import Business
from support.settings import DEMO_SECRET, PROJECT
from tests.conftest import free_port
from tests.service.talks import Talks

READY_WITHIN = 400  # seconds, with a training before


@dataclass
class Service:
    """A running service and what a test may do to it."""

    url: str
    environment: dict[str, str]
    process: subprocess.Popen[str]
    log: Path
    secret: str = DEMO_SECRET

    def said(self) -> str:
        return self.log.read_text()

    def child(self, name: str) -> psutil.Process:
        """The process of `rasa`, `actions`, `desk` or `worker`."""
        mark = {
            "rasa": "rasa run", "actions": "rapport.action_server", "desk": "rapport.desk_server",
            "worker": "rapport.worker",
        }[name]
        return next(
            one for one in psutil.Process(self.process.pid).children(recursive=True)
            if mark in " ".join(one.cmdline())
        )

    def wait_until_up(self, name: str, within: float = 60) -> None:
        port = name.upper()
        path = "/webhooks/rapport/health" if name == "rasa" else "/health"
        url = f"http://127.0.0.1:{self.environment[f'RAPPORT_{port}_PORT']}{path}"
        wait_for(lambda: is_ok(url), within, f"{name} to be up")

    def rapport(self, *arguments: str, **knobs: object) -> subprocess.CompletedProcess[str]:
        """Run the command line beside the service."""
        return subprocess.run(
            [sys.executable, "-m", "rapport.cli", *arguments], env=self.environment, cwd=PROJECT, text=True,
            capture_output=True, timeout=120, check=False, **knobs,  # type: ignore[call-overload]
        )


def wait_for(met: object, within: float, what: str) -> None:
    until = time.monotonic() + within
    while not met():  # type: ignore[operator]
        if time.monotonic() > until:
            raise AssertionError(f"waited {within} s for {what}")
        time.sleep(0.05)


def is_ok(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def environment(folder: Path) -> dict[str, str]:
    """Free ports and an empty folder; the trained model is shared, for it depends on the project alone."""
    return os.environ | {
        "RAPPORT_VAR": str(folder),
        **{f"RAPPORT_{name}_PORT": str(free_port()) for name in ("DESK", "RASA", "ACTIONS", "WORKER")},
    }


def start(folder: Path, **settings: str) -> Service:
    known = environment(folder) | settings
    log = folder / "run.out"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "rapport.cli", "run"], env=known, cwd=PROJECT, stdout=output,
            stderr=subprocess.STDOUT, text=True,
        )
    found = Service(f"http://127.0.0.1:{known['RAPPORT_DESK_PORT']}", known, process, log)

    def is_ready() -> bool:
        assert process.poll() is None, f"the service ended: {found.said()}"
        return "is ready" in found.said()

    wait_for(is_ready, READY_WITHIN, "the service to be ready")
    return found


def stop(service: Service) -> None:
    children = psutil.Process(service.process.pid).children(recursive=True)
    service.process.send_signal(signal.SIGINT)
    service.process.wait(30)
    left = [one for one in children if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert left == [], f"left behind: {left}"


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """One service for all tests that leave it as they found it."""
    with tempfile.TemporaryDirectory(prefix="rapport-service-") as folder:
        found = start(Path(folder))
        yield found
        stop(found)


@pytest.fixture(scope="session")
async def talks(service: Service, business: Business) -> AsyncIterator[Talks]:
    """Conversations with the service, and its database to see what they changed."""
    database = Database(f"sqlite+aiosqlite:///{service.environment['RAPPORT_VAR']}/rapport.db")
    yield Talks(service.url, service.secret, database, business)
    await database.close()


def logs_of(service: Service) -> str:
    folder = Path(service.environment["RAPPORT_VAR"]) / "logs"
    return json.dumps({path.name: path.read_text(errors="replace") for path in folder.glob("*.log")})
