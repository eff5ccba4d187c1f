"""Numbers that look like an order's and are none."""

import pytest

from support.grounding.numbered_orders import numbered, unknown_number
from support.grounding.other_numbers import without_postcodes
from support.models.orders import OrderStatus
from tests.support.grounding.wares import line, order

ORDERS = [order("HF-10432", OrderStatus.PENDING, "2026-11-01", line("Lamp"))]


class TestPostcodes:
    @pytest.mark.parametrize("text", [
        "Fatima Patel, 90073. Cancel my order with the wireless earbuds please", "85099 is my zip", "hi im Ingrid Li 90043.",
        "It's Amelia Okafor, 60678.", "Hiya! Anya Lee, 20020, big news", "my zip's 90073", "Jo O'Brien (90210)", "90210 (zip)",
        "im jo lee and my zip is 90073", "Name: Jo Lee, 90210", "hello, jo lee here, 90210", "90073, that's my zip code",
    ])
    def test_behind_a_name_or_as_one_a_number_names_no_order(self, text):
        assert numbered(text, ORDERS) is None
        assert unknown_number(text, ORDERS) == ""

    @pytest.mark.parametrize("text", [
        "where is 90073?", "cancel 90073", "it's 90073", "this is about 90073", "I'm looking for 90073", "Cancel order 90073 please",
        "order 90073 please, jo", "Jo Lee, order 90073", "Fatima Patel #90073", "where's my parcel 90073",
    ])
    def test_where_an_order_is_spoken_of_it_is_one_that_is_not_theirs(self, text):
        assert unknown_number(text, ORDERS).strip("#") == "90073"

    @pytest.mark.parametrize("text", ["Fatima Patel 10432", "I'm Jo Lee, 10432", "10432 is my zip"])
    def test_an_order_of_theirs_that_it_fits_is_meant(self, text):
        assert numbered(text, ORDERS).chosen == (ORDERS[0],)

    @pytest.mark.parametrize(("text", "left"), [
        ("ingrid li 90043, cancel it", "ingrid li  , cancel it"), ("order 90043", "order 90043"), ("#90043", "#90043"),
        ("jo 90043-1234", "jo  "), ("190043", "190043"),
    ])
    def test_their_own_is_left_out_unless_it_is_called_an_order(self, text, left):
        assert without_postcodes(text, ["90043"]) == left
