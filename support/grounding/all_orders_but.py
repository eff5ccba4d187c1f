"""All orders but one: "cancel all my pending orders except the one with the tablet"."""

import re

_SEVERAL = re.compile(
    r"\b(?:all|every|each|any|both)\b(?:(?!\b(?:from|in|out|things?|items?|stuff|goods|articles?)\b)[^.;!?])*?"
    r"\b(?:orders?|purchases?|parcels?|ones|of (?:them|those|these))\b|"
    r"\beverything (?:of mine )?(?:(?:that['’]?s|that is|which is) )?(?:still )?(?:pending|open|"
    r"not (?:been )?(?:sent|shipped))\b|"
    r"\b(?:my|the) (?:[\w-]+ ){0,2}(?:orders|purchases)\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    r",?\s*\b(?:(?:except|exept|excpet)(?: for)?|excepting|excluding|apart from|besides?|other than|aside from|"
    r"with the exception of|but(?: not)?(?= (?:for )?(?:the|my|that|this|#|order)))\s+(?P<but>[^.;!?\n]+)",
    re.IGNORECASE,
)
# "Except the one with the tablet, I don't need them"
_ENDS = re.compile(
    r",\s*(?!(?:and|or) (?:the|my|that|#)|(?:the|my|#)\b)|"
    r"\b(?:because|since|as i|they['’]?re|please|no longer|not needed)\b", re.IGNORECASE,
)


def apart_from(text: str) -> tuple[str, str]:
    """What is said of several orders, and of those excepted: ("cancel all my orders", "the one with the mug").

    The second is "" where none is.
    """
    for found in _BUT.finditer(text):
        if _SEVERAL.search(text, 0, found.start()):
            ends = _ENDS.search(found["but"])
            until = found.start("but") + (ends.start() if ends else len(found["but"]))
            return f"{text[:found.start()]} {text[until:]}", text[found.start("but"):until]
    return text, ""
