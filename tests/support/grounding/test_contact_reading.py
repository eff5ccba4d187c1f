import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.contact_reading import read_email, read_name, read_phone


class TestReadEmail:
    @pytest.mark.parametrize(("text", "expected"), [
        ("jo@example.com", "jo@example.com"), ("my email is jo.b@example.com.", "jo.b@example.com"),
        ("jo at example dot com", "jo@example.com"), ("change it from a@example.com to c@example.org please", "c@example.org"),
        ("<jo+shop@example.co.uk>", "jo+shop@example.co.uk"), ("no email", None), ("jo@", None), ("a@b.com or c@d.com", None),
        ("meet me at the shop", None), ("JO@EXAMPLE.COM, thanks", "JO@example.com"),
    ])
    def test_the_address_that_is_to_hold_is_read(self, text, expected):
        assert read_email(text) == expected

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        read_email(text)


class TestReadPhone:
    @pytest.mark.parametrize(("text", "expected"), [
        ("call me on +353 86 123 4567", "+353 86 123 4567"), ("086-1234567", "086-1234567"), ("(212) 555-0199", "(212) 555-0199"),
        ("212.555.0199", "212 555 0199"), ("order #12345678", None), ("2026-11-21", None), ("no", None), ("call 112", None),
        ("change it from +353 87 123 4567 to +353 86 765 4321", "+353 86 765 4321"), ("555-0199, not 555-0100", "555-0199"),
    ])
    def test_a_number_is_read_as_typed(self, text, expected):
        assert read_phone(text) == expected

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        read_phone(text)


class TestReadName:
    @pytest.mark.parametrize(("text", "expected"), [
        ("my name is now Maria del Carmen O'Neill", ("Maria del Carmen", "O'Neill")), ("Aoife Brennan", ("Aoife", "Brennan")),
        ("please change my name to Yusuf Rossi", ("Yusuf", "Rossi")), ("my last name is Murphy", ("", "Murphy")),
        ("my surname changed to Smith", ("", "Smith")), ("call me Bob", ("Bob", "")), ("maria lopez", ("Maria", "Lopez")),
        ("it's Jean-Luc van der Berg, thanks", ("Jean-Luc", "van der Berg")), ("Anna Maria de la Cruz", ("Anna Maria", "de la Cruz")),
        ("change my last name from Brennan to Murphy", ("", "Murphy")), ("my surname should be spelled Kelley", ("", "Kelley")),
        ("my name is spelled wrong, it should be Aoife Brennen", ("Aoife", "Brennen")), ("it's Kelly with an e", ("Kelly", "")),
        ("I changed my name to Eva Green last month", ("Eva", "Green")), ("name change please: Eva Green", ("Eva", "Green")),
        ("My name is Yusuf Rossi, zip 19122", ("Yusuf", "Rossi")), ("my name changed", None), ("can you change my name", None),
        ("I want to return it", None), ("yes please", None), ("no", None), ("Maria2", None), ("", None),
    ])
    def test_first_and_last_name_are_told_apart(self, text, expected):
        assert read_name(text) == expected

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        read_name(text)
