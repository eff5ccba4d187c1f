"""A customer's own records as one turn needs them: each read once, when it is first asked for."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from support.grounding.known_lines import KnownLines
from support.identity import Speaker
from support.ordering import order_addresses, orders
from support.ordering.order_views import OrderDetail, OrderSummary
from support.pages import MOST
from support.paying import payment_methods
from support.paying.payment_methods import Method
from support.people import address_book
from support.people.address_book import SavedAddress
from support.points import rewards
from support.points.rewards import Rewards
from support.policy.business import Business
from support.products import catalogue
from support.products.product_views import Category, ProductDetail, ProductList, ProductName
from support.returning import returnable

MOST_ORDERS = 100  # the newest ones; older ones are found by their number
MOST_FOUND = 20  # products that are looked through


class Records:
    """What use cases tell of one speaker, kept for the length of a turn."""

    def __init__(self, session: AsyncSession, speaker: Speaker) -> None:
        self._session, self._speaker = session, speaker
        self._kept: dict[tuple[str, str], Any] = {}

    def forget(self) -> None:
        """What was read is no longer so: something has been changed in the same turn."""
        self._session.expunge_all()
        self._kept.clear()

    async def orders(self) -> tuple[OrderSummary, ...]:
        """The newest orders, newest first."""
        async def read() -> tuple[OrderSummary, ...]:
            return (await orders.list_orders(self._session, self._speaker, limit=MOST_ORDERS)).orders
        return await self.once("orders", "", read)

    async def all_orders(self) -> tuple[OrderSummary, ...]:
        """Every order there is, newest first."""
        async def read() -> tuple[OrderSummary, ...]:
            page = await orders.list_orders(self._session, self._speaker, limit=MOST)
            every = list(page.orders)
            while page.older:
                page = await orders.list_orders(self._session, self._speaker, limit=MOST, before=every[-1].id)
                every += page.orders
            return tuple(every)
        return await self.once("all orders", "", read)

    def known_lines(self, order: OrderSummary) -> KnownLines:
        """The words of an order's lines, read once a turn however many clauses are held against them."""
        if (kept := ("known lines", order.id)) not in self._kept:
            self._kept[kept] = KnownLines(order.lines)
        known: KnownLines = self._kept[kept]
        return known

    async def order(self, order_id: str) -> OrderDetail:
        """Raises NotFound."""
        return await self.once("order", order_id, lambda: orders.one(self._session, self._speaker, order_id))

    async def methods(self) -> tuple[Method, ...]:
        """The ways to pay, the default first."""
        return await self.once("methods", "", lambda: payment_methods.list_methods(self._session, self._speaker))

    async def addresses(self) -> tuple[SavedAddress, ...]:
        """The address book, the default first."""
        return await self.once("addresses", "", lambda: address_book.address_book(self._session, self._speaker))

    async def sent_to(self) -> dict[str, SavedAddress]:
        """{number of an order: where it goes}, the newest orders first"""
        return await self.once("sent to", "", lambda: order_addresses.sent_to(self._session, self._speaker))

    async def product(self, product_id: str) -> ProductDetail:
        """A product with all its variants, by its id. Raises NotFound."""
        return await self.once(
            "product", product_id, lambda: catalogue.product(self._session, self._speaker, product_id)
        )

    async def products(self) -> tuple[ProductName, ...]:
        """What every product is called."""
        return await self.once("products", "", lambda: catalogue.names(self._session, self._speaker))

    async def found(self, words: str) -> ProductList:
        """The products that fit the words, by category and description too."""
        return await self.once(
            "found", words, lambda: catalogue.search(self._session, self._speaker, words, limit=MOST_FOUND)
        )

    async def categories(self) -> tuple[Category, ...]:
        """The kinds of goods, by name."""
        return await self.once("categories", "", lambda: catalogue.categories(self._session, self._speaker))

    async def to_be_had(
        self, categories: tuple[str, ...], at_least_minor: int = 0, at_most_minor: int | None = None, *,
        dearest_first: bool = False,
    ) -> ProductList:
        """What is in stock at such a price, the cheapest first unless the dearest shall be."""
        return await catalogue.to_be_had(
            self._session, self._speaker, categories=categories, at_least_minor=at_least_minor,
            at_most_minor=at_most_minor, dearest_first=dearest_first, limit=MOST_FOUND,
        )

    async def rewards(self, business: Business, at: datetime) -> Rewards:
        """What points buy, the cheapest first."""
        return await self.once(
            "rewards", "", lambda: rewards.rewards(self._session, self._speaker, business=business, at=at)
        )

    async def may_come_back(self, business: Business, at: datetime) -> dict[str, date]:
        """{order id: until which day things of it may come back}"""
        return await self.once(
            "may come back", "",
            lambda: returnable.may_come_back(self._session, self._speaker, business=business, at=at),
        )

    async def once[R](self, kind: str, what: str, read: Callable[[], Awaitable[R]]) -> R:
        """What `read` tells, read only once for the same `what` of a `kind`."""
        if (kind, what) not in self._kept:
            self._kept[kind, what] = await read()
        found: R = self._kept[kind, what]
        return found
