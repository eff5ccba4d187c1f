"""The classifier tells intents and questions apart, keeps what it learnt, and brings the answer along."""

import pytest
from spoken import example, heard, trained

RETURNS = {"question": "returns", "title": "Can I return it?", "answer": "Within {return_window_days}.\n"}
HOURS = {
    "question": "hours",
    "title": "When are you open?",
    "answer": "From nine to five.",
    "buttons": [{"title": "Talk to a person", "payload": "rapport:person"}],
}


def examples():
    return [
        *(example(text, "greet") for text in ["hello", "hi", "good morning", "hey there", "hiya"]),
        *(
            example(text, "track_order")
            for text in ["where is my order", "track my parcel", "is it on its way", "my parcel has not come"]
        ),
        *(
            example(text, "faq", RETURNS)
            for text in ["can I send it back", "return policy", "how do returns work"]
        ),
        *(
            example(text, "faq", HOURS)
            for text in ["opening hours", "when do you close", "are you open on Sunday"]
        ),
        example("/handed_back", "handed_back"),
        example("/handed_back{}", "handed_back"),
    ]


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    return trained(examples(), tmp_path_factory.mktemp("model"))


class TestIntents:
    def test_unseen_words_are_understood_after_a_restart(self, classifier):
        assert heard(classifier, "where has my package got to").get("intent")["name"] == "track_order"

    def test_all_questions_are_one_intent_in_the_ranking(self, classifier):
        ranking = heard(classifier, "until when may I give it back").get("intent_ranking")
        assert [entry["name"] for entry in ranking].count("faq") == 1
        assert [entry["confidence"] for entry in ranking] == sorted(
            (e["confidence"] for e in ranking), reverse=True
        )

    def test_what_is_told_after_a_greeting_counts_and_not_the_greeting(self, classifier):
        told = heard(classifier, "Good morning, hello there, hi, hiya, hey there, hello, good morning to you! My parcel has not come.")
        assert told.get("intent")["name"] == "track_order"
        assert heard(classifier, "Good morning! Hello there.").get("intent")["name"] == "greet"

    def test_an_example_that_is_a_payload_is_not_learnt(self, classifier):
        ranking = heard(classifier, "handed back").get("intent_ranking")
        assert "handed_back" not in [entry["name"] for entry in ranking]


class TestQuestions:
    def test_the_answer_comes_with_the_message(self, classifier):
        question = heard(classifier, "until when may I give it back").get("faq")
        assert (question["question"], question["title"]) == ("returns", "Can I return it?")
        assert question["answer"] == "Within {return_window_days}."
        assert question["buttons"] == []

    def test_a_title_is_taken_at_its_word(self, classifier):
        message = heard(classifier, "When are you open?")
        assert message.get("intent") == {"name": "faq", "confidence": 1.0}
        assert message.get("faq")["buttons"] == HOURS["buttons"]

    def test_other_intents_bring_the_closest_questions_but_no_answer(self, classifier):
        question = heard(classifier, "hello there").get("faq")
        assert "answer" not in question
        assert {near["question"] for near in question["closest"]} == {"returns", "hours"}

    def test_a_question_without_an_answer_stops_the_training(self, tmp_path):
        broken = example("do you gift-wrap", "faq", {"question": "wrap", "title": "Do you gift-wrap?"})
        with pytest.raises(ValueError, match="do you gift-wrap"):
            trained([*examples(), broken], tmp_path)

    def test_two_questions_of_one_name_stop_the_training(self, tmp_path):
        second = example("are you open at Easter", "faq", {**HOURS, "answer": "Ask again."})
        with pytest.raises(ValueError, match="hours"):
            trained([*examples(), second], tmp_path)


class TestTooLittle:
    def test_one_intent_alone_is_not_told_apart(self, tmp_path):
        untrained = trained([example("hello", "greet"), example("hi", "greet")], tmp_path)
        assert heard(untrained, "hello").get("intent") == {"name": None, "confidence": 0.0}

    def test_an_empty_text_has_no_intent(self, classifier):
        assert heard(classifier, "").get("intent_ranking") == []
