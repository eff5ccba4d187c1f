"""A real SMTP server for tests, that answers as it is told and keeps what it has taken."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.conftest import free_port


@dataclass
class Taken:
    """What went over the wire for one mail."""

    sender: str
    recipients: list[str]
    encrypted: bool
    login: str | None
    message: EmailMessage


@dataclass
class Post:
    """The server's mind: what it says to the next recipients, senders and mails before it takes one."""

    port: int
    taken: list[Taken] = field(default_factory=list)
    to_recipients: list[str] = field(default_factory=list)
    to_senders: list[str] = field(default_factory=list)
    to_mails: list[str] = field(default_factory=list)
    begun: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.begun += 1
        if self.to_senders:
            return self.to_senders.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.to_mails:
            return self.to_mails.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content.replace(b"\r\n", b"\n"), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(Taken(
            envelope.mail_from or "", envelope.rcpt_tos, server.transport.get_extra_info("ssl_object") is not None,
            session.auth_data, message,
        ))
        return "250 taken"


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (b"shop", b"a password")
    return AuthResult(success=right, handled=False, auth_data=data.login.decode() if right else None)


@contextmanager
def post_office(
    port: int | None = None, *, tls: ssl.SSLContext | None = None, at_once: bool = False, login: bool = False
) -> Iterator[Post]:
    """A server on a port of its own; with `tls` it encrypts: when asked to, or `at_once`."""
    post = Post(port or free_port())
    controller = Controller(
        post, hostname="127.0.0.1", port=post.port, ssl_context=tls if at_once else None,
        tls_context=None if at_once else tls, require_starttls=tls is not None and not at_once,
        authenticator=_authenticate, auth_required=login, auth_require_tls=False, enable_SMTPUTF8=False,
    )
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def certified(authority: trustme.CA) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context
