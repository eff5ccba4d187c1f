"""A customer and an agent, each at a browser: what one does the other sees."""

from typing import Any

from playwright.async_api import expect

from tests.service.conftest import Service
from tests.system.pages import Console, Shop

NIAMH = ("niamh@harbourandfield.example", "harbour-demo-1")


async def test_from_the_bot_to_a_person_and_back(service: Service, people: Any) -> None:
    shop = await Shop.visit(await people(service.url))
    await shop.sign_in_as("Aoife Brennan")
    await shop.open()
    await shop.say("where is my order?")
    await shop.hears("Which one do you mean?")
    await shop.say("a person please")
    await shop.hears("in line")

    console = await Console.sign_in(await people(service.url), *NIAMH)
    await console.open("Aoife Brennan")
    await console.sees("Asked for a person")
    await console.sees("Signed in on the shop's website")
    await console.sees("Evergreen")
    await console.take_over()
    await console.write("Hello Aoife, Niamh here.")
    await shop.hears("Hello Aoife, Niamh here.")
    await expect(shop.page.locator("rapport-chat .names").first).to_contain_text("Niamh")
    await shop.say("thank you, Niamh")
    await console.sees("thank you, Niamh")
    await console.note("a loyal customer")
    await console.sees("a loyal customer")
    await console.hand_back()
    await shop.hears("You are back with Fern")
    await shop.say("how many points do I have")
    await shop.hears("Evergreen")
    assert "a loyal customer" not in await shop.page.content()
    assert "a loyal customer" not in await shop.log.inner_text()


async def test_a_waiting_customer_appears_in_an_open_console_by_itself(service: Service, people: Any) -> None:
    console = await Console.sign_in(await people(service.url), *NIAMH)
    await expect(console.page.locator(".inbox-row").first).to_be_visible()
    shop = await Shop.visit(await people(service.url))
    await shop.open()
    await shop.say("I want to talk to a person about my kettle")
    await shop.hears("in line")
    row = console.page.locator(".inbox-row", has_text="about my kettle")
    await expect(row).to_be_visible(timeout=5000)
    await shop.leave_the_queue()


async def test_two_tabs_show_the_same_and_nothing_twice(service: Service, people: Any) -> None:
    visitor = await people(service.url)
    first = await Shop.visit(visitor)
    await first.open()
    await first.say("do you deliver to Spain?")
    await first.hears("Spain")
    second = await Shop.visit(visitor)
    await second.open()
    await second.hears("do you deliver to Spain?")
    await second.say("thank you")
    await second.hears("welcome")
    await first.hears("thank you")
    assert await first.own() == await second.own() == ["do you deliver to Spain?", "thank you"]
    await first.page.reload()
    await first.page.wait_for_selector("rapport-chat[ready]")
    if not await first.composer.is_visible():
        await first.open()
    await first.hears("thank you")
    assert await first.own() == ["do you deliver to Spain?", "thank you"]


async def test_signing_out_wipes_the_widget(service: Service, people: Any) -> None:
    shop = await Shop.visit(await people(service.url))
    await shop.sign_in_as("Liam Gallagher")
    await shop.open()
    await shop.say("where is my parcel?")
    await shop.hears("late")
    await shop.page.evaluate("window.Rapport.signOut()")
    await expect(shop.page.locator("rapport-chat").get_by_text("late")).to_have_count(0)
    assert "late" not in str(await shop.page.evaluate("JSON.stringify({...localStorage})"))


async def test_what_looks_like_markup_is_shown_as_it_was_typed(service: Service, people: Any) -> None:
    planted = ["<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "javascript:alert(3)",
               "\"><svg onload=alert(4)>", "[x](javascript:alert(5))"]
    shop = await Shop.visit(await people(service.url))
    await shop.open()
    for text in planted:
        await shop.say(text)
        await shop.hears(text)
    await shop.say("get me a person now")
    await shop.hears("in line")
    console = await Console.sign_in(await people(service.url), *NIAMH)
    await console.page.locator(".inbox-row", has_text="get me a person now").first.click()
    for text in planted:
        await console.sees(text)
    assert await shop.own() == [*planted, "get me a person now"]
    await shop.leave_the_queue()  # complaints, dialogs among them, are looked at when the people leave


async def test_the_keyboard_alone_is_enough(service: Service, people: Any) -> None:
    shop = await Shop.visit(await people(service.url))
    page = shop.page
    await page.locator("rapport-chat .launcher").focus()
    await page.keyboard.press("Enter")
    await expect(shop.composer).to_be_focused()
    await page.keyboard.type("what does delivery cost?")
    await page.keyboard.press("Enter")
    await shop.hears("€4.95")
    await page.keyboard.press("Escape")
    await expect(page.locator("rapport-chat .launcher")).to_be_focused()
    await expect(shop.composer).to_be_hidden()
