"""A Rasa of ours and a stock one: how each is trained, served and asked; and what stands in for the action server."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.stock import write_project
from rapport.preparation import RASA_PYTHON, rasa_environment
from support.settings import DEMO_SECRET, PROJECT, Settings
from tests.conftest import free_port

START_WITHIN = 300  # seconds


@dataclass
class Side:
    """One of the two that are compared: its project, and how it is asked."""

    name: str
    project: Path
    environment: dict[str, str]
    path: str

    def body(self, sender: str, text: str) -> dict[str, Any]:
        if self.name == "stock":
            return {"sender": sender, "message": text}
        return {
            "sender_id": sender, "turn_id": str(uuid.uuid4()), "text": text, "payload": None,
            "metadata": {"level": "visitor"}, "expires_at": time.time() + 60,
        }


def ours(folder: Path, actions: str) -> Side:
    own = {"RAPPORT_ACTIONS_URL": actions, "RAPPORT_TRACKER_URL": f"sqlite:///{folder / 'trackers.db'}"}
    environment = rasa_environment(Settings()) | own | {"RAPPORT_RASA_TOKEN": DEMO_SECRET}
    return Side("ours", PROJECT, environment, "/webhooks/rapport/turns")


def stock(folder: Path, actions: str, epochs: int) -> Side:
    write_project(folder, actions=f"{actions}/webhook", epochs=epochs)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return Side("stock", folder, dict(os.environ) | quiet, "/webhooks/rest/webhook")


def train(side: Side, folder: Path) -> float:
    """Seconds that `rasa train` takes, its start included."""
    began = time.perf_counter()
    done = subprocess.run(
        [RASA_PYTHON, "-m", "rasa", "train", "--out", folder / "models", "--fixed-model-name", "model", "--quiet"],
        cwd=side.project, env=side.environment | {"RASA_CACHE_DIRECTORY": str(folder / "cache")}, check=False,
        capture_output=True, text=True,
    )
    if done.returncode:
        sys.exit(f"{side.name} could not be trained:\n{done.stderr[-2000:]}")
    return time.perf_counter() - began


@contextmanager
def served(side: Side, folder: Path) -> Iterator[str]:
    """The address of a `rasa run` with the trained model, once it answers."""
    port = free_port()
    with (folder / "run.log").open("wb") as log:
        server = subprocess.Popen(
            [
                RASA_PYTHON, "-m", "rasa", "run", "--model", folder / "models" / "model.tar.gz", "--endpoints",
                "endpoints.yml", "--credentials", "credentials.yml", "--interface", "127.0.0.1", "--port", str(port),
            ],
            cwd=side.project, env=side.environment, stdout=log, stderr=log,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_WITHIN
        while not is_up(url):
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(f"{side.name} did not start:\n{(folder / 'run.log').read_text()[-2000:]}")
            time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def is_up(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


async def stand_in(request: Request) -> JSONResponse:
    """Any action, done at once."""
    asked = await request.json()
    events = []
    if asked["next_action"] == "task_form":
        is_open = bool((asked["tracker"].get("active_loop") or {}).get("name"))
        events = [{"event": "active_loop", "name": None if is_open else "task_form"}]
    return JSONResponse({"events": events, "responses": [{"text": "Here is what I found for you."}]})


ACTIONS = Starlette(routes=[Route("/webhook", stand_in, methods=["POST"])])
