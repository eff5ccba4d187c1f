"""Real browsers on the real service; skipped with a line that says so only where there is no browser."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.service.conftest import service  # noqa: F401 - the fixture, for this folder too

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A shop on one loopback name may embed a desk on another
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI must have a browser"
        for item in items:
            if "tests/system" in str(item.fspath):
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine: install `chromium`"))


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        await found.close()


class Person:
    """Somebody at a browser; what their pages complain of is kept."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.complaints: list[str] = []

    async def page(self) -> Page:
        page = await self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"a dialog: {dialog.message}"))
        return page


@pytest.fixture
async def people(browser: Browser) -> AsyncIterator[Any]:
    """A maker of people, each with a browser of their own."""
    made: list[Person] = []

    async def make(url: str, **options: Any) -> Person:
        context = await browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-IE", **options)
        made.append(Person(context, url))
        return made[-1]

    yield make
    for person in made:
        await person.context.close()
    assert [c for person in made for c in person.complaints] == []

