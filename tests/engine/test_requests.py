import numpy as np
from engine.nlu.clauses import whole
from engine.nlu.heard import Heard
from engine.nlu.requests import group, is_in_case

FIRST, DETAILS = ["report_danger", "express_frustration"], {"return_items": ["refund_status", "faq/refund_time"]}


def heard(text, intent, confidence=0.9, question=""):
    return Heard(whole(text), intent, confidence, question, np.zeros(2))


def requests(*clauses):
    return [(one.heard.intent, " ".join(one.texts)) for one in group(list(clauses), 0.5, FIRST, DETAILS)]


def test_each_thing_asked_for_is_a_request():
    assert requests(heard("cancel my order", "cancel_order"), heard("show my points", "show_points")) == [
        ("cancel_order", "cancel my order"),
        ("show_points", "show my points"),
    ]


def test_what_is_told_before_goes_with_the_first_request_and_what_follows_with_the_one_before():
    told = requests(
        heard("my lamp came yesterday", "track_order"),
        heard("I want to return it", "return_items"),
        heard("it does not fit", "deny"),
        heard("show my points", "show_points"),
    )
    assert told == [
        ("return_items", "my lamp came yesterday I want to return it it does not fit"),
        ("show_points", "show my points"),
    ]


def test_pleasantries_are_no_requests():
    assert requests(heard("can you help?", "greet"), heard("cancel my order", "cancel_order")) == [
        ("cancel_order", "can you help? cancel my order")
    ]


def test_the_same_again_is_one_request():
    assert len(requests(heard("cancel A", "cancel_order"), heard("cancel B", "cancel_order"))) == 1
    assert len(requests(heard("how late?", "faq", question="hours"), heard("where?", "faq", question="stores"))) == 2


def test_a_detail_of_the_request_before_is_none_of_its_own():
    assert len(requests(heard("return it", "return_items"), heard("put the refund on it", "refund_status"))) == 1
    assert len(requests(heard("return it", "return_items"), heard("put it back", "faq", question="refund_time"))) == 1


def test_a_question_or_another_order_is_no_detail():
    asked = requests(heard("return the lamp", "return_items"), heard("where is my refund?", "refund_status"))
    assert [intent for intent, _ in asked] == ["return_items", "refund_status"]
    other = requests(heard("return the lamp", "return_items"), heard("send me the refund of #W12345", "refund_status"))
    assert [intent for intent, _ in other] == ["return_items", "refund_status"]


def test_anger_silences_all_else():
    told = requests(heard("show my points", "show_points"), heard("this is a disgrace", "express_frustration"))
    assert told == [("express_frustration", "show my points this is a disgrace")]


def test_danger_silences_anger():
    told = requests(heard("I am furious", "express_frustration"), heard("the lamp burnt me", "report_danger"))
    assert told == [("report_danger", "I am furious the lamp burnt me")]


def test_nothing_clear_is_no_request():
    assert requests(heard("cancel that", "cancel_order", 0.2), heard("hm", "deny")) == []


def test_who_thinks_better_of_it_in_the_same_breath_wants_the_second_of_the_first():
    asked = group(
        [heard("Cancel the mug order.", "cancel_order"), heard("Hmm no, change it to the blue one", "change_order_items")],
        0.5, FIRST, DETAILS,
    )
    assert [(one.heard.intent, one.corrected, " ".join(one.texts)) for one in asked] == [
        ("change_order_items", True, "Cancel the mug order. Hmm no, change it to the blue one")
    ]


def test_a_no_that_names_another_order_is_a_request_of_its_own():
    told = requests(heard("cancel HF-10432", "cancel_order"), heard("no, return HF-10433", "return_items"))
    assert [intent for intent, _ in told] == ["cancel_order", "return_items"]


def test_a_sigh_beside_a_wish_fetches_nobody():
    told = requests(
        heard("What a pity.", "express_frustration", 0.87), heard("change it to the black one", "change_order_items")
    )
    assert [intent for intent, _ in told] == ["change_order_items"]
    told = requests(heard("Oh come on.", "express_frustration", 0.95), heard("so why not the Visa?", "deny", 0.4))
    assert "express_frustration" not in [intent for intent, _ in told]
    terse = heard("but the white one I want in 6 ft", "exchange_items", 0.92)
    told = requests(heard("Absurd.", "express_frustration", 0.88), terse)
    assert "express_frustration" not in [intent for intent, _ in told]


def test_whoever_is_loud_or_says_nothing_else_is_upset():
    loud = heard("I have had enough of you people!", "express_frustration", 0.95)
    assert requests(loud, heard("cancel my order", "cancel_order"))[0][0] == "express_frustration"
    assert requests(heard("Ridiculous.", "express_frustration", 0.9))[0][0] == "express_frustration"


def test_what_is_wanted_only_if_something_cannot_be_is_known_by_its_beginning():
    for text in ("If that's not available cancel it", "otherwise cancel it", "but if it is sold out, cancel it"):
        assert is_in_case(heard(text, "cancel_order"))
    for text in ("if you have it in blue I want that", "cancel it if that's not available", "iffy, cancel it"):
        assert not is_in_case(heard(text, "cancel_order"))


def test_a_wish_without_a_verb_begins_a_request_where_it_names_its_order():
    terse = ["change_order_items"]
    kettle = heard("return the kettle from 10400", "return_items")
    for text, confidence, count in (
        ("jacket in HF-10432 to size M", 0.6, 2), ("jacket to size M", 0.6, 1), ("that order with the jacket in M", 0.95, 2),
        ("the jacket in HF-10432 is too small", 0.95, 1),
    ):
        assert len(group([kettle, heard(text, "change_order_items", confidence)], 0.5, FIRST, DETAILS, terse)) == count


def test_what_says_which_order_it_is_goes_with_what_is_wished_for_it():
    assert requests(
        heard("swap the lamp for the brass one", "change_order_items"),
        heard("And my order with the rug was a mistake", "nlu_fallback"),
        heard("cancel it please", "cancel_order"),
    ) == [
        ("change_order_items", "swap the lamp for the brass one"),
        ("cancel_order", "And my order with the rug was a mistake cancel it please"),
    ]
    assert requests(
        heard("exchange my kettle for the steel one", "exchange_items"),
        heard("And the bookshelf is just too big", "report_problem"),
        heard("I want to return that", "return_items"),
    ) == [
        ("exchange_items", "exchange my kettle for the steel one"),
        ("return_items", "And the bookshelf is just too big I want to return that"),
    ]


def test_the_same_wish_for_another_order_is_a_request_of_its_own():
    lamp = heard("change the lamp to brass", "change_order_items")
    for text, count in (
        ("In my other order with the rug change the rug to red", 2), ("And in the order with the rug, please change it to red", 2),
        ("change the rug to red", 1), ("in that order also change the rug", 1),
    ):
        assert len(requests(lamp, heard(text, "change_order_items"))) == count


def test_what_introduces_another_order_goes_with_what_follows():
    assert requests(
        heard("return the shoes to my card", "return_items"),
        heard("Then there's the order with the machine", "change_order_items"),
        heard("could you take out just the machine?", "cancel_order"),
    ) == [
        ("return_items", "return the shoes to my card"),
        ("cancel_order", "Then there's the order with the machine could you take out just the machine?"),
    ]


def test_a_thing_that_has_come_is_none_of_the_order_that_is_still_to_come():
    for intent in ("exchange_items", "change_order_items"):
        swap = heard("In HF-7 swap the machine for the capsule one", intent)
        assert len(requests(swap, heard("And the mat I received: exchange it for a blue one", "exchange_items"))) == 2


SWAPS = {
    "change_order_items": ["exchange_items", "show_product"], "exchange_items": ["change_order_items", "show_product"],
}


def swaps(*clauses):
    return [(one.heard.intent, len(one.texts)) for one in group(list(clauses), 0.5, FIRST, SWAPS)]


def test_swapping_before_or_after_it_is_sent_is_one_wish():
    assert swaps(
        heard("Exchange the mug for the red one", "exchange_items"),
        heard("also change the earbuds in that order to the blue ones", "change_order_items"),
        heard("please make the jug exactly like the one I have in another order", "change_order_items"),
    ) == [("exchange_items", 3)]
    assert swaps(
        heard("Exchange the mug for the red one", "exchange_items"),
        heard("and change the lamp in my order from May", "change_order_items"),
    ) == [("exchange_items", 1), ("change_order_items", 1)]
    assert swaps(
        heard("Change the mug to the red one", "change_order_items"),
        heard("and exchange the delivered jug for a blue one", "exchange_items"),
    ) == [("change_order_items", 1), ("exchange_items", 1)]


def test_what_a_swap_costs_is_asked_about_the_swap():
    swap = heard("Exchange the mug for the red one", "exchange_items")
    assert swaps(swap, heard("What would that cost altogether?", "show_product")) == [("exchange_items", 2)]
    assert swaps(swap, heard("What does the blue jug cost?", "show_product")) == [
        ("exchange_items", 1), ("show_product", 1)
    ]


def test_what_only_tells_how_a_thing_should_be_is_no_request():
    shelf = heard("The shelf should be a wooden one", "change_order_items", 0.3)
    keyboard = heard("Change the keyboard to one without a backlight", "exchange_items")
    assert swaps(shelf, heard("Give me black, or otherwise white", "show_product"), keyboard) == [
        ("change_order_items", 3)
    ]
    assert swaps(heard("Show me your shelves", "show_product"), keyboard) == [("show_product", 1), ("exchange_items", 1)]
