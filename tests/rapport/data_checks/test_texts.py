"""`make check-data`: what it says of answers and responses that cannot be given."""

import pytest

from tests.rapport.data_checks.small_project import DELIVERY, FAQ, listed


class TestTexts:
    @pytest.mark.parametrize(("old", "new", "said"), [
        ("    answer: Delivery is {shipping_cost}.\n", "", "delivery_cost has no answer. Write it under “metadata”."),
        ("    title: What does delivery cost?\n", "", "delivery_cost has no title."),
        ("    question: delivery_cost\n", "", "What does delivery cost? has no question."),
        ("{shipping_cost}", "{moon_phase}", "{moon_phase} in delivery_cost is no fact;"),
        ("{shipping_cost}", "{shipping_cost", "A brace in the answer of delivery_cost is left open."),
        ("{shipping_cost}", "4.95 euro", "The answer of delivery_cost holds a figure of its own (“4”)."),
        ("/cancel_order", "/fly", "A button of delivery_cost sends /fly, which is no intent of the domain."),
        ("/cancel_order", "Fly?", "A button of delivery_cost sends “Fly?”, which is no question's title."),
    ])
    def test_an_answer_that_cannot_be_given(self, wrong, old, new, said):
        assert any(one.startswith(f"data/faq/delivery.yml:3: {said}") for one in wrong("data/faq/delivery.yml", old, new))

    def test_two_blocks_of_one_name(self, wrong):
        text = FAQ.split("nlu:\n")[1] + listed(tuple(f"{one} for chairs" for one in DELIVERY))
        found = wrong("data/faq/delivery.yml", "nlu:\n", f"nlu:\n{text}")
        assert "data/faq/delivery.yml:21: The question “delivery_cost” stands at data/faq/delivery.yml:3 already. Give it another." in found
        assert any("The title “What does delivery cost?” stands at" in one for one in found)

    @pytest.mark.parametrize(("old", "new", "said"), [
        ("text: Hello!", "text:", "domain.yml:21: utter_greet has no text."),
        ("text: Hello!", 'text: "Hello {name}!"', "domain.yml:21: {name} in utter_greet is no slot."),
        ("payload: What does delivery cost?", "payload: /fly", "domain.yml:21: A button of utter_greet sends /fly"),
    ])
    def test_a_response_that_cannot_be_said(self, wrong, old, new, said):
        assert any(one.startswith(said) for one in wrong("domain.yml", old, new))

    def test_a_slot_may_stand_in_a_response(self, wrong):
        assert wrong("domain.yml", "text: Hello!", 'text: "Hello {order_number}!"') == []
