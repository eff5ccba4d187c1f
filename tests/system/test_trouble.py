"""The widget when things go wrong, and on somebody else's page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.service.conftest import Service, start, stop
from tests.system.conftest import Person
from tests.system.pages import Shop


@pytest.fixture(scope="module")
def own_service() -> Iterator[Service]:
    with tempfile.TemporaryDirectory(prefix="rapport-trouble-") as folder:
        found = start(Path(folder), RAPPORT_ALLOWED_ORIGINS="https://shop.example")
        yield found
        stop(found)


async def test_what_is_written_while_the_desk_is_gone_arrives_once(own_service: Service, people: Any) -> None:
    shop = await Shop.visit(await people(own_service.url))
    await shop.open()
    await shop.say("hello")
    await shop.hears("What can I do for you")
    own_service.child("desk").kill()
    await shop.say("do you deliver to Spain?")
    await shop.say("what does delivery cost?")
    await shop.hears("Spain, Italy", within=40)
    await shop.hears("€4.95", within=40)
    await expect(shop.page.locator("rapport-chat .sending")).to_have_count(0)
    assert await shop.own() == ["hello", "do you deliver to Spain?", "what does delivery cost?"]


async def test_a_shop_of_another_origin_with_a_strict_policy_embeds_it(own_service: Service, people: Any) -> None:
    desk = own_service.url
    page_of_the_shop = (
        "<!doctype html><html lang=en><title>A shop</title><body><h1>A shop</h1>"
        f"<script type=module src={desk}/widget/rapport.js></script></body></html>"
    )
    socket = desk.replace("http", "ws", 1)
    policy = (
        f"default-src 'none'; script-src {desk}; style-src {desk}; connect-src {desk} {socket}; "
        "require-trusted-types-for 'script'"
    )
    person: Person = await people("https://shop.example")

    async def serve(route: Route) -> None:
        await route.fulfill(
            body=page_of_the_shop, content_type="text/html", headers={"Content-Security-Policy": policy}
        )

    await person.context.route("https://shop.example/", serve)
    shop = await Shop.visit(person)
    await shop.open()
    await shop.say("what does delivery cost?")
    await shop.hears("€4.95")
