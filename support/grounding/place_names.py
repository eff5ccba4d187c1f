"""States, provinces and countries as people name them, in full, by code and by nickname."""

import re
from typing import Final

from babel import Locale

from support.people.addresses import COUNTRIES

_STATES: Final = (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,"
    "DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,"
    "KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,"
    "MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,"
    "NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,RI Rhode Island,"
    "SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,"
    "WV West Virginia,WI Wisconsin,WY Wyoming"
)
_PROVINCES: Final = (
    "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,"
    "NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon"
)


def _by_name(table: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for entry in table.split(","):
        code, name = entry.split(" ", 1)
        codes |= {code.lower(): code, name.lower(): code}
    return codes


STATES: Final = _by_name(_STATES)
PROVINCES: Final = _by_name(_PROVINCES)
_ALIASES: Final = {
    "usa": "US", "us": "US", "united states of america": "US", "america": "US", "the us": "US", "the usa": "US",
    "the united states": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB",
    "northern ireland": "GB", "the uk": "GB", "britain": "GB", "eire": "IE", "éire": "IE", "republic of ireland": "IE",
    "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "suisse": "CH", "españa": "ES", "espana": "ES",
    "italia": "IT", "nederland": "NL", "holland": "NL", "the netherlands": "NL", "belgië": "BE", "belgique": "BE",
    "french republic": "FR", "czech republic": "CZ", "turkey": "TR",
}
_TERRITORIES = Locale("en").territories
COUNTRY_NAMES: Final = {str(_TERRITORIES[code]).lower(): code for code in COUNTRIES} | _ALIASES
# Those that may follow a town without a comma: "Berlin Germany"
_TRAILING = re.compile(
    r"[\s,.(]+((?:the )?(?:usa|u\.s\.a\.?|u\.s\.|united states(?: of america)?|uk|u\.k\.|united kingdom|england|"
    r"scotland|wales|ireland|germany|deutschland|france|spain|españa|italy|italia|netherlands|nederland|austria|"
    r"belgium|switzerland|canada|portugal))[\s.,!)]*$",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"(?:co\.?|county)\s+[a-zà-ÿ]+", re.IGNORECASE)


def country_code(name: str) -> str | None:
    """The ISO 3166 code of a country by its English or own name, or by its code in capitals; None if it is none."""
    bare = " ".join(name.split()).strip(" .,;!()")
    lowered = bare.lower()
    if lowered.replace(".", "") in COUNTRY_NAMES:
        return COUNTRY_NAMES[lowered.replace(".", "")]
    if lowered in COUNTRY_NAMES:
        return COUNTRY_NAMES[lowered]
    return bare if bare in COUNTRIES else None


def cut_country(text: str) -> tuple[str, str | None]:
    """`text` without the country that it ends with, and the country's code."""
    found = _TRAILING.search(text)
    return (text[: found.start()], country_code(found[1])) if found else (text, None)


def region_of(name: str, country: str | None) -> str | None:
    """The region as an address has it: the code of a state or province, or a county as it was written."""
    bare = " ".join(name.split()).strip(" .,;()")
    table = {"US": STATES, "CA": PROVINCES}.get(country or "US", {})
    if bare.lower() in table and (len(bare) > 2 or bare.isupper() or country is not None):
        return table[bare.lower()]
    if country in (None, "IE", "GB") and _COUNTY.fullmatch(bare):
        return bare
    return None


def cut_region(text: str, country: str | None) -> tuple[str, str | None]:
    """`text` without the state or province that it ends with, and that: "Denver CO" is Denver, CO."""
    words = text.split()
    for size in (3, 2, 1):
        if len(words) > size and (region := region_of(" ".join(words[-size:]), country)):
            return " ".join(words[:-size]).rstrip(" ,."), region
    return text, None
