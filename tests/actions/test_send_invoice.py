"""Invoices: having one sent, and seeing which there are."""

import pytest
from sqlalchemy import select

from actions.invoices import ShowInvoices
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.outbox import Mail
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "send_invoice"


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def mails(database) -> list[tuple[str, str]]:
    """(recipient, order number) of every mail with an invoice."""
    async with database.read() as session:
        rows = await session.scalars(select(Mail))
        numbers = dict((await session.execute(select(Order.id, Order.number))).all())
        return sorted((row.recipient, numbers[row.attachment["invoice"]]) for row in rows)


class TestSending:
    async def test_it_is_sent_at_once_to_the_address_on_file(self, talk, bought, database):
        said = await talk.say("I need an invoice for my order", INTENT)
        async with database.read() as session:
            assert await session.scalar(select(Invoice.order_id)) == bought.order.id
        assert said.startswith("Done: the ")
        assert f"for your order {bought.order.number} of €52.95 is on its way to aoife@example.com. Your reference is R-" in said
        assert await mails(database) == [("aoife@example.com", bought.order.number)]
        assert not talk.form

    async def test_those_of_several_orders_are_all_sent(self, talk, bought, database):
        async with database.write() as session:
            other = await create_order(session, bought.customer, "HF-66001", paid_with=bought.card)
        said = await talk.say(f"send me the receipts for {bought.order.number} and HF-66001", INTENT)
        assert said.count("Done: the ") == 2
        assert await mails(database) == sorted(
            [("aoife@example.com", bought.order.number), ("aoife@example.com", other.number)]
        )

    async def test_only_orders_that_have_one_are_asked_about(self, talk, bought, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-66001", paid_with=bought.card)
            await create_order(session, bought.customer, "HF-66002")
        said = await talk.say("send me an invoice", INTENT)
        assert said.startswith("Which order do you want to have the invoice of?")
        assert set(talk.buttons) == {bought.order.number, "HF-66001"}

    async def test_an_order_without_payment_has_none(self, talk, bought, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-66002")
        said = await talk.say("the invoice of HF-66002 please", INTENT)
        assert said.endswith("for your order HF-66002: it isn't paid yet.")
        assert await mails(database) == []

    async def test_without_any_paid_order_there_is_nothing_to_send(self, database):
        async with database.write() as session:
            bought = await buy(session)
            await create_order(session, bought.customer)
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.CANCELLED
        assert "There is no order of yours that has been paid" in await Talk(bought.customer).say("an invoice please", INTENT)


class TestLooking:
    async def test_each_is_listed_with_its_order_and_total(self, bought):
        answer = await ask(ShowInvoices(), bought.customer, text="show my invoices")
        assert answer.text == (
            "You have 1 receipt; I can send you any of them by e-mail:\n"
            f"1. Order {bought.order.number} of 21 November · €52.95 · not sent so far"
        )
        assert list(answer.buttons) == [f"Send me the receipt for order {bought.order.number}"]
