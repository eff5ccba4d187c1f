"""An address among other words: none of them becomes a part of it, and one on record is that one."""

from dataclasses import dataclass

import pytest

from support.grounding.address_reading import read_address


@dataclass(frozen=True)
class Kept:
    line_1: str
    town: str
    postcode: str
    region: str | None = "TX"
    line_2: str | None = None
    label: str = ""
    country: str = "US"
    is_default: bool = False


HOME = Kept("350 Cedar Avenue", "Houston", "77092", line_2="Apt 936", is_default=True)
RIVER = Kept("664 River Road", "Austin", "78701")


@pytest.mark.parametrize("text", [
    "350 Cedar Avenue please, I think that's right.", "to my home address at 350 Cedar Avenue, and then we change the rest",
    "order HF-6675733 should be delivered to my home address, 350 Cedar Ave, instead", "350 Cedar Ave., Houston",
    "send it to my home adress", "to my home address instead of River Road, please", "not to River Road but to my home address",
    "it should be at home again", "could it come to my home instead?", "send my kettle order home", "to my defualt adress pls",
    "deliver it to my default please", "ship both of my orders home", "can you bring it home again?",
])
def test_the_default_address_is_meant(text):
    assert read_address(text, known=(HOME, RIVER)).known == HOME


@pytest.mark.parametrize("text", ["I'm not at home then, send it to 664 River Rd", "to 664 River Road, please, not my home"])
def test_another_one_on_record_is_meant(text):
    assert read_address(text, known=(HOME, RIVER)).known == RIVER


@pytest.mark.parametrize("text", ["my home office", "pay with my default card", "I won't be home"])
def test_none_is_meant(text):
    assert read_address(text, known=(HOME, RIVER)).known is None


@pytest.mark.parametrize(("text", "parts"), [
    ("new adress 14 Birch Street, Apt 3, Tucson, AZ 85701", ("14 Birch Street", "Apt 3", "Tucson", "85701")),
    ("just 14 Birch Street, Apt 3, Tucson AZ 85701", ("14 Birch Street", "Apt 3", "Tucson", "85701")),
    ('no, its 14 Birch Street, not "adress 14 Birch Street"', ("14 Birch Street", None, None, None)),
    ("883 Hickory Lane I think it is", ("883 Hickory Lane", None, None, None)),
    ("350 Cedar Avenue, Boston, MA 02110", ("350 Cedar Avenue", None, "Boston", "02110")),
    ("12 Elm Street, Denver, CO 80202, that's my new place", ("12 Elm Street", None, "Denver", "80202")),
    ("It should go to 12 Elm Street in Denver please, it is my sister's", ("12 Elm Street", None, "Denver", None)),
])
def test_a_new_one_has_none_of_the_words_around_it(text, parts):
    found = read_address(text, known=(HOME, RIVER))
    assert (found.line_1, found.line_2, found.town, found.postcode) == parts
