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
    r",?\s{0,2}\b(?:(?:except|exept|excpet)(?: for)?|excepting|excluding|apart from|besides?|other than|aside from|"
    r"with the exception of|but(?: not)?(?= (?:for )?(?:the|my|that|this|#|order)))\s+(?P<but>[^.;!?\n]+)",
    re.IGNORECASE,
)
# "Except the one with the tablet, I don't need them"
_ENDS = re.compile(
    r",\s*(?!(?:and|or) (?:the|my|that|#)|(?:the|my|#)\b)|"
    r"\b(?:because|since|as i|they['’]?re|please|no longer|not needed)\b", re.IGNORECASE,
)
# "That's the laptop one, that stays. Cancel all the others"
_STAYS = re.compile(
    r"\b(?:keep|leave)\b[^.,;!?]{0,40}?\b(?:order|one|purchase)\b|"
    r"\b(?:order|one|purchase)\b[^.,;!?]{0,40}?\b(?:stays?|remains?)\b", re.IGNORECASE,
)
# "Keep the lamp, the others go back" is about things
_OTHERS = re.compile(
    r"\bcancel\w*[^.;!?]*?\b(?:(?:the|my) (?:other(?:s| ones| two| three| four)|(?:two|three|four) others|rest)|"
    r"all (?:the )?others)\b|\b(?:the|my|all) (?:(?:the )?other|rest of (?:my|the)) (?:orders|purchases)\b",
    re.IGNORECASE,
)


def _but_kept(text: str) -> tuple[str, str]:
    """The same where one is kept, and something is to be done with all others; two "" if not."""
    stays = _STAYS.search(text)
    others = _OTHERS.search(text, stays.end()) if stays else None
    if stays is None or others is None:
        return "", ""
    return f"all my orders {text[others.end():]}", re.sub(r"(?i)\b(?:keep|leave|not?)\b", " ", text[:stays.end()])


def apart_from(text: str) -> tuple[str, str]:
    """What is said of several orders, and of those excepted: ("cancel all my orders", "the one with the mug").

    The second is "" where none is.
    """
    for found in _BUT.finditer(text):
        if _SEVERAL.search(text, 0, found.start()):
            ends = _ENDS.search(found["but"])
            until = found.start("but") + (ends.start() if ends else len(found["but"]))
            return f"{text[:found.start()]} {text[until:]}", text[found.start("but"):until]
    several, kept = _but_kept(text)
    return (several, kept) if kept else (text, "")
