import pytest

from actions.faq import AnswerQuestion
from actions.handoff import PERSON, NotUnderstood, RequestPerson
from desk.rasa import HANDOFF_REASONS
from support.words import say
from tests.actions.asking import ask
from tests.support.loyalty_rows import create_member


class TestRequestPerson:
    @pytest.mark.parametrize(("intent", "reason"), [
        ("request_person", "asked"), ("express_frustration", "upset"), ("threaten_legal_action", "legal"),
        ("report_danger", "safety"), ("report_fraud", "fraud"), ("speak_of_self_harm", "self_harm"),
        ("contact_as_press", "press"), ("affirm", "asked"),
    ])
    async def test_the_desk_hears_why_and_the_customer_nothing(self, intent, reason):
        answer = await ask(RequestPerson(), intent=intent)
        assert answer.handoff == reason
        assert [message["text"] for message in answer.messages] == [None]


    def test_the_desk_knows_every_reason_and_has_words_for_it(self):
        assert {reason for reason, _ in PERSON.values()} < HANDOFF_REASONS
        assert all(say(f"handoff_{reason}") for reason in HANDOFF_REASONS)


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

    @pytest.mark.parametrize(("points", "reason"), [(999, None), (1000, "priority")])
    async def test_a_tier_with_priority_need_not_try_twice(self, shop, database, points, reason):
        async with database.write() as session:
            customer = await create_member(session, points)
        answer = await ask(NotUnderstood(), customer, spoken=("nlu_fallback",))
        assert answer.handoff == reason
        assert answer.slots == {"misunderstandings": 0.0 if reason else 1.0}

    async def test_who_only_holds_an_order_has_no_tier(self, shop, database):
        async with database.write() as session:
            customer = await create_member(session, 5000)
        answer = await ask(NotUnderstood(), customer, level="order_holder", order_id="1", spoken=("nlu_fallback",))
        assert answer.handoff is None

    async def test_the_second_time_is_not_called_priority(self, shop, database):
        async with database.write() as session:
            customer = await create_member(session, 5000)
        spoken = ("nlu_fallback", "nlu_fallback")
        answer = await ask(NotUnderstood(), customer, spoken=spoken, slots={"misunderstandings": 1.0})
        assert answer.handoff == "not_understood"

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
