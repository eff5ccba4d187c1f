"""Lines named in customers' own words."""

import pytest

from support.grounding.line_reading import left_out, read_lines
from tests.support.grounding.wares import line, named_lines

DESK = [
    line("Mechanical Keyboard", switch_type="clicky", backlight="RGB", size="full size", price=12900),
    line("Gaming Mouse", color="black", sensor="optical", price=5900),
    line("Wireless Earbuds", color="blue", battery_life="6 hours", price=9900),
    line("Office Chair", material="mesh", color="gray", price=24900),
    line("Laptop", screen_size="15-inch", ram="16GB", storage="512GB SSD", price=99900),
    line("Phone Case", color="clear", quantity=3, price=1900),
]
WARDROBE = [
    line("T-Shirt", color="red", size="M", material="cotton", price=1900, quantity=2),
    line("T-Shirt", color="black", size="XL", material="cotton", price=2100),
    line("Running Shoes", color="white", size="10", price=8900),
    line("Hiking Boots", color="brown", size="11", waterproof="yes", price=14900),
    line("Fleece Jacket", color="navy", size="L", zipper="half", price=6900),
    line("Wool Socks", color="gray", size="M", quantity=6, price=900),
]
KITCHEN = [
    line("Desk lamp", colour="brass", price=8900),
    line("Stoneware mug", colour="oat", quantity=4, price=1500),
    line("Stoneware mug", colour="tide blue", quantity=1, price=1600),
    line("Gooseneck kettle", colour="matt black", price=6900),
    line("Water Bottle", capacity="500 ml", material="glass", colour="clear", price=2400),
    line("Cushion", pattern="black and white", size="45 cm", quantity=2, price=3900),
    line("Teapot for four", colour="charcoal", price=5200),
]

DESK_SAYINGS = {
    "the keyboard": "0", "mechanical keyboard please": "0", "my keybord": "0", "the RGB one": "0", "The clicky keyboard.": "0",
    "I'd like to return the keyboard and the mouse": "0 1", "keyboard, mouse and chair": "0 1 3", "my mouse stopped working": "1",
    "headphones": "", "the wireless headphones": "? 2", "the ear buds": "2", "earbuds & laptop": "2 4",
    "the chair": "3", "the grey one": "3", "that mesh office chair": "3", "I want a refund for the chair": "3",
    "the 15 inch laptop": "4", "lap top": "4", "the laptop with 16 gigs of ram": "4", "laptop w/ 512gb": "4",
    "one of the phone cases": "5x1", "two phone cases": "5x2", "all three phone cases": "5", "2 of the 3 cases": "5x2", "all the phone cases": "5",
    "everything": "0 1 2 3 4 5", "the whole order": "0 1 2 3 4 5", "all of it please": "0 1 2 3 4 5",
    "everything except the laptop": "0 1 2 3 5", "all but the chair and the mouse": "0 2 4 5", "everything apart from the earbuds": "0 1 3 4 5",
    "keep the laptop, return the rest": "0 1 2 3 5", "I'll keep the chair but send back everything else": "0 1 2 4 5",
    "not the mouse, the keyboard": "0", "the keyboard, not the mouse": "0", "don't return the laptop, just the mouse": "1",
    "the cheapest item": "5", "the most expensive one": "4", "send back the priciest thing": "4",
    "the first one": "0", "items 1 and 3": "0 2", "the second and the fourth": "1 3", "number 5": "4", "the last one": "5", "2": "1",
    "that's all": "", "all good, thanks": "", "hello there": "", "a refrigerator": "", "": "", "I need help with my order": "",
    "swap the keyboard for a linear one": "0", "exchange the chair for the leather one and the mouse for a white one": "1 3",
    "swap the black mouse for a white one": "1", "change the earbuds from blue to black": "2", "a white mouse instead of the black one": "1",
    "the laptop, the chair n the mouse, all back": "1 3 4",
    "return all three": "", "tell me the price of each of the three": "", "the red mouse": "? 1", "I don't want the laptop anymore": "4", "the laptop is not what I ordered": "4",
    "all of it except the first thing": "1 2 3 4 5", "everything but the last two": "0 1 2 3", "all except items 1 and 3": "1 3 4 5",
    "all but the first and second": "2 3 4 5", "all of them except number 2": "0 2 3 4 5", "keep the first two, return the others": "2 3 4 5",
    "return everything except the mouse, money back on the card i paid with.": "0 2 3 4 5",
    "all except the mouse and the chair": "0 2 4 5", "all of them except the mouse, the chair and the laptop": "0 2 5",
    "all items apart from the mouse and chair": "0 2 4 5", "all except for the mouse": "0 2 3 4 5", "everything without the mouse": "0 2 3 4 5",
    "the whole order minus the mouse": "0 2 3 4 5", "everything that isn't the laptop": "0 1 2 3 5", "everything, but not the mouse": "0 2 3 4 5",
    "keep the mouse, return the rest": "0 2 3 4 5", "I'd keep the first one and return the rest": "1 2 3 4 5",
    "I only want to keep the laptop, everything else goes back": "0 1 2 3 5", "return the rest, I keep the mouse": "0 2 3 4 5",
    "all but one": "? 0 1 2 3 4 5", "everything except the toaster": "? 0 1 2 3 4 5", "the rest": "0 1 2 3 4 5",
    "everything exept the laptop": "0 1 2 3 5", "the mouse. Everything to my gift card": "1", "everything to my gift card": "0 1 2 3 4 5",
    "put all the money on my card": "", "1) the mouse 2) the chair": "1 3", "1) and 3)": "0 2", "the mouse without the chair": "1",
    "these two": "",
    "the first two": "0 1", "the last three": "3 4 5", "items 2-4": "1 2 3", "numbers 1 to 3 please": "0 1 2", "1, 2 and 4": "0 1 3",
    "I would like to send back items 1 and 3 if that is all right": "0 2", "everything, but please refund it to my PayPal": "0 1 2 3 4 5",
    "I don't want to keep the keyboard": "0", "is it possible to get my money back for the chair?": "3",
}
WARDROBE_SAYINGS = {
    "the t-shirt": "? 0 1", "the red t-shirt": "0", "the black tee": "1", "tshirts": "0 1", "both shirts": "0 1", "all the t shirts": "0 1",
    "the extra large t-shirt": "1", "the XL one": "1", "t-shirt in red": "0", "the running shoes": "2", "my boots leak": "3",
    "the waterproof boots": "3", "brown boots, white shoes": "2 3", "the shoes": "2", "the size 10 shoes": "2", "the size 11 boots": "3",
    "jacket": "4", "fleece": "4", "the navy jacket": "4", "the half zipper jacket": "4", "the green jacket": "? 4",
    "three of the six socks": "5x3", "two pairs of socks": "5x2", "all my socks": "5", "one red t-shirt": "0x1", "both red t-shirts": "0",
    "jumper": "", "trousers": "", "the cheapest t-shirt": "0", "the more pricey": "", "most expensive shirt": "1",
    "everything but the socks": "0 1 2 3 4", "return everything other than the boots and the jacket": "0 1 2 5",
    "I want to return the boots. Also the jacket.": "3 4", "boots as well as the jacket": "3 4", "the jackit and the bootz": "3 4",
    "exchange the boots for a size 12": "3", "the red t-shirt and the socks, not the jacket": "0 5", "cotton": "? 0 1",
    "all six socks": "5", "9 socks": "? 5", "exchange the jacket for a bigger size and return the shoes": "2 4",
}
KITCHEN_SAYINGS = {
    "the lamp and both mugs": "0 1 2", "two of the four mugs in oat": "1x2", "the oat mugs": "1", "the blue mug": "2", "the mugs": "1 2",
    "the mug": "? 1 2", "the lamp in brass": "0", "kettle": "3", "the black kettle": "3", "the matte black kettle": "3",
    "500ml bottle": "4", "the 500 millilitre glass bottle": "4", "clear water bottle": "4", "the black and white cushion": "5",
    "the black and white cushions and the lamp": "0 5", "both cushions": "5", "one cushion": "5x1", "the teapot": "6",
    "the teapot for four": "6", "swap the teapot for four for an oat one": "6", "the lamp kettle and teapot": "0 3 6",
    "the lamp in white instead and the kettle in the bigger size": "0 3", "replace the lamp with a white one": "0",
    "return the lamp, the teapot, and the bottle please!": "0 4 6", "LAMP!!!": "0", "the tide-blue mug & the kettle": "2 3",
    "the cusions": "5", "a lamp for my desk": "0", "everything except the mug": "? 0 1 2 3 4 5 6", "the 750 ml bottle": "? 4",
}

GADGETS = [
    line("Smart Watch", color="black", band_material="silicone"), line("Wristwatch", strap_material="leather"),
    line("Luggage Set", piece_count="3-piece", color="red"), line("Winter Boots", size="10", material="leather", waterproof="yes"),
    line("Jigsaw Puzzle", pieces="1000", theme="animals"), line("Smart Thermostat", compatibility="Apple HomeKit", color="black"),
]
GADGET_SAYINGS = {
    "return the watch": "? 0 1", "all watches": "0 1", "the two watches": "0 1", "the smart watch and the boots": "0 3", "the leather one": "? 1 3",
    "the leather watch": "1", "Yes, the 3-piece luggage please": "2", "the puzzle with 1000 pieces": "4", "the animal puzzle": "4",
    "for the boots, I'd like size 9": "3", "everything in my order besides the puzzle": "0 1 2 3 5", "the thermostat compatible with Apple": "5",
    "I want to exchange the thermostat for one that works with Google instead of Apple": "5", "cancel just the puzzle": "4",
    "I want to return the luggage and exchange the puzzle for an easier one": "2 4", "the boots turned out too small": "3",
}


class TestReadLines:
    @pytest.mark.parametrize(("said", "meant"), DESK_SAYINGS.items())
    def test_things_for_a_desk_are_known_by_what_they_are_called(self, said, meant):
        assert named_lines(read_lines(said, DESK), DESK) == meant

    @pytest.mark.parametrize(("said", "meant"), WARDROBE_SAYINGS.items())
    def test_clothes_are_known_by_kind_colour_and_size(self, said, meant):
        assert named_lines(read_lines(said, WARDROBE), WARDROBE) == meant

    @pytest.mark.parametrize(("said", "meant"), KITCHEN_SAYINGS.items())
    def test_homeware_is_known_and_counted(self, said, meant):
        assert named_lines(read_lines(said, KITCHEN), KITCHEN) == meant

    @pytest.mark.parametrize(("said", "meant"), GADGET_SAYINGS.items())
    def test_names_that_end_alike_are_asked_about(self, said, meant):
        assert named_lines(read_lines(said, GADGETS), GADGETS) == meant

    def test_places_are_those_of_the_list_that_was_shown(self):
        shown = [DESK[3], DESK[1], DESK[4]]
        assert named_lines(read_lines("the second one", DESK, shown=shown), DESK) == "1"
        assert named_lines(read_lines("the last one", DESK, shown=shown), DESK) == "4"

    def test_it_and_both_are_what_was_spoken_of(self):
        assert named_lines(read_lines("return it", DESK, current=DESK[2:3]), DESK) == "2"
        assert named_lines(read_lines("both please", DESK, current=DESK[2:4]), DESK) == "2 3"

    def test_the_other_one_is_what_was_not_spoken_of(self):
        assert named_lines(read_lines("no, the other one", DESK, shown=DESK[:2], current=DESK[:1]), DESK) == "1"

    @pytest.mark.parametrize(("said", "meant"), [
        ("the other two", "1 2"), ("the rest", "1 2 3 4 5"), ("all the others", "1 2 3 4 5"), ("all of it except the first thing", "1 2 3 4 5"),
        ("everything but the last one", "0 1 3 4 5"), ("both of the other ones", "1 2 3 4 5"),
    ])
    def test_the_others_are_all_that_was_not_spoken_of_and_places_are_those_shown(self, said, meant):
        assert named_lines(read_lines(said, DESK, shown=DESK[:3], current=DESK[:1]), DESK) == meant

    def test_both_of_two_lines_are_both(self):
        assert named_lines(read_lines("both of them", DESK[:2]), DESK) == "0 1"
        assert named_lines(read_lines("both", DESK, shown=DESK[2:4]), DESK) == "2 3"

    def test_what_is_not_meant_leaves_the_rest_of_what_was_spoken_of(self):
        assert named_lines(read_lines("not the mouse", DESK, current=DESK[:2]), DESK) == "0"

    def test_the_part_of_the_text_that_named_them_is_told(self):
        assert read_lines("please return the clicky keyboard soon", DESK).text == "clicky keyboard"

    def test_without_lines_nothing_is_named(self):
        assert not read_lines("everything", []).chosen


class TestPayingCards:
    def test_the_card_that_money_goes_to_is_no_camera_with_an_sd_card(self):
        lines = [line("Desk Lamp", color="white"), line("Digital Camera", storage="SD card")]
        chosen = read_lines("the desk lamp, refund to my gift card", lines).chosen
        assert [one.product for one, _ in chosen] == ["Desk Lamp"]
        assert [one.product for one, _ in read_lines("the camera with the SD card", lines).chosen] == ["Digital Camera"]


def test_a_part_of_one_name_says_what_is_to_be_left():
    lines = [line("Desk Organizer Tray"), line("Desk Lamp")]
    assert left_out("forget the organizer", lines) == (lines[0],)
    assert left_out("leave the desk", lines) == ()


def test_letters_doubled_or_not_make_no_other_thing_of_a_long_word():
    lines = [line("Dumbbell Set", weight="30 lbs"), line("Bookshelf", color="black"), line("Mattress", size="full")]
    assert named_lines(read_lines("only the bookshelf, the matress and dumbels", lines), lines) == "0 1 2"


@pytest.mark.parametrize(("text", "meant"), [
    ("no wait, not the mouse, the chair", ["Office Chair"]), ("not the laptop, the earbuds and the case", ["Wireless Earbuds", "Phone Case"]),
])
def test_not_this_that_means_that(text, meant):
    assert [one.product for one, _ in read_lines(text, DESK).chosen] == meant


def test_glass_is_no_sunglasses_but_glasses_are():
    lines = [line("Sunglasses", lens="blue"), line("Blender", container="plastic")]
    assert [one.product for one, _ in read_lines("return the blender with the glass container", lines).chosen] == ["Blender"]
    assert [one.product for one, _ in read_lines("return my glasses", lines).chosen] == ["Sunglasses"]
