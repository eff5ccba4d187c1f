import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.value_reading import read_months, read_points, read_quantity, read_stars


class TestReadQuantity:
    @pytest.mark.parametrize(("text", "expected"), [
        ("two", 2), ("3 please", 3), ("a couple", 2), ("one", 1), ("twenty five", 25), ("a dozen", 12), ("I want 2 mugs", 2),
        ("just the one", None), ("this one", None), ("none", None), ("two of the four", None), ("1,200", None), ("#4242", None),
        ("€5", None), ("half", None),
    ])
    def test_one_count_is_read_and_several_are_not(self, text, expected):
        assert read_quantity(text) == expected

    @given(st.integers(1, 999))
    def test_any_number_in_digits_is_itself(self, count):
        assert read_quantity(f"I'd like {count} of them") == count


class TestReadPoints:
    @pytest.mark.parametrize(("text", "expected"), [
        ("500 points", 500), ("all my points", 800), ("half", 400), ("half of them", 400), ("1,500", 1500), ("fifteen hundred", 1500),
        ("one thousand two hundred", 1200), ("2k", 2000), ("all 800", 800), ("use everything", 800), ("a hundred", 100),
        ("500 or 600", None), ("some", None), ("not all", None),
    ])
    def test_a_number_all_and_half_are_read(self, text, expected):
        assert read_points(text, balance=800) == expected


class TestReadMonths:
    @pytest.mark.parametrize(("text", "expected"), [
        ("three months", 3), ("half a year", 6), ("a year", 12), ("2", 2), ("next month", 1), ("a year and a half", 18),
        ("12 months", 12), ("2 years", 24), ("a quarter", 3), ("two weeks", None), ("ten days", None), ("forever", None),
    ])
    def test_months_and_years_are_read(self, text, expected):
        assert read_months(text) == expected

    def test_a_number_counts_before_a_month_that_is_named(self):
        assert read_months("from next month on for 2 months") == 2


class TestReadStars:
    @pytest.mark.parametrize(("text", "expected"), [
        ("five stars", 5), ("4/5", 4), ("5", 5), ("⭐⭐⭐", 3), ("3 out of 5", 3), ("two", 2), ("4 stars, would be 5 if faster", 4),
        ("full marks", 5), ("great", None), ("8/10", None), ("4.5", None), ("0", None), ("I bought 2 lamps last week and 1 mug", None),
    ])
    def test_only_a_rating_is_a_rating(self, text, expected):
        assert read_stars(text) == expected


@given(st.text(max_size=300))
def test_no_text_breaks_any_of_them(text):
    read_quantity(text)
    read_points(text, balance=100)
    read_months(text)
    read_stars(text)
