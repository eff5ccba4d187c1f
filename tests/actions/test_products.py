"""Questions about goods, as anybody asks them: how many, which is cheapest, whether it is in stock."""

import pytest

from actions.categories import ShowCategories
from actions.products import SearchProducts, ShowProduct
from support.models.catalogue import Variant
from tests.actions.asking import ask
from tests.actions.stocking import stocked, told

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def goods(database) -> None:
    """Six T-shirts of which two are sold out, two kettles, a lamp without options, and a garden hose."""
    async with database.write() as session:
        await stocked(
            session, "T-Shirt",
            (1900, 4, {"colour": "blue", "size": "S"}), (1950, 3, {"colour": "blue", "size": "M"}),
            (2000, 0, {"colour": "blue", "size": "XL"}), (1800, 0, {"colour": "black", "size": "S"}),
            (2100, 1, {"colour": "black", "size": "M"}), (2200, 9, {"colour": "black", "size": "XL"}),
            category="Clothes", description="Soft cotton.",
        )
        await stocked(session, "Tea Kettle", (4500, 2, {"capacity": "1 litre"}), (5200, 2, {"capacity": "1.5 litres"}))
        await stocked(session, "Electric Kettle", (6900, 0, {"capacity": "1 litre"}), (7500, 5, {"capacity": "2 litres"}))
        await stocked(session, "Desk Lamp", (8900, 3, {}), category="Lighting", description="A dimmer in its foot.")
        await stocked(session, "Garden Hose", (3000, 7, {}), category="Garden")


class TestOneProduct:
    @pytest.mark.parametrize(("asked", "answer"), [
        ("how many t-shirt options are available right now",
         "4 options of the T-Shirt are in stock right now; there are 6 in all, and 2 are sold out just now."),
        ("How many blue T-shirts options have you got?",
         "2 options of the T-Shirt with colour blue are in stock right now; there are 3 in all, and 1 is sold out just now."),
        ("how many colours does the tee come in", "The T-Shirt comes in 2 colours: black and blue."),
        ("how many pieces of the black shirt are left",
         "We have 10 pieces of the T-Shirt with colour black in stock right now, in 2 options."),
        ("which is the cheapest t-shirt",
         "The cheapest T-Shirt in stock is the one with colour blue, size S: €19.00. The one for €18.00 (colour black, "
         "size S) is sold out just now."),
        ("the most expensive tshirt", "The most expensive T-Shirt in stock is the one with colour black, size XL: €22.00."),
        ("cheapest black t-shirt please",
         "The cheapest T-Shirt with colour black in stock is the one with colour black, size M: €21.00. The one for "
         "€18.00 (colour black, size S) is sold out just now."),
        ("what sizes does the t-shirt come in", "The T-Shirt comes in size S, M and XL."),
        ("which sizes of the t-shirt do you have in blue",
         "The T-Shirt with colour blue comes in size S, M and XL; XL is sold out just now."),
        ("is the blue t-shirt in size M in stock?",
         "The T-Shirt (colour blue, size M) is in stock and costs €19.50."),
        ("how much is a black T-shirt, XL", "The T-Shirt (colour black, size XL) is in stock and costs €22.00."),
        ("do you have the t-shirt in blue, size XL",
         "The T-Shirt with colour blue, size XL is sold out just now. These come nearest and are in stock:\n"
         "1. colour blue, size S · €19.00\n2. colour blue, size M · €19.50\n3. colour black, size XL · €22.00"),
        ("is there a pink t-shirt",
         "The T-Shirt doesn't come in “pink”. It comes in colour black and blue; size S, M and XL. These come nearest and "
         "are in stock:\n1. colour blue, size S · €19.00\n2. colour blue, size M · €19.50\n3. colour black, size M · €21.00"),
        ("can I have the t-shirt in blue XL, or in black if that is sold out",
         "The T-Shirt with colour blue, size XL is sold out just now. But this is in stock:\n1. colour black, size XL · €22.00"),
        ("what is the price difference between the black and the blue t-shirt in M",
         "T-Shirt: black costs €21.00 and blue costs €19.50: black is €1.50 more."),
        ("what's the difference between the cheapest and the most expensive t-shirt",
         "The T-Shirt in stock costs from €19.00 (colour blue, size S) to €22.00 (colour black, size XL): the difference is "
         "€3.00."),
        ("any t-shirts that aren't black?",
         "The T-Shirt with colour blue is in stock in 2 options (1 more is sold out):\n1. colour blue, size S · €19.00\n"
         "2. colour blue, size M · €19.50"),
        ("a t-shirt in any size but S", "The T-Shirt with size M or XL is in stock in 3 options (1 more is sold out):\n"
         "1. colour blue, size M · €19.50\n2. colour black, size M · €21.00\n3. colour black, size XL · €22.00"),
        ("which t-shirts are sold out",
         "2 options of the T-Shirt are sold out just now:\n1. colour black, size S · €18.00\n2. colour blue, size XL · €20.00"),
        ("how much does the desk lamp cost", "The Desk Lamp costs €89.00."),
        ("tell me about the desk lamp", "Desk Lamp: A dimmer in its foot.\nThe Desk Lamp costs €89.00. It is in stock."),
        ("tell me about the t-shirt",
         "T-Shirt: Soft cotton.\nThe T-Shirt costs €18.00 to €22.00. 4 options of 6 are in stock right now.\n"
         "It comes in colour black and blue.\nIt comes in size S, M and XL."),
        ("do you have a t-shirt under 19.20", "The T-Shirt (colour blue, size S) is in stock and costs €19.00. 1 other option "
         "like that is sold out."),
        ("a desk lamp for less than 50 euros",
         "There is no Desk Lamp for up to €50.00. The Desk Lamp costs €89.00. This comes nearest and is in stock:\n"
         "1. standard · €89.00"),
    ])
    async def test_exactly_what_is_asked_is_answered(self, goods, asked, answer):
        assert await told(asked) == answer

    async def test_two_things_in_one_question_are_both_answered_each_by_its_own_words(self, goods):
        assert await told("how much are the blue t-shirt in S and the 2 litre electric kettle?") == (
            "The T-Shirt (colour blue, size S) is in stock and costs €19.00.\n"
            "The Electric Kettle (capacity 2 litres) is in stock and costs €75.00."
        )

    async def test_what_was_spoken_of_last_needs_no_name(self, goods):
        first = await ask(ShowProduct(), text="how much is the t-shirt in blue, size S")
        assert first.slots["product"]
        assert await told("and in black, M?", slots=first.slots) == (
            "The T-Shirt (colour black, size M) is in stock and costs €21.00."
        )
        assert (await told("how many options does it have in stock", slots=first.slots)).startswith("4 options of the T-Shirt")

    async def test_a_word_that_is_an_option_of_what_is_named_names_nothing_else(self, goods, database):
        async with database.write() as session:
            await stocked(session, "Bookshelf", (9000, 2, {"material": "glass"}), (8000, 2, {"material": "wood"}))
            await stocked(session, "Wine glasses", (3200, 2, {}))
        assert await told("is there a bookshelf in glass?") == "The Bookshelf (material glass) is in stock and costs €90.00."

    @pytest.mark.parametrize(("asked", "price"), [
        ("which is the cheapest t-shirt", 1900), ("how much is a black T-shirt, XL", 2200), ("do you have blue t-shirts", None),
    ])
    async def test_the_one_that_the_answer_came_to_is_remembered(self, goods, database, asked, price):
        told = await ask(ShowProduct(), text=asked)
        async with database.read() as session:
            variant = await session.get(Variant, told.slots["variant"]) if told.slots["variant"] else None
        assert (variant and variant.price_minor) == price

    async def test_another_thing_that_we_do_not_have_is_not_taken_for_the_one_before(self, goods):
        first = await ask(ShowProduct(), text="how much is the t-shirt in blue, size S")
        answer = await ask(SearchProducts(), text="do you have pianos", slots=first.slots)
        assert answer.text.startswith("I can't find anything for “do you have pianos”. Tell me the name")
        assert "Clothes" in answer.buttons
        other = await ask(ShowProduct(), text="I need a piano that is black, what does it cost", slots=first.slots)
        assert other.text.startswith("I can't find anything")

    async def test_a_product_that_is_gone_from_the_catalogue_is_no_context(self, goods):
        assert "Tell me the name of the thing" in await told("and in black?", slots={"product": "gone"})


class TestManyProducts:
    @pytest.mark.parametrize(("asked", "answer"), [
        ("do you have kettles",
         "We have these:\n1. Electric Kettle: €75.00, 1 option in stock\n2. Tea Kettle: €45.00 to €52.00, 2 options in stock"),
        ("which kettle is the cheapest", "The cheapest in stock is the Tea Kettle (capacity 1 litre): €45.00."),
        ("how many kettles do you sell",
         "We have 2 products like that, in 3 options that are in stock right now:\n1. Electric Kettle: €75.00, 1 option in "
         "stock\n2. Tea Kettle: €45.00 to €52.00, 2 options in stock"),
        ("any kettle under 50", "We have these:\n1. Tea Kettle: €45.00, 1 option in stock"),
        ("looking for a gift between 20 and 31 euros",
         "This is in stock from €20.00 up to €31.00, the cheapest first:\n1. T-Shirt: €21.00 to €22.00\n2. Garden Hose: €30.00"),
        ("something for the garden", "This is in stock in Garden, the cheapest first:\n1. Garden Hose: €30.00"),
        ("anything for the kitchen under 5",
         "We have nothing in Kitchen up to €5.00 in stock just now. The cheapest we have in Kitchen:\n"
         "1. Tea Kettle: €45.00 to €52.00\n2. Electric Kettle: €75.00"),
        ("something with a dimmer", "Desk Lamp: A dimmer in its foot.\nThe Desk Lamp costs €89.00. It is in stock."),
        ("what is the cheapest thing you sell?",
         "Of everything in stock it is the T-Shirt. The cheapest T-Shirt in stock is the one with colour blue, size S: €19.00. "
         "The one for €18.00 (colour black, size S) is sold out just now."),
        ("the most expensive product you have",
         "Of everything in stock it is the Desk Lamp. There is only one Desk Lamp, for €89.00."),
        ("the cheapest thing for the kitchen", "Of everything in stock in Kitchen it is the Tea Kettle. The cheapest Tea Kettle "
         "in stock is the one with capacity 1 litre: €45.00."),
    ])
    async def test_they_are_listed_counted_and_compared(self, goods, asked, answer):
        assert await told(asked, search=True) == answer

    async def test_each_gets_a_button_that_says_its_name(self, goods):
        assert (await ask(SearchProducts(), text="kettles?")).buttons == {
            "Electric Kettle": "Electric Kettle", "Tea Kettle": "Tea Kettle",
        }


class TestCategories:
    async def test_each_kind_with_what_is_in_stock(self, goods):
        answer = await ask(ShowCategories(), text="what kinds of things do you have")
        assert answer.text == (
            "We have 5 products of 4 kinds, 9 options of them in stock:\n"
            "1. Clothes: 1 product, 4 options in stock, €18.00 to €22.00\n"
            "2. Garden: 1 product, 1 option in stock, €30.00\n"
            "3. Kitchen: 2 products, 3 options in stock, €45.00 to €75.00\n"
            "4. Lighting: 1 product, 1 option in stock, €89.00"
        )

    async def test_a_shop_that_does_not_sort_its_goods_names_them(self, database):
        async with database.write() as session:
            await stocked(session, "Mug", (800, 1, {}), category="")
            await stocked(session, "Vase", (800, 1, {}), category="")
        assert (await ask(ShowCategories())).text == "We have 2 products: Mug and Vase. Ask me about any of them."

    async def test_what_is_of_no_kind_comes_last(self, goods, database):
        async with database.write() as session:
            await stocked(session, "Mug", (800, 1, {}), category="")
        said = (await ask(ShowCategories())).text
        assert said.endswith("5. Everything else: 1 product, 1 option in stock, €8.00")

    async def test_an_empty_shop_says_so(self, database):
        assert (await ask(ShowCategories())).text == "There is nothing in the shop just now."
        assert (await ask(SearchProducts(), text="a lamp")).text == "I can't find anything for “a lamp”."
