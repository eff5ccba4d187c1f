"""`make check-data`: silent where nothing is wrong; what it cannot read, and what it reads of our own."""

from rapport.data_checks.__main__ import findings
from rapport.data_checks.code import Code
from support.settings import PROJECT
from tests.rapport.data_checks.small_project import CODE


def test_data_in_order_is_left_in_peace(shop):
    assert findings(shop, CODE) == []


def test_a_file_that_is_no_yaml_is_named_with_its_line(wrong):
    [only] = wrong("data/talk/rules.yml", "rules:\n", "rules: [\n")
    assert only.startswith("data/talk/rules.yml:3: This is no valid YAML:")


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
