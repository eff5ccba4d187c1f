"""The demo shop's customers and where they live."""

import unicodedata
from datetime import timedelta

from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.names import COUNTRIES, Country
from rapport.demo_shop.people import PREPARED
from support.models.customers import Address, Customer

COUNT = 200
FIRST_REFERENCE = 1001
_DOMAINS = ("example.com", "example.org", "example.net")  # kept free by RFC 2606
_LETTERS = "ACDEFHKNPRTVWXY"


def make_customers(draft: Draft) -> list[Row]:
    """200 customers, the prepared ones first, each with one address or two."""
    customers = [
        _customer(draft, _country(one.country), one.first_name, one.last_name, one.days_with_us) for one in PREPARED
    ]
    taken = {(row["first_name"], row["last_name"]) for row in customers}
    while len(customers) < COUNT:
        country = draft.chance.choices(COUNTRIES, [one.share for one in COUNTRIES])[0]
        name = draft.chance.choice(country.first), draft.chance.choice(country.last)
        if name not in taken:
            taken.add(name)
            customers.append(_customer(draft, country, *name, draft.chance.randint(3, 730)))
    return customers


def _country(code: str) -> Country:
    return next(country for country in COUNTRIES if country.code == code)


def _customer(draft: Draft, country: Country, first: str, last: str, days_with_us: int) -> Row:
    chance, number = draft.chance, FIRST_REFERENCE + len(draft.rows[Customer])
    customer = draft.add(
        Customer,
        id=draft.new_id(), reference=f"C{number}", first_name=first, last_name=last,
        email=f"{_ascii(first)}.{_ascii(last)}{chance.choice(('', '', number % 100))}@{chance.choice(_DOMAINS)}",
        phone=_filled(draft, country.phone) if country.phone and chance.random() < 0.8 else None,
        locale=country.locale, erased_at=None,
        created_at=draft.moment(days_with_us) - timedelta(minutes=chance.randint(30, 300)),
    )
    _address(draft, country, customer, "Home", default=True)
    if chance.random() < 0.15:
        _address(draft, country, customer, chance.choice(("Work", "Parents", "Summer house")), default=False)
    return customer


def _address(draft: Draft, country: Country, customer: Row, label: str, *, default: bool) -> None:
    chance = draft.chance
    town, region, postcode = chance.choice(country.towns)
    flat = f"Apartment {chance.randint(1, 24)}" if country.code in ("IE", "GB") and chance.random() < 0.2 else None
    draft.add(
        Address,
        id=draft.new_id(), customer_id=customer["id"], reference=None, label=label, saved=True,
        recipient=f"{customer['first_name']} {customer['last_name']}",
        line_1=country.street.format(number=chance.randint(1, 140), street=chance.choice(country.streets)),
        line_2=flat, town=town, region=region, postcode=postcode + _filled(draft, country.postcode),
        country=country.code, is_default=default,
    )


def _filled(draft: Draft, pattern: str) -> str:
    """The pattern with a digit for each # and a capital letter for each @."""
    signs = {"#": "0123456789", "@": _LETTERS}
    return "".join(draft.chance.choice(signs[sign]) if sign in signs else sign for sign in pattern)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss").replace("ł", "l"))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
