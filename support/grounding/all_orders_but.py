"""All orders but one: "cancel all my pending orders except the one with the tablet"."""

import re

from support.grounding.staying import STAYS

# With the slips that are made most in a hurry
_ORDER = r"(?:o(?:rd?e?r|rdre|dre?r|dere?)|purchase|parcel)"
_SEVERAL = re.compile(
    r"\b(?:all|every|each|any|both)\b(?:(?!\b(?:from|in|out|things?|items?|stuff|goods|articles?)\b)[^.;!?])*?"
    rf"\b(?:{_ORDER}s?|ones|of (?:them|those|these))\b|"
    r"\beverything (?:of mine )?(?:(?:that['’]?s|that is|which is) )?(?:still )?(?:pending|open|"
    r"not (?:been )?(?:sent|shipped))\b|"
    rf"\b(?:my|the) (?:[\w-]+ ){{0,2}}{_ORDER}s\b",
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
    r"\b(?:that|this|the [\w-]+(?: [\w-]+)?) (?:order|one|purchase)\b,? i(?:['’]ll| will|['’]d rather)? keep\b|"
    rf"\b(?:order|one|purchase)\b[^.,;!?]{{0,40}}?\b{STAYS}", re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:keep|leave|not?)\b", re.IGNORECASE)
_CUT = re.compile(r"[.,;:!?–—-]\s|\b(?:but|and|only)\b", re.IGNORECASE)
_THING_STAYS = re.compile(
    r"(?P<thing>\b(?:the|my) (?!(?:\S+ ){0,3}?(?:order|one|purchase|rest|others?)\b)[\w-]+(?: [\w-]+){0,2}?) "
    rf"(?P<stays>{STAYS})", re.IGNORECASE,
)
# "Keep the lamp, the others go back" is about things
_OTHERS = re.compile(
    r"\bcancel\w*[^.;!?]*?\b(?:(?:the|my) (?:other(?:s| ones| two| three| four)|(?:two|three|four) others|rest)|"
    r"all (?:the )?others)\b|"
    r"\ball (?:the )?others?\b[^.;!?]{0,20}?\b(?:can|should|may|must)\s+(?:go|be cancell?ed)\b|"
    r"\b(?:the|my|all) (?:(?:the )?other|rest of (?:my|the)) (?:orders|purchases)\b",
    re.IGNORECASE,
)


def as_orders_staying(text: str) -> str:
    """`text`, to cancel orders, with what it says of a thing that stays said of its order: "the camera stays"."""
    return _THING_STAYS.sub(r"\g<thing> order \g<stays>", text)


def _but_kept(text: str) -> tuple[str, str]:
    """The same where one is kept, and something is to be done with all others; two "" if not."""
    stays = _STAYS.search(text)
    if stays is None:
        return "", ""
    if _SEVERAL.search(text, 0, stays.start()):
        begins = max((cut.end() for cut in _CUT.finditer(text, 0, stays.start())), default=0)
        return f"{text[:begins]} {text[stays.end():]}", _KEPT.sub(" ", text[begins:stays.end()])
    others = _OTHERS.search(text, stays.end())
    if others is None:
        return "", ""
    return f"all my orders {text[others.end():]}", _KEPT.sub(" ", text[:stays.end()])


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
