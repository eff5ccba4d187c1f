"""Postcodes in a text, and what countries have such ones."""

import re
from dataclasses import dataclass

from support.grounding.place_names import STATES

_STATE = "|".join(sorted(map(re.escape, STATES), key=len, reverse=True))
_FORMS = {
    "IE": re.compile(r"\b([AC-FHKNPRTV-Y]\d[\dW])[ -]?((?=[A-Z]*\d)[\dA-Z]{4})\b", re.IGNORECASE),
    "GB": re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE),
    "CA": re.compile(r"\b([A-Z]\d[A-Z])[ -]?(\d[A-Z]\d)\b", re.IGNORECASE),
    "NL": re.compile(r"\b([1-9]\d{3}) ?([A-Z]{2})\b"),
}
_US = re.compile(rf"\b({_STATE})[\s,.]+(\d{{5}}(?:-\d{{4}})?)(?![\w-])", re.IGNORECASE)
_ZIP = re.compile(r"(?<![\w#-])\d{5}-\d{4}(?![\w-])")
_FIVE = re.compile(r"(?<![\w#,.-])(?:[DFEI]-)?(\d{5})(?![\w-]|[.,]\d)")
_FOUR = re.compile(r"(?<![\w#,.-])(?:[A-Z]{1,2}-)?(\d{4})(?![\w-]|[.,]\d)")
_OF_FIVE = frozenset({"US", "DE", "FR", "ES", "IT"})
_OF_FOUR = frozenset({"AT", "BE", "CH", "DK", "LU", "NO", "AU", "NZ", "HU"})
_FORMS_TOO = {"PT": r"\d{4}-\d{3}", "PL": r"\d{2}-\d{3}", "SE": r"\d{3} ?\d{2}"}
# The postcode stands before the town
FIRST = frozenset({"DE", "FR", "ES", "IT", "NL", *_FORMS_TOO}) | (_OF_FOUR - {"AU", "NZ"})
_ORDER = re.compile(r"\b(?:orders?|number|no\.?|nr\.?)\W*$", re.IGNORECASE)
_LABEL = re.compile(r"(?:post ?code|postal code|zip(?: code)?|eircode|plz|cap|cp)\W*(?:is|to)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode at `text[start:end]`; `region` is the state before it, `countries` those that have this form."""

    value: str
    start: int
    end: int
    countries: frozenset[str]
    region: str | None = None


def find_postcode(text: str, country: str | None) -> Postcode | None:
    """The last postcode in `text`, of `country` if it is given; a number that may be something else is none."""
    for code, form in _FORMS.items():
        fitting = re.compile(form.pattern, re.IGNORECASE) if code == country else form
        if country in (None, code) and (found := _last(fitting, text)):
            return Postcode(_spaced(found, code), *_span(text, found), frozenset({code}))
    if country in (None, "US") and (found := _last(_US, text)):
        return Postcode(found[2], found.start(), found.end(), frozenset({"US"}), STATES[found[1].lower()])
    if country in (None, "US") and (found := _last(_ZIP, text)):
        return Postcode(found[0], found.start(), found.end(), frozenset({"US"}))
    if country in _FORMS_TOO and (found := _last(re.compile(rf"\b{_FORMS_TOO[country]}\b"), text)):
        return Postcode(found[0], found.start(), found.end(), frozenset({country}))
    if (country is None or country in _OF_FIVE) and (found := _last(_FIVE, text)):
        countries = frozenset({country}) if country else _OF_FIVE
        return Postcode(found[1], *_span(text, found), countries)
    if country in _OF_FOUR and (found := _last(_FOUR, text)):
        return Postcode(found[1], *_span(text, found), frozenset({country}))
    return None


def fits(postcode: str, country: str) -> bool:
    """Whether `postcode` has the form of `country`; True for a country whose form is not known here."""
    if country in _FORMS:
        return re.fullmatch(_FORMS[country].pattern, postcode, re.IGNORECASE) is not None
    if country in _OF_FIVE:
        return re.fullmatch(r"\d{5}(-\d{4})?" if country == "US" else r"\d{5}", postcode) is not None
    if country in _OF_FOUR:
        return re.fullmatch(r"\d{4}", postcode) is not None
    return country not in _FORMS_TOO or re.fullmatch(_FORMS_TOO[country], postcode) is not None


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in form.finditer(text):
        if not (match[0].isdecimal() and _ORDER.search(text, 0, match.start())):
            found = match
    return found


def _span(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Where it stands, a word such as "postcode" before it included."""
    label = _LABEL.search(text, 0, found.start())
    return (label.start() if label else found.start()), found.end()


def _spaced(found: re.Match[str], country: str) -> str:
    joined = (found[1] + found[2]).upper()
    return f"{found[1]} {found[2]}".upper() if country in ("IE", "GB", "CA", "NL") else joined
