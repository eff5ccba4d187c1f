"""One mail to one SMTP server, and what came of it by kind. Blocks, so it runs in a thread."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from socket import gaierror

from support.settings import Settings

PATIENCE = 10.0  # seconds that the server may be silent


class Undelivered(Exception):
    """A mail did not get through; `kind` says how, and names nobody.

    `hopeless`: this mail never will. `blocked`: neither will any other until something changes.
    """

    def __init__(self, kind: str, *, hopeless: bool = False, blocked: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.hopeless, self.blocked = kind, hopeless, blocked


def deliver(settings: Settings, message: EmailMessage, *, sender: str, recipient: str) -> None:
    """Hand the message to the server of the settings. Raises Undelivered.

    The server's certificate must be good, and a server that cannot encrypt is told nothing unless `smtp_security` is
    `none`.
    """
    with _named():
        server = _connect(settings)
    try:
        with _named():
            server.send_message(message, from_addr=sender, to_addrs=[recipient])
    finally:
        # What the server has taken it has, however it says goodbye
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    encryption = ssl.create_default_context()
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=encryption)
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
    try:
        if settings.smtp_security == "starttls":
            with _needed("starttls_missing"):
                server.starttls(context=encryption)
        if settings.smtp_username:
            with _needed("login_impossible"):
                server.login(settings.smtp_username, settings.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


@contextmanager
def _needed(missing: str) -> Iterator[None]:
    """What the server has not, or for a login cannot be given: a password beyond ASCII."""
    try:
        yield
    except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as fault:
        raise Undelivered(missing, blocked=True) from fault


@contextmanager
def _named() -> Iterator[None]:
    """Every way in which smtplib can fail, by kind."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as fault:
        raise Undelivered(f"login_refused_{fault.smtp_code}", blocked=True) from fault
    except smtplib.SMTPSenderRefused as fault:
        # Not the mail's fault but that of the settings: once they are right it gets through
        raise Undelivered(f"sender_refused_{fault.smtp_code}", blocked=True) from fault
    except smtplib.SMTPRecipientsRefused as fault:
        raise _by_code(next(code for code, _ in fault.recipients.values())) from fault
    except smtplib.SMTPDataError as fault:
        raise _by_code(fault.smtp_code) from fault
    except smtplib.SMTPResponseException as fault:
        raise Undelivered(f"refused_{fault.smtp_code}", blocked=True) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise Undelivered("address_unsupported", hopeless=True) from fault
    except smtplib.SMTPException as fault:
        # smtplib makes a server that fell silent one that hung up
        kind = "timed_out" if isinstance(fault.__context__, TimeoutError) else "disconnected"
        raise Undelivered(kind, blocked=True) from fault
    except ssl.SSLError as fault:
        raise Undelivered("tls_failed", blocked=True) from fault
    except gaierror as fault:
        raise Undelivered("host_unknown", blocked=True) from fault
    except TimeoutError as fault:
        raise Undelivered("timed_out", blocked=True) from fault
    except OSError as fault:
        raise Undelivered("not_connected", blocked=True) from fault
    except ValueError as fault:
        raise Undelivered("unsendable", hopeless=True) from fault


def _by_code(code: int) -> Undelivered:
    """RFC 5321, 4.2.1: 5yz is for good, 4yz for now, and 421 ends the whole talk."""
    return Undelivered(f"refused_{code}", hopeless=code >= 500, blocked=code == 421)
