import numpy as np
from engine.nlu.clauses import whole
from engine.nlu.requests import Heard, group

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
