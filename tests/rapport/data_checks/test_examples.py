"""`make check-data`: what it says of examples that are too few or stand in two places."""

import pytest


class TestExamples:
    def test_too_few_of_an_intent(self, wrong):
        assert wrong("data/talk/nlu.yml", "    - hello\n    - hi there\n", "    - hello\n") == [
            "data/talk/nlu.yml:5: greet has 14 examples. Write at least 1 more."
        ]

    def test_too_few_of_a_question(self, wrong):
        assert wrong("data/faq/delivery.yml", "    - shipping fee?\n", "") == [
            "data/faq/delivery.yml:11: faq/delivery_cost has 9 examples. Write at least 1 more."
        ]

    def test_what_only_declares_an_intent_needs_no_more(self, wrong):
        assert wrong("data/talk/nlu.yml", "    - /handed_back{}\n", "") == []

    def test_one_that_stands_there_twice(self, wrong):
        assert wrong("data/talk/nlu.yml", "    - hi there\n", "    - hi there\n    - Hi  there\n") == [
            "data/talk/nlu.yml:7: “Hi  there” stands there twice (data/talk/nlu.yml:6). Take one away."
        ]

    @pytest.mark.parametrize("text", [
        "cancel my order", "Cancel my order!", "please can you cancel the order", "order: cancle it", "drop order #77",
    ])
    def test_the_same_words_in_two_intents(self, wrong, text):
        [only] = wrong("data/faq/delivery.yml", "    - p&p\n", f"    - p&p\n    - {text}\n")
        assert f"“{text}” (faq/delivery_cost, data/faq/delivery.yml:18)" in only
        assert only.startswith("data/talk/nlu.yml:")
        assert "Keep it where it belongs" in only

    @pytest.mark.parametrize("text", ["uncancel my order", "cancel my subscription", "cancel", "what is an order"])
    def test_other_words_are_other_words(self, wrong, text):
        assert wrong("data/faq/delivery.yml", "    - p&p\n", f"    - p&p\n    - {text}\n") == []

    def test_pictures_are_not_all_the_same(self, wrong):
        assert wrong("data/talk/nlu.yml", "    - hi there\n", "    - hi there\n    - 👍\n    - 👎\n") == []

    @pytest.mark.parametrize("place", ["tests/engine/unseen_utterances.yml", "tests/conversations/test_talk.yml"])
    def test_one_that_a_test_tries(self, wrong, place):
        old, new = ("[bonjour]", "[get rid of this purchase!]") if "unseen" in place else ("      hello\n", "      get rid of this purchase!\n")
        [only] = wrong(place, old, new)
        assert only.startswith("data/talk/nlu.yml:27: “get rid of that purchase” says the same as “get rid of this purchase!”")
        assert f"which a test tries ({place}:" in only

    def test_a_short_word_may_be_said_in_a_test_too(self, wrong):
        assert wrong("tests/engine/unseen_utterances.yml", "[bonjour]", "[hi there]") == []
