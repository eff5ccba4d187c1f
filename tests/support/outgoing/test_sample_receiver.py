import re
import threading
import time
from typing import Any

import pytest

from support.database import Database
from support.outgoing import webhooks
from support.settings import PROJECT
from tests.support.outgoing.sending import add, publish, rows, send
from tests.support.receivers import Got


class TestSampleReceiver:
    """The code in docs/webhooks.md, as somebody copies it."""

    @pytest.fixture
    def sample(self) -> dict[str, Any]:
        page = (PROJECT / "docs" / "webhooks.md").read_text(encoding="utf-8")
        (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        found: dict[str, Any] = {"__name__": "sample"}
        exec(code, found)
        return found

    async def test_takes_what_we_send_and_nothing_else(
        self, database: Database, sample: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        server = sample["ThreadingHTTPServer"](("127.0.0.1", 0), sample["Receiver"])
        sample["Receiver"].log_message = lambda *_: None
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        sample["SECRET"] = (await add(database, url)).secret
        await publish(database, "order.cancelled")
        await send(database)
        assert (await rows(database))[0].last_status == 204
        assert capsys.readouterr().out == "cancelled: #A17-b\n"

        sample["SECRET"] = "whsec_another"
        await publish(database, "order.cancelled")
        await send(database)
        assert (await rows(database))[1].last_status == 401
        assert capsys.readouterr().out == ""
        server.shutdown()
        server.server_close()

    def test_refuses_what_was_changed_or_is_old(self, sample: dict[str, Any]) -> None:
        genuine = sample["is_genuine"]

        def got(ago: float, body: bytes = b"{}") -> Got:
            timestamp = str(int(time.time() - ago))
            signature = webhooks.signature("s", timestamp, body)
            return Got("/", {"Rapport-Timestamp": timestamp, "Rapport-Signature": f"v1={signature}"}, body)

        fresh = got(0)
        assert genuine("s", fresh.headers, fresh.body)
        assert not genuine("t", fresh.headers, fresh.body)
        assert not genuine("s", fresh.headers, b"{} ")
        assert not genuine("s", got(301).headers, b"{}")
        assert not genuine("s", got(-302).headers, b"{}")
        assert not genuine("s", fresh.headers | {"Rapport-Timestamp": got(10).headers["Rapport-Timestamp"]}, b"{}")
        assert not genuine("s", fresh.headers | {"Rapport-Signature": "v1=é"}, b"{}")
        assert not genuine("s", {}, b"{}")
