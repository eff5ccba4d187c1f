"""`make check-data`: what it says of training data that is wrong, and that it is silent where nothing is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rapport.data_checks.__main__ import findings
from rapport.data_checks.code import Code, Task
from rapport.data_checks.finding import Place
from support.settings import PROJECT
from tests.support.rules import RULES

GREET = (
    "hello", "hi there", "good morning", "hey bot", "greetings", "howdy", "evening all", "hiya", "yo", "morning team",
    "salute", "hallo", "good day", "hi again", "welcome me",
)
CANCEL = (
    "cancel my order", "stop the purchase", "undo what I bought", "call off the kettle", "drop order 10432",
    "get rid of that purchase", "I don't want it any more", "scrap it", "kill my last order", "don't send the lamp",
    "take back what I ordered", "void the order", "no longer need the rug", "ordered by mistake", "withdraw the order",
)
SENT = ("/handed_back", "/handed_back{}")
DELIVERY = (
    "what does delivery cost", "shipping fee?", "is postage free", "delivery charges", "price of shipping",
    "how expensive is it to send", "p&p", "do you ship for nothing", "cost of a parcel", "free shipping from when",
)
DOMAIN = """\
version: "3.1"
intents:
  - greet
  - cancel_order
  - handed_back
  - faq
slots:
  order:
    type: any
    mappings:
      - type: custom
  order_number:
    type: text
    mappings:
      - type: from_entity
        entity: order_number
actions:
  - task_form
  - action_answer_question
responses:
  utter_greet:
    - text: Hello!
      buttons:
        - {title: Delivery, payload: What does delivery cost?}
  utter_back:
    - text: It's me again.
"""
RULES_OF_DIALOGUE = """\
version: "3.1"
rules:
- rule: a greeting is returned
  steps:
  - intent: greet
  - action: utter_greet
- rule: an order is cancelled
  steps:
  - intent: cancel_order
  - action: task_form
  - active_loop: task_form
- rule: the bot is back
  steps:
  - intent: handed_back
  - action: utter_back
- rule: a question is answered
  steps:
  - intent: faq
  - action: action_answer_question
"""
FAQ = """\
version: "3.1"
nlu:
- intent: faq
  metadata:
    question: delivery_cost
    title: What does delivery cost?
    answer: Delivery is {shipping_cost}.
    buttons:
      - {title: Cancel an order, payload: /cancel_order}
  examples: |
"""
CONFIG = """\
recipe: default.v1
pipeline:
  - name: Classifier
    first: [greet]
"""
CODE = Code(
    tasks={"cancel_order": Task(("order",), frozenset({"faq/delivery_cost"}), Place("actions/cancel.py", 7))},
    look_ups={"faq": "action_answer_question"},
    actions={"task_form": Place("actions/form.py", 3), "action_answer_question": Place("actions/faq.py", 3)},
    fetching=("greet",), responses={}, payloads={"cancel_order": Place("actions/buttons.py", 9)}, words=frozenset(),
)


def listed(examples: tuple[str, ...]) -> str:
    return "".join(f"    - {one}\n" for one in examples)


def nlu(**intents: tuple[str, ...]) -> str:
    blocks = "".join(f"- intent: {name}\n  examples: |\n{listed(some)}" for name, some in intents.items())
    return f'version: "3.1"\nnlu:\n{blocks}'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project with nothing wrong in it."""
    for path, text in {
        "domain.yml": DOMAIN, "config.yml": CONFIG, "business.yml": RULES,
        "data/talk/nlu.yml": nlu(greet=GREET, cancel_order=CANCEL, handed_back=SENT),
        "data/talk/rules.yml": RULES_OF_DIALOGUE, "data/faq/delivery.yml": FAQ + listed(DELIVERY),
        "tests/conversations/test_talk.yml": 'stories:\n- story: one\n  steps:\n  - user: |\n      hello\n    intent: greet\n',
        "tests/engine/unseen_utterances.yml": "in_scope:\n  greet: [bonjour]\nout_of_scope:\n  - sing a song\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def wrong(shop: Path) -> Callable[..., list[str]]:
    """What is found once `old` is `new` in the file at `path`; more changes may follow."""

    def found(path: str, old: str, new: str, code: Code = CODE) -> list[str]:
        text = (shop / path).read_text(encoding="utf-8")
        assert old in text
        (shop / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(one) for one in findings(shop, code)]

    return found


def test_data_in_order_is_left_in_peace(shop):
    assert findings(shop, CODE) == []


def test_a_file_that_is_no_yaml_is_named_with_its_line(wrong):
    [only] = wrong("data/talk/rules.yml", "rules:\n", "rules: [\n")
    assert only.startswith("data/talk/rules.yml:3: This is no valid YAML:")


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


class TestRules:
    def test_two_rules_for_one_intent(self, wrong):
        more = "- rule: another greeting\n  steps:\n  - intent: greet\n  - action: utter_back\n"
        assert wrong("data/talk/rules.yml", "- rule: the bot is back\n", f"{more}- rule: the bot is back\n") == [
            "data/talk/rules.yml:15: The rule “another greeting” goes on after “greet” with utter_back, the rule “a greeting "
            "is returned” (data/talk/rules.yml:3) with utter_greet. The same course can have one end only: take one away, or "
            "tell them apart by a condition or by what was said before."
        ]

    def test_a_rule_that_goes_on_where_another_ends(self, wrong):
        more = "- rule: greeted twice\n  steps:\n  - intent: greet\n  - action: utter_greet\n  - action: utter_back\n"
        [only] = wrong("data/talk/rules.yml", "- rule: the bot is back\n", f"{more}- rule: the bot is back\n")
        assert "with utter_back, the rule “a greeting is returned”" in only
        assert "with waiting for the customer" in only

    def test_the_same_rule_twice(self, wrong):
        more = "- rule: once more\n  steps:\n  - intent: greet\n  - action: utter_greet\n"
        [only] = wrong("data/talk/rules.yml", "- rule: the bot is back\n", f"{more}- rule: the bot is back\n")
        assert "The rule “once more” says the same as the rule “a greeting is returned”" in only

    def test_another_condition_makes_another_rule(self, wrong):
        more = (
            "- rule: in a form\n  condition:\n  - active_loop: task_form\n  steps:\n  - intent: greet\n  - action: utter_back\n"
        )
        assert wrong("data/talk/rules.yml", "- rule: the bot is back\n", f"{more}- rule: the bot is back\n") == []

    def test_a_story_against_a_rule(self, wrong):
        story = (
            "stories:\n- story: back and greeted\n  steps:\n  - intent: handed_back\n  - action: utter_back\n"
            "  - intent: greet\n  - action: utter_back\n"
        )
        [only] = wrong("data/talk/rules.yml", "rules:\n", f"{story}rules:\n")
        assert only.startswith("data/talk/rules.yml:8: The story “back and greeted” goes on after “greet” with utter_back")

    def test_two_stories_that_part_without_a_word(self, wrong, shop):
        (shop / "data/talk/stories.yml").write_text(
            "stories:\n- story: one\n  steps:\n  - intent: greet\n  - action: utter_greet\n  - or:\n    - intent: faq\n"
            "    - intent: handed_back\n  - action: utter_back\n"
            "- story: two\n  steps:\n  - intent: greet\n  - action: utter_greet\n  - intent: handed_back\n  - action: utter_greet\n"
        )
        found = wrong("domain.yml", "Hello!", "Hello.")
        assert any("The story “two” goes on after “handed_back” with utter_greet, the story “one”" in one for one in found)
        assert any("The story “one” goes on after “faq” with utter_back, the rule “a question is answered”" in one for one in found)


class TestNames:
    @pytest.mark.parametrize(("path", "old", "new", "said"), [
        ("domain.yml", "  - greet\n", "", "data/talk/nlu.yml:5: The intent greet is not in domain.yml."),
        ("domain.yml", "  - greet\n", "  - greet\n  - lost\n", "domain.yml:4: The intent lost has no rule or story"),
        ("domain.yml", "  - greet\n", "  - greet\n  - lost\n", "domain.yml:4: The intent lost has no examples."),
        ("domain.yml", "  - task_form\n", "", "data/talk/rules.yml:10: task_form is no action or response of domain.yml."),
        ("domain.yml", "  - task_form\n", "", "actions/form.py:3: The action task_form is not in domain.yml."),
        ("domain.yml", "  - task_form\n", "  - task_form\n  - action_x\n", "domain.yml:19: The action action_x is in no rule"),
        ("domain.yml", "  - task_form\n", "  - task_form\n  - action_x\n", "domain.yml:19: Nothing in actions/ is called action_x."),
        ("domain.yml", "  utter_back:\n", "  utter_idle:\n    - text: A\n  utter_back:\n", "domain.yml:25: The response utter_idle is never"),
        ("domain.yml", "  utter_back:\n    - text: It's me again.\n", "", "data/talk/rules.yml:15: utter_back is no action or response"),
        ("domain.yml", "  order:\n", "  mood:\n    type: any\n  order:\n", "domain.yml:8: The slot mood is used by no task"),
        ("domain.yml", "  order:\n", "  orders:\n", "actions/cancel.py:7: The slot order, which this task fills, is not in domain.yml."),
        ("data/talk/rules.yml", "action: task_form", "action: utter_back",
         "data/talk/rules.yml:10: The rule leads from cancel_order to utter_back, and actions/cancel.py:7 says task_form."),
        ("data/faq/delivery.yml", "question: delivery_cost", "question: delivery_price",
         "actions/cancel.py:7: faq/delivery_cost, which is part of cancel_order, is no question of data/faq."),
        ("config.yml", "[greet]", "[faq]", "config.yml:4: “first” is not the same, in the same order, as PERSON"),
    ])
    def test_what_one_place_has_and_another_lacks(self, wrong, path, old, new, said):
        assert any(one.startswith(said) for one in wrong(path, old, new))

    def test_a_task_without_a_rule(self, shop):
        code = replace(CODE, tasks={**CODE.tasks, "fly": Task((), frozenset(), Place("actions/fly.py", 5))})
        assert [str(one) for one in findings(shop, code)] == [
            "actions/fly.py:5: No rule leads from fly to task_form. Add one in data/.",
            "actions/fly.py:5: The intent fly is not in domain.yml. Add it there, under “intents”.",
        ]

    def test_a_rule_to_a_task_that_nobody_wrote(self, shop):
        [only] = findings(shop, replace(CODE, tasks={}, words=frozenset({"order"})))
        assert str(only) == (
            "data/talk/rules.yml:10: No task in actions/ has the intent cancel_order. Write one, or take the rule away."
        )

    def test_what_the_code_says_and_sends(self, shop):
        here = Place("actions/a.py", 2)
        code = replace(CODE, responses={"utter_gone": here}, payloads={"gone": here})
        assert [str(one) for one in findings(shop, code)] == [
            "actions/a.py:2: A button sends /gone, which is no intent of domain.yml. Mend the button.",
            "actions/a.py:2: utter_gone is said here, and domain.yml lacks it. Add it there, under “responses”.",
        ]


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


def test_the_code_of_the_actions_is_read_with_its_places():
    code = Code.of_actions()
    assert code.tasks["cancel_order"].slots == ("order", "reason")
    assert code.tasks["cancel_order"].place.path == "actions/cancel_order.py"
    assert code.look_ups["track_order"] == "action_track_order"
    assert code.actions["action_track_order"].path == "actions/tracking.py"
    assert code.payloads["list_orders"].path == "actions/buttons.py"
    assert code.fetching[0] == "speak_of_self_harm"


def test_the_projects_own_answers_hold_no_figure_and_lead_somewhere():
    wrong = [str(one) for one in findings(PROJECT, Code.of_actions())]
    assert [one for one in wrong if "figure" in one or "brace" in one or "no fact" in one or "has no answer" in one] == []
