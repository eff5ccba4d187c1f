"""`make check-data`: what it says of rules and stories that contradict each other."""


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
