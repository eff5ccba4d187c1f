import logging
from collections.abc import Iterator

import pytest

from tests.support.receivers import Receiver, receiving
from tests.support.smtp_servers import Post, post_office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as found:
        yield found


@pytest.fixture
def nothing_private_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    # The server of the tests has a log of its own
    said = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert [text for text in said if "@" in text or "123456" in text] == []
