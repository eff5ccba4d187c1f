"""`make check-data`: what it says of names that one place has and another lacks."""

from dataclasses import replace

import pytest

from rapport.data_checks.__main__ import findings
from rapport.data_checks.code import Task
from rapport.data_checks.finding import Place
from tests.rapport.data_checks.small_project import CODE


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
