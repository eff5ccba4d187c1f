"""Products, prices and rewards in free text."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from support.grounding.price_reading import PriceLimits, read_amount, read_price_limits
from support.grounding.product_reading import read_names, read_products, stretches
from support.grounding.reward_reading import read_reward

SHOP = (
    "Lantern desk lamp", "Harbour floor lamp", "Harbour mug", "Tide clock", "Gooseneck kettle", "Stove-top kettle", "T-Shirt",
    "Teapot for four", "Table runner", "Wristwatch", "Phone case", "Mountain bicycle",
)


@dataclass(frozen=True)
class Named:
    name: str


WARES = [Named(name) for name in SHOP]


def groups(text: str) -> list[list[str]]:
    return [[one.name for one in group.products] for group in read_products(text, WARES)]


class TestProducts:
    @pytest.mark.parametrize(("text", "found"), [
        ("do you have lamps", [["Lantern desk lamp", "Harbour floor lamp"]]),
        ("how much is the desk lamp?", [["Lantern desk lamp"]]),
        ("harbour mug in tide blue", [["Harbour mug"]]),
        ("the lamp and the kettle", [["Lantern desk lamp", "Harbour floor lamp"], ["Gooseneck kettle", "Stove-top kettle"]]),
        ("any t shirts", [["T-Shirt"]]), ("a shirt", [["T-Shirt"]]), ("ketle", [["Gooseneck kettle", "Stove-top kettle"]]),
        ("a watch", [["Wristwatch"]]), ("teapots", [["Teapot for four"]]), ("a case", [["Phone case"]]), ("bikes", [["Mountain bicycle"]]),
        ("when do you open", []), ("", []), ("\x00 \ud800", []),
    ])
    def test_each_thing_is_a_group_of_those_it_may_be(self, text, found):
        assert groups(text) == found

    def test_one_that_is_named_in_full_is_told_apart(self):
        (group,) = read_products("the mug", [Named("Mug"), Named("Harbour mug")])
        assert [one.name for one in group.whole] == ["Mug"]
        assert len(group.products) == 2

    def test_names_alone_will_do(self):
        assert read_names("how much for kettles", set(SHOP)) == {"Gooseneck kettle", "Stove-top kettle"}

    def test_a_text_is_cut_between_the_things_it_names(self):
        text = "how much are the red lamp and the blue mug"
        assert stretches(text, read_products(text, WARES)) == ["how much are the red lamp ", "and the blue mug"]

    @given(some.text(max_size=60))
    def test_no_text_is_wrong(self, text):
        read_products(text, WARES)
        read_price_limits(text)
        read_amount(text)


class TestNumbers:
    def test_a_number_alone_names_nothing(self):
        assert groups("what do the four cost extra together?") == []
        assert groups("the teapot for 4") == [["Teapot for four"]]


class TestPrices:
    @pytest.mark.parametrize(("text", "at_least", "at_most"), [
        ("a gift under 50", None, "50"), ("less than €49.99", None, "49.99"), ("between 20 and 40 euros", "20", "40"),
        ("from 40 to 20", "20", "40"), ("20-40 euro", "20", "40"), ("my budget is €30", None, "30"),
        ("I have 50 euros to spend", None, "50"), ("not more than 15", None, "15"), ("nothing over 25", None, "25"),
        ("more than 100", "100", None), ("at least 20 and at most 40", "20", "40"), ("up to 1,000 euros", None, "1000"),
        ("30 or less", None, "30"), ("less than 10 inch", None, None), ("over 128GB", None, None), ("I have 2 lamps", None, None),
        ("10-20 pieces", None, None), ("between 2 and 3 people", None, None),
    ])
    def test_limits(self, text, at_least, at_most):
        found = read_price_limits(text)
        assert (found.at_least, found.at_most) == (at_least and Decimal(at_least), at_most and Decimal(at_most))

    def test_both_ends_count_in(self):
        limits = PriceLimits(Decimal(20), Decimal(40))
        assert [limits.hold(minor, 2) for minor in (1999, 2000, 4000, 4001)] == [False, True, True, False]
        assert limits.hold(30, 0)

    @pytest.mark.parametrize(("text", "amount"), [
        ("a 10 euro voucher", "10"), ("€7.50 off", "7.50"), ("10 points", None), ("5 euro or 10 euro", None),
    ])
    def test_an_amount(self, text, amount):
        assert read_amount(text) == (amount and Decimal(amount))


@dataclass(frozen=True)
class Offered:
    name: str
    kind: str
    points: int
    value: int = 0
    currency: str | None = None


REWARDS = (
    Offered("Free delivery", "shipping", 80), Offered("5 off", "voucher", 100, 500, "EUR"),
    Offered("Linen tea towel", "gift", 180), Offered("25 off", "voucher", 450, 2500, "EUR"), Offered("A fifth off", "percent", 900, 20),
)


class TestRewards:
    @pytest.mark.parametrize(("text", "name"), [
        ("the free delivery one", "Free delivery"), ("no postage please", "Free delivery"), ("the towel", "Linen tea towel"),
        ("5 off", "5 off"), ("a 25 euro voucher", "25 off"), ("the one with 20%", "A fifth off"), ("twenty", None),
        ("the cheapest", "Free delivery"), ("the second one", "5 off"), ("25 off please", "25 off"), ("what is there", None),
    ])
    def test_by_name_by_worth_and_by_place(self, text, name):
        found = read_reward(text, REWARDS, shown=REWARDS).chosen
        assert [one.name for one in found] == ([name] if name else [])


class TestModalVerbs:
    @pytest.mark.parametrize(("text", "found"), [
        ("the gift card can take the difference", set()), ("can you help me", set()),
        ("can I get a watering can", {"Watering can"}), ("how much is the can", {"Watering can"}),
    ])
    def test_what_can_be_done_names_no_watering_can(self, text, found):
        assert read_names(text, ["Watering can", "Mug"]) == found
