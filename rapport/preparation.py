"""What has to be there before the service can start: free ports, a model, a migrated and seeded database."""

import asyncio
import fcntl
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from rich.console import Console
from sqlalchemy import func, select

from rapport import demo_shop
from support import clock
from support.chat import agents
from support.database import Database
from support.models.agents import Agent
from support.policy.business import Business
from support.settings import PROJECT, Settings

RASA_PYTHON = PROJECT / ".venv-rasa" / "bin" / "python"
TRAINED_FROM = ("config.yml", "domain.yml", "data", "engine", "requirements/rasa.txt")
SAY_EVERY = 15  # seconds


class CannotStart(Exception):
    """One sentence that says what to do."""


def check_ports(settings: Settings) -> None:
    """Raises CannotStart if one of our ports is somebody else's."""
    for name in ("desk", "rasa", "actions", "worker"):
        host, port = getattr(settings, f"{name}_host"), getattr(settings, f"{name}_port")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as fault:
                raise CannotStart(
                    f"Port {port} on {host} is not free ({fault.strerror}): stop what listens there, "
                    f"or set RAPPORT_{name.upper()}_PORT to another port."
                ) from fault


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Nobody else runs on the same folder meanwhile. Raises CannotStart."""
    settings.var.mkdir(parents=True, exist_ok=True)
    with (settings.var / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise CannotStart(
                f"Rapport runs on {settings.var} already: stop it, or set RAPPORT_VAR to another folder."
            ) from fault
        yield


def model_path(settings: Settings) -> Path:
    """Where the model trained from what is here now lies, or will lie."""
    digest = hashlib.sha256()
    for name in TRAINED_FROM:
        path = PROJECT / name
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix in {".yml", ".yaml", ".py", ".txt", ".json"}:
                digest.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return settings.models / f"rapport-{digest.hexdigest()[:16]}.tar.gz"


def rasa_environment(settings: Settings) -> dict[str, str]:
    """What Rasa and its training need to know, beside what is in the environment already."""
    return os.environ | {
        "RAPPORT_ACTIONS_URL": settings.actions_url,
        "RAPPORT_ACTIONS_TOKEN": settings.actions_token.get_secret_value(),
        "RAPPORT_RASA_TOKEN": settings.rasa_token.get_secret_value(),
        "RAPPORT_TRACKER_URL": settings.trackers,
        "RAPPORT_ENCODER_CACHE": str(settings.models.resolve() / "encoder"),
        "PYTHONPATH": str(PROJECT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }


def train(settings: Settings, console: Console, *, again: bool = False) -> Path:
    """The model, trained now unless it is there already. Raises CannotStart."""
    model = model_path(settings)
    if model.is_file() and not again:
        return model
    settings.models.mkdir(parents=True, exist_ok=True)
    log = settings.var / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # Under a name of its own until it is whole: a training that is cut off must not be taken for a model
    begun = f"training-{os.getpid()}"
    arguments = [
        str(RASA_PYTHON), "-m", "rasa", "train", "--domain", "domain.yml", "--data", "data",
        "--out", str(settings.models), "--fixed-model-name", begun, "--quiet",
    ]
    environment = rasa_environment(settings) | {"OMP_NUM_THREADS": str(os.cpu_count() or 1)}
    with log.open("wb") as output:
        training = subprocess.Popen(
            arguments, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )
        try:
            _wait_for(training, "Training the model (a minute or two, only after a change)", console)
        except BaseException:
            training.kill()
            training.wait()
            raise
    made = settings.models / f"{begun}.tar.gz"
    if training.returncode != 0 or not made.is_file():
        raise CannotStart(f"The model could not be trained: what Rasa said is in {log}.")
    made.rename(model)
    return model


def _wait_for(process: subprocess.Popen[bytes], what: str, console: Console) -> None:
    began = told = time.monotonic()
    with console.status(f"{what} …") as status:
        while process.poll() is None:
            time.sleep(0.2)
            passed = time.monotonic() - began
            status.update(f"{what} … {passed:.0f} s")
            if not console.is_terminal and time.monotonic() - told > SAY_EVERY:
                told = time.monotonic()
                console.print(f"{what} … {passed:.0f} s")


def migrate(settings: Settings) -> None:
    """Bring the database's tables up to date."""
    config = Config(attributes={"url": settings.sql_url})
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    command.upgrade(config, "head")


def seed(settings: Settings, business: Business, console: Console) -> bool:
    """Fill an empty database with the demo shop; answers whether it was empty."""
    return asyncio.run(_seed(settings, business, console))


async def _seed(settings: Settings, business: Business, console: Console) -> bool:
    clock.shift(settings.offset)
    database = Database(settings.sql_url)
    try:
        async with database.read() as session:
            people = await session.scalar(select(func.count()).select_from(Agent))
            if people or await demo_shop.is_seeded(session):
                return False
        with console.status("Making up the demo shop …") as status:
            async with database.write() as session:
                for one in demo_shop.DEMO_AGENTS:
                    await agents.add(session, **one)
                await demo_shop.seed(session, business, clock.now(), lambda step: status.update(f"{step} …"))
        return True
    finally:
        await database.close()


def check_environments() -> None:
    """Raises CannotStart if Rasa's environment is missing."""
    if not RASA_PYTHON.exists():
        raise CannotStart(f"Rasa's environment is missing: run {Path(sys.executable).name} rapport/environments.py.")
