"""Addresses as each country's post writes them."""

import pytest

from support.models.customers import Address
from support.people import postal


class TestPostal:
    @pytest.mark.parametrize(
        ("country", "region", "lines"),
        [
            ("IE", "Co. Cork", ("Town", "Co. Cork", "123", "Ireland")), ("GB", None, ("Town", "123", "United Kingdom")),
            ("DE", None, ("123 Town", "Germany")), ("ES", "Madrid", ("123 Town", "Madrid", "Spain")),
            ("US", "IL", ("Town, IL 123", "United States")), ("CA", None, ("Town, 123", "Canada")),
            ("ZZ", None, ("Town", "123", "Unknown Region")), ("??", "  ", ("Town", "123", "??")),
        ],
    )
    def test_each_country_puts_town_and_postcode_in_its_own_way(self, country, region, lines):
        address = Address(
            recipient="Ann", line_1="1 Quay", line_2=None, town="Town", region=region, postcode="123", country=country
        )
        assert postal.lines(address) == ("Ann", "1 Quay", *lines)

    def test_a_second_line_is_kept(self):
        address = Address(recipient="Ann", line_1="1 Quay", line_2="Flat 2", town="T", postcode="1", country="FR")
        assert postal.lines(address) == ("Ann", "1 Quay", "Flat 2", "1 T", "France")
