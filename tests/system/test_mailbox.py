"""The demo's mailbox: what would be mailed shows up by itself, as text."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from desk.app import create_app
from rapport.demo_shop import site
from support.clock import now
from support.outgoing import mail
from support.policy.business import Business
from support.settings import Settings
from tests.conftest import free_port
from tests.desk.clients import VisitorClient
from tests.desk.conftest import RunningDesk, _template, serving

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
async def desk(tmp_path: Path, business: Business) -> AsyncIterator[RunningDesk]:
    """A desk with the demo shop, as `rapport run` serves it."""
    shutil.copy(_template(), tmp_path / "rapport.db")
    settings = Settings(var=tmp_path, desk_port=free_port(), rasa_port=free_port(), _env_file=None)
    app = create_app(settings, business)
    site.install(app)
    async with serving(app, settings.desk_port):
        yield RunningDesk(settings.desk_url, settings, None, app.state.desk.database)  # type: ignore[arg-type]


async def write(desk: RunningDesk, subject: str, text: str) -> None:
    await desk.do(lambda session: mail.write(
        session, recipient="ada@mail.example", subject=subject, text=text, at=now(), attachment={"invoice": "1"}
    ))


async def test_a_code_that_is_asked_for_shows_up_by_itself(desk: RunningDesk, people: Any) -> None:
    page = await (await people(desk.url)).page()
    await page.goto(f"{desk.url}/")
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Open the mailbox").click()
    box = await opened.value
    await expect(box.get_by_text("No mail yet.")).to_be_visible()
    visitor = VisitorClient(desk.url)
    await visitor.begin()
    assert (await visitor.http.post("/v1/visitor/session/code", json={"email": "ada@mail.example"})).status_code == 202
    await expect(box.locator(".mail h2")).to_have_text("Your code for Harbour & Field", timeout=10_000)
    await expect(box.locator(".mail .facts")).to_contain_text("To ada@mail.example")
    await expect(box.get_by_text("No mail yet.")).to_have_count(0)
    await visitor.close()


async def test_the_newest_is_on_top_and_all_of_it_is_text(desk: RunningDesk, people: Any) -> None:
    await write(desk, "The first", "one\ntwo")
    page = await (await people(desk.url)).page()
    await page.goto(f"{desk.url}/demo/mailbox")
    await expect(page.locator(".mail h2")).to_have_text(["The first"])
    await write(desk, HOSTILE, HOSTILE)
    await expect(page.locator(".mail h2")).to_have_text([HOSTILE, "The first"], timeout=10_000)
    await expect(page.locator(".mail .words").first).to_have_text(HOSTILE)
    await expect(page.locator(".mail .attached").first).to_have_text("Attached: invoice")
    assert await page.locator(".mail img, .mail script").count() == 0
    assert await page.locator(".mail .words").last.inner_text() == "one\ntwo"


async def test_in_production_there_is_no_mailbox(tmp_path: Path, business: Business) -> None:
    shutil.copy(_template(), tmp_path / "rapport.db")
    secrets = dict.fromkeys(("rasa_token", "actions_token", "jwt_secret", "shop_api_key"), "a secret of the tests, long enough 1")
    settings = Settings(mode="production", var=tmp_path, desk_port=free_port(), _env_file=None, **secrets)  # type: ignore[arg-type]
    async with serving(create_app(settings, business), settings.desk_port):
        visitor = VisitorClient(f"http://127.0.0.1:{settings.desk_port}")
        await visitor.begin()
        for path in ("/demo/mailbox", "/demo/mails"):
            assert (await visitor.http.get(path)).status_code == 404
        refused = await visitor.http.post("/v1/visitor/session/code", json={"email": "ada@mail.example"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "mail_unavailable")
        await visitor.close()
