"""What every command of the operator's begins with: settings, the database, one sentence for whatever is wrong."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from rapport import preparation
from support import clock
from support.database import Database
from support.errors import SupportError
from support.settings import Settings

console = Console(highlight=False)


def give_up(sentence: str) -> NoReturn:
    """Say why on standard error, and end with exit code 1."""
    print(f"rapport: {sentence}", file=sys.stderr)
    raise typer.Exit(1)


def the_settings() -> Settings:
    """The settings, with the clock set by them. Gives up if one is wrong, and names it."""
    try:
        found = Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = f"RAPPORT_{str(first['loc'][0]).upper()}: " if first["loc"] else ""
        give_up(f"{where}{first['msg'].removeprefix('Value error, ')}.")
    clock.shift(found.offset)
    return found


def in_database[Answer](work: Callable[[Database], Awaitable[Answer]]) -> Answer:
    """What `work` answers, with the database brought up to date before. Gives up if a use case refuses."""
    settings = the_settings()

    async def do() -> Answer:
        database = Database(settings.sql_url)
        try:
            return await work(database)
        finally:
            await database.close()

    preparation.migrate(settings)
    try:
        return asyncio.run(do())
    except SupportError as refusal:
        give_up(str(refusal))
