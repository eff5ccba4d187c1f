"""Prices of goods that hang on several options: differences, what costs the same, what is sold out or never was."""

import pytest

from tests.actions.stocking import stocked, told

pytestmark = pytest.mark.usefixtures("shop")


class TestTablets:
    """Two storages in two colours: black costs 100 or 120, white 110 or 140; then one at one price, and one sold out."""

    @pytest.fixture
    async def tablets(self, database) -> None:
        async with database.write() as session:
            await stocked(
                session, "Tablet", *(
                    (price, stock, {"storage": storage, "colour": colour, "cover": "yes"})
                    for storage, colour, price, stock in (
                        ("64GB", "black", 10000, 1), ("128GB", "black", 12000, 0),
                        ("64GB", "white", 11000, 1), ("128GB", "white", 14000, 1),
                    )
                ),
            )
            await stocked(session, "Mug", *((800, 2, {"colour": one}) for one in ("red", "green", "blue")))
            await stocked(session, "Vase", *((900, 0, {"colour": one}) for one in ("red", "green")))
            await stocked(session, "Jug")
            await stocked(session, "Wine glasses", *((3200, 1, {"kind": one}) for one in ("red", "white")))
            await stocked(session, "Tray", (500, 0, {}))
            await stocked(session, "Lid", (100, 1, {"size": "S"}), (200, 1, {"size": "M"}), (300, 1, {"size": "L"}))

    @pytest.mark.parametrize(("asked", "answer"), [
        ("difference between the 64GB and the 128GB tablet",
         "For the Tablet that depends on the rest:\n"
         "1. colour black, cover yes: 64GB costs €100.00 and 128GB costs €120.00 (sold out just now): 128GB is €20.00 more.\n"
         "2. colour white, cover yes: 64GB costs €110.00 and 128GB costs €140.00: 128GB is €30.00 more."),
        ("how much more is the green mug than the red mug",
         "Mug: green costs €8.00 and red costs €8.00: no difference."),
        ("how much more does the mug cost", "The Mug costs €8.00."),
        ("which mug is the cheapest", "All 3 options of the Mug cost the same: €8.00."),
        ("the cheapest vase", "The Vase is sold out just now. Nothing else of it is in stock either."),
        ("which options of the vase are in stock", "Vase: Both its options are sold out just now."),
        ("which colours does the vase come in",
         "The Vase comes in colour green and red; all of them are sold out just now."),
        ("which colours of the mug are there", "The Mug comes in colour blue, green and red."),
        ("is the mug sold out", "Mug: All its 3 options are in stock right now."),
        ("list all the options of the mug",
         "Mug: All its 3 options are in stock right now.\n1. colour red · €8.00\n2. colour green · €8.00\n3. colour blue · €8.00"),
        ("cheapest mug in red or green", "Both options of the Mug with colour red or green cost the same: €8.00."),
        ("how much more is the 128GB than the 64GB tablet in white",
         "Tablet: 128GB costs €140.00 and 64GB costs €110.00: 128GB is €30.00 more."),
        ("how much is the jug", "The Jug is not to be had just now."),
        ("which sizes does the lid come in and what do they cost",
         "The Lid comes in size S, M and L.\nIn stock are:\n1. size S · €1.00\n2. size M · €2.00\n3. size L · €3.00"),
        ("how much are the glasses", "The Wine glasses cost €32.00."),
        ("wine glasses in white", "The Wine glasses (kind white) are in stock and cost €32.00."),
        ("wine glasses in pink", "The Wine glasses don't come in “pink”. They come in kind red and white. These come nearest "
         "and are in stock:\n1. kind red · €32.00\n2. kind white · €32.00"),
        ("the tray", "The Tray costs €5.00. It is sold out just now."),
        ("how many options of the tablet with 256GB are there",
         "The Tablet doesn't come in “256GB”. It comes in storage 64GB and 128GB; colour black and white; cover yes. These "
         "come nearest and are in stock:\n1. storage 64GB, colour black, cover yes · €100.00\n"
         "2. storage 64GB, colour white, cover yes · €110.00\n3. storage 128GB, colour white, cover yes · €140.00"),
        ("how many options of the tablet with 128gb in black are there",
         "0 options of the Tablet with storage 128GB, colour black are in stock right now; there are 1 in all, and 1 is sold "
         "out just now."),
        ("the cheapest and the most expensive lid",
         "The cheapest Lid in stock is the one with size S: €1.00.\nThe most expensive Lid in stock is the one with size L: "
         "€3.00."),
    ])
    async def test_prices_that_hang_on_several_options(self, tablets, asked, answer):
        assert await told(asked) == answer

    async def test_a_difference_that_is_the_same_everywhere_is_said_once(self, database):
        async with database.write() as session:
            await stocked(session, "Phone", *(
                (price, 1, {"storage": storage, "colour": colour})
                for storage, price in (("64GB", 10000), ("128GB", 11500)) for colour in ("black", "white")
            ))
        assert await told("price difference between 64GB and 128GB phones") == (
            "The Phone with storage 128GB costs €15.00 more than the one with 64GB, whatever else you choose."
        )

    async def test_several_that_cost_the_same_are_all_named(self, tablets):
        assert await told("which is the cheapest of mugs and vases and lids?", search=True) == (
            "All 3 options of the Mug cost the same: €8.00.\nThe Vase is sold out just now. Nothing else of it is in stock "
            "either.\nThe cheapest Lid in stock is the one with size S: €1.00."
        )
