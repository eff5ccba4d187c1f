"""Who somebody is and how to reach them: e-mail address, phone number and name in an answer."""

import re

from support.grounding.pauses import folded
from support.people import email_addresses
from support.refusals import ProfileInvalid

LONGEST = 1000  # characters of a text that are read
LONGEST_NAMING = 200
_EMAIL = re.compile(r"[^\s<>(),;:\"“”'‘’@]{1,64}@[^\s<>(),;:\"“”'‘’@]{1,255}\.[^\W\d_]{2,24}(?![\w-])")
_OLD = re.compile(r"\b(?:from|not|no longer|instead of|old(?: one)?(?: is| was)?|was|rather than)\W*$", re.IGNORECASE)
_SPELT = re.compile(r"\s*[(\[]?\b(?:at)\b[)\]]?\s*(?=[\w-]+\s*(?:[(\[]?\bdot\b[)\]]?|\.)\s*[\w-]+)", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[]?\bdot\b[)\]]?\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w#])(?:\+|00)?\(?\d[\d ().\-/]{3,24}\d(?!\w)")
_NAME_LEADS = re.compile(
    r".*?\b(?:(?:my |the )?(?:(?:new|full|first|last|family|given|middle|legal|married|"
    r"sur)[ -]?)*(?:sur)?name(?:['’]s|\s+(?:is|was|should(?: actually)? be|has changed to|changed to|to|now|spell?ed|"
    r"spelt|change|please))*(?:\s+now)?|(?:call me|i['’]?m(?: now)?(?: called)?|i am(?: now)?(?: called)?|this is|"
    r"it['’]?s|it is|it should(?: actually)? be|change (?:it|that) to|update (?:it|that) to|"
    r"(?:change|update|set|spelled|spelt|called|from)(?: [\w '-]+?)? (?:to|as)|now called))\s*:?\s+",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:['’\-.][^\W\d_]+)*\.?")
_PARTICLE_WORDS = "de del della di da do dos das van von der den la le el al bin ibn y e zu ter ten st mac mc o"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NO_NAME_WORDS = (
    "please thanks thank now instead and not yes no sure ok it that change my name the wrong spelled spelt with "
    "is was a customer sorry hi hello changed has have misspelled misspelt incorrect incorrectly different legally "
    "outdated wrongly spelling typo married"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_REST = re.compile(
    r"[,;:!?\n(]|\.(?:\s|$)| (?:instead of|not|now|please|and|thanks|but|from|with|on (?:my|the)|(?:last|this) "
    r"(?:week|month|year))\b"
)
_INITIAL = re.compile(r"(?<!\w)\w|(?<=['’-])\w")


def read_email(text: str) -> str | None:
    """The one e-mail address in `text` that is not named as the old one; "jo at example dot com" is one too."""
    text = text[:LONGEST]
    spelt = text if _EMAIL.search(text) else _DOT.sub(".", _SPELT.sub("@", text))
    found = [typed for typed in _EMAIL.finditer(spelt) if not _OLD.search(spelt[: typed.start()])]
    if len({typed[0].lower() for typed in found}) != 1:
        return None
    try:
        return email_addresses.checked(found[0][0].strip(".-"))
    except ProfileInvalid:
        return None


def read_phone(text: str) -> str | None:
    """The phone number in `text` as typed, of 7 to 15 digits, one named as the old one last; None without one."""
    text = text[:LONGEST]
    found_in = list(_PHONE.finditer(text))
    for found in [one for one in found_in if not _OLD.search(text[: one.start()])] or found_in:
        typed = found[0].strip(" .-/")
        digits = sum(sign.isdecimal() for sign in typed)
        if 7 <= digits <= 15 and not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
            return typed.replace(".", " ").replace("/", " ") if re.search("[./]", typed) else typed
    return None


def read_name(text: str) -> tuple[str, str] | None:
    """First and last name in `text`: the last word and the particles before it ("del Carmen") are the last name.

    A single word is a first name, and the last is ""; after "my last name is" it is the other way round. None if the
    text names nobody.
    """
    rest, lead = " ".join(text[:LONGEST_NAMING].split()), ""
    words: list[str] = []
    while not words:
        if (found := _NAME_LEADS.match(rest)) is not None:
            lead, rest = lead + found[0], rest[found.end():]
        words = _name_words(rest, led=lead != "")
        if found is None and not words:
            return None
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    if len(words) == 1:
        last = re.search(r"\b(?:last|family|sur|married)[ -]?name", lead, re.IGNORECASE)
        return ("", words[0]) if last else (words[0], "")
    if cut == 1 and words[0].lower() in _PARTICLES:
        return None
    return " ".join(words[:cut]), " ".join(words[cut:])


def _name_words(rest: str, *, led: bool) -> list[str]:
    """The words of the name that the text begins with, empty if it does not; `led` by words that announce it."""
    rest = _REST.split(rest, maxsplit=1)[0].strip(" \"“”'")
    words = rest.split()
    if not 1 <= len(words) <= 6 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return []
    if any(folded(word) in _NO_NAME for word in words):
        return []
    if not any(map(str.isupper, rest)):
        if not led and len(words) not in (2, 3):
            return []
        return [word if word in _PARTICLES else _INITIAL.sub(lambda one: one[0].upper(), word) for word in words]
    return words
