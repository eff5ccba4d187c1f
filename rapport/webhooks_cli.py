"""`rapport webhooks`: the addresses of the shop's back end that hear of changes, and what never reached them."""

from typing import Annotated

import typer

from rapport.command import console, give_up, in_database, the_settings
from support import clock
from support.database import Database
from support.models.outbox import WebhookEndpoint
from support.outgoing import webhooks
from support.outgoing.outbound import Outbound
from support.outgoing.webhooks import DeadLetter

app = typer.Typer(no_args_is_help=True, help="The addresses of the shop's back end that hear of changes.")


@app.command("add")
def add(url: Annotated[str, typer.Argument(help="Where events are posted to.", metavar="URL")]) -> None:
    """Post every event from now on to this address. Prints the secret that signs them, this once.

    Example:  [bold]rapport webhooks add https://shop.example/hooks/rapport[/bold]
    """
    outbound, at = Outbound.of(the_settings()), clock.now()

    async def enter(database: Database) -> WebhookEndpoint | None:
        async with database.write() as session:
            made = await webhooks.add(session, url, outbound=outbound, at=at)
            return made if made.created_at == at else None

    made = in_database(enter)
    if made is None:
        give_up("That address is there already; its secret is shown only once. Remove it first for a new one.")
    console.print(f"{made.id} gets every event from now on. Its secret, shown this once:", soft_wrap=True)
    console.print(made.secret, soft_wrap=True)


@app.command("list")
def show() -> None:
    """The addresses that get events.

    Example:  [bold]rapport webhooks list[/bold]
    """

    async def read(database: Database) -> list[WebhookEndpoint]:
        async with database.read() as session:
            return list(await webhooks.endpoints(session))

    for one in in_database(read):
        console.print(f"{one.id}  since {one.created_at:%Y-%m-%d}  {one.url}", soft_wrap=True, markup=False)


@app.command("remove")
def remove(endpoint: Annotated[str, typer.Argument(help="Its id, as the list shows it.", metavar="ID")]) -> None:
    """Send nothing more there; what has yet to be sent becomes a dead letter.

    Example:  [bold]rapport webhooks remove 3f0c1a52-9f0e-4d7c-8a53-0d6a5c1b7e11[/bold]
    """

    async def end(database: Database) -> str:
        async with database.write() as session:
            return (await webhooks.remove(session, endpoint, at=clock.now())).url

    console.print(f"{in_database(end)} gets nothing more.", soft_wrap=True, markup=False)


@app.command("dead")
def dead() -> None:
    """Events that an address never took, the latest first, a thousand at most.

    Example:  [bold]rapport webhooks dead[/bold]
    """

    async def read(database: Database) -> list[DeadLetter]:
        async with database.read() as session:
            return await webhooks.dead_letters(session)

    for one in in_database(read):
        console.print(
            f"{one.id}  {one.event_number} {one.event_name}  given up {one.dead_at:%Y-%m-%d %H:%M} UTC  "
            f"{one.last_error or one.last_status}  {one.url}", soft_wrap=True, markup=False,
        )


@app.command("retry")
def retry(
    delivery: Annotated[str | None, typer.Argument(help="The dead letter's id.", metavar="ID")] = None,
    every: Annotated[bool, typer.Option("--all", help="All dead letters.")] = False,
) -> None:
    """Send a dead letter again, or all of them.

    Example:  [bold]rapport webhooks retry --all[/bold]
    """
    if (delivery is None) is not every:
        give_up("Name one dead letter by its id, or say --all.")

    async def revive(database: Database) -> int:
        async with database.write() as session:
            return await webhooks.retry(session, delivery, at=clock.now())

    console.print(f"{in_database(revive)} to be sent again.")
