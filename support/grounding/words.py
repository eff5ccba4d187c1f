"""The words of a text in one form each, whatever way they were typed; and which known words they are a slip for.

A form has small letters without accents, no plural, American spelling, digits for numbers, and a unit joined to its
number: "Colours" is `color`, "two" is `2`, "500 ml" and "500 millilitres" are `500ml`, "extra large" is `xl`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from support.grounding.filling import FILLING
from support.grounding.slips import long_word, slips, slips_for

LONGEST = 1000  # characters of a text that are read; nobody needs more to name things
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[^\W\d_]*(?:\d+[^\W_]*)?|[^\W_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GAP = re.compile(r"[ \t -]{0,2}")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMERALS = {word: str(count) for count, word in enumerate(_COUNTS, 2)}
_UNITS = {
    name: unit
    for unit, names in {
        "ml": "ml milliliter", "cl": "cl centiliter", "l": "l liter ltr", "oz": "oz ounce", "cm": "cm centimeter",
        "mm": "mm millimeter", "m": "m meter mtr", "inch": "inch", "ft": "ft foot feet", "gb": "gb gig gigabyte gigs",
        "tb": "tb terabyte", "mb": "mb megabyte", "kg": "kg kilo kilogram", "g": "g gram", "lb": "lb lbs pound",
        "w": "w watt", "v": "v volt", "mah": "mah", "mp": "mp megapixel", "hz": "hz hertz", "hour": "hour hr h",
        "bar": "bar", "k": "k",
    }.items()
    for name in names.split()
}
_SMALLER = {"l": ("ml", 1000), "cl": ("ml", 10), "tb": ("gb", 1000), "kg": ("g", 1000)}
_SHORT_UNITS = frozenset(_UNITS.values())
_MEASURE = re.compile(r"\d+(?:\.\d+)?([a-z]+)")
_SPACED = frozenset(_UNITS) - {"h", "k", "v"}
# "T shirt" is one word, and "in-ear" no "in"
_LETTERED = frozenset({"tshirt", "tshirts", "ereader", "vneck", "wifi", "xlarge", "inear", "onear", "overear"})
_SPELLINGS = {
    "grey": "gray", "litre": "liter", "metre": "meter", "millilitre": "milliliter", "centimetre": "centimeter",
    "millimetre": "millimeter", "fibre": "fiber", "centre": "center", "aluminium": "aluminum", "jewellery": "jewelry",
    "pyjama": "pajama", "tyre": "tire", "matte": "matt", "tee": "tshirt",
    "cosy": "cozy", "mould": "mold", "analogue": "analog", "draught": "draft", "children": "child", "men": "man",
    "women": "woman", "bike": "bicycle", "telly": "tv", "television": "tv", "couch": "sofa", "jumper": "sweater",
    "trainer": "sneaker", "trouser": "pant", "rucksack": "backpack", "torch": "flashlight", "earphone": "earbud",
    "n": "and", "cellphone": "smartphone", "knives": "knife", "shelves": "shelf", "mice": "mouse", "lense": "len",
    "em": "them",
}
_OUR = re.compile(r"^(col|flav|arm|od|harb|fav|sav|vap|val|glam)our")
_ISE = re.compile(r"is(e|ed|er|ing|ation)$")
_SIZES = {"s": "small", "m": "medium", "l": "large", "xs": "xsmall", "xl": "xlarge"}
_BY_SIZE = {long: short for short, long in _SIZES.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its form, and where it stands: `text[start:end]`."""

    key: str
    start: int
    end: int


def split(text: str) -> tuple[Word, ...]:
    """The words of `text`, of which the first `LONGEST` characters are read; no text is wrong."""
    text = text[:LONGEST]
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        key = _form(match[0])
        before = found[-1] if found else None
        joined = _joined(before.key, key) if before and _GAP.fullmatch(text, before.end, match.start()) else None
        if before is not None and joined is not None:
            found[-1] = Word(joined, before.start, match.end())
        elif key:
            inches = text[match.end():match.end() + 1] in ('"', "”") and _NUMBER.fullmatch(key)
            found.append(Word(f"{key}inch" if inches else key, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=20_000)
def forms(text: str) -> tuple[str, ...]:
    """The forms of the words of `text`."""
    return tuple(word.key for word in split(text))


def fitting(key: str, known: Collection[str]) -> frozenset[str]:
    """The forms in `known` that `key` is, or those it is a slip for; a word that fills sentences is never a slip."""
    if key in known:
        return frozenset((key,))
    for other in (_BY_SIZE.get(key), _SIZES.get(key)):
        if other is not None and other in known:
            return frozenset((other,))
    if key in FILLING or slips(key) == 0:
        return frozenset()
    return frozenset(one for one in known if _is_slip(key, one) or _is_slip(key, _SIZES.get(one) or _british(one)))


def _is_slip(key: str, known: str) -> bool:
    """Whether it is a slip for it, and not what is compared with it: "one size larger" is not the large one."""
    return slips_for(key, known) and key not in (f"{known}r", f"{known}er", f"{known}st", f"{known}est")


def fused(words: Sequence[Word], known: Collection[str], phrases: Iterable[Sequence[str]]) -> tuple[Word, ...]:
    """The words, with "lap top" as one where `known` has "laptop", and "keyboard" as two where a phrase has two."""
    pairs = {before + after: (before, after) for phrase in phrases for before, after in pairwise(phrase)}
    found: list[Word] = []
    for word in words:
        joined = _word(found[-1].key + word.key) if found else ""
        if joined in known and word.start - found[-1].end < 2 and not (found[-1].key in known and word.key in known):
            found[-1] = Word(joined, found[-1].start, word.end)
        elif word.key in pairs and word.key not in known:
            found += (Word(key, word.start, word.end) for key in pairs[word.key])
        else:
            found.append(word)
    return tuple(found)


def unit_of(key: str) -> str:
    """The unit of a measure such as 500ml, "" for all else."""
    return match[1] if (match := _MEASURE.fullmatch(key)) and match[1] in _SHORT_UNITS else ""


def _british(key: str) -> str:
    """The other spelling of a form, which a slip may be one for: harbour of harbor; "" if there is none."""
    return key[:-2] + "our" if len(key) > 4 and key.endswith("or") else ""


def _form(typed: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(sign))
    plain = re.sub(r"['’]s$", "", plain.casefold())
    if "'" in plain or "’" in plain:
        return re.sub("['’]", "", plain)
    if plain[:1].isdigit():
        return _measure(plain)
    return _NUMERALS.get(plain) or _word(plain)


@lru_cache(maxsize=20_000)
def _word(plain: str) -> str:
    if plain in FILLING:
        return plain
    if meant := long_word(plain):
        return meant
    plain = _SPELLINGS.get(plain, plain)
    plain = re.sub("our$", "or", _OUR.sub(r"\1or", plain)) if len(plain) > 5 else plain
    plain = _ISE.sub(r"iz\1", plain) if len(plain) > 6 else plain
    return _SPELLINGS.get(singular := _singular(plain), singular)


def _singular(plain: str) -> str:
    if len(plain) < 4 or not plain.endswith("s") or plain.endswith(("ss", "us", "is")):
        return plain
    if plain.endswith("ies") and len(plain) > 5:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return plain[:-2]
    return plain[:-1]


def _measure(plain: str) -> str:
    """A number, with its unit if it has one: "1,5l" is 1.5l, "256gigs" is 256gb, "1,000" is 1000."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)*)(.*)", plain)
    if found is None:
        return plain
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", found[1]).replace(",", ".")
    if "." in number:
        number = number.rstrip("0").rstrip(".") if number.count(".") == 1 else number
    return _in_unit(number, _UNITS.get(_word(found[2])) or ("inch" if found[2] == "in" else found[2]))


def _in_unit(number: str, unit: str) -> str:
    """The measure in the smaller unit of its kind: 1.5l is 1500ml."""
    smaller, factor = _SMALLER.get(unit, (unit, 1))
    return f"{float(number) * factor:.10g}{smaller}" if factor > 1 and _NUMBER.fullmatch(number) else number + unit


def _joined(before: str, key: str) -> str | None:
    """What two words next to each other make together: a number and its unit, or a size in two words."""
    if key in _SPACED and _NUMBER.fullmatch(before):
        return _in_unit(before, _UNITS[key])
    if before in ("extra", "x") and key in ("large", "l", "small", "s"):
        return "x" + key[0]
    if before + key in _LETTERED:
        return before + key
    if before in ("double", "2") and key in ("xl", "xs"):
        return "x" + key
    return None
