"""How many orders, which of them, what they come to: exact figures over all of a customer's orders."""

from datetime import timedelta

import pytest

from actions.orders import ListOrders
from actions.purchases import ShowPurchases
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.support.shop_rows import NOW, create_customer, create_order, create_product

pytestmark = pytest.mark.usefixtures("shop")

OCTOBER = NOW - timedelta(days=30)


@pytest.fixture
async def aoife(database):
    """Two pending orders (30.00 + 4.95, 12.00), a delivered one of October (89.00), a cancelled one (500.00)."""
    async with database.write() as session:
        aoife = await create_customer(session)
        for number, lines, status, at, shipping in (
            ("HF-4", (("Mug", 2, 1500),), OrderStatus.PENDING, NOW, 495),
            ("HF-3", (("Vase", 1, 1200),), OrderStatus.PENDING, NOW - timedelta(days=1), 0),
            ("HF-2", (("Desk lamp", 1, 8900),), OrderStatus.DELIVERED, OCTOBER, 0),
            ("HF-1", (("Bench", 1, 50000),), OrderStatus.CANCELLED, NOW - timedelta(days=400), 0),
        ):
            await create_order(session, aoife, number, lines=lines, status=status, placed_at=at, shipping=shipping)
        return aoife


async def orders(aoife, text: str, **entities: str) -> str:
    return (await ask(ListOrders(), aoife, text=text, **entities)).text


async def bought(aoife, text: str, **entities: str) -> str:
    return (await ask(ShowPurchases(), aoife, text=text, **entities)).text


class TestOrders:
    async def test_how_many_by_status(self, aoife):
        said = await orders(aoife, "how many orders do I have?")
        assert said.startswith(
            "You have 4 orders, Aoife (2 waiting to be packed, 1 delivered, 1 cancelled):\n1. HF-4 · 21 November · €34.95"
        )

    async def test_a_sum_and_the_dearest_are_told_together(self, aoife):
        said = await orders(aoife, "total of all my pending orders please, and which is the most expensive one?")
        assert said.startswith(
            "You have 2 orders that are waiting to be packed, €46.95 in all with delivery.\n"
            "Your most expensive order of those is this one:\nHF-4"
        )

    async def test_which_orders_hold_a_thing(self, aoife):
        said = await orders(aoife, "which orders had the vase in them?")
        assert said.startswith("You have 1 order, Aoife:\n1. HF-3")

    @pytest.mark.parametrize(("asked", "answer"), [
        ("which of my orders are pending", "You have 2 orders that are waiting to be packed, Aoife, €46.95 in all with delivery:"),
        ("total of all my pending orders", "You have 2 orders that are waiting to be packed, Aoife, €46.95 in all with delivery:"),
        ("orders that have not been shipped yet", "You have 2 orders that are waiting to be packed, Aoife, €46.95 in all with"),
        ("which orders are still open", "You have 2 orders that are open, Aoife, €46.95 in all with delivery:"),
        ("show the orders that were cancelled", "You have 1 order that is cancelled, Aoife, €500.00 in all with delivery:"),
        ("have any of my orders been delivered", "You have 1 order that is delivered, Aoife, €89.00 in all with delivery:"),
        ("pending and delivered orders", "You have 3 orders that are waiting to be packed or delivered, Aoife, €135.95 in all"),
        ("what do all my orders come to", "You have 4 orders, Aoife, €135.95 in all with delivery without the 1 cancelled one:"),
        ("how many orders have a lamp in them", "You have 1 order, Aoife:\n1. HF-2 "),
        ("did I ever have anything returned", "You have no order that is returned or coming back, Aoife."),
        ("what was my most expensive order", "Your most expensive order is this one:\nHF-2 "),
        ("which of my pending orders is the cheapest", "Your cheapest order of those is this one:\nHF-3 · 20 November · €12.00"),
        (
            "I have two pending orders. Which of the two was more expensive?",
            "HF-4 comes to €34.95 and HF-3 to €12.00. HF-4 is the more expensive one, by €22.95.",
        ),
        (
            "What's the total of order HF-3, and what's the total of HF-2?",
            "HF-3 comes to €12.00 and HF-2 to €89.00. HF-2 is the more expensive one, by €77.00.",
        ),
        ("could you first list my pending orders with their totals", "You have 2 orders that are waiting to be packed, Aoife"),
        ("which of my pending orders have the vase in them", "You have 1 order that is waiting to be packed, Aoife"),
        ("when was my very first order", "Your first order is this one:\nHF-2 "),
    ])
    async def test_which_and_how_much(self, aoife, asked, answer):
        assert (await orders(aoife, asked)).startswith(answer)

    async def test_those_of_a_period(self, aoife):
        said = await orders(aoife, "how many orders did I place in October", period="October")
        assert said.startswith("You have 1 order placed in October 2026, Aoife:\n1. HF-2 ")
        assert await orders(aoife, "orders of May", period="May") == "You placed no order in May 2026, Aoife."

    async def test_the_only_one_that_fits_is_the_one_spoken_of_next(self, aoife):
        answer = await ask(ListOrders(), aoife, text="which orders were delivered")
        assert answer.slots == {"order_number": "HF-2"}
        assert list(answer.buttons) == ["Show HF-2", "My orders"]

    async def test_those_that_may_still_come_back(self, aoife):
        said = await orders(aoife, "which orders can I return")
        assert said.startswith("You have 1 order that is open to a return or an exchange, Aoife")

    async def test_more_than_a_page_is_added_up_too(self, database):
        async with database.write() as session:
            aoife = await create_customer(session)
            for age in range(203):
                await create_order(session, aoife, lines=(), shipping=100, placed_at=NOW - timedelta(days=age))
        said = await orders(aoife, "what is the total of all my orders")
        assert said.startswith("You have 203 orders, Aoife, €203.00 in all with delivery:")
        assert said.endswith("and 195 older orders.")

    async def test_the_plain_list_stays_as_it_was(self, aoife):
        assert (await orders(aoife, "my orders")).startswith("You have 4 orders with us, Aoife:\n1. HF-4 ")


class TestSpent:
    async def test_in_a_month(self, aoife):
        assert await bought(aoife, "how much did I spend last month", period="last month") == (
            "Last month you spent €89.00 with us, Aoife: 1 thing in order HF-2, delivery included and cancelled orders "
            "not:\n1. Desk lamp: €89.00"
        )

    async def test_in_total(self, aoife):
        assert (await bought(aoife, "how much have I spent with you in total?")).startswith(
            "So far you spent €135.95 with us, Aoife: 4 things in 3 orders, delivery included and cancelled orders not:\n"
            "1. Desk lamp: €89.00\n2. 2 × Mug: €30.00\n3. Vase: €12.00"
        )

    async def test_on_the_average(self, aoife):
        assert "That is €45.32 an order:" in await bought(aoife, "what do I spend on average per order")

    async def test_on_one_kind_of_thing(self, aoife):
        assert await bought(aoife, "how much did I pay for mugs?") == (
            "So far you bought 2 things like that for €30.00, in HF-4 of 21 November:\n1. 2 × Mug: €30.00"
        )
        assert "in HF-2 of 22 October" in await bought(aoife, "did I buy a lamp from you")

    async def test_what_was_never_bought_is_said_to_be_so(self, aoife, database):
        async with database.write() as session:
            await create_product(session, "Kettle")
        assert await bought(aoife, "did I ever buy a kettle", period="ever") == (
            "So far you bought nothing like that from us, Aoife."
        )

    async def test_the_one_that_was_told_is_the_one_spoken_of(self, aoife):
        answer = await ask(ListOrders(), aoife, text="which of my pending orders is the cheapest", intent="list_orders")
        assert answer.slots["order_number"] == "HF-3"


@pytest.mark.parametrize(("text", "said"), [
    ("what do the mug order and the vase order come to together?", ()), ("I mean both added up", ("and the mug one?", "what about the vase order?")),
    ("how much do I pay in total for those two orders, the one with the mug and the one with the vase?", ()),
])
async def test_orders_that_are_named_are_added_up(aoife, text, said):
    answer = await ask(ListOrders(), aoife, text=text, said=said)
    assert answer.text == "Together they come to €46.95: €34.95 for order HF-4 and €12.00 for order HF-3."
