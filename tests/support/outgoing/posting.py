"""Mail that is due, and the settings of a server that takes it."""

from datetime import timedelta
from typing import Any

from support import clock
from support.clock import now
from support.database import Database
from support.models.outbox import Mail
from support.outgoing import mail
from support.settings import Settings

MINUTE = timedelta(minutes=1)
MINUTES = (1, 5, 30, 120, 360)


def settings(port: int, **more: Any) -> Settings:
    known = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    return Settings(_env_file=None, **(known | more))


async def written(database: Database, count: int = 1, **more: Any) -> str:
    """The id of a mail that is due (the last of `count`)."""
    known = {"recipient": "aoife@example.com", "subject": "Hello", "text": "A line.\n", "at": now() - MINUTE}
    async with database.write() as session:
        for _ in range(count):
            made = await mail.write(session, **(known | more))
    return made.id


async def row(database: Database, mail_id: str) -> Mail:
    async with database.read() as session:
        return await session.get_one(Mail, mail_id)


def pass_time(by: timedelta) -> None:
    """Move the clock on from where it is."""
    clock.shift(clock._offset + by)
