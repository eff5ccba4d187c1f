from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from support.formatting import day, listed, locale_for, money, plural, weekday

DUBLIN = ZoneInfo("Europe/Dublin")


class TestMoney:
    @pytest.mark.parametrize(
        ("minor", "currency", "locale", "written"),
        [
            (123450, "EUR", "en_IE", "€1,234.50"), (123450, "EUR", "de-DE", "1.234,50\xa0€"),
            (5, "EUR", "en_IE", "€0.05"), (0, "EUR", "en_IE", "€0.00"), (-495, "EUR", "en_IE", "-€4.95"),
            (1234, "JPY", "en_US", "¥1,234"), (10**15, "EUR", "en_IE", "€10,000,000,000,000.00"),
        ],
    )
    def test_minor_units_are_written_in_the_customers_way(self, minor, currency, locale, written):
        assert money(minor, currency, locale_for(locale)) == written


class TestLocale:
    @pytest.mark.parametrize("tag", ["", "xx", "fr", "not a locale", "en"])
    def test_an_unknown_tag_gets_the_shops(self, tag):
        assert str(locale_for(tag, "en_GB")) == "en_GB"

    def test_the_words_stay_english(self):
        assert day(date(2026, 12, 5), locale_for("de_DE"), DUBLIN) == "5 December 2026"
        assert day(date(2026, 12, 5), locale_for("en_US"), DUBLIN) == "December 5, 2026"


class TestDay:
    def test_an_instant_is_taken_in_the_shops_zone(self):
        just_before_midnight_utc = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
        assert day(just_before_midnight_utc, locale_for("en_IE"), DUBLIN, year=2026) == "1 August"

    def test_another_year_is_named(self):
        assert day(date(2025, 8, 1), locale_for("en_IE"), DUBLIN, year=2026) == "1 August 2025"

    def test_a_near_day_has_its_weekday(self):
        assert weekday(date(2026, 11, 21), locale_for("en_IE"), DUBLIN) == "Saturday 21 November"


class TestWords:
    def test_plurals(self):
        assert [plural(count, "point") for count in (0, 1, 2)] == ["0 points", "1 point", "2 points"]
        assert plural(1234, "box", "boxes", locale=locale_for("en_IE")) == "1,234 boxes"

    def test_lists(self):
        locale = locale_for("en_IE")
        assert [listed(items, locale) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "", "a", "a and b", "a, b and c",
        ]
