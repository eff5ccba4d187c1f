"""Which of several orders is meant, what they come to together, and what was only said beside a deed."""

import pytest
from sqlalchemy import select

from actions.products import ShowProduct
from actions.show_order import ShowOrder
from support.models.catalogue import Product
from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from tests.actions.asking import ask
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.three_orders import ADDRESS, CANCEL, EXCHANGE, ITEMS, clause, say, waiting, with_three_orders
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    return Talk(await with_three_orders(database))


class TestOneOrderOrSeveral:
    async def test_one_order_is_not_added_to_what_was_spoken_of_before(self, talk):
        talk.heard = ["Leave HF-1001 alone then."]
        answer = await ask(ShowOrder(), talk.customer, text="what did the order with the tablet come to in total?")
        assert answer.text.startswith("Your order HF-1003 comes to")

    @pytest.mark.parametrize("text", [
        "what did my two pending orders come to together?", "what do the pending orders HF-1001 and HF-1003 add up to?",
    ])
    async def test_several_are_added_up(self, talk, text):
        assert (await ask(ShowOrder(), talk.customer, text=text)).text.startswith("Together they come to €")


class TestNotTheOneSpokenOf:
    async def test_a_thing_that_only_an_order_on_its_way_has_tells_that_one(self, database, talk):
        async with database.write() as session:
            watch = await stocked(session, "Smart Watch", (9000, 5, {"colour": "black"}))
            await session.refresh(watch, ["variants"])
            await create_order(
                session, talk.customer, "HF-1011", lines=((watch.variants[0], 1, 9000),), status=OrderStatus.SHIPPED
            )
        talk.slots["order_number"] = "HF-1001"
        said = await talk.say("my smart watch should go to my work address instead", ADDRESS)
        assert said.startswith("The address of your order HF-1011 can't be changed any more: it is on its way.")


class TestWhichCostMore:
    async def test_two_things_that_were_bought_are_compared_and_not_the_shop_s(self, database, talk):
        async with database.write() as session:
            lamp = await stocked(session, "Chair", (9000, 5, {"colour": "red"}), (8000, 5, {"colour": "black"}))
            await session.refresh(lamp, ["variants"])
            lines = tuple((one, 1, one.price_minor) for one in lamp.variants)
            await create_order(session, talk.customer, "HF-1010", lines=lines, status=OrderStatus.DELIVERED)
        answer = await ask(
            ShowProduct(), talk.customer, text="I ordered two chairs. Which of the two is more expensive, and by how much?"
        )
        assert answer.text.endswith("The first is the dearer one, by €10.00.")
        assert answer.text.startswith("The Chair (red) in order HF-1010 cost €90.00")


class TestGoodsInAnOrder:
    async def test_the_order_that_is_named_tells_which_thing_is_meant(self, talk):
        answer = await ask(
            ShowProduct(), talk.customer, text="In my other order with the headphones, what would the lamp cost in brass?",
            slots={"order_number": "HF-1003"},
        )
        assert answer.text == "The Lamp (colour brass) is in stock and costs €35.00. That is €5.00 more than you paid for yours."


class TestWhatWasOnlySaidBeside:
    @pytest.mark.parametrize(("beside", "intent"), [
        ("What would I get back for it?", "return_items"), ("I don't need it anymore, moving is enough stuff", ITEMS),
        ("What I save goes to my PayPal", "show_payment_methods"),
    ])
    async def test_it_is_not_taken_up_again_when_all_is_done(self, talk, beside, intent):
        talk.slots["agenda"] = [{"text": beside, "intent": intent, "confidence": 0.9, "question": ""}]
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        assert "is asked for" in await talk.say("yes")
        assert waiting(talk) == []

    async def test_what_something_cost_is_where_the_plan_tells_no_sums(self, talk):
        later = {"text": "How much were the boots?", "intent": "show_product", "confidence": 0.9, "question": ""}
        talk.slots["agenda"] = [later]
        await talk.say("send the order with the tablet to my work address.", ADDRESS)
        await talk.say("yes")
        assert waiting(talk) == [("show_product", "How much were the boots?")]

    @pytest.mark.parametrize(("beside", "intent"), [("thanks.", "thank"), ("ok.", "affirm")])
    async def test_manners_before_another_wish_do_not_bring_back_the_question_that_was_open(self, talk, beside, intent):
        assert "Which of these" in await talk.say("change the address of my pending order", ADDRESS)
        said = await say(talk, clause(beside, intent, asks=False), clause("cancel the one with the tablet", CANCEL))
        assert said.startswith("May I ask why?")

    async def test_another_wish_is(self, talk):
        later = {"text": "and cancel the one with the tablet", "intent": CANCEL, "confidence": 0.9, "question": ""}
        talk.slots["agenda"] = [later]
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        await talk.say("yes")
        assert waiting(talk) == [(CANCEL, "and cancel the one with the tablet")]


class TestWhatIsThereAlready:
    async def test_what_was_received_is_in_a_delivered_order(self, database, talk):
        async with database.write() as session:
            rug = await stocked(session, "Rug runner", (4000, 5, {"colour": "blue"}))
            await session.refresh(rug, ["variants"])
            await create_order(session, talk.customer, "HF-1009", lines=((rug.variants[0], 1, 4000),), status=OrderStatus.PENDING)
        said = await talk.say("The rug I already received, I want to send it back, to my Visa", "return_items")
        assert "return from order HF-1002" in said

    async def test_who_praises_and_wishes_is_not_only_thanked(self, talk):
        said = await talk.say("Great stuff. Now my boots: I'd rather have size 9 instead, by PayPal", "give_praise")
        assert "You would exchange from order HF-1002" in said

    async def test_nobody_calls_who_wants_no_call(self, talk):
        assert await talk.say("And no person needs to call me.", "book_call_back") == "All right, nobody will call you."


class TestPlacesOfOrders:
    @pytest.fixture(autouse=True)
    async def to_work(self, shop, database, talk):
        async with database.write() as session:
            work = await session.scalar(select(Address).where(Address.label == "work"))
            tablet = await session.scalar(select(Order).where(Order.number == "HF-1003"))
            tablet.address_id = work.id
        talk.slots["order_number"] = None

    @pytest.mark.parametrize("text", [
        "Can you make my default address the same as the one my tablet is being sent to?",
        "The address my tablet order is going to is my home now, so make that my default address please",
    ])
    async def test_the_default_address_is_taken_from_where_a_thing_goes(self, talk, text):
        said = await talk.say(text, "change_default_address")
        assert "I would make Ada Lovelace, 8 Mill Lane" in said


async def test_a_thing_to_be_returned_is_in_what_has_come(database, talk):
    async with database.write() as session:
        rug = await session.scalar(select(Product).where(Product.name == "Rug"))
        await session.refresh(rug, ["variants"])
        await create_order(session, talk.customer, "HF-1007", lines=((rug.variants[0], 1, 4000),), status=OrderStatus.PENDING)
    talk.slots["order_number"] = "HF-1007"
    assert "return from order HF-1002" in await talk.say("I also got a rug I'd return, to my Visa", "return_items")


async def test_that_the_default_address_has_not_changed_changes_none(talk):
    said = await talk.say("My default address hasn't changed, right?", "change_default_address")
    assert said == "Your default address stays as it is."
