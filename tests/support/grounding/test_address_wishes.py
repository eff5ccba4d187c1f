"""What is wanted where a text speaks of the default address: an order sent there, or another one in the profile."""

import pytest

from support.grounding.address_spelling import spelt
from support.grounding.address_wishes import cancels, makes_default, sends_elsewhere, sent_to_default


@pytest.mark.parametrize("text", [
    "could that one go to my default address please?", "send order #W123 to my defualt adress",
    "please deliver my parcel to my usual address instead", "order HF-10 should be shipped to my home address",
    "I want the kettle order delivered at my home", "can #W123 be changed to my default address",
    "set my order's address to the default one",
])
def test_an_order_shall_go_to_the_default_address(text):
    assert sent_to_default(text)


@pytest.mark.parametrize("text", [
    "change my default address to 12 Elm Street", "make 12 Elm Street my default address", "I want another default address",
    "send it to 12 Elm Street and make that my default", "my default address is wrong",
    "send it to my home address, and set my default address to 12 Elm Street",
])
def test_another_default_address_is_wanted(text):
    assert not sent_to_default(text)


@pytest.mark.parametrize(("text", "makes"), [
    ("make the address of my kettle order my default one", True), ("save the address of order HF-10 as my default", True),
    ("make my order go to my default address", False), ("set the address of order HF-10 to my default address", False),
    ("use my default address for order HF-10", False),
])
def test_the_address_of_an_order_becomes_the_default_one(text, makes):
    assert makes_default(text) is makes


@pytest.mark.parametrize(("text", "sends"), [
    ("send my pending order to where the lamp went", True), ("ship my order home", True),
    ("cancel the order that you send to Boston", False), ("I want to send it back to you", False), ("my order is wrong", False),
])
def test_something_is_sent_to_a_place(text, sends):
    assert sends_elsewhere(text) is sends


def test_only_slips_for_address_and_default_are_put_right():
    assert spelt("my defualt adress, a dress, addressed across defaults") == "my default address, a dress, addressed across defaults"


@pytest.mark.parametrize(("text", "meant"), [
    ("I need to cancel my order NOW, it's going to the wrong address", True),
    ("cancel it, it would go to my old flat", True), ("it goes to the wrong address", False),
    ("don't cancel it, only the address is wrong", False), ("cancel it or change the address", False),
    ("cancel the delivery to my office and send it to my flat", False),
])
def test_a_wrong_address_may_be_why_an_order_is_cancelled(text, meant):
    assert cancels(text) is meant
