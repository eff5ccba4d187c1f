"""Countries by their two letters, by three, or by an English name; the lists are Unicode's, by way of Babel."""

from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from support.policy.business import Business
from support.records.faults import Wrong
from support.records.values import shown

# Regions of Unicode's list that no parcel goes to
_NONE = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
_ALSO = {
    "united states of america": "US", "america": "US", "u.s.a.": "US", "u.s.": "US", "great britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "the netherlands": "NL",
    "holland": "NL", "republic of ireland": "IE", "czech republic": "CZ", "turkey": "TR",
}


@cache
def _codes() -> dict[str, str]:
    """{lower-case name or code: alpha-2}."""
    names: dict[str, str] = dict(Locale("en").territories)
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NONE]
    known = {names[code].lower(): code for code in codes} | _ALSO
    aliases: dict[str, list[str]] = get_global("territory_aliases")  # type: ignore[assignment]
    for alias, replaced_by in aliases.items():
        if alias.isalpha() and len(replaced_by) == 1:
            known[alias.lower()] = replaced_by[0]
    return known | {code.lower(): code for code in codes}


@lru_cache(maxsize=1000)
def _country(cell: str) -> str:
    found = _codes().get(" ".join(cell.lower().split()))
    if found is None:
        raise Wrong("unknown_country", f"must be a country such as IE, IRL or Ireland, not “{shown(cell)}”")
    return found


def country(cell: str, _: Business) -> str:
    """ISO 3166 alpha-2 of what is written as two letters, three letters or an English name."""
    return _country(cell)
