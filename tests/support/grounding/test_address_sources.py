"""Orders that are named only for where they go are not those to be sent elsewhere."""

import pytest

from support.grounding.address_sources import sources, without_sources


@pytest.mark.parametrize(("text", "left"), [
    ("send HF-10 to 5 Elm Street like the grill order", "send HF-10 to 5 Elm Street"),
    ("send it to 5 Elm Street as in my other order", "send it to 5 Elm Street"),
    ("change the address of order #W123 to the one on order #W456", "change the address of order #W123"),
    ("update #W123 with the address from order #W456", "update #W123"),
    ("the kettle order should go to the same address as order HF-456", "the kettle order should go"),
    ("send #W123 to the address I used for the order with the lamp", "send #W123 to the address"),
    ("send my pending order to where the espresso machine went", "send my pending order"),
    ("change where HF-10 goes, to my work please", "change where HF-10 goes, to my work please"),
    ("ship #W123 to the address that order #W456 went to", "ship #W123"),
    ("make my default address the one my running shoes are going to", "make my default address"),
    ("send it to Elm Street, the same address as my order with the running shoes", "send it to Elm Street,"),
    ("that's where my umbrella order is going already. Can the others go there?", ". Can the others go there?"),
])
def test_the_order_that_lends_its_address_is_left_out(text, left):
    assert without_sources(text) == left


@pytest.mark.parametrize("text", [
    "change the shipping address on order #W123 to 5 Elm Street", "I'd like order #W123 to go to 5 Elm Street",
    "I would like the order with the lamp to go home", "send #W123 to the address on file",
    "I would first like the order #W123 to be delivered to my home", "change the address my lamp order goes to",
    "where is my lamp order going?", "where does my order go?",
])
def test_the_order_that_shall_go_elsewhere_is_left_in(text):
    assert without_sources(text) == text


@pytest.mark.parametrize(("text", "named"), [
    ("same address as my other pending order", ["my other pending order"]),
    ("where the espresso machine went", ["the espresso machine"]), ("same one the kettle order had", ["the kettle order"]),
    ("to where you sent my tea kettle last time", ["my tea kettle"]), ("to 5 Elm Street please", []),
    ("it should go to the LA address that's on the lamp order", ["the lamp order"]),
])
def test_what_lends_its_address_is_told(text, named):
    assert sources(text) == named
