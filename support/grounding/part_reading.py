"""The answer to the question for one part of an address."""

import re

from support.grounding import place_names, postcodes
from support.grounding.address_parts import titled

LONGEST = 300  # characters of a text that are read
_PART_LEADS = re.compile(
    r"^(?:(?:yes|yep|yeah|sure|ok|okay|oh|ah|hm+|well|so|um|sorry|no|actually|right|true|great|cool|sweet|haha|lol|oops|"
    r"of course|my bad|forgot)[,.!]*\s+)*(?:(?:it|that|this|my|the|our)(?:['’]?s|"
    r"\s+is|\s+would be|\s+will be)?\s+)?(?:(?:new|full|delivery|shipping)\s+)*(?:(?:name|recipient|street|address|"
    r"line ?[12]|town|city|state|region|county|zip(?: ?code)?|post ?code|postal code|eircode|country|apartment|"
    r"house)(?:\s+and\s+number)?\s*(?:is|:|=|['’]s|would be|should be)\s*)?(?:(?:it['’]?s|in|to|called|for)\s+)?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?:no|none|nothing|nope|n/?a|not? (?:needed|applicable|one)|skip|there is(?: no|n['’]t)(?: any| one)?|"
    r"-)[.!]?",
    re.IGNORECASE,
)

# "53202 I think. Yes, 53202, USA", whatever is said behind it
_CODE_FIRST = re.compile(
    r"\W*(?:(?:it['’]?s|the (?:zip|post ?code|postal code)(?: code)?(?: is|['’]s)?|yes|oh|um|hm+|well|sorry|so)\b\W*)*"
    r"(?P<code>\d{4,6}|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2})\b(?=\W*(?:$|i (?:think|guess|believe)\b|yes\b|right\b|usa?\b))"
    r"(?:[^\n]{0,40}?\b(?P<country>USA?|United States|UK))?", re.IGNORECASE,
)


def postcode_first(text: str, country: str | None = None) -> dict[str, str]:
    """The postcode that an answer begins with, and the country if it is named behind it; empty if it begins with none.

    `country` is that of the address, if known.
    """
    found = _CODE_FIRST.match(text[:LONGEST])
    code = postcodes.find_postcode(found["code"], country) if found else None
    if found is None or code is None:
        return {}
    named = place_names.country_code(found["country"] or "")
    return {"postcode": code.value} | ({"country": named} if named else {})


def read_part(name: str, text: str, *, country: str | None = None) -> str | None:
    """The answer to the question for one part of an address; None if it cannot be that.

    "" says that there is none, which only `line_2` and `region` may. `country` is that of the address, if known.
    """
    said = " ".join(text[:LONGEST].split())
    if name in ("line_2", "region") and _NONE.fullmatch(said):
        return ""
    said = _PART_LEADS.sub("", said, count=1)
    said = re.sub(r"[\s,.!]*(?:please|thanks?(?: you)?|pls)?[\s,!]*$", "", said, flags=re.IGNORECASE).strip()
    if not said or not any(map(str.isalnum, said)) or "?" in said:
        return None
    if name == "country":
        return place_names.country_code(said) or place_names.country_code(said.upper())
    if name == "postcode":
        found = postcodes.find_postcode(said, country)
        return found.value if found else _plain_postcode(said, country)
    if name == "region":
        first = said.split(",")[0].strip()  # "WI, USA"
        return place_names.region_of(first, country) or place_names.region_of(first, country or "US") or titled(said)
    if name == "recipient" and any(map(str.isdigit, said)):
        return None
    if name in ("town", "recipient") and len(said.split()) > 6:
        return None
    return titled(said)


def _plain_postcode(said: str, country: str | None) -> str | None:
    known = country is None or postcodes.fits(said.upper(), country)
    return said.upper() if known and re.fullmatch(r"(?=.*\d)[\w -]{3,10}", said) else None
