"""An address in free text, part by part, or the one on record that the text refers to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from support.grounding import postcodes
from support.grounding.address_parts import AddressParts, read_parts
from support.grounding.address_spelling import spelt
from support.grounding.known_addresses import KnownAddress, is_at, is_same, name_known
from support.grounding.known_houses import from_known_house
from support.grounding.old_addresses import without_old

LONGEST = 1000  # characters of a text that are read
REQUIRED = ("line_1", "town", "postcode", "country")
_LABEL = re.compile(
    r"\b(?:(?:street )?address ?(?:line ?)?[12]?|line ?[12]|street(?: address)?|city|town|state|region|county|"
    r"province|zip(?: ?code)?|post ?code|postal code|eircode|country|apartment|apt|suite|unit|recipient|"
    r"name)\s*[:=]\s*", re.IGNORECASE
)
_SMILES = re.compile(r"(?:^|\s)(?:[:;=][-'^]?[()DPp3/|]+|<3|\^\^|[\U0001F300-\U0001FAFF❤])+(?=\s|$|[.!?])")
_THANKS = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|cheers|first|then|now|instead|too|as well|again))+[\s.!]*$", re.IGNORECASE
)
_STREET_COUNTRY = {
    "DE": re.compile(r"stra(?:ß|ss)e\b|str\.|platz\b|allee\b|gasse\b", re.IGNORECASE),
    "FR": re.compile(r"\b(?:rue|impasse|all[ée]e|quai|chemin|boulevard|avenue (?:de|du|des))\b", re.IGNORECASE),
    "ES": re.compile(r"\b(?:calle|avenida|avda|plaza|paseo|carrer)\b|c/", re.IGNORECASE),
    "IT": re.compile(r"\b(?:via|viale|piazza|corso|vicolo)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class AddressReading[A: KnownAddress](AddressParts):
    """The parts found; `guessed` names those that were told by others ("country" by street or address book).

    If the text only refers to an address on record, that is `known`, or one of `candidates` is meant, and no part is
    set.
    """

    guessed: tuple[str, ...] = ()
    known: A | None = None
    candidates: tuple[A, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that a parcel needs and the text has not, in the order in which to ask for them."""
        return () if self.known else tuple(name for name in REQUIRED if getattr(self, name) is None)


def read_address[A: KnownAddress](
    text: str, *, known: Sequence[A] = (), country: str | None = None, of_orders: Mapping[str, A] | None = None
) -> AddressReading[A]:
    """The address in `text`, or the one on record that it refers to.

    `known` is the customer's address book, `of_orders` where each order goes, by its number. `country` is where the
    address lies if that is settled. A text without a street, a postcode or a part of a building has no address.
    """
    text = _SMILES.sub(" ", re.sub(r"[\t\r\xa0 ]+", " ", text[:LONGEST]))
    text = _LABEL.sub("\n", text).strip()
    text = from_known_house(without_old(_THANKS.sub("", spelt(text))), known)
    found = read_parts(text, country)
    if not found.postcode and not any(map(str.isdigit, found.line_1 or "")):
        chosen, candidates = name_known(text, known, of_orders or {})
        if chosen or candidates:
            return AddressReading(known=chosen, candidates=candidates)
    elif same := [one for one in known if is_same(found.parts, one)]:
        return AddressReading(known=same[0]) if len(same) == 1 else AddressReading(candidates=tuple(same))
    else:
        there = [one for one in known if is_at(text, found.parts, one)]
        if len({(one.line_2, one.postcode) for one in there}) == 1:
            return AddressReading(known=there[0])
    guess = _country_of(found, known) if found.country is None and found.postcode else None
    if guess:
        return AddressReading(**{**asdict(found), "country": guess}, guessed=("country",))
    return AddressReading(**asdict(found))


def _country_of(found: AddressParts, known: Sequence[KnownAddress]) -> str | None:
    """The country that the words of the street or the addresses on record tell, if the postcode agrees."""
    told = [code for code, words in _STREET_COUNTRY.items() if words.search(found.line_1 or "")]
    book = {one.country for one in known}
    likely = (*told, *(book if len(book) == 1 else ()))
    return next((code for code in likely if postcodes.fits(found.postcode or "", code)), None)
