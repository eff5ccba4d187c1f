import pytest
from engine.nlu.related import MOST_BUTTONS, offer

HOW = {"question": "how_to_return", "title": "How do I return something?"}
COST = {"question": "return_cost", "title": "What does a return cost?"}
A_PERSON = {"title": "A person", "payload": "/request_person"}


def understood(text, intent="return_items", confidence=0.9, near=0.2, question=None, **clause):
    closest = [{**HOW, "confidence": near}, {**COST, "confidence": 0.05}]
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "clauses": [clause],
        "faq": {"closest": closest, **({"question": question} if question else {})},
    }


def offered(message, *bubbles):
    said = list(bubbles) or [{"text": "Which order is it about?"}]
    offer(said, message)
    return [one["title"] for one in said[-1].get("buttons") or []]


@pytest.mark.parametrize(
    "message",
    [
        understood("where do I post a parcel back to?"),
        understood("how to post a parcel back", inquires=True),
        understood("parcel back where", confidence=0.6),
    ],
)
def test_a_question_that_may_have_meant_an_article_gets_its_title_as_a_button(message):
    assert offered(message) == [HOW["title"]]


@pytest.mark.parametrize(
    "message",
    [
        understood("return the lamp"),
        understood("what is a lamp?", near=0.09),
        understood("how are you?", intent="greet"),
        understood("what is this about?", intent="nlu_fallback"),
        understood("where do I post a parcel back to?", intent="faq", question="how_to_return"),
    ],
)
def test_nothing_is_offered_for_a_deed_a_greeting_what_is_foreign_or_an_article_that_was_answered_itself(message):
    assert offered(message) == []


def test_of_an_article_that_was_answered_the_next_one_is_offered():
    message = understood("what does it cost to send things back?", intent="faq", question="return_cost")
    assert offered(message) == [HOW["title"]]


def test_the_button_comes_once_after_the_others_and_makes_no_long_list_longer():
    asked = understood("where do I post a parcel back to?")
    titled = {"title": HOW["title"], "payload": HOW["title"]}
    assert offered(asked, {"text": "Hello"}, {"text": "Which?", "buttons": [A_PERSON]}) == ["A person", HOW["title"]]
    assert offered(asked, {"text": "Which?", "buttons": [titled]}) == [HOW["title"]]
    assert len(offered(asked, {"text": "Which?", "buttons": [A_PERSON] * MOST_BUTTONS})) == MOST_BUTTONS


def test_nothing_is_offered_where_a_person_comes():
    assert offered(understood("where is it?"), {"text": "I'll get someone."}, {"custom": {"handoff": {}}}) == []
