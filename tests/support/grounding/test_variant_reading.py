"""Variants wished for in customers' own words."""

import pytest

from support.grounding.variant_reading import read_wish
from tests.support.grounding.wares import forms_of

SHIRT = ("T-Shirt", {"color": "red", "size": "M", "style": "v-neck"}, forms_of(
    color=("red", "blue", "green"), size=("S", "M", "L", "XL"), style=("v-neck", "crew neck"),
))
CAMERA = ("Action Camera", {"resolution": "4K", "waterproof": "no", "storage": "64GB", "ram": "8GB"}, forms_of(
    resolution=("1080p", "4K"), waterproof=("yes", "no"), storage=("64GB", "512GB SSD", "1TB"), ram=("8GB", "16GB"),
))
CHAIR = ("Office Chair", {"material": "mesh", "armrest": "fixed", "color": "black"}, forms_of(
    material=("mesh", "leather", "fabric"), armrest=("none", "fixed", "adjustable"), color=("black", "stainless steel"),
))
LOCK = ("Smart Lock", {"works with": "Apple Home", "finish": "nickel"}, forms_of(
    works_with=("Apple Home", "Google Assistant", "Amazon Alexa"), finish=("nickel", "aged brass", "brushed brass"),
))
JUG = ("Field jug", {"colour": "oat", "capacity": "1 litre"}, forms_of(
    colour=("oat", "tide blue", "charcoal"), capacity=("500 ml", "1 litre", "1.5 litres"),
))

MOUSE = ("Gaming Mouse", {"connectivity": "wireless", "color": "black"}, forms_of(
    connectivity=("wired", "wireless"), color=("black", "white"),
))

# What is said: each wish in order, "option=value|value", "!" before an unknown word, "?" before one that fits several
SAYINGS = [
    (MOUSE, {
        "with a cable": "connectivity=wired", "cordless in white": "connectivity=wireless color=white",
        "without a cable": "connectivity=wireless",
    }),
    (SHIRT, {
        "in blue": "color=blue", "blue please": "color=blue", "a blu one": "!blu", "size L": "size=L", "large": "size=L",
        "the bigger size": "size=L|XL", "one size up": "size=L", "a size smaller": "size=S", "the smallest you have": "size=S",
        "the biggest size": "size=XL", "extra large": "size=XL", "XL, in green": "size=XL color=green",
        "any colour but red": "color=blue|green", "a different color": "color=blue|green", "not red": "color=blue|green",
        "from red to blue": "color=blue", "blue instead of red": "color=blue", "same but in green": "color=green",
        "the same size in blue": "size=M color=blue", "crew-neck instead of v-neck": "style=crew neck",
        "blue, or green if that is not available": "color=blue / color=green",
        "size L in blue, otherwise green": "size=L color=blue / size=L color=green",
        "green if you have it, if not blue": "color=green / color=blue", "blue or failing that green": "color=blue / color=green",
        "blue or green, in XL": "color=blue size=XL / color=green size=XL", "in XL, blue or green": "color=blue size=XL / color=green size=XL",
        "blue, only if it is a crew neck, too": "color=blue style=crew neck", "size L in green, or my own in L": "size=L color=green / size=L",
        "size L, green if you have it, otherwise the cheapest size L": "size=L color=green / size=L color=green price=lowest",
        "anything but red or green": "color=blue", "purple": "!purple", "in purple, size L": "size=L !purple",
        "thank you": "", "": "", "the cheapest": "price=lowest", "cheapest blue one": "color=blue price=lowest",
        "the most expensive one": "price=highest", "something cheaper": "price=lower", "blue large crew neck tshirt": "color=blue size=L style=crew neck",
    }),
    (CAMERA, {
        "no, not enough. 1080p": "resolution=1080p", "no": "waterproof=no", "1080p, waterproof no": "resolution=1080p waterproof=no",
        "what would I save if I had it in 1080p?": "resolution=1080p", "what's the difference if I take 1TB": "storage=1TB",
        "waterproof": "waterproof=yes", "a waterproof one with more storage": "waterproof=yes storage=512GB SSD|1TB",
        "not waterproof": "waterproof=no", "the most storage": "storage=1TB", "512 gigs": "storage=512GB SSD", "512gb": "storage=512GB SSD",
        "16 GB of RAM": "ram=16GB", "1 terabyte": "storage=1TB", "1080p and waterproof": "resolution=1080p waterproof=yes",
        "upgrade it to 1TB with 16 gb ram": "storage=1TB ram=16GB", "lower resolution": "resolution=1080p", "waterprof please": "waterproof=yes", "256 GB": "!256gb",
    }),
    (CHAIR, {
        "leather": "material=leather", "without armrests": "armrest=none", "without any armrest": "armrest=none", "no armrest": "armrest=none", "lether": "material=leather",
        "adjustable armrests in fabric": "armrest=adjustable material=fabric", "stainless steel": "color=stainless steel",
        "the steel one": "color=stainless steel", "any material except mesh": "material=leather|fabric",
        "fabric, same colour": "material=fabric color=black", "wood": "!wood",
    }),
    (LOCK, {
        "one that works with Google": "works with=Google Assistant", "alexa": "works with=Amazon Alexa",
        "brass": "finish=aged brass|brushed brass", "brushed brass and alexa": "finish=brushed brass works with=Amazon Alexa",
        "the aged brass finish": "finish=aged brass",
    }),
    (JUG, {
        "1500 ml": "capacity=1.5 litres", "half-litre": "!half !liter", "bigger": "capacity=1.5 litres", "smaller": "capacity=500 ml", "500ml in blue": "capacity=500 ml colour=tide blue",
        "1 or 1.5 litres in charcoal": "capacity=1 litre colour=charcoal / capacity=1.5 litres colour=charcoal",
        "1.5L": "capacity=1.5 litres", "any color": "colour=oat|tide blue|charcoal", "grey": "!gray",
    }),
]
CASES = [(*ware, said, meant) for ware, sayings in SAYINGS for said, meant in sayings.items()]


def written(wish):
    parts = []
    for one in wish.in_order:
        words = [f"{name}={'|'.join(values)}" for name, values in one.wished.items()]
        words += [f"price={one.price}"] if one.price else []
        parts.append(" ".join([*words, *(f"?{word}" for word in one.unclear), *(f"!{word}" for word in one.unknown)]))
    return " / ".join(parts)


class TestReadWish:
    @pytest.mark.parametrize(("name", "current", "variants", "said", "meant"), CASES, ids=[f"{case[0]}: {case[3]}" for case in CASES])
    def test_the_options_asked_for_are_found(self, name, current, variants, said, meant):
        assert sorted(written(read_wish(said, current, variants, name=name)).split()) == sorted(meant.split())

    def test_what_is_not_named_stays_as_it_is(self):
        name, current, variants = SHIRT
        assert [dict(one.options) for one in read_wish("in blue", current, variants, name=name).matches] == [current | {"color": "blue"}]

    def test_what_is_in_stock_comes_before_what_is_not(self):
        variants = forms_of(color=("red", "blue", "green"), size=("S", "M"), sold_out=[("blue", "M")])
        wish = read_wish("any color but red", {"color": "red", "size": "M"}, variants)
        assert [(one.options["color"], one.stock > 0) for one in wish.matches] == [("green", True), ("blue", False)]

    def test_without_a_match_those_that_keep_the_most_come_first(self):
        variants = [one for one in forms_of(color=("red", "blue"), size=("S", "M"), cut=("slim", "wide")) if one.options != {"color": "blue", "size": "M", "cut": "slim"}]
        wish = read_wish("blue", {"color": "red", "size": "M", "cut": "slim"}, variants)
        assert not wish.matches
        assert [(one.options["size"], one.options["cut"]) for one in wish.near] == [("S", "slim"), ("M", "wide"), ("S", "wide")]

    def test_the_cheapest_is_one_that_can_be_had(self):
        variants = forms_of(color=("red", "blue", "green"), sold_out=[("red",)])
        assert [one.options["color"] for one in read_wish("the cheapest one", {"color": "green"}, variants).matches] == ["blue"]

    def test_a_wish_for_what_there_is_not_has_no_match(self):
        name, current, variants = SHIRT
        assert not read_wish("in purple, size L", current, variants, name=name).matches

    def test_a_value_of_two_options_is_unclear_until_one_is_named(self):
        variants = forms_of(storage=("8GB", "16GB", "32GB"), ram=("8GB", "16GB", "32GB"))
        current = {"storage": "8GB", "ram": "8GB"}
        assert read_wish("16gb please", current, variants).unclear == ("16gb",)
        assert not read_wish("16gb please", current, variants).matches
        assert read_wish("16gb ram please", current, variants).wished == {"ram": ("16GB",)}


def test_the_cheapest_is_looked_for_in_the_size_that_is_worn():
    shoes = forms_of(size=("6", "9"), color=("white", "gray"))
    cheapest = min(shoes, key=lambda one: one.price_minor)
    worn = {"size": "9" if cheapest.options["size"] == "6" else "6", "color": "white"}
    wish = read_wish("the cheapest pair you've got", worn, shoes, name="Sneakers")
    assert {one.options["size"] for one in wish.matches} == {worn["size"]}
    wish = read_wish("the cheapest pair, any size", worn, shoes, name="Sneakers")
    assert [one.options["size"] for one in wish.matches] == [cheapest.options["size"]]


def test_what_is_wanted_neither_so_nor_so_is_no_second_choice():
    wish = read_wish("I don't want green or black", {"color": "red"}, forms_of(color=("red", "green", "black", "blue")))
    assert "black" not in {one.options["color"] for each in wish.in_order for one in (*each.matches, *each.near)}
