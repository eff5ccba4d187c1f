"""Orders named by what they come to."""

from dataclasses import replace

import pytest

from support.grounding.order_reading import read_orders
from support.models.orders import OrderStatus
from tests.support.grounding.wares import TODAY, ZONE, line, order

ORDERS = [
    replace(order(number, status, "2026-11-10", line(thing)), total_minor=total) for number, status, thing, total in (
        ("#W1651144", OrderStatus.PENDING, "Laptop", 193044), ("#W7356341", OrderStatus.PENDING, "Grill", 175642),
        ("#W8362141", OrderStatus.DELIVERED, "Tablet", 250000),
    )
]


def written(said, orders=ORDERS, shown=()):
    reading = read_orders(said, orders, today=TODAY, zone=ZONE, shown=shown)
    return [one.number for one in reading.chosen], [one.number for one in reading.candidates]


class TestTotals:
    @pytest.mark.parametrize(("said", "number"), [
        ("the one that costs 1930.44", "#W1651144"), ("the $1,756.42 one", "#W7356341"), ("$2,500.00", "#W8362141"),
    ])
    def test_a_sum_names_the_order_that_comes_to_it(self, said, number):
        assert written(said) == ([number], [])

    @pytest.mark.parametrize(("said", "number"), [
        ("then please cancel the more expensive one, found it cheaper elsewhere", "#W1651144"),
        ("cancel the cheaper order", "#W7356341"), ("the bigger one", "#W1651144"), ("The cheapest one please", "#W7356341"),
    ])
    def test_of_those_shown_the_dearest_or_cheapest_is_told(self, said, number):
        assert written(said, shown=ORDERS[:2]) == ([number], [])

    @pytest.mark.parametrize("said", [
        "what is the cheapest one available?", "which is the cheapest one in stock", "the cheapest one you have got", "what is the cheapest one you have?",
    ])
    def test_what_the_shop_has_is_none_of_them(self, said):
        assert written(said, shown=ORDERS[:2]) == ([], [])

    def test_of_those_described_too(self):
        assert written("the more expensive of the pending orders, the larger one") == (["#W1651144"], [])

    def test_among_all_of_them_it_is_not_sure_which_are_compared(self):
        assert written("cancel the most expensive one") == ([], [one.number for one in ORDERS])
        assert written("cancel the cheaper one", ORDERS[:2]) == (["#W7356341"], [])

    @pytest.mark.parametrize("said", [
        "swap it for the cheapest one", "change the camera to the cheapest one", "I found it cheaper elsewhere", "it costs 12.50",
    ])
    def test_goods_are_compared_without_naming_an_order(self, said):
        assert written(said) == ([], [])

    @pytest.mark.parametrize(("said", "chosen", "candidates"), [
        ("cancel whichever of my orders is over $2000", ["#W8362141"], []),
        ("the pending order that costs less than $1,800", ["#W7356341"], []),
        ("the order that is over $1,800", [], ["#W1651144", "#W8362141"]),
        ("cancel the orders over $1800", ["#W1651144", "#W8362141"], []),
        ("the one under $500", [], []),
    ])
    def test_of_more_or_less_than_a_sum(self, said, chosen, candidates):
        assert written(said) == (chosen, candidates)
