"""`rapport`: the operator's commands."""

import asyncio
import os
from typing import Annotated

import typer

from rapport import preparation, service, terminal_chat, transfer_cli, webhooks_cli
from rapport.command import console, give_up, in_database, the_settings
from rapport.preparation import CannotStart
from support.chat import agents
from support.database import Database
from support.policy.business import BusinessFileWrong, load_business

app = typer.Typer(
    name="rapport", no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help="A customer-support assistant that a shop hosts itself.",
)
agents_app = typer.Typer(no_args_is_help=True, help="The people who answer in the console.")
app.add_typer(agents_app, name="agents")
app.add_typer(webhooks_cli.app, name="webhooks")
app.command("import")(transfer_cli.import_folder_command)
app.command("export")(transfer_cli.export_folder_command)


@app.command()
def run() -> None:
    """Start everything: train if needed, migrate, seed the demo, then Rasa, the action server, the desk and the worker.

    Example:  [bold]RAPPORT_DESK_PORT=8080 rapport run[/bold]
    """
    try:
        service.run(the_settings(), console)
    except CannotStart as reason:
        give_up(str(reason))


@app.command()
def start(
    name: Annotated[str, typer.Argument(help="rasa, actions, desk or worker.", metavar="NAME")],
) -> None:
    """Be one of the four processes, in the foreground, for a process manager such as systemd (see Procfile).

    Example:  [bold]rapport start desk[/bold]
    """
    settings = the_settings()
    try:
        program = service.program(settings, name, console)
    except (CannotStart, BusinessFileWrong) as reason:
        give_up(str(reason))
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
        model = preparation.train(the_settings(), console, again=again)
    except CannotStart as reason:
        give_up(str(reason))
    console.print(f"The model is {model}")


@app.command()
def seed() -> None:
    """Migrate the database and, if it is empty, fill it with the demo shop.

    Example:  [bold]RAPPORT_VAR=/tmp/try rapport seed[/bold]
    """
    settings = the_settings()
    try:
        business = load_business(settings.business)
    except BusinessFileWrong as wrong:
        give_up(str(wrong))
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
    settings = the_settings()
    try:
        asyncio.run(terminal_chat.talk(settings, customer, url or settings.desk_url, console))
    except terminal_chat.CannotTalk as reason:
        give_up(str(reason))
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

    console.print(f"{in_database(add)} may sign in now.")


@agents_app.command("disable")
def disable_agent(email: Annotated[str, typer.Argument(help="Whose sign-ins end.")]) -> None:
    """Sign an agent out everywhere and for good; what they had goes back to the queue.

    Example:  [bold]rapport agents disable maya@shop.example[/bold]
    """

    async def disable(database: Database) -> str:
        async with database.write() as session:
            return (await agents.disable(session, email)).email

    console.print(f"{in_database(disable)} may no longer sign in.")


if __name__ == "__main__":
    app()
