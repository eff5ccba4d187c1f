from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from support.chat.announcements import opening_in_words
from support.policy.business import BusinessFileWrong, load_business
from support.policy.opening_hours import OpeningHours, OpenRange
from support.settings import PROJECT
from tests.support.rules import RULES, load_rules

DUBLIN = ZoneInfo("Europe/Dublin")


def line_of(text: str) -> int:
    return RULES[: RULES.index(text)].count("\n") + 1


class TestLoad:
    def test_the_file_of_the_repository_is_right(self):
        business = load_business(PROJECT / "business.yml")
        assert business.shop.name == "Harbour & Field"
        assert [tier.name for tier in business.tiers.steps] == ["Seedling", "Sapling", "Oak", "Evergreen"]

    def test_amounts_become_minor_units(self, tmp_path):
        business = load_rules(tmp_path)
        assert (business.orders.shipping_cost, business.orders.free_shipping_from) == (495, 6000)
        assert business.loyalty.point_value == 5

    def test_a_currency_without_decimals_has_none(self, tmp_path):
        business = load_rules(
            tmp_path, ("currency: EUR", "currency: JPY"), ("cost: 4.95", "cost: 500"), ("value: 0.05", "value: 1")
        )
        assert (business.orders.shipping_cost, business.loyalty.point_value) == (500, 1)

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("  sells: kettles", "  sell: kettles", "“sell” is not a setting of “shop” (did you mean “sells”?)"),
            ('colour: "#123456"', "colour: greenish", "a colour such as \"#1f5f4a\", not “greenish”"),
            ("timezone: Europe/Dublin", "timezone: Mars/Base", "a time zone such as Europe/Dublin, not “Mars/Base”"),
            ("currency: EUR", "currency: EURO", "three letters of a currency"),
            ("locale: en_IE", "locale: Klingon", "a language and a country"),
            ("tuesday: [09:00-17:00]", "tuesday: [nine to five]", "a range such as 09:00-18:00, not “nine to five”"),
            ("tuesday: [09:00-17:00]", "tuesday: [09:00-25:00]", "times between 00:00 and 24:00"),
            ("tuesday: [09:00-17:00]", "tuesday: [09:00-09:00]", "open and close at the same time"),
            ("[2026-12-25]", "[2026-13-25]", "must be a date such as 2026-12-25"),
            ("nobody_took_it_minutes: 5", "nobody_took_it_minutes: five", "must be a whole number, not “five”"),
            ("nobody_took_it_minutes: 5", "nobody_took_it_minutes: 0", "must be at least 1, not “0”"),
            ("shipping_cost: 4.95", "shipping_cost: 4.955", "an amount with at most 2 decimals, not “4.955”"),
            ("shipping_cost: 4.95", "shipping_cost: true", "an amount with at most 2 decimals"),
            ("shipping_cost: 4.95", "shipping_cost: -1", "an amount from 0"),
            ("from_points: 1000", "from_points: 0", "must be more than that of the tier before"),
            ("    Oak: 45", "    Elm: 45", "is not the name of a tier"),
            ("priority: true", "priority: sometimes", "must be true or false"),
            ("    at_most: 4", "    at_most: [4]", "must be a whole number"),
        ],
    )
    def test_a_wrong_value_is_named_with_its_line(self, tmp_path, old, new, problem):
        with pytest.raises(BusinessFileWrong) as wrong:
            load_rules(tmp_path, (old, new))
        message = str(wrong.value)
        assert message.startswith(f"business.yml line {line_of(old)}: ")
        assert problem in message
        assert "\n" not in message

    def test_a_missing_setting_is_named_with_its_section(self, tmp_path):
        problem = f"line {line_of('people:')}: “people” lacks “agent_silent_minutes”"
        with pytest.raises(BusinessFileWrong, match=problem):
            load_rules(tmp_path, ("  agent_silent_minutes: 4\n", ""))

    def test_a_tier_without_a_return_window_is_missed(self, tmp_path):
        with pytest.raises(BusinessFileWrong, match=r"“returns\.window_days” lacks the tier Oak"):
            load_rules(tmp_path, ("    Oak: 45\n", ""))

    def test_the_first_fault_of_several_is_told(self, tmp_path):
        with pytest.raises(BusinessFileWrong, match=f"line {line_of('currency')}:"):
            load_rules(tmp_path, ("misunderstandings: 2", "misunderstandings: no"), ("currency: EUR", "currency: 3"))

    @pytest.mark.parametrize("text", ["shop: [", "shop:\n\t- a", "a: 1\na: 2\n", "shop: *nowhere"])
    def test_what_is_not_yaml_is_told_with_its_line(self, tmp_path, text):
        path = tmp_path / "business.yml"
        path.write_text(text)
        with pytest.raises(BusinessFileWrong, match=r"business.yml line \d+: this is not valid YAML \(.+\)\.$"):
            load_business(path)

    @pytest.mark.parametrize("text", ["", "just words", "- a list"])
    def test_a_file_without_settings_is_refused(self, tmp_path, text):
        path = tmp_path / "business.yml"
        path.write_text(text)
        with pytest.raises(BusinessFileWrong, match="there are no settings here"):
            load_business(path)

    def test_a_missing_file_is_told(self, tmp_path: Path):
        with pytest.raises(BusinessFileWrong, match=r"^nowhere.yml cannot be read: No such file or directory\.$"):
            load_business(tmp_path / "nowhere.yml")


class TestFacts:
    def test_every_figure_comes_from_the_file(self, rules):
        facts = rules.facts()
        assert facts["shipping_cost"] == "€4.95"
        assert facts["return_window_by_tier"] == "30 days for Seedling and 45 days for Oak"
        assert facts["tier_list"] == "Seedling (from 0 points) and Oak (from 1,000 points)"
        assert facts["delivery_days"] == "2 to 4 working days"
        assert facts["opening_hours_text"].endswith("Friday 22:00–02:00, closed on Saturday to Sunday")
        assert all(facts.values())

    def test_changing_the_file_changes_them(self, tmp_path):
        assert load_rules(tmp_path, ("Seedling: 30", "Seedling: 1")).facts()["return_window_days"] == "1 day"


class TestTiers:
    def test_a_threshold_belongs_to_its_tier(self, rules):
        assert [rules.tiers.at(points).name for points in (0, 999, 1000, 5000)] == [
            "Seedling", "Seedling", "Oak", "Oak",
        ]
        assert rules.tiers.at(-5).name == "Seedling"

    def test_nothing_is_above_the_highest(self, rules):
        lowest = rules.tiers.at(0)
        assert rules.tiers.next_after(lowest).name == "Oak"
        assert rules.tiers.next_after(rules.tiers.at(1000)) is None


class TestOpeningHours:
    @pytest.mark.parametrize(
        ("local", "is_open"),
        [
            ("2026-11-23 08:59", False), ("2026-11-23 09:00", True), ("2026-11-23 12:29", True),
            ("2026-11-23 12:30", False), ("2026-11-23 16:59", True), ("2026-11-23 17:00", False),
            ("2026-11-27 21:59", False), ("2026-11-27 23:30", True), ("2026-11-28 01:59", True),
            ("2026-11-28 02:00", False), ("2026-11-28 12:00", False), ("2026-12-25 23:00", False),
        ],
    )
    def test_ranges_hold_to_the_minute_and_over_midnight(self, rules, local, is_open):
        assert rules.opening_hours.is_open(datetime.fromisoformat(local).replace(tzinfo=DUBLIN)) is is_open

    def test_the_same_instant_in_another_zone_is_the_same(self, rules):
        at = datetime(2026, 7, 7, 8, 30, tzinfo=UTC)  # 09:30 in Dublin's summer
        assert rules.opening_hours.is_open(at)
        assert rules.opening_hours.is_open(at.astimezone(ZoneInfo("Asia/Tokyo")))

    def test_summer_and_winter_open_at_the_same_wall_time(self, rules):
        hours = rules.opening_hours
        summer, winter = datetime(2026, 7, 7, 0, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)
        assert hours.next_opening(summer) == datetime(2026, 7, 7, 8, tzinfo=UTC)
        assert hours.next_opening(winter) == datetime(2026, 11, 24, 9, tzinfo=UTC)

    def test_the_hour_that_comes_twice_is_open_as_long_as_the_clock_shows_it_first(self):
        hours = OpeningHours(DUBLIN, ((),) * 6 + ((OpenRange.parse("00:30-01:30"),),))
        assert hours.is_open(datetime(2026, 10, 25, 0, 15, tzinfo=UTC))  # 01:15 summer time
        assert not hours.is_open(datetime(2026, 10, 25, 1, 15, tzinfo=UTC))  # 01:15 again, winter time

    def test_a_range_in_the_skipped_hour_is_moved_with_the_clocks(self):
        hours = OpeningHours(DUBLIN, ((),) * 6 + ((OpenRange.parse("01:15-01:45"),),))
        assert hours.next_opening(datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 29, 1, 15, tzinfo=UTC)

    def test_the_next_opening_skips_weekend_and_holiday(self, rules):
        saturday = datetime(2026, 11, 28, 3, tzinfo=UTC)
        assert rules.opening_hours.next_opening(saturday) == datetime(2026, 11, 30, 9, tzinfo=UTC)
        christmas = datetime(2026, 12, 25, 8, tzinfo=UTC)
        assert rules.opening_hours.next_opening(christmas) == datetime(2026, 12, 28, 9, tzinfo=UTC)

    def test_a_shop_without_hours_never_opens(self):
        assert OpeningHours(DUBLIN, ((),) * 7).next_opening(datetime(2026, 1, 1, tzinfo=UTC)) is None

    @pytest.mark.parametrize(
        ("local", "words"),
        [
            ("2026-11-24 07:00", "today at 09:00"), ("2026-11-23 18:00", "tomorrow at 09:00"),
            ("2026-11-28 12:00", "on Monday at 09:00"),
        ],
    )
    def test_the_next_opening_in_words(self, rules, local, words):
        at = datetime.fromisoformat(local).replace(tzinfo=DUBLIN)
        assert opening_in_words(rules, at) == words

    @given(
        at=some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC)),
        week=some.lists(
            some.lists(
                some.tuples(some.integers(0, 1439), some.integers(1, 1440))
                .filter(lambda pair: pair[0] != pair[1])
                .map(lambda pair: OpenRange(pair[0], pair[1] if pair[1] > pair[0] else pair[1] + 1440)),
                max_size=2,
            ).map(tuple),
            min_size=7, max_size=7,
        ).map(tuple),
    )
    def test_the_next_opening_is_open_and_nothing_before_it_is(self, at, week):
        hours = OpeningHours(DUBLIN, week)
        opening = hours.next_opening(at)
        if opening is None:
            assert not any(week)
            return
        assert opening >= at
        assert hours.is_open(opening)
        if opening > at:
            assert not hours.is_open(at)
            assert not hours.is_open(opening - timedelta(microseconds=1))
            assert not hours.is_open(at + (opening - at) / 2)
