"""The whole service under one roof: prepare, start Rasa, actions, desk and worker, keep them running, stop them all."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from rapport.demo_shop import DEMO_AGENTS
from rapport.preparation import (
    RASA_PYTHON,
    CannotStart,
    alone,
    check_environments,
    check_ports,
    migrate,
    rasa_environment,
    seed,
    train,
)
from rapport.processes import DidNotStart, Kept, Program
from support.policy.business import BusinessFileWrong, load_business
from support.settings import PROJECT, Settings


def run(settings: Settings, console: Console) -> None:
    """Run until told to stop. Raises CannotStart."""
    check_environments()
    try:
        business = load_business(settings.business)
    except BusinessFileWrong as wrong:
        raise CannotStart(str(wrong)) from wrong
    with alone(settings):
        check_ports(settings)
        model = train(settings, console)
        migrate(settings)
        if settings.mode == "demo":
            seed(settings, business, console)
        asyncio.run(_serve(settings, model, console))


def programs(settings: Settings, model: Path) -> list[Program]:
    """Rasa, the action server, the desk and the worker, as they are started."""
    logs = settings.var / "logs"
    ours = dict(os.environ) | {"PYTHONPATH": str(PROJECT)}
    python = sys.executable
    rasa = [
        str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml",
        "--credentials", "credentials.yml", "--interface", settings.rasa_host, "--port", str(settings.rasa_port),
    ]
    return [
        Program(
            "rasa", rasa, rasa_environment(settings), f"{settings.rasa_url}/webhooks/rapport/health",
            logs / "rasa.log", PROJECT, 120,
        ),
        Program(
            "actions", [python, "-m", "rapport.action_server"], ours, f"{settings.actions_url}/health",
            logs / "actions.log", PROJECT, 60,
        ),
        Program(
            "desk", [python, "-m", "rapport.desk_server"], ours,
            f"http://{settings.desk_host}:{settings.desk_port}/health", logs / "desk.log", PROJECT, 60,
        ),
        Program(
            "worker", [python, "-m", "rapport.worker"], ours, f"{settings.worker_url}/health", logs / "worker.log",
            PROJECT, 60,
        ),
    ]


def program(settings: Settings, name: str, console: Console) -> Program:
    """One of the four, with what it needs prepared. Raises CannotStart, or BusinessFileWrong."""
    check_environments()
    load_business(settings.business)
    model = train(settings, console) if name == "rasa" else Path()
    if name == "desk":
        migrate(settings)
    found = {one.name: one for one in programs(settings, model)}.get(name)
    if found is None:
        raise CannotStart(f"There is no process {name}: say rasa, actions, desk or worker.")
    return found


async def _serve(settings: Settings, model: Path, console: Console) -> None:
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, told_to_stop.set)
    kept = [Kept(program, lambda text: console.print(f"  {text}")) for program in programs(settings, model)]
    try:
        began = time.monotonic()
        with console.status("Starting Rasa, the action server, the desk and the worker …"):
            starting = asyncio.gather(*(one.start() for one in kept))
            stopped = asyncio.create_task(told_to_stop.wait())
            await asyncio.wait((starting, stopped), return_when=asyncio.FIRST_COMPLETED)
            if told_to_stop.is_set():
                starting.cancel()
                return
            await starting
        _welcome(settings, console, time.monotonic() - began)
        await told_to_stop.wait()
    except DidNotStart as reason:
        raise CannotStart(str(reason)) from reason
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)  # asked once is enough; the children are being stopped
        console.print("Stopping …")
        await asyncio.gather(*(one.stop() for one in kept), return_exceptions=True)


def _welcome(settings: Settings, console: Console, seconds: float) -> None:
    url = settings.desk_url
    console.print(f"\n[bold]Rapport is ready[/bold] (started in {seconds:.0f} s). Ctrl-C stops it.\n")
    if settings.mode == "demo":
        console.print(f"  The demo shop with the widget   {url}/")
    console.print(f"  The agents' console             {url}/console/")
    if settings.mode == "demo":
        console.print("\n  Agents you can sign in as:")
        for agent in DEMO_AGENTS:
            console.print(f"    {agent['email']}   password: {agent['password']}")
    console.print(f"\n  Logs: {settings.var / 'logs'}\n")


