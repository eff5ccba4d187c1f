import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.models.customers import Address
from support.outgoing.event_bodies import amount, place
from support.people import addresses
from support.people.addresses import COUNTRIES, NewAddress
from support.refusals import AddressInvalid
from tests.support.shop_rows import create_address, create_customer

PARTS = {"recipient": "Aoife Brennan", "line_1": "14 Quay Lane", "town": "Kinsale", "postcode": "P17 AB12", "country": "IE"}


def new_address(**parts) -> NewAddress:
    return NewAddress(**(PARTS | parts))


class TestNewAddress:
    def test_makes_white_space_single_and_the_country_upper_case(self):
        new = new_address(recipient="  Aoife \n Brennan\t", country=" ie ")
        assert (new.recipient, new.country) == ("Aoife Brennan", "IE")

    def test_takes_no_optional_part_for_none(self):
        new = new_address(line_2="  ", region=None, label=" ")
        assert (new.line_2, new.region, new.label) == (None, None, "")

    def test_keeps_names_in_any_script(self):
        assert new_address(recipient="Ελένη Παπά", town="東京").town == "東京"

    @pytest.mark.parametrize("part", PARTS)
    @pytest.mark.parametrize("absurd", ["", " ", "\u200b", "a\0b", "\ud800", None, 5, True, ["x"]])
    def test_refuses_a_part_that_is_missing_or_no_text(self, part, absurd):
        with pytest.raises(AddressInvalid):
            new_address(**{part: absurd})

    @pytest.mark.parametrize("part", ["line_2", "region", "label"])
    @pytest.mark.parametrize("absurd", ["\u200b", "a\0b", 5, ["x"]])
    def test_refuses_an_optional_part_that_is_no_text(self, part, absurd):
        with pytest.raises(AddressInvalid):
            new_address(**{part: absurd})

    @pytest.mark.parametrize(("part", "longest"), [
        ("recipient", 200), ("line_1", 200), ("line_2", 200), ("town", 100), ("region", 100), ("postcode", 20), ("label", 60),
    ])
    def test_takes_just_as_much_as_its_column(self, part, longest):
        assert getattr(new_address(**{part: "x" * longest}), part) == "x" * longest
        with pytest.raises(AddressInvalid):
            new_address(**{part: "x" * (longest + 1)})

    @pytest.mark.parametrize("country", ["XX", "ZZ", "EU", "UN", "UK", "I", "IRL", "12", "1E", "ß", "Ireland"])
    def test_refuses_a_country_that_there_is_not(self, country):
        with pytest.raises(AddressInvalid):
            new_address(country=country)

    def test_knows_every_country_of_the_demo_shop_and_more(self):
        assert {"IE", "GB", "DE", "FR", "ES", "IT", "NL", "US", "JP", "XK"} <= COUNTRIES
        assert len(COUNTRIES) > 240


class TestKeep:
    async def test_makes_a_row_that_is_not_the_default(self, session):
        customer = await create_customer(session)
        row = await addresses.keep(session, customer.id, new_address(line_2="Flat 2", label="Work"), saved=True)
        assert (row.customer_id, row.saved, row.is_default, row.label) == (customer.id, True, False, "Work")
        assert place(row) == PARTS | {"line_2": "Flat 2", "region": None}

    async def test_answers_the_row_to_the_same_place_whatever_it_is_called(self, session):
        customer = await create_customer(session)
        home = await create_address(session, customer)
        assert await addresses.keep(session, customer.id, new_address(), saved=False) is home
        assert await session.scalar(select(func.count(Address.id))) == 1

    async def test_prefers_a_row_of_the_book(self, session):
        customer = await create_customer(session)
        await create_address(session, customer, saved=False, is_default=False)
        home = await create_address(session, customer)
        assert await addresses.keep(session, customer.id, new_address(), saved=False) is home

    @pytest.mark.parametrize("parts", [{"label": "Home too"}, {"line_2": "Flat 2", "label": "Home"}])
    async def test_saves_another_row_for_another_label_or_place(self, session, parts):
        customer = await create_customer(session)
        home = await create_address(session, customer)
        assert await addresses.keep(session, customer.id, new_address(**parts), saved=True) is not home

    async def test_saves_another_row_beside_one_outside_of_the_book(self, session):
        customer = await create_customer(session)
        once = await create_address(session, customer, saved=False, is_default=False)
        kept = await addresses.keep(session, customer.id, new_address(label="Home"), saved=True)
        assert kept is not once
        assert await addresses.keep(session, customer.id, new_address(label="Home"), saved=True) is kept

    async def test_never_answers_another_customers_row(self, session):
        other = await create_address(session, await create_customer(session))
        customer = await create_customer(session)
        row = await addresses.keep(session, customer.id, new_address(), saved=False)
        assert (row is other, row.customer_id) == (False, customer.id)


class TestAmount:
    @pytest.mark.parametrize(("minor", "currency", "written"), [
        (1250, "EUR", "12.50"), (5, "EUR", "0.05"), (0, "EUR", "0.00"), (-602, "EUR", "-6.02"), (1200, "JPY", "1200"),
        (10**9, "KWD", "1000000.000"),
    ])
    def test_has_the_decimals_of_its_currency(self, minor, currency, written):
        assert amount(minor, currency) == {"amount": written, "currency": currency}

    @given(minor=st.integers(-10**15, 10**15))
    def test_can_be_read_back_to_the_cent(self, minor):
        assert int(amount(minor, "EUR")["amount"].replace(".", "")) == minor
