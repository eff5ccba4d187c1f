"""`rapport`: the operator's commands."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from rapport import preparation, service, terminal_chat
from rapport.preparation import CannotStart
from support import agents, clock
from support.business import BusinessFileWrong, load_business
from support.database import Database
from support.errors import SupportError
from support.settings import Settings

app = typer.Typer(
    name="rapport", no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help="A customer-support assistant that a shop hosts itself.",
)
agents_app = typer.Typer(no_args_is_help=True, help="The people who answer in the console.")
app.add_typer(agents_app, name="agents")
console = Console(highlight=False)


def _settings() -> Settings:
    try:
        found = Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = f"RAPPORT_{str(first['loc'][0]).upper()}: " if first["loc"] else ""
        _give_up(f"{where}{first['msg'].removeprefix('Value error, ')}.")
    clock.shift(found.offset)
    return found


def _give_up(sentence: str) -> NoReturn:
    print(f"rapport: {sentence}", file=sys.stderr)
    raise typer.Exit(1)


@app.command()
def run() -> None:
    """Start everything: train if needed, migrate, seed the demo, then Rasa, the action server and the desk.

    Example:  [bold]RAPPORT_DESK_PORT=8080 rapport run[/bold]
    """
    try:
        service.run(_settings(), console)
    except CannotStart as reason:
        _give_up(str(reason))


@app.command()
def start(
    name: Annotated[str, typer.Argument(help="rasa, actions or desk.", metavar="NAME")],
) -> None:
    """Be one of the three processes, in the foreground, for a process manager such as systemd (see Procfile).

    Example:  [bold]rapport start desk[/bold]
    """
    settings = _settings()
    try:
        program = service.program(settings, name, console)
    except (CannotStart, BusinessFileWrong) as reason:
        _give_up(str(reason))
    os.chdir(program.folder)
    os.execvpe(program.command[0], program.command, program.environment)  # noqa: S606 - no shell is meant


@app.command()
def train(
    again: Annotated[bool, typer.Option("--again", help="Also when nothing has changed since.")] = False,
) -> None:
    """Train the model from config.yml, domain.yml and data/, unless that was done already.

    Example:  [bold]rapport train --again[/bold]
    """
    try:
        model = preparation.train(_settings(), console, again=again)
    except CannotStart as reason:
        _give_up(str(reason))
    console.print(f"The model is {model}")


@app.command()
def seed() -> None:
    """Migrate the database and, if it is empty, fill it with the demo shop.

    Example:  [bold]RAPPORT_VAR=/tmp/try rapport seed[/bold]
    """
    settings = _settings()
    try:
        business = load_business(settings.business)
    except BusinessFileWrong as wrong:
        _give_up(str(wrong))
    preparation.migrate(settings)
    done = preparation.seed(settings, business, console)
    console.print("The demo shop is in." if done else "Nothing to do: there are customers or agents already.")


@app.command()
def chat(
    customer: Annotated[str, typer.Option("--as", help="The shop's id of the customer.", metavar="CUSTOMER")],
    url: Annotated[str, typer.Option(help="Where the desk is, if not where the settings say.")] = "",
) -> None:
    """Talk to the running service in the terminal as that signed-in customer, as a widget would.

    A button is pressed by its number, such as [bold]#1[/bold]. An empty line or Ctrl-D leaves.

    Example:  [bold]rapport chat --as C1001[/bold]
    """
    settings = _settings()
    try:
        asyncio.run(terminal_chat.talk(settings, customer, url or settings.desk_url, console))
    except terminal_chat.CannotTalk as reason:
        _give_up(str(reason))
    except KeyboardInterrupt:
        console.print()


@agents_app.command("add")
def add_agent(
    email: Annotated[str, typer.Argument(help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="What customers see.", prompt="Name")],
    password: Annotated[
        str, typer.Option(help="Asked for if not given.", prompt=True, hide_input=True, confirmation_prompt=True)
    ],
) -> None:
    """Add an agent who may sign in to the console.

    Example:  [bold]rapport agents add maya@shop.example --name "Maya Okafor"[/bold]
    """

    async def add(database: Database) -> str:
        async with database.write() as session:
            return (await agents.add(session, email=email, name=name, password=password)).email

    console.print(f"{_in_database(add)} may sign in now.")


@agents_app.command("disable")
def disable_agent(email: Annotated[str, typer.Argument(help="Whose sign-ins end.")]) -> None:
    """Sign an agent out everywhere and for good; what they had goes back to the queue.

    Example:  [bold]rapport agents disable maya@shop.example[/bold]
    """

    async def disable(database: Database) -> str:
        async with database.write() as session:
            return (await agents.disable(session, email)).email

    console.print(f"{_in_database(disable)} may no longer sign in.")


def _in_database(work: Callable[[Database], Awaitable[str]]) -> str:
    settings = _settings()

    async def do() -> str:
        database = Database(settings.sql_url)
        try:
            return await work(database)
        finally:
            await database.close()

    preparation.migrate(settings)
    try:
        return asyncio.run(do())
    except SupportError as refusal:
        _give_up(str(refusal))


if __name__ == "__main__":
    app()
