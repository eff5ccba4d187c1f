"""Mail: what it looks like, when it is sent, and what happens if it is not taken."""

import asyncio
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from support.clock import now
from support.database import Database
from support.models.outbox import Mail
from support.outgoing import mail_delivery
from support.outgoing.mail_delivery import send_due
from support.outgoing.smtp import Undelivered, deliver
from support.policy.business import Business
from tests.support.outgoing.posting import MINUTE, MINUTES, pass_time, row, settings, written
from tests.support.smtp_servers import Post

pytestmark = pytest.mark.usefixtures("nothing_private_is_logged")


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
