"""Which of two things of a kind is meant."""

import pytest

from support.grounding.twins import named_apart
from tests.support.grounding.wares import line

LINES = [
    line("Hiking Boots", size="12", material="leather", waterproof="yes"), line("Tablet", storage="64GB", color="silver"),
    line("Hiking Boots", size="10", material="leather", waterproof="yes"),
]
PACKS = [
    line("Backpack", color="navy", size="small"), line("Backpack", color="navy", size="large"), line("Mug", color="red"),
]


@pytest.mark.parametrize(("text", "meant"), [
    ("the bigger pair should be a 9", "the size 12 Hiking Boots should be a 9"),
    ("no. only the size 12 pair. size 10 stays.", "no. only the size 12 Hiking Boots. the size 10 Hiking Boots stays."),
    ("the smaller boots go back", "the size 10 Hiking Boots go back"),
    ("I'd like the smaller ones swapped", "I'd like the size 10 Hiking Boots swapped"),
    ("I'd like the smaller ones", "I'd like the smaller ones"),
])
def test_boots(text, meant):
    assert named_apart(text, LINES) == meant


def test_a_size_tells_more_than_another_measure():
    lines = [line("Tablet", screen_size="7-inch", storage="32GB"), line("Tablet", screen_size="10-inch", storage="64GB")]
    assert named_apart("swap the smaller one for one with 128GB", lines) == "swap the 7-inch Tablet for one with 128GB"
    assert named_apart("only the small one", lines) == "only the 7-inch Tablet"


@pytest.mark.parametrize(("text", "meant"), [
    ("the smaller of the two backpacks should become a laptop one", "the small Backpack should become a laptop one"),
    ("the large one stays as it is", "the large Backpack stays as it is"),
])
def test_packs(text, meant):
    assert named_apart(text, PACKS) == meant


@pytest.mark.parametrize(("text", "meant"), [
    ("I'd like to return the pricier one of the two tablets", "I'd like to return the gold Tablet"),
    ("I got two tablets and want to send the more expensive one back", "  and want to send the gold Tablet back"),
    ("return the one that cost more, with the mug", "return the gold Tablet, with the mug"),
    ("only one of the tablets, the cheaper one", "  the silver Tablet"), ("swap it for the more expensive one", "swap it for the more expensive one"),
])
def test_prices_tell_two_apart_and_that_there_are_two_counts_none(text, meant):
    lines = [line("Tablet", price=900, color="silver"), line("Tablet", price=1200, color="gold"), line("Mug", color="red")]
    assert named_apart(text, lines) == meant


@pytest.mark.parametrize(("text", "meant"), [
    ("I somehow ended up with two pairs of hiking boots. The bigger pair should be a 12", " . the size 12 Hiking Boots should be a 12"),
    ("of the two boots I received, I want to return the bigger pair", "  I want to return the size 12 Hiking Boots"),
    ("the boots, I've got two of them. I'd return the smaller pair", " ,  . I'd return the size 10 Hiking Boots"),
    ("only the 12s! The 10s stay", "only the size 12 Hiking Boots! the size 10 Hiking Boots stay"),
    ("return the boots and the tablet", "return the boots and the tablet"),
])
def test_what_only_tells_that_there_are_two_is_left_out(text, meant):
    assert named_apart(text, LINES) == meant


def test_levels_are_ordered_too_and_a_heading_names_none():
    lines = [line("Jigsaw Puzzle", theme="art", level="beginner"), line("Jigsaw Puzzle", theme="fantasy", level="intermediate")]
    said = named_apart("the puzzles! I've got two of them and want to return the easier one", lines)
    assert said.strip(" !") == "and want to return the beginner Jigsaw Puzzle"


@pytest.mark.parametrize(("text", "meant"), [
    ("The one with the metal strap, I'd rather have it in leather", "the metal Wristwatch, I'd rather have it in leather"),
    ("only the watch with the metal strap should change", "only the metal Wristwatch should change"),
    ("swap it for the one with the metal strap", "swap it for the one with the metal strap"),
])
def test_watches(text, meant):
    lines = [line("Wristwatch", strap_material="metal"), line("Wristwatch", strap_material="silicone")]
    assert named_apart(text, lines) == meant


@pytest.mark.parametrize("text", [
    "swap it for the bigger one", "in the bigger size", "the tablet in the larger version", "change them to the small one",
    "I want the larger one", "the navy one", "",
])
def test_what_is_wished_or_fits_both_stays(text):
    assert named_apart(text, LINES) == text
    assert named_apart(text, PACKS) == text


@pytest.mark.parametrize(("text", "meant"), [
    ("of the two kits the more expensive one should be a professional one", "the Brand B Makeup Kit should be a professional one"),
    ("the cheaper one of my two kits goes back", "the Brand C Makeup Kit goes back"),
    ("the more expensive one must be professional", "the Brand B Makeup Kit must be professional"),
    ("I'd take the cheaper one", "I'd take the cheaper one"), ("swap it for the more expensive one", "swap it for the more expensive one"),
])
def test_kits_by_their_price(text, meant):
    kits = [line("Makeup Kit", price=28577, brand="Brand B"), line("Makeup Kit", price=26681, brand="Brand C")]
    assert named_apart(text, kits) == meant


@pytest.mark.parametrize(("text", "meant"), [
    ("all the boards except the shortest one", "all the boards except the 28 inch Skateboard"),
    ("return the two boards (31 and 34 inch)", "return the two boards (31 inch and 34 inch)"),
    ("swap it for the longest one", "swap it for the longest one"),
])
def test_of_several_boards(text, meant):
    boards = [line("Skateboard", length="31 inch", deck="maple"), line("Skateboard", length="28 inch", deck="maple"),
              line("Skateboard", length="34 inch", deck="bamboo")]
    assert named_apart(text, boards) == meant


@pytest.mark.parametrize(("text", "meant"), [
    ("the one that isn't waterproof was a mistake", "the silver Action Camera was a mistake"),
    ("exchange my non-waterproof camera for a waterproof one", "exchange the silver Action Camera for a waterproof one"),
    ("the camera which is waterproof stays", "the black Action Camera stays"),
    ("swap it for the cheapest waterproof silver one", "swap it for the cheapest waterproof silver one"),
    ("I want the one that is waterproof", "I want the one that is waterproof"),
])
def test_cameras_by_what_one_lacks(text, meant):
    cameras = [line("Action Camera", waterproof="yes", color="black"), line("Action Camera", waterproof="no", color="silver")]
    assert named_apart(text, cameras) == meant


@pytest.mark.parametrize(("text", "meant"), [
    ("the more expensive of the two action cameras goes back", "the 4K Action Camera goes back"),
    ("no, not both, just the more expensive one", "no, not both, just the 4K Action Camera"),
    ("only send back the pricier camera", "only send back the 4K Action Camera"), ("I want the pricier one", "I want the pricier one"),
])
def test_the_dearer_one_is_told_by_what_it_is(text, meant):
    cameras = [line("Action Camera", price=10000, resolution="1080p", waterproof="no"), line("Action Camera", price=20000, resolution="4K", waterproof="yes")]
    assert named_apart(text, cameras) == meant


def test_a_figure_in_words_tells_two_apart_too():
    sets = [line("Luggage Set", pieces="2-piece", colour="blue"), line("Luggage Set", pieces="4-piece", colour="silver")]
    said = named_apart("I'd like the four-piece set as softshell instead", sets)
    assert said == "I'd like the 4-piece Luggage Set as softshell instead"
