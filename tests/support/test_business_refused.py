"""Rules that cannot hold together, and files that are none: refused at start in one sentence."""

import pytest

from support.policy.business import BusinessFileWrong, load_business
from tests.support.rules import RULES, load_rules


def line_of(text: str) -> int:
    return RULES[: RULES.index(text)].count("\n") + 1


class TestRulesThatContradict:
    @pytest.mark.parametrize(
        ("old", "new", "at", "problem"),
        [
            ("from_points: 0\n", "from_points: 5\n", "from_points: 0", "“loyalty.tiers.from_points” of the first tier must be 0"),
            ("- name: Oak", "- name: Seedling", "- name: Oak", "names the tier Seedling a second time"),
            ("smallest: 10\n", "smallest: 251\n", "smallest: 10", "“gift_cards.smallest” must not be more than the largest"),
            ("at_least: 2", "at_least: 5", "delivery_days:", "“at_least” must not be more than “at_most”"),
            ("escalation:", "value:\n  a: 0.5\n  b: 0.5\nescalation:", "escalation:", "“a” and “b” must be more than 1 together"),
        ],
    )
    def test_are_told_with_the_line(self, tmp_path, old, new, at, problem):
        with pytest.raises(BusinessFileWrong) as wrong:
            load_rules(tmp_path, (old, new))
        assert str(wrong.value).startswith(f"business.yml line {line_of(at)}: ")
        assert problem in str(wrong.value)

    def test_a_misspelt_setting_deep_in_a_list_is_named(self, tmp_path):
        with pytest.raises(BusinessFileWrong) as wrong:
            load_rules(tmp_path, ("priority: true", "priorty: true"))
        line = line_of("priority: true")
        assert str(wrong.value).startswith(f"business.yml line {line}: “priorty” is not a setting of “loyalty.tiers”")

    def test_without_a_shop_there_is_no_currency_but_still_one_sentence(self, tmp_path):
        path = tmp_path / "business.yml"
        path.write_text(RULES[RULES.index("assistant:"):], encoding="utf-8")
        with pytest.raises(BusinessFileWrong, match=r"^business.yml line 1: the file lacks “shop”\.$"):
            load_business(path)


class TestFilesThatAreNone:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("shop:\n  name: Café".encode("latin-1"), "business.yml is not a UTF-8 text."),
            (b"shop:\n  name: \x07bell", "business.yml is not valid YAML."),
        ],
    )
    def test_are_told_without_a_line(self, tmp_path, content, sentence):
        path = tmp_path / "business.yml"
        path.write_bytes(content)
        with pytest.raises(BusinessFileWrong) as wrong:
            load_business(path)
        assert str(wrong.value) == sentence
