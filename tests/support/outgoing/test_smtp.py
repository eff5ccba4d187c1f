"""The mail server: reached, trusted, encrypted to, and given attachments."""

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import trustme
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.errors import NotFound
from support.models.outbox import Mail
from support.outgoing import mail_delivery
from support.outgoing.mail_delivery import send_due
from support.policy.business import Business
from tests.conftest import free_port
from tests.support.outgoing.posting import MINUTE, pass_time, row, settings, written
from tests.support.smtp_servers import Post, certified, post_office

pytestmark = pytest.mark.usefixtures("nothing_private_is_logged")


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
