"""What customers say at the edge of what can be read: places beyond the list, several things alike, addresses abroad."""

import pytest

from support.formatting import locale_for, money
from support.grounding import postcodes
from support.grounding.address_reading import read_address
from support.grounding.contact_reading import read_email, read_name
from support.grounding.line_reading import read_lines
from support.grounding.method_reading import read_method
from support.grounding.order_reading import read_orders
from support.grounding.part_reading import read_part
from support.grounding.value_reading import read_quantity
from support.grounding.variant_reading import read_wish
from tests.support.grounding.test_address_reading import parts_of
from tests.support.grounding.test_line_reading import DESK, GADGETS, KITCHEN
from tests.support.grounding.test_method_reading import METHODS
from tests.support.grounding.test_order_reading import ORDERS, written
from tests.support.grounding.test_when_reading import told
from tests.support.grounding.wares import TODAY, ZONE, forms_of, line, named_lines

ALIKE = [line("Mug", 2, 1500, colour="oat"), line("Mug", 1, 1500, colour="blue")]
TABLE = {"width": "100 cm", "height": "70 cm", "length": "150 cm"}
TABLES = forms_of(width=("100 cm", "120 cm"), height=("70 cm", "80 cm"), length=("150 cm", "180 cm"))


class TestLines:
    @pytest.mark.parametrize(("said", "lines", "meant"), [
        ("the lot", DESK, "0 1 2 3 4 5"), ("every item", DESK, "0 1 2 3 4 5"), ("the entire purchase", DESK, "0 1 2 3 4 5"),
        ("number one", DESK, "0"), ("both", [ALIKE[0]], "0"), ("both", DESK, ""), ("the cheapest mug", ALIKE, "? 0 1"),
        ("the 3-piece set", GADGETS, "2"), ("5 keyboards", DESK, "? 0"), ("both keyboards", DESK, "0"), ("keep everything", DESK, ""),
        ("I want the kettle instead of it", KITCHEN, "3"), ("the mug with gold rim", [line("Mug with gold rim"), line("Plate")], "0"),
    ])
    def test_are_all_one_or_asked_about(self, said, lines, meant):
        assert named_lines(read_lines(said, lines), lines) == meant

    def test_the_other_one_of_several_others_is_asked_about(self):
        assert named_lines(read_lines("the other one", DESK, shown=DESK[:3], current=DESK[:1]), DESK) == "? 1 2"

    def test_the_mugs_of_which_one_is_to_be_told_by_its_place_among_them(self):
        assert named_lines(read_lines("the second mug", ALIKE), ALIKE) == "1"

    def test_without_any_price_the_cheapest_cannot_be_told(self):
        class Unpriced:
            product, options, quantity = "Lamp", {"colour": "oat"}, 1

        lines = [Unpriced(), Unpriced()]
        reading = read_lines("the cheapest lamp", lines)
        assert (reading.chosen, [one for one, _ in reading.candidates]) == ((), lines)


class TestOrders:
    @pytest.mark.parametrize(("said", "knobs", "meant"), [
        ("number 17", {}, ""), ("order #5", {}, ""), ("the other one", {}, ""),
        ("both", {"current": ORDERS[:2]}, "0 1"), ("both of them", {}, ""), ("all of them", {"current": ORDERS[:2]}, "0 1 2 3 4"),
        ("the one before", {"current": ORDERS[2:3]}, ""), ("the one that's in transit", {}, "4"),
        ("the pending one that was placed in May", {}, ""), ("my order", {}, ""),
    ])
    def test_are_told_by_what_there_is(self, said, knobs, meant):
        assert written(read_orders(said, ORDERS, today=TODAY, zone=ZONE, **knobs)) == meant

    def test_the_only_order_is_my_order(self):
        assert written(read_orders("my order", ORDERS[:1], today=TODAY, zone=ZONE)) == "0"


class TestVariants:
    @pytest.mark.parametrize(("said", "wished", "unclear"), [
        ("the widest", {"width": ("120 cm",)}, ()), ("more width", {"width": ("120 cm",)}, ()), ("more", {}, ()),
        ("up a size", {}, ("up",)), ("one size up", {}, ("size",)), ("longer", {"length": ("180 cm",)}, ()),
    ])
    def test_that_are_compared_in_one_of_many_measures(self, said, wished, unclear):
        wish = read_wish(said, TABLE, TABLES, name="Table")
        assert (wish.wished, wish.unclear) == (wished, unclear)

    @pytest.mark.parametrize(("said", "size"), [("up a size", "L"), ("down a size please", "S"), ("a size up", "L")])
    def test_that_are_a_size_away(self, said, size):
        assert read_wish(said, {"size": "M"}, forms_of(size=("S", "M", "L", "XL"))).wished == {"size": (size,)}

    def test_what_is_not_on_the_scale_cannot_be_compared(self):
        wish = read_wish("more width", {"colour": "oat"}, forms_of(width=("100 cm", "120 cm")))
        assert (wish.wished, wish.unclear, wish.matches) == ({}, ("more",), ())

    def test_a_word_for_two_options_is_asked_about_unless_one_is_named(self):
        mats = forms_of(length=("S", "M", "L"), size=("S", "M", "L"))
        now = {"length": "M", "size": "M"}
        assert read_wish("large", now, mats).unclear == ("large",)
        assert read_wish("not large", now, mats).is_empty
        assert read_wish("large length", now, mats).wished == {"length": ("L",)}

    def test_the_cheapest_of_what_is_all_sold_out_is_nothing(self):
        gone = forms_of(size=("S", "M"), sold_out=[("S",), ("M",)])
        wish = read_wish("the cheapest", {"size": "S"}, gone)
        assert (wish.price, wish.matches) == ("lowest", ())

    def test_the_same_wish_again_is_no_other_one(self):
        wish = read_wish("blue, or blue if that is not available", {"colour": "red"}, forms_of(colour=("red", "blue")))
        assert [one.wished for one in wish.in_order] == [{"colour": ("blue",)}]

    @pytest.mark.parametrize(("said", "wished"), [("not red or blue or green", {"colour": ()}), ("blue, not blue", {})])
    def test_what_is_wished_away_again_has_no_match(self, said, wished):
        wish = read_wish(said, {"colour": "red"}, forms_of(colour=("red", "blue", "green")))
        assert (wish.wished, wish.matches) == (wished, ())


class TestMethods:
    @pytest.mark.parametrize(("said", "at_hand", "original", "meant"), [
        ("the other one", "VM", "V", "m"), ("anything but not the original method", "VMP", "V", "?mp"),
        ("the original one, my visa", "VG", "P", "?v"), ("the original one, my PayPal", "VG", "P", "!original payment method"),
        ("the original method, my PayPal", "VP", "V", "?vp"), ("PayPal or the mastercard", "VM", "V", "?m!PayPal"),
    ])
    def test_are_told_from_what_the_order_was_paid_with(self, said, at_hand, original, meant):
        reading = read_method(said, [METHODS[key] for key in at_hand], original=METHODS[original])
        candidates = "".join(one.id for one in reading.candidates)
        found = "".join(one.id for one in reading.chosen) + (f"?{candidates}" if candidates else "")
        assert found + (f"!{reading.asked_for}" if reading.asked_for else "") == meant


class TestAddresses:
    @pytest.mark.parametrize(("text", "expected"), [
        ("Rua Augusta 10, 1100-053 Lisboa, Portugal", "Rua Augusta 10||Lisboa||1100-053|PT"),
        ("ul. Prosta 10, 00-590 Warszawa, Poland", "ul. Prosta 10||Warszawa||00-590|PL"),
        ("Kungsgatan 5, 111 51 Stockholm, Sweden", "Kungsgatan 5||Stockholm||111 51|SE"),
        ("Karl Johans gate 5, 0154 Oslo, Norway", "Karl Johans gate 5||Oslo||0154|NO"),
        ("5 Main St, Reno 89501-1234", "5 Main St||Reno||89501-1234|US"),
        ("1 Main St, Springfield IL, zip 62701", "1 Main St||Springfield|IL|62701|US"),
        ("1 Main St, Springfield IL", "1 Main St||Springfield|IL||US"),
        ("Hauptstr. 5, 10115 Berlin Germany", "Hauptstr. 5||Berlin||10115|DE"),
        ("12 Elm Street Denver", "12 Elm Street||Denver|||"),
        ("12 Elm Street, Denver, please change it", "12 Elm Street||Denver|||"),
        ("12 Elm Street, Denver, Georgia", "12 Elm Street||Denver|GA||US"), ("Flat 3, Germany", "|Flat 3||||"), ("thank you", "|||||"),
    ])
    def test_of_other_countries_and_half_of_one(self, text, expected):
        assert parts_of(read_address(text)) == expected

    @pytest.mark.parametrize(("postcode", "country", "fits"), [
        ("75201-1234", "US", True), ("75201-1234", "DE", False), ("1234", "AT", True), ("12345", "AT", False),
        ("1100-053", "PT", True), ("1100", "PT", False), ("P17 AB12", "IE", True), ("anything", "JP", True),
    ])
    def test_a_postcode_fits_its_country(self, postcode, country, fits):
        assert postcodes.fits(postcode, country) is fits

    @pytest.mark.parametrize(("name", "text"), [
        ("town", "a very long sentence that is no town"), ("recipient", "one of us who lives here now really"), ("town", "?"),
    ])
    def test_a_long_answer_is_no_part_of_one(self, name, text):
        assert read_part(name, text) is None

    def test_a_country_may_be_called_by_its_initials(self):
        assert read_part("country", "U.S.A.") == "US"


class TestOthers:
    @pytest.mark.parametrize("text", ["a..b@example.com", "me@-bad-.com"])
    def test_an_address_that_no_mail_can_reach_is_none(self, text):
        assert read_email(text) is None

    def test_particles_alone_are_no_first_name(self):
        assert read_name("de Silva") is None

    @pytest.mark.parametrize(("text", "count"), [("three hundred and fifty", 350), ("one hundred and twenty-five", 125)])
    def test_a_number_goes_on_after_its_and(self, text, count):
        assert read_quantity(text) == count

    @pytest.mark.parametrize(("text", "expected"), [
        ("75 minutes past three tomorrow", []), ("quarter to one tomorrow", ["11-22 12:45"]), ("saturday next week at 10", ["11-28 10:00"]),
        ("2025-12-01 10:00", []), ("tomorrow at midnight", ["11-22 00:00"]), ("tomorrow at lunch", ["?11-22 12:00", "?11-22 13:00"]),
    ])
    def test_a_time_that_the_clock_has_not_is_none(self, text, expected):
        assert told(text) == expected

    def test_a_locale_that_nobody_knows_gets_the_formats_of_the_shop(self):
        assert [str(locale_for(*tags)) for tags in (("xx", "de_DE"), ("xx", "yy"), ("en", "en"))] == ["en_DE", "en_IE", "en_IE"]
        assert money(123450, "EUR", locale_for("xx", "yy")) == "€1,234.50"
