"""Mail by a real SMTP server: once, in its right form, again when it did not get through, and given up in the end."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import trustme
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.clock import now
from support.database import Database
from support.errors import NotFound
from support.models.outbox import Mail
from support.outgoing import mail, mail_delivery
from support.outgoing.mail_delivery import send_due
from support.outgoing.smtp import Undelivered, deliver
from support.policy.business import Business
from support.settings import Settings
from tests.conftest import free_port
from tests.support.smtp_servers import Post, certified, post_office

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


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_private_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    # The server of the tests has a log of its own
    said = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert [text for text in said if "@" in text or "123456" in text] == []


class TestMessage:
    async def test_is_what_was_written_from_the_shop_and_marked_as_a_machines(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        mail_id = await written(database, subject="Your code", text="Hello,\n\nyour code is 123456.\n")
        assert await send_due(database, settings(post.port), rules) == 1
        (taken,) = post.taken
        assert (taken.sender, taken.recipients) == ("hello@example.com", ["aoife@example.com"])
        message = taken.message
        assert message["From"].addresses[0].display_name == "Test & Sons"
        assert message["From"].addresses[0].addr_spec == "hello@example.com"
        assert (message["To"], message["Subject"]) == ("aoife@example.com", "Your code")
        assert message["Message-ID"] == f"<{mail_id}@example.com>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert abs(message["Date"].datetime - now()) < MINUTE
        assert message.get_content() == "Hello,\n\nyour code is 123456.\n"
        sent = await row(database, mail_id)
        assert (sent.due_at, sent.dead_at, sent.last_error, sent.attempts) == (None, None, None, 1)
        assert sent.sent_at is not None
        assert abs(sent.sent_at - now()) < MINUTE

    async def test_keeps_letters_of_all_kinds_and_long_lines(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        shop = rules.shop.model_copy(update={"name": "Café Łódź ☕"})
        text = "Grüße, 你好, emoji 🎁\n" + "a long line " * 200 + "\n.\nafter a lone dot\n"
        await written(database, subject="Größe „M“ – 你好 " + "very " * 20, text=text)
        assert await send_due(database, settings(post.port), rules.model_copy(update={"shop": shop})) == 1
        message = post.taken[0].message
        assert message["From"].addresses[0].display_name == "Café Łódź ☕"
        assert message["Subject"].startswith("Größe „M“ – 你好 very very")
        assert message.get_content() == text

    async def test_comes_from_the_address_in_the_settings(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        await written(database)
        await send_due(database, settings(post.port, smtp_from="bot@mail.example"), rules)
        assert post.taken[0].sender == "bot@mail.example"
        assert post.taken[0].message["From"].addresses[0].addr_spec == "bot@mail.example"

    async def test_no_header_can_be_smuggled_in(self, database: Database, rules: Business, post: Post) -> None:
        await written(database, subject="Hi\r\nBcc: eve@example.com\n\nbody", text="Subject: x\r\n\r\nBcc: y\r\n")
        assert await send_due(database, settings(post.port), rules) == 1
        (taken,) = post.taken
        assert taken.recipients == ["aoife@example.com"]
        assert taken.message["Bcc"] is None
        assert taken.message["Subject"] == "Hi Bcc: eve@example.com body"

    async def test_reaches_a_domain_beyond_ascii(self, database: Database, rules: Business, post: Post) -> None:
        await written(database, recipient="aoife@exämple.com")
        assert await send_due(database, settings(post.port), rules) == 1
        assert post.taken[0].recipients == ["aoife@xn--exmple-cua.com"]

    @pytest.mark.parametrize(
        "recipient", ["a@example.com, b@example.com", "a@example.com\r\nRCPT TO:<b@example.com>", "a@example.com>", "",
                      "jösé@example.com"],
    )
    async def test_to_what_is_no_plain_address_is_given_up_and_never_sent(
        self, database: Database, rules: Business, post: Post, recipient: str
    ) -> None:
        mail_id = await written(database, recipient=recipient)
        assert await send_due(database, settings(post.port), rules) == 0
        dead = await row(database, mail_id)
        assert dead.dead_at is not None
        assert dead.last_error == "unsendable"
        assert post.taken == []


class TestSendDue:
    async def test_sends_nothing_without_a_server_and_leaves_it_due(self, database: Database, rules: Business) -> None:
        mail_id = await written(database)
        assert await send_due(database, settings(1, smtp_host=""), rules) == 0
        left = await row(database, mail_id)
        assert (left.attempts, left.sent_at) == (0, None)
        assert left.due_at is not None

    async def test_sends_each_once_and_none_before_its_time(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        await written(database, 3)
        later = await written(database, at=now() + timedelta(hours=1))
        assert await send_due(database, settings(post.port), rules) == 3
        assert await send_due(database, settings(post.port), rules) == 0
        assert len({taken.message["Message-ID"] for taken in post.taken}) == 3
        assert (await row(database, later)).attempts == 0

    async def test_by_several_workers_at_once_sends_each_once(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        await written(database, 12)
        counts = await asyncio.gather(*(send_due(database, settings(post.port), rules) for _ in range(4)))
        assert sum(counts) == len(post.taken) == 12
        assert len({taken.message["Message-ID"] for taken in post.taken}) == 12

    async def test_takes_up_what_a_worker_left_that_died_while_sending(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        mail_id = await written(database)
        due_at = (await row(database, mail_id)).due_at
        assert due_at is not None
        assert await mail_delivery._claim(database, mail_id, due_at) is not None
        assert await send_due(database, settings(post.port), rules) == 0
        pass_time(timedelta(minutes=10, seconds=1))
        assert await send_due(database, settings(post.port), rules) == 1
        assert (await row(database, mail_id)).attempts == 2

    async def test_a_worker_whose_lease_has_run_out_changes_nothing_any_more(
        self, database: Database, rules: Business
    ) -> None:
        mail_id = await written(database)
        due_at = (await row(database, mail_id)).due_at
        assert due_at is not None
        first = await mail_delivery._claim(database, mail_id, due_at)
        assert first is not None
        assert await mail_delivery._claim(database, mail_id, due_at) is None
        second = await mail_delivery._claim(database, mail_id, first.leased_until)
        assert second is not None
        await mail_delivery._settle(database, first, due_at=None, dead_at=now(), last_error="too late")
        assert (await row(database, mail_id)).dead_at is None


class TestRefusals:
    async def test_for_now_is_tried_again_after_a_minute(self, database: Database, rules: Business, post: Post) -> None:
        mail_id = await written(database)
        post.to_recipients = ["450 later"]
        assert await send_due(database, settings(post.port), rules) == 0
        waiting = await row(database, mail_id)
        assert (waiting.last_error, waiting.attempts, waiting.dead_at) == ("refused_450", 1, None)
        assert waiting.due_at is not None
        assert abs(waiting.due_at - now() - MINUTE) < timedelta(seconds=20)
        assert await send_due(database, settings(post.port), rules) == 0
        pass_time(MINUTE)
        assert await send_due(database, settings(post.port), rules) == 1
        assert (await row(database, mail_id)).last_error is None

    async def test_for_now_again_and_again_wait_longer_and_end_after_six_attempts(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        mail_id = await written(database)
        post.to_mails = ["451 busy"] * 6
        for minutes in MINUTES:
            assert await send_due(database, settings(post.port), rules) == 0
            waiting = await row(database, mail_id)
            assert waiting.due_at is not None
            assert abs(waiting.due_at - now() - minutes * MINUTE) < timedelta(seconds=20)
            pass_time(minutes * MINUTE - timedelta(seconds=30))
            assert await send_due(database, settings(post.port), rules) == 0
            assert (await row(database, mail_id)).attempts == waiting.attempts
            pass_time(timedelta(seconds=30))
        assert await send_due(database, settings(post.port), rules) == 0
        dead = await row(database, mail_id)
        assert (dead.due_at, dead.last_error, dead.attempts) == (None, "refused_451", 6)
        assert dead.dead_at is not None
        assert post.begun == 6

    @pytest.mark.parametrize("what", ["to_recipients", "to_mails"])
    async def test_for_good_is_given_up_at_once_and_holds_up_no_other(
        self, database: Database, rules: Business, post: Post, what: str
    ) -> None:
        mail_id = await written(database)
        other = await written(database, at=now() - MINUTE / 2)
        setattr(post, what, ["550 no such mailbox"])
        assert await send_due(database, settings(post.port), rules) == 1
        dead = await row(database, mail_id)
        assert (dead.due_at, dead.last_error, dead.attempts) == (None, "refused_550", 1)
        assert dead.dead_at is not None
        assert (await row(database, other)).sent_at is not None

    async def test_of_the_sender_is_the_settings_fault_so_the_mail_waits(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        mail_id = await written(database, 2)
        post.to_senders = ["550 not your name"]
        assert await send_due(database, settings(post.port), rules) == 0
        assert post.begun == 1
        async with database.read() as session:
            found = list(await session.scalars(select(Mail)))
        assert sorted((one.last_error or "", one.dead_at) for one in found) == [("", None), ("sender_refused_550", None)]
        pass_time(2 * MINUTE)
        assert await send_due(database, settings(post.port), rules) == 2
        assert (await row(database, mail_id)).sent_at is not None


def test_what_the_server_cannot_spell_is_given_up(post: Post) -> None:
    with pytest.raises(Undelivered) as refused:
        deliver(settings(post.port), EmailMessage(), sender="a@example.com", recipient="jösé@example.com")
    assert (refused.value.kind, refused.value.hopeless) == ("address_unsupported", True)


def test_a_line_end_in_an_address_never_reaches_the_server(post: Post) -> None:
    with pytest.raises(Undelivered) as refused:
        deliver(settings(post.port), EmailMessage(), sender="a@example.com", recipient="b@example.com\r\nDATA")
    assert (refused.value.kind, refused.value.hopeless) == ("unsendable", True)
    assert post.taken == []


class TestServer:
    async def test_that_is_down_ends_the_round_and_gets_all_once_it_is_up(
        self, database: Database, rules: Business
    ) -> None:
        port = free_port()
        await written(database, 3)
        assert await send_due(database, settings(port), rules) == 0
        async with database.read() as session:
            errors = list(await session.scalars(select(Mail.last_error)))
        assert sorted(errors, key=str) == [None, None, "not_connected"]
        pass_time(2 * MINUTE)
        with post_office(port) as post:
            assert await send_due(database, settings(port), rules) == 3
        assert len(post.taken) == 3

    async def test_whose_name_is_unknown_is_tried_again(self, database: Database, rules: Business) -> None:
        mail_id = await written(database)
        await send_due(database, settings(25, smtp_host="mail.invalid"), rules)
        assert (await row(database, mail_id)).last_error == "host_unknown"

    @pytest.mark.parametrize("security", ["none", "tls"])
    async def test_that_says_nothing_is_given_up_waiting_for(
        self, database: Database, rules: Business, monkeypatch: pytest.MonkeyPatch, security: str
    ) -> None:
        monkeypatch.setattr("support.outgoing.smtp.PATIENCE", 0.2)
        mail_id = await written(database)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            await send_due(database, settings(silent.getsockname()[1], smtp_security=security), rules)
        assert (await row(database, mail_id)).last_error == "timed_out"

    @pytest.mark.parametrize(("says", "kind"), [(b"421 too busy\r\n", "refused_421"), (b"", "disconnected")])
    async def test_that_hangs_up_at_once_is_tried_again(
        self, database: Database, rules: Business, says: bytes, kind: str
    ) -> None:
        async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(says)
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        mail_id = await written(database)
        await send_due(database, settings(server.sockets[0].getsockname()[1]), rules)
        server.close()
        assert (await row(database, mail_id)).last_error == kind

    async def test_gets_the_login_of_the_settings(self, database: Database, rules: Business) -> None:
        mail_id = await written(database)
        with post_office(login=True) as post:
            wrong = settings(post.port, smtp_username="shop", smtp_password="a wrong one")
            assert await send_due(database, wrong, rules) == 0
            assert (await row(database, mail_id)).last_error == "login_refused_535"
            pass_time(2 * MINUTE)
            beyond = settings(post.port, smtp_username="shop", smtp_password="pässword")
            assert await send_due(database, beyond, rules) == 0
            assert (await row(database, mail_id)).last_error == "login_impossible"
            pass_time(6 * MINUTE)
            right = settings(post.port, smtp_username="shop", smtp_password="a password")
            assert await send_due(database, right, rules) == 1
        assert post.taken[0].login == "shop"


class TestEncryption:
    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @pytest.fixture
    def trusted(self, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with authority.cert_pem.tempfile() as path:
            monkeypatch.setenv("SSL_CERT_FILE", path)
            yield

    @pytest.mark.usefixtures("trusted")
    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_is_used_as_the_settings_say(
        self, database: Database, rules: Business, authority: trustme.CA, security: str
    ) -> None:
        await written(database)
        with post_office(tls=certified(authority), at_once=security == "tls") as post:
            known = settings(post.port, smtp_security=security, smtp_username="shop", smtp_password="a password")
            assert await send_due(database, known, rules) == 1
        assert [(taken.encrypted, taken.login) for taken in post.taken] == [(True, "shop")]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_with_a_certificate_that_nobody_trusts_is_refused(
        self, database: Database, rules: Business, authority: trustme.CA, security: str
    ) -> None:
        mail_id = await written(database)
        with post_office(tls=certified(authority), at_once=security == "tls") as post:
            assert await send_due(database, settings(post.port, smtp_security=security), rules) == 0
        assert (await row(database, mail_id)).last_error == "tls_failed"
        assert (post.begun, post.taken) == (0, [])

    async def test_that_the_server_has_not_is_demanded_before_a_word_is_said(
        self, database: Database, rules: Business, post: Post
    ) -> None:
        mail_id = await written(database)
        known = settings(post.port, smtp_security="starttls", smtp_username="shop", smtp_password="a password")
        assert await send_due(database, known, rules) == 0
        waiting = await row(database, mail_id)
        assert (waiting.last_error, waiting.dead_at) == ("starttls_missing", None)
        assert (post.begun, post.taken) == (0, [])


class TestAttachment:
    async def test_is_made_when_the_mail_is_sent(
        self, database: Database, rules: Business, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def make(_: AsyncSession, value: Any, business: Business) -> mail_delivery.Attachment:
            return f"{value} – {business.shop.name}.pdf", "application/pdf", b"%PDF-1.7\r\n\x00\xff"

        monkeypatch.setitem(mail_delivery.ATTACHMENTS, "proof", make)
        await written(database, attachment={"proof": "HF-1"})
        assert await send_due(database, settings(post.port), rules) == 1
        message = post.taken[0].message
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == "HF-1 – Test & Sons.pdf"
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_content() == b"%PDF-1.7\r\n\x00\xff"
        body = message.get_body()
        assert body is not None
        assert body.get_content() == "A line.\n"

    @pytest.mark.parametrize(
        ("fault", "error", "is_dead"),
        [(NotFound(), "attachment_not_found", True), (ZeroDivisionError("aoife@example.com"),
         "attachment_failed_ZeroDivisionError", False)],
    )
    async def test_that_cannot_be_made_sends_nothing(
        self, database: Database, rules: Business, post: Post, monkeypatch: pytest.MonkeyPatch, fault: Exception,
        error: str, is_dead: bool,
    ) -> None:
        async def fail(*_: Any) -> mail_delivery.Attachment:
            raise fault

        monkeypatch.setitem(mail_delivery.ATTACHMENTS, "proof", fail)
        mail_id = await written(database, attachment={"proof": "HF-1"})
        assert await send_due(database, settings(post.port), rules) == 0
        found = await row(database, mail_id)
        assert (found.last_error, found.dead_at is not None) == (error, is_dead)
        assert post.taken == []

    async def test_that_nobody_here_can_make_waits(self, database: Database, rules: Business, post: Post) -> None:
        mail_id = await written(database, attachment={"a thing": 1})
        assert await send_due(database, settings(post.port), rules) == 0
        assert (await row(database, mail_id)).last_error == "attachment_unknown"
        assert post.taken == []
