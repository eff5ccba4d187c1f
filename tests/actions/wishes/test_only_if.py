"""What is wanted only if an order, or a thing in it, came to more or less than a sum."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.wishes.ordered import status
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
LAMP = "HF-6390527"  # comes to €330.00 with the lamp (€40.00), the watch (€90.00) and the tablet


class TestOrder:
    @pytest.mark.parametrize("told", [
        f"If {LAMP} comes to more than €300, cancel it, no longer needed",
        f"cancel {LAMP} as no longer needed, unless it's under €300",
        f"cancel {LAMP} if the tablet cost over 150 euros, ordered by mistake",
    ])
    async def test_what_holds_is_planned_as_ever(self, talk, database, told):
        assert f"I would cancel your order {LAMP}" in await talk.say(told, "cancel_order")
        await talk.say("yes")
        assert await status(database, LAMP) == "cancelled"

    @pytest.mark.parametrize(("told", "why"), [
        (f"If {LAMP} comes to more than €400, cancel it",
         f"Your order {LAMP} comes to €330.00, which is not more than €400.00. So I leave it all as it is."),
        (f"cancel {LAMP}, but only if it's less than €300",
         f"Your order {LAMP} comes to €330.00, which is not less than €300.00. So I leave it all as it is."),
        (f"cancel {LAMP} if the tablet cost over 250 euros",
         "Your Tablet cost €200.00, which is not more than €250.00. So I leave it all as it is."),
    ])
    async def test_what_does_not_hold_is_told_and_nothing_asked(self, talk, database, told, why):
        assert await talk.say(told, "cancel_order") == why
        assert await status(database, LAMP) == "pending"

    async def test_then_comes_what_is_wanted_otherwise(self, talk):
        said = await talk.say(
            f"If {LAMP} comes to more than €400, cancel it, otherwise swap the lamp for the brass one", "cancel_order"
        )
        assert "comes to €330.00, which is not more than €400.00." in said
        assert "becomes color brass" in said

    async def test_or_an_address_does(self, talk):
        said = await talk.say(
            f"If {LAMP} comes to more than €400, cancel it, otherwise send it to 5 Elm Street, Cork, T12 AB34, Ireland",
            "cancel_order",
        )
        assert "5 Elm Street" in said
        assert f"I would send your order {LAMP}" in said

    async def test_it_is_checked_once_the_order_is_known(self, talk):
        assert "Which order" in await talk.say("cancel my order if it's over €100, no longer needed", "cancel_order")
        said = await talk.say("the one with the earbuds")
        assert "comes to €50.00, which is not more than €100.00" in said

    async def test_it_may_be_said_in_the_answer(self, talk):
        await talk.say("cancel an order, no longer needed", "cancel_order")
        said = await talk.say(f"{LAMP}, but only if it is under €100")
        assert "comes to €330.00, which is not less than €100.00" in said

    async def test_a_limit_of_a_swap_is_none(self, talk):
        said = await talk.say(f"in {LAMP} the lamp in brass if it's less than €50", "change_order_items")
        assert "becomes color brass" in said


class TestThings:
    @pytest.fixture
    async def got(self, database) -> Talk:
        async with database.write() as session:
            customer = await create_customer(session)
            card = await create_method(session, customer)
            lines = []
            for name, price in (("Desk Lamp", 4000), ("Kettle", 9000)):
                product = await stocked(session, name, (price, 5, {"color": "white"}), (price, 5, {"color": "brass"}))
                await session.refresh(product, ["variants"])
                lines.append((product.variants[0], 1, price))
            await create_order(session, customer, "HF-77", lines=tuple(lines), status=OrderStatus.DELIVERED, paid_with=card)
        return Talk(customer)

    @pytest.mark.parametrize(("told", "then"), [
        ("return the kettle if it cost more than €50", "You would return from order HF-77: Kettle"),
        ("return the lamp if it cost more than €50", "Your Desk Lamp cost €40.00, which is not more than €50.00."),
        ("if the kettle cost over €50, return the lamp", "You would return from order HF-77: Desk Lamp"),
        ("return the lamp and the kettle if they were over €120 together", "You would return from order HF-77: "),
        ("return the lamp and the kettle if they were over €150 together",
         "Your Desk Lamp and Kettle cost €130.00, which is not more than €150.00."),
    ])
    async def test_they_are_compared_too(self, got, told, then):
        assert then in await got.say(told, "return_items")
