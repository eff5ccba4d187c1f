"""Orders named in customers' own words."""

import pytest

from support.grounding.order_reading import read_orders
from support.models.orders import OrderStatus
from tests.support.grounding.wares import TODAY, ZONE, line, order

ORDERS = [
    order("#W6390527", OrderStatus.PENDING, "2026-11-18", line("Desk lamp", colour="blue"), line("Mug", 4, colour="oat")),
    order("#W1112222", OrderStatus.DELIVERED, "2026-11-10", line("Kettle", colour="moss")),
    order("HF-33444", OrderStatus.DELIVERED, "2026-05-10", line("Desk lamp", colour="white"), line("Office Chair", material="mesh")),
    order("#W5556666", OrderStatus.PENDING, "2026-11-01", line("Kettle", colour="red")),
    order("#W7778888", OrderStatus.SHIPPED, "2026-10-05", line("Running Shoes", size="10")),
]
SAYINGS = {
    "the order with the chair. I'd like the chair in mesh, my desk is being redone you see": "2",
    "my desk is being redone, so return the chair": "2",
    "#W6390527": "0", "order w6390527 please": "0", "6390527 and #W1112222": "0 1", "the one ending in 3444": "2", "hf 33444": "2",
    "order number 33444": "2", "HF-33444": "2", "order #W9999999": "", "cancel order 5556666 and 6390527": "0 3",
    "the one from May": "2", "the order I placed in October": "4", "last week's": "1", "may I cancel my order": "", "I ordered it on 10 May": "2",
    "in november": "? 0 1 3", "from yesterday": "", "my last order": "0", "latest order": "0", "my most recent purchase": "0",
    "the oldest one": "2", "my very first order": "2", "previous order": "1", "my last two orders": "0 1",
    "the pending one": "? 0 3", "the pending order with the lamp": "0", "the delivered order": "? 1 2", "the shipped one": "4",
    "the one that has not been sent yet": "? 0 3", "both pending orders": "0 3", "all my delivered orders": "1 2",
    "the order that is on its way": "4", "when will it be delivered": "", "the kettle that was delivered": "1",
    "the order with the blue lamp": "0", "the lamp order": "? 0 2", "the chair": "2", "refund for the chair": "2", "my running shoes": "4",
    "I want to return the kettle": "? 1 3", "the red kettle": "3", "the 4 mugs": "0", "the headphones": "", "all of them": "0 1 2 3 4",
    "the chair and the running shoes": "2 4", "return the oat mug and the running shoes": "0 4", "the kettle and the chair": "? 1 2 3",
    "my last order should go to 445 Maple Drive, Denver, CO 80202": "0", "cancel 80202": "", "send my last order to 12345 Elm Street": "0",
    "my zip code is 19122 and it is about my last order": "0",
    "I'm Maria Lopez from 19122 and it is about my last order": "0",
    "my user id is maria_lopez_8020 and it is about my last order": "0",
    "maria.lopez9620@example.com here, it is about my last order": "0",
    "everything of mine that is still pending": "0 3", "the chair, and the shoes from the other order": "2 4",
    "change the mug to a 1000ml one": "0", "swap the kettle before it ships": "3", "the lamp, before it's sent": "0", "change my order with the mug before it ships": "0",
    "the red one, in mesh": "", "the red one": "3",
    "the chair that is on its way": "2", "everything except the chair": "2", "all but the lamp from my order with the chair": "2",
    "the one with #9": "",
    "cancel all my pending orders except the one with the lamp": "3", "all pending orders but #W5556666, I don't need them": "0",
    "every open order apart from the lamp one": "3 4", "everything that's pending besides the most recent one": "3",
    "everything from the chair order except the lamp": "2", "all the things in #W6390527 but the mug": "0",
    "all my orders except the chair one and the shoes, please": "0 1 3", "cancel all my pending orders except the rocket": "? 0 3",
    "I want the chair after all. keep that order, cancel all the others": "0 1 3 4", "that order with the kettle in red stays, cancel the rest": "0 1 2 4",
    "every order": "0 1 2 3 4", "hi there": "", "": "", "size was wrong, I wanted blue": "", "the pending order from november with the kettle": "3",
}


def written(reading):
    chosen, candidates = ([str(place) for place, one in enumerate(ORDERS) if one in found] for found in (reading.chosen, reading.candidates))
    return " ".join([*chosen, *(["?", *candidates] if candidates else [])])


@pytest.mark.parametrize("said", [
    "the pending order that's only sunglasses", "the order thats just sunglasses", "the one that only has sunglasses",
])
def test_an_order_of_nothing_else_is_the_one_with_that_alone(said):
    sunglasses = line("Sunglasses", colour="black")
    alone = order("#W3330003", OrderStatus.PENDING, "2026-11-17", sunglasses)
    some = [order("#W3330004", OrderStatus.PENDING, "2026-11-18", sunglasses, line("Mug", colour="oat")), alone]
    assert read_orders(said, some, today=TODAY, zone=ZONE).chosen == (alone,)


def test_what_is_being_processed_is_the_packed_one_or_else_one_that_waits():
    sunglasses = line("Sunglasses", colour="black")
    packed = order("#W3330001", OrderStatus.PROCESSED, "2026-11-17", sunglasses)
    some = [order("#W3330002", OrderStatus.PENDING, "2026-11-18", sunglasses, line("Mug", colour="oat")), packed]
    for said in ("the order with the sunglasses that's being processed", "I ordered sunglasses, it says it's being processed"):
        assert read_orders(said, some, today=TODAY, zone=ZONE).chosen == (packed,)
        assert read_orders(said, some[:1], today=TODAY, zone=ZONE).chosen == (some[0],)


class TestReadOrders:
    @pytest.mark.parametrize(("said", "meant"), SAYINGS.items())
    def test_an_order_is_known_by_what_is_said_of_it(self, said, meant):
        assert written(read_orders(said, ORDERS, today=TODAY, zone=ZONE)) == meant

    @pytest.mark.parametrize(("said", "meant"), [
        ("I received the kettle last week", "1"), ("my lamp arrived in August", "2"), ("the lamp came in May", "2"),
    ])
    def test_a_day_of_arrival_is_no_day_of_an_order(self, said, meant):
        assert written(read_orders(said, ORDERS, today=TODAY, zone=ZONE)) == meant

    def test_places_are_those_of_the_list_that_was_shown(self):
        shown = [ORDERS[2], ORDERS[1]]
        for second in ("the second one", "#2", "#2 please"):
            assert written(read_orders(second, ORDERS, today=TODAY, zone=ZONE, shown=shown)) == "1"

    @pytest.mark.parametrize(("said", "meant"), [("both", "1 2"), ("all of them", "1 2"), ("all please", "1 2"), ("that's all", "")])
    def test_both_and_all_are_those_of_the_list_that_was_shown(self, said, meant):
        assert written(read_orders(said, ORDERS, today=TODAY, zone=ZONE, shown=ORDERS[1:3])) == meant

    def test_the_last_one_of_a_list_might_be_the_latest(self):
        assert written(read_orders("the last one", ORDERS, today=TODAY, zone=ZONE, shown=ORDERS[:3])) == "? 0 2"

    def test_it_is_the_order_spoken_of_and_the_other_one_is_not(self):
        assert written(read_orders("cancel it", ORDERS, today=TODAY, zone=ZONE, current=ORDERS[1:2])) == "1"
        asked = "can I change an order that has no number yet?"
        assert written(read_orders(asked, ORDERS, today=TODAY, zone=ZONE, current=ORDERS[1:2])) == ""
        assert written(read_orders("the other one", ORDERS, today=TODAY, zone=ZONE, shown=ORDERS[:2], current=ORDERS[:1])) == "1"

    def test_the_order_spoken_of_is_meant_by_a_thing_that_several_have(self):
        assert written(read_orders("return the kettle", ORDERS, today=TODAY, zone=ZONE, current=ORDERS[1:2])) == "1"
