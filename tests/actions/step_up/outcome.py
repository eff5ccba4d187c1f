"""What a visitor who shows who they are was sent, and how well they are known after it."""

from sqlalchemy import select

from support.models.conversations import Contact, Level
from support.models.outbox import Mail
from support.signing_in import identification
from tests.support.shop_rows import NOW

CODE_SENT = (
    "If that is the address we have of you, a code with 6 digits is on its way there; it is good for 10 minutes. What is the code?"
)


async def mails(database) -> list[Mail]:
    async with database.read() as session:
        return list(await session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))


async def level(database, visitor) -> Level:
    async with database.read() as session:
        contact = await session.get_one(Contact, visitor.contact)
        return (await identification.of_contact(session, contact, at=NOW)).level
