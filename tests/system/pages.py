"""The widget and the console as a person finds their way in them: by names, roles and words."""

from playwright.async_api import Locator, Page, expect

from tests.system.conftest import Person


class Shop:
    """The demo shop's page with the widget on it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def visit(cls, person: Person) -> "Shop":
        page = await person.page()
        await page.goto(person.url + "/")
        await page.wait_for_selector("rapport-chat[ready]")
        return cls(page)

    async def sign_in_as(self, name: str) -> None:
        await self.page.locator(".customer", has_text=name).click()
        await expect(self.page.locator(".signed-in")).to_contain_text(name)

    async def open(self) -> None:
        await self.page.locator("rapport-chat .launcher").click()
        await expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        return self.page.locator("rapport-chat #composer")

    @property
    def log(self) -> Locator:
        return self.page.locator("rapport-chat [role=log]")

    async def say(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def hears(self, text: str, within: float = 15) -> None:
        await expect(self.log).to_contain_text(text, timeout=within * 1000)

    async def own(self) -> list[str]:
        """The texts of the customer's own bubbles, in order."""
        bubbles = await self.page.locator("rapport-chat .row.own .bubble").all_inner_texts()
        return [text.removeprefix("You:").strip() for text in bubbles]

    async def leave_the_queue(self) -> None:
        await self.page.locator("rapport-chat").get_by_role("button", name="Leave the queue").click()
        await self.hears("taken you out of the line")


class Console:
    """The agents' console."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def sign_in(cls, person: Person, email: str, password: str) -> "Console":
        page = await person.page()
        await page.goto(person.url + "/console/")
        await page.locator("#email").fill(email)
        await page.locator("#password").fill(password)
        await page.keyboard.press("Enter")
        return cls(page)

    async def open(self, who: str, section: str = "") -> None:
        await self.page.locator(".inbox-row", has_text=who).first.click()
        await expect(self.page.get_by_role("button", name="Take over")).to_be_visible()

    async def take_over(self) -> None:
        await self.page.get_by_role("button", name="Take over").click()
        await expect(self.page.get_by_role("button", name="Hand back")).to_be_visible()

    async def write(self, text: str) -> None:
        box = self.page.get_by_placeholder("Reply to the customer")
        await box.fill(text)
        await box.press("Control+Enter")

    async def note(self, text: str) -> None:
        await self.page.get_by_role("button", name="Note", exact=True).or_(
            self.page.get_by_role("tab", name="Note", exact=True)
        ).first.click()
        box = self.page.locator("textarea").last
        await box.fill(text)
        await box.press("Control+Enter")

    async def hand_back(self) -> None:
        await self.page.get_by_role("button", name="Hand back").click()
        await self.page.keyboard.press("Control+Enter")

    async def sees(self, text: str) -> None:
        await expect(self.page.get_by_text(text).first).to_be_visible()
