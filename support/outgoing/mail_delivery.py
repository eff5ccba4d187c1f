"""Mail on its way: claimed one by one, sent by SMTP, tried again with longer and longer pauses, given up in the end.

Two workers never send the same mail, and one that dies while sending leaves it to be sent again under the same
Message-ID. Nothing of a mail but its id and the kind of a failure is ever logged.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support.clock import now
from support.database import Database
from support.errors import SupportError
from support.invoicing import invoices
from support.models.outbox import Mail
from support.outgoing import smtp
from support.outgoing.smtp import Undelivered
from support.policy.business import Business
from support.settings import Settings

log = logging.getLogger(__name__)

type Attachment = tuple[str, str, bytes]  # file name, media type, content
type Maker = Callable[[AsyncSession, Any, Business], Awaitable[Attachment]]

# By the name that `Mail.attachment` gives: who makes it when it is sent
ATTACHMENTS: dict[str, Maker] = {"invoice": invoices.make_attachment}
LEASE = timedelta(minutes=10)  # after which a mail that a worker has claimed is taken for abandoned
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
MOST = 50  # mails a round
_POLICY = SMTP.clone(cte_type="7bit")  # what every server takes


@dataclass(frozen=True, slots=True)
class _Claimed:
    mail: Mail
    leased_until: datetime


async def send_due(database: Database, settings: Settings, business: Business) -> int:
    """Send what is due, at most `MOST` mails; answers how many went out. Without SMTP nothing does.

    What becomes of a single mail raises nothing. A server that cannot be reached ends the round.
    """
    sent = 0
    for mail_id, due_at in await _due(database) if settings.smtp_host else []:
        claimed = await _claim(database, mail_id, due_at)
        if claimed is None:
            continue
        try:
            await _send(database, claimed.mail, settings, business)
        except Undelivered as failed:
            await _postpone(database, claimed, failed)
            if failed.blocked:
                break
        else:
            await _settle(database, claimed, due_at=None, sent_at=now(), last_error=None)
            sent += 1
    return sent


async def _due(database: Database) -> list[tuple[str, datetime]]:
    query = select(Mail.id, Mail.due_at).where(Mail.due_at <= now()).order_by(Mail.due_at, Mail.id).limit(MOST)
    async with database.read() as session:
        return [(mail_id, due_at) for mail_id, due_at in await session.execute(query) if due_at is not None]


async def _claim(database: Database, mail_id: str, due_at: datetime) -> _Claimed | None:
    """The mail, ours until the lease ends; None if somebody else was first."""
    until = now() + LEASE
    async with database.write() as session:
        claimed = await session.execute(
            update(Mail)
            .where(Mail.id == mail_id, Mail.due_at == due_at)
            .values(due_at=until, attempts=Mail.attempts + 1)
            .returning(Mail.id)
        )
        if claimed.scalar_one_or_none() is None:
            return None
        return _Claimed(await session.get_one(Mail, mail_id, populate_existing=True), until)


async def _send(database: Database, mail: Mail, settings: Settings, business: Business) -> None:
    sender = settings.smtp_from or business.shop.email
    try:
        recipient = _plain(mail.recipient)
        message = composed(mail, recipient, sender=sender, shop=business.shop.name, at=now())
    except (ValueError, MessageError) as fault:
        raise Undelivered("unsendable", hopeless=True) from fault
    for name, value in (mail.attachment or {}).items():
        file_name, media_type, content = await _attachment(database, name, value, business)
        kind, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=file_name)
    await asyncio.to_thread(smtp.deliver, settings, message, sender=sender, recipient=recipient)


def _plain(address: str) -> str:
    """The address with its domain as every server takes it (RFC 5890). Raises ValueError."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def composed(mail: Mail, recipient: str, *, sender: str, shop: str, at: datetime) -> EmailMessage:
    """The mail as it goes out, without its attachment. Raises ValueError or MessageError if an address is none."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(shop, addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine is to answer
    message.set_content(mail.text, cte="quoted-printable")
    return message


async def _attachment(database: Database, name: str, value: Any, business: Business) -> Attachment:
    maker = ATTACHMENTS.get(name)
    if maker is None:
        raise Undelivered("attachment_unknown")
    try:
        async with database.write() as session:
            return await maker(session, value, business)
    except SupportError as refused:
        raise Undelivered(f"attachment_{refused.code}", hopeless=True) from refused
    except Exception as fault:
        raise Undelivered(f"attachment_failed_{type(fault).__name__}") from fault


async def _postpone(database: Database, claimed: _Claimed, failed: Undelivered) -> None:
    attempts, kind = claimed.mail.attempts, failed.kind[:200]
    if failed.hopeless or attempts > len(PAUSES):
        log.warning("mail %s is given up after %d attempts: %s", claimed.mail.id, attempts, kind)
        await _settle(database, claimed, due_at=None, dead_at=now(), last_error=kind)
    else:
        log.warning("mail %s did not get through at attempt %d: %s", claimed.mail.id, attempts, kind)
        await _settle(database, claimed, due_at=now() + PAUSES[attempts - 1], last_error=kind)


async def _settle(database: Database, claimed: _Claimed, **outcome: Any) -> None:
    async with database.write() as session:
        await session.execute(
            update(Mail)
            .where(Mail.id == claimed.mail.id, Mail.due_at == claimed.leased_until)
            .values(**outcome)
        )
