"""Several swaps in one sentence."""

import pytest

from support.grounding.swap_reading import read_swaps
from tests.support.grounding.wares import forms_of, line

LINES = [
    line("Desk lamp", colour="white"), line("Stove-top kettle", colour="moss", size="medium"),
    line("T-Shirt", 2, color="red", size="M"), line("Mechanical Keyboard", switch_type="linear", backlight="RGB"),
    line("Smart Thermostat", compatibility="Apple HomeKit", color="black"),
]
OFFERED = {
    "Desk lamp": forms_of(colour=("brass", "white", "blue")),
    "Stove-top kettle": forms_of(colour=("moss", "blue"), size=("small", "medium", "large")),
    "T-Shirt": forms_of(color=("red", "blue", "green"), size=("S", "M", "L")),
    "Mechanical Keyboard": forms_of(switch_type=("linear", "clicky", "tactile"), backlight=("RGB", "white", "none")),
    "Smart Thermostat": forms_of(compatibility=("Google Assistant", "Apple HomeKit", "Amazon Alexa"), color=("black", "stainless steel")),
}
SAYINGS = {
    "I'd like to exchange the lamp in order #W2104867, to a brass one": "0:brass",
    "the lamp in brass. And the shirt in there, can I have a green one?": "0:brass 2:green",
    "The keyboard is missing. Please add it: the clicky one without backlight.": "3:clicky+none",
    "I changed my mind about the shirt. Make it green and L.": "2:green+L",
    "the lamp in brass. If that lamp isn't available, the cheapest blue one you have": "0:brass>blue",
    "the keyboard, the linear RGB one, to whatever clicky board is the cheapest": "3:clicky",
    "those changes, only the kettle should be large": "1:large",
    "the lamp in blue. No blue? Then brass": "0:blue>brass", "the linear one should get clicky switches instead": "3:clicky",
    "thermostat: alexa, stainless steel; if that's not in stock, google, stainless steel": "4:Amazon Alexa+stainless steel>Google Assistant+stainless steel",
    "the shirt: same size and everything, but in green": "2:green+M", "the lamp in blue or brass": "0:blue>brass",
    "not the linear keyboard but one with clicky switches, please": "3:clicky",
    "the shirt is too smal, I need the L one": "2:L", "the shirt, can i get em in green": "2:green",
    "the thermostat too, I'd rather have the stainless steel one with Google Assistant": "4:stainless steel+Google Assistant",
    "the lamp in brass instead and the kettle in the bigger size": "0:brass 1:large",
    "swap the keyboard for a clicky one and the thermostat for one that works with Google Home": "3:clicky 4:Google Assistant",
    "the lamp and the kettle in blue": "0:blue 1:blue", "both the lamp and the kettle in blue, please": "0:blue 1:blue",
    "exchange the red shirt for a blue one, or if that is not available green": "2:blue>green",
    "Swap the shirt for blue. If that's not available, green.": "2:blue>green",
    "I'd like a blue t-shirt instead of the red one": "2:blue", "I want to exchange the lamp": "0:",
    "can I get the large shirt please": "2:L", "change my keyboard to clicky switches with no backlight": "3:clicky+none",
    "exchange the keyboard for one with tactile switches. Also the thermostat for Google Assistant in stainless steel": "3:tactile 4:Google Assistant+stainless steel",
    "I'd like to exchange the shirt. I want a size L in green": "2:L+green", "exchange the shirt for a green shirt and the lamp for the brass lamp": "0:brass 2:green",
    "swap the shirt and keyboard: shirt in blue, keyboard tactile": "2:blue 3:tactile", "the brass lamp instead of the white one": "0:brass",
    "replace the lamp with a brass one": "0:brass", "I received the keyboard with linear switches but want clicky": "3:clicky",
    "the shirt is too small, I need the large one": "2:L", "the shirt in L, any colour except red": "2:L+blue|green",
    "the kettle in size large, otherwise the same": "1:large",
    "change the thermostat to alexa and keep the lamp": "4:Amazon Alexa", "upgrade the kettle to the large size": "1:large",
    "lamp in blue; shirt in L": "0:blue 2:L", "the tee in green and size S": "2:green+S", "hello": "", "in green": "",
    "make the lamp brass": "0:brass", "switch the lamp from white to brass and the shirt from red to green": "0:brass 2:green",
    "I want to return the kettle and exchange the shirt for a green one": "2:green", "the keyboard should have no backlight": "3:none",
    "if you have the shirt in green I want that, otherwise blue in L": "2:green>blue+L",
    "don't change the lamp, make the kettle blue": "1:blue", "the shirt: green in L": "2:green+L",
    "I have two things: the lamp in brass and the shirt in green": "0:brass 2:green",
    "skip the lamp, make the kettle blue": "1:blue",
    "shirt: size L and green. Lamp: brass": "0:brass 2:L+green",
}


def written(found):
    parts = []
    for own, wish in found:
        wishes = ["+".join("|".join(values) for values in one.wished.values()) for one in wish.in_order]
        parts.append(f"{LINES.index(own)}:{'>'.join(wishes)}")
    return " ".join(parts)


class TestReadSwaps:
    @pytest.mark.parametrize(("said", "meant"), SAYINGS.items())
    def test_each_line_gets_its_own_wish(self, said, meant):
        assert written(read_swaps(said, LINES, lambda one: OFFERED[one.product])) == meant

    def test_both_is_the_two_lines_there_are(self):
        assert written(read_swaps("both in blue", LINES[:2], lambda one: OFFERED[one.product])) == "0:blue 1:blue"

    def test_a_price_before_the_thing_is_wished_with_what_is_said_after_it(self):
        [(_, wish)] = read_swaps("I'd like the cheapest shirt that has a size L", LINES[2:3], lambda _: OFFERED["T-Shirt"])
        assert (wish.wished, wish.price) == ({"size": ("L",)}, "lowest")

    def test_so_it_is_where_it_is_already_to_be_changed(self):
        [(_, wish)] = read_swaps(
            "I'll go for the cheapest shirt in L then", LINES[2:3], lambda _: OFFERED["T-Shirt"], changed=LINES[2:3]
        )
        assert (wish.wished, wish.price) == ({"size": ("L",)}, "lowest")

    def test_another_shops_price_is_none(self):
        [(_, wish)] = read_swaps("the shirt in green, I found it cheaper elsewhere", LINES[2:3], lambda _: OFFERED["T-Shirt"])
        assert (wish.wished, wish.price) == ({"color": ("green",)}, "")

    def test_what_names_no_line_is_wished_for_the_line_spoken_of(self):
        assert written(read_swaps("in green", LINES, lambda one: OFFERED[one.product], current=[LINES[2]])) == "2:green"

    def test_what_it_comes_in_is_no_colour_of_another_thing(self):
        found = read_swaps("which white one have you?", LINES, lambda one: OFFERED[one.product], current=[LINES[3]])
        assert written(found) == "3:white"
        assert written(read_swaps("brass please", LINES[:1], lambda one: OFFERED[one.product])) == "0:brass"

    @pytest.mark.parametrize(("said", "meant"), [
        ("the camera for the 30MP one", "0:30MP"), ("swap the camera for a 4K one", "1:4K"),
        ("the camera for the 30MP one and the lamp for brass", "0:30MP 2:brass"), ("the camera for another one", ""),
    ])
    def test_of_two_alike_the_one_that_comes_as_wished_is_meant(self, said, meant):
        lines = [line("Digital camera", resolution="24MP"), line("Action camera", resolution="5K"), line("Desk lamp", colour="white")]
        forms = [forms_of(resolution=("24MP", "30MP")), forms_of(resolution=("4K", "5K")), forms_of(colour=("white", "brass"))]
        found = read_swaps(said, lines, lambda one: forms[lines.index(one)])
        read = [f"{lines.index(own)}:{'|'.join(wish.wished.get('resolution', wish.wished.get('colour', ())))}" for own, wish in found]
        assert " ".join(one for one in read if one[-1] != ":") == meant

    def test_what_the_thing_is_already_is_wished_where_not_all_else_can_stay(self):
        laptop = line("Laptop", screen="15-inch", processor="i7", color="black")
        offered = [one for one in forms_of(screen=("13-inch", "15-inch"), processor=("i7", "i9"), color=("black", "silver")) if (
            one.options["processor"] == "i7" or one.options["color"] == "silver"
        )]
        [(_, wish)] = read_swaps("The laptop: could I have a 15-inch one with an i9?", [laptop], lambda _: offered)
        assert [dict(one.options) for one in wish.near] == [{"screen": "15-inch", "processor": "i9", "color": "silver"}]


MAKERS = [
    line("Coffee Maker", color="steel", capacity="4 cups"), line("Office Chair", color="red"),
    line("Coffee Maker", color="steel", capacity="1 cup"),
]
BREWERS = forms_of(color=("steel", "black"), capacity=("1 cup", "4 cups"))


@pytest.mark.parametrize("text", [
    "please also change the 1 cup coffee maker to black", "the small coffee maker, the one for just one cup, in black",
    "the coffee maker for one cup in black",
])
def test_one_of_two_is_told_by_its_measure(text):
    chairs = forms_of(color=("red", "black"))
    swaps = read_swaps(text, MAKERS, lambda one: chairs if one is MAKERS[1] else BREWERS, current=[MAKERS[1]])
    [(maker, wish)] = [swap for swap in swaps if not swap[1].is_empty]
    assert (maker, wish.wished["color"]) == (MAKERS[2], ("black",))


def test_a_thing_of_which_there_are_two_is_no_wish_for_another():
    chairs = forms_of(color=("red", "black"))
    swaps = read_swaps(
        "the coffee maker in black", MAKERS, lambda one: chairs if one is MAKERS[1] else BREWERS, current=[MAKERS[1]]
    )
    assert not [one for one, _ in swaps if one is MAKERS[1]]


@pytest.mark.parametrize("ruled_out", ["But no leather", "Not in leather please", "anything but leather"])
def test_what_it_must_not_be_is_said_of_the_thing_before(ruled_out):
    shoes = [line("Running Shoes", size="11", color="white", material="leather"), line("Running Shoes", size="10", color="black", material="mesh")]
    offered = forms_of(size=("10", "11"), color=("black", "white"), material=("leather", "mesh", "canvas"))
    swaps = read_swaps(f"the black shoes in size 11. {ruled_out}", shoes, lambda _: offered)
    [(one, wish)] = [swap for swap in swaps if not swap[1].is_empty]
    assert (one, wish.wished["size"]) == (shoes[1], ("11",))
    assert "leather" not in {each.options["material"] for each in (*wish.matches, *wish.near)}


@pytest.mark.parametrize(("text", "told"), [("the coffee maker in black", [0]), ("also the coffee maker in black", [])])
def test_of_two_that_may_be_meant_it_is_the_one_planned_unless_a_further_one_is(text, told):
    chairs = forms_of(color=("red", "black"))
    swaps = read_swaps(
        text, MAKERS, lambda one: chairs if one is MAKERS[1] else BREWERS, current=[MAKERS[0], MAKERS[1]]
    )
    assert [MAKERS.index(one) for one, wish in swaps if not wish.is_empty] == told


def test_the_cheapest_of_what_it_shall_be_is_no_line_of_the_order():
    shirt = line("T-Shirt", color="red", size="M", price=1900)
    [(_, wish)] = read_swaps(
        "I ordered one of those, but I'd love it in blue instead. Same size, and just the cheapest one", [shirt],
        lambda _: OFFERED["T-Shirt"],
    )
    assert (dict(wish.wished), wish.price) == ({"color": ("blue",), "size": ("M",)}, "lowest")


def test_behind_a_no_it_is_still_of_what_is_spoken_of():
    lines = [line("T-Shirt", color="red", size="M"), line("Desk lamp", colour="blue")]
    offered = {**OFFERED, "Desk lamp": forms_of(colour=("blue", "brass", "white"), brightness=("low", "medium"))}
    [(found, wish)] = read_swaps(
        "Oh no no, not green and not L! I meant a blue one in M", lines, lambda one: offered[one.product], current=[lines[0]]
    )
    assert (found.product, dict(wish.wished)) == ("T-Shirt", {"color": ("blue",), "size": ("M",)})


@pytest.mark.parametrize(("text", "wished"), [
    ("a bigger bottle, any colour is fine, and earbuds with 8 hours, same water resistance, black if you've got that, else any colour",
     {"Water Bottle": {"capacity": ("1000ml",), "color": ("blue", "green")}, "Earbuds": {"battery life": ("8 hours",), "color": ("black",)}}),
    ("the earbuds with 8 hours, just not green", {"Earbuds": {"battery life": ("8 hours",)}}),
])
def test_what_is_kept_hoped_for_or_ruled_out_is_of_the_thing_before(text, wished):
    lines = [
        line("Water Bottle", capacity="500ml", color="blue"), line("Earbuds", color="white", battery_life="6 hours", water_resistance="IPX7"),
        line("Charger", color="black"),
    ]
    lines = [line(one.product, **{name.replace("_", " "): value for name, value in one.options.items()}) for one in lines]
    offered = {
        "Water Bottle": forms_of(capacity=("500ml", "1000ml"), color=("green", "blue")),
        "Earbuds": forms_of(color=("black", "white", "green"), **{"battery life": ("6 hours", "8 hours"), "water resistance": ("IPX4", "IPX7")}),
        "Charger": forms_of(color=("black", "white")),
    }
    found = {one.product: wish for one, wish in read_swaps(text, lines, lambda one: offered[one.product])}
    assert found.keys() == wished.keys()
    for product, options in wished.items():
        assert {name: found[product].wished.get(name) for name in options} == options
    assert "green" not in {one.options["color"] for one in found["Earbuds"].near} or "not green" not in text
