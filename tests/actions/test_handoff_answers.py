import pytest

from actions.faq import AnswerQuestion
from actions.handoff import NotUnderstood, RequestPerson
from tests.actions.asking import ask


class TestRequestPerson:
    @pytest.mark.parametrize(("intent", "reason"), [("request_person", "asked"), ("express_frustration", "upset")])
    async def test_the_desk_hears_why_and_the_customer_nothing(self, intent, reason):
        answer = await ask(RequestPerson(), intent=intent)
        assert answer.handoff == reason
        assert [message["text"] for message in answer.messages] == [None]


class TestNotUnderstood:
    async def test_the_first_time_it_says_so_and_offers_examples(self):
        answer = await ask(NotUnderstood(), spoken=("greet", "nlu_fallback"))
        assert answer.text.startswith("Sorry, I didn't understand that.")
        assert list(answer.buttons.values()) == ["/list_orders", "/show_points", "/ask_help", "rapport:person"]
        assert answer.slots == {"misunderstandings": 1.0}
        assert answer.handoff is None

    async def test_near_articles_are_offered_and_far_ones_are_not(self):
        closest = [
            {"question": "a", "title": "How long do I have?", "confidence": 0.3},
            {"question": "b", "title": "What does it cost?", "confidence": 0.10},
            {"question": "c", "title": "Where are you?", "confidence": 0.09},
        ]
        answer = await ask(NotUnderstood(), faq={"closest": closest})
        assert list(answer.buttons.values()) == ["How long do I have?", "What does it cost?", "rapport:person"]

    async def test_the_second_time_in_a_row_asks_for_a_person(self):
        answer = await ask(
            NotUnderstood(), spoken=("nlu_fallback", "nlu_fallback"), slots={"misunderstandings": 1.0}
        )
        assert answer.handoff == "not_understood"
        assert answer.slots == {"misunderstandings": 0.0}

    async def test_something_understood_in_between_starts_again(self):
        spoken = ("nlu_fallback", "greet", "nlu_fallback")
        answer = await ask(NotUnderstood(), spoken=spoken, slots={"misunderstandings": 1.0})
        assert answer.handoff is None
        assert answer.slots == {"misunderstandings": 1.0}


class TestAnswerQuestion:
    async def test_figures_come_from_the_shops_rules(self):
        buttons = [{"title": "Track my order", "payload": "/track_order"}]
        faq = {"question": "returns_window", "answer": "You have {return_window_days} at {shop}.", "buttons": buttons}
        answer = await ask(AnswerQuestion(), faq=faq)
        assert answer.text == "You have 30 days at Test & Sons."
        assert answer.buttons == {"Track my order": "/track_order"}

    async def test_a_placeholder_that_is_no_fact_is_a_failure(self):
        with pytest.raises(KeyError, match="moon_phase"):
            await ask(AnswerQuestion(), faq={"answer": "It is {moon_phase}."})

    async def test_without_an_article_it_was_not_understood(self):
        assert (await ask(AnswerQuestion())).text.startswith("Sorry, I didn't understand that.")
