"""What in an address is the street, and what a part of the building: apartments, suites, floors."""

import re

_TYPES = (
    r"street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|court|ct|place|pl|square|sq|boulevard|blvd|way|terrace|close"
    r"|crescent|park|quay|row|highway|hwy|parkway|pkwy|circle|cir|trail|mews|gardens|grove|walk|green|broadway|"
    r"loop|alley"
)
_FOREIGN = (
    r"rue|chemin|impasse|quai|cours|place|all[eé]e|avenue|boulevard|route|calle|c/|avenida|avda\.?|av\.|plaza|paseo|"
    r"carrer|ronda|via|viale|piazza|corso|vicolo|largo|strada|am|an der|unter den|stra(?:ß|ss)e"
)
_GLUED = (
    r"\w*(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|gracht|kade|plein|singel|dijk|"
    r"hof|markt|kamp|steg)"
)
_UNIT = (
    r"(?:apartment|appartement|apt|suite|ste|unit|flat|room|rm|floor|fl|level|building|bldg|block|penthouse|studio|"
    r"wohnung|whg|piso|puerta|planta|escalera|int|interno|scala|bus|b[aâ]t|b[aâ]timent|door)"
)
_MARK = r"(?:[\w/-]{0,5}\d[\w/-]{0,5}|[a-z])(?!\w)"
UNIT = re.compile(
    rf"(?:{_UNIT}\.?\s*#?\s*{_MARK}(?:\s+{_UNIT}\.?\s*{_MARK})*|#\s*\w{{1,6}}|\d+(?:st|nd|rd|th)\s+(?:floor|fl\.?)|"
    r"(?:ground|first|second|third|fourth|fifth|top)\s+floor"
    r"|\d+[ºª°o]\.?(?:\s+\w+[ºª]?)?|\d+\.\s*(?:og|stock|etage)|\d+(?:er|e|ème|eme)\s+[eé]tage|"
    r"penthouse(?:\s+\w+)?|c/o\s+.+)",
    re.IGNORECASE,
)
# "Oh and Apt 4, in Milwaukee"
UNIT_FIRST = re.compile(
    rf"\W*(?:(?:oh|and|it['’]?s|sorry|so|yes)\b\W*)*(?P<unit>{_UNIT}\.?\s*#?\s*{_MARK})\s*,?\s*(?=\w)", re.IGNORECASE
)
_UNIT_INSIDE = re.compile(
    r"[\s,]+((?:apartment|apt|suite|ste|unit|flat|room|floor|fl)\.?\s*#?\s*[\w-]*\d[\w-]*|(?:apartment|apt|suite|"
    r"ste|unit|flat)\.?\s*#?\s*[A-Z]\d?|#\s*\w{1,6}|\d+(?:st|nd|rd|th)\s+floor)(?!\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:no\.?\s*)?\d+\s?[a-z]?(?:\s?[-/]\s?\d+[a-z]?)?(?:\s(?:bis|ter))?[,\s]+\D", re.IGNORECASE)
_STREET = re.compile(
    rf"(?:(?:no\.?\s*)?\d+\s?[a-z]?(?:\s?[-/]\s?\d+\s?[a-z]?)?(?:\s(?:bis|ter))?,?\s+(?:\S+\s+){{0,5}}?(?:{_TYPES}|"
    rf"{_FOREIGN}|{_GLUED})\b\.?.*"
    rf"|(?:{_FOREIGN})\s.*\d.*|(?:\S+\s){{0,3}}{_GLUED}[\s,]+\d+.*|(?:\S+\s+){{1,4}}(?:{_TYPES})\b\.?|"
    r"p\.?\s?o\.?\s?box\s+\d+)",
    re.IGNORECASE,
)
_AFTER_TYPE = re.compile(
    rf"(\d+\w?(?:-\d+)?\s+(?:\S+\s+){{0,4}}?(?:{_TYPES})\b\.?(?:\s+(?:{_TYPES})\b\.?)*(?:\s+(?:north|south|east|"
    r"west|n|s|e|w|ne|nw|se|"
    r"sw)\b\.?)?)\s+(\D+)",
    re.IGNORECASE,
)
_NUMBER_ONLY = re.compile(r"(?:n[º°o]\.?\s*)?\d+\s?(?:[a-z]|bis|ter)?", re.IGNORECASE)
_OPENING = re.compile(rf"(?:\d|#|{_UNIT}\b|{_FOREIGN}\s|p\.?o\.?\s?box)", re.IGNORECASE)


_SMALL_WORDS = (
    "the on by in my a an of to is and for with that this it inch minute minutes items item more other i no all"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def is_unit(segment: str) -> bool:
    """Whether `segment` is a part of a building: "Suite 641", "Flat 3", "2nd floor"."""
    return UNIT.fullmatch(segment.strip(" .")) is not None


def is_street(segment: str) -> bool:
    """Whether `segment` is surely a street, with or without a house number."""
    return _STREET.fullmatch(segment.strip(" .")) is not None


def is_plausible(street: str) -> bool:
    """Whether a street may be one with nothing else to go by: "2 of them by the way" is none."""
    words = street.split()
    if not any(map(str.isdigit, street)):
        return len(words) > 1 and all(word[0].isupper() for word in words)
    return not _SMALL.intersection(words)


def is_house_number(segment: str) -> bool:
    return _NUMBER_ONLY.fullmatch(segment.strip(" .")) is not None


def begins_address(text: str) -> bool:
    """Whether `text` begins as an address does: with a number, a street or a part of a building."""
    return _OPENING.match(text) is not None


def has_house_number(segment: str) -> bool:
    return _NUMBERED.match(segment) is not None


def cut_unit(street: str) -> tuple[str, str | None, str]:
    """`street` cut at a part of the building inside it: what is before, that part, and what comes after."""
    found = _UNIT_INSIDE.search(street)
    if found is None or not street[: found.start()].strip():
        return street, None, ""
    return street[: found.start()].rstrip(" ,"), found[1].strip(), street[found.end():].strip(" ,")


def cut_town(street: str) -> tuple[str, str | None]:
    """A street with a town behind it in one breath, "12 Elm Street Denver", cut; None if no town can be told."""
    found = _AFTER_TYPE.fullmatch(street.strip())
    if found is None or re.fullmatch(rf"(?:{_TYPES})\.?", found[2].strip(), re.IGNORECASE):
        return street, None
    return found[1].strip(), found[2].strip()
