"""How an address is written on paper, by the habits of its country."""

from typing import Protocol

from babel import Locale

_COUNTRIES = Locale.parse("en_IE").territories
# Where the postcode stands before the town; elsewhere it is the last line, or follows town and region
_POSTCODE_FIRST = frozenset({
    "AD", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR", "GL", "GR", "HR", "HU",
    "IL", "IS", "IT", "LI", "LT", "LU", "MC", "MD", "ME", "MK", "MT", "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE",
    "SI", "SK", "SM", "TR", "VA", "XK",
})
_ONE_LINE = frozenset({"AU", "CA", "US"})


class Postal(Protocol):
    """What is written on a parcel; `country` is ISO 3166 alpha-2."""

    @property
    def recipient(self) -> str: ...
    @property
    def line_1(self) -> str: ...
    @property
    def line_2(self) -> str | None: ...
    @property
    def town(self) -> str: ...
    @property
    def region(self) -> str | None: ...
    @property
    def postcode(self) -> str: ...
    @property
    def country(self) -> str: ...


def country(code: str) -> str:
    """The English name of an ISO 3166 code, or the code itself."""
    return str(_COUNTRIES.get(code.upper(), code))


def lines(address: Postal) -> tuple[str, ...]:
    """The address a line each, the recipient first and the country last; what is missing leaves no gap."""
    region = address.region or ""
    place = [address.town, region, address.postcode]
    if address.country in _POSTCODE_FIRST:
        place = [f"{address.postcode} {address.town}", region]
    elif address.country in _ONE_LINE:
        place = [" ".join(f"{address.town}, {region} {address.postcode}".split())]
    written = (address.recipient, address.line_1, address.line_2 or "", *place, country(address.country))
    return tuple(line.strip() for line in written if line.strip())
