"""Mail to customers: written in the transaction that is the reason for it, sent by a worker after the commit."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from support.models.outbox import Mail

LONGEST_SUBJECT = 200  # characters


async def write(
    session: AsyncSession, *, recipient: str, subject: str, text: str, at: datetime,
    customer_id: str | None = None, attachment: dict[str, Any] | None = None,
) -> Mail:
    """Enter a mail that is due at once; `attachment` names what is made when it is sent: {"invoice": order id}.

    A subject is one line of at most 200 characters: what is more is cut.
    """
    mail = Mail(
        recipient=recipient, subject=" ".join(subject.split())[:LONGEST_SUBJECT], text=text, customer_id=customer_id,
        attachment=attachment, created_at=at, due_at=at,
    )
    session.add(mail)
    await session.flush()
    return mail
