"""What is preferred to what: "battery over USB over AC", "if there are several of those, white"."""

import re

_ONE = r"[\w-]+(?: (?!(?:over|then|to|before|and|or|but|please)\b)[\w-]+){0,2}"
_THEN = r"\s?(?:>+|,?\s?\b(?:over|rather than|before|then)\b|,\s?(?:and )?then\b)\s?"
_RANKED = re.compile(
    rf"(?:[.;!]\s{{0,2}})?\s{{0,2}}\(?\b(?:i(?:['’]d| would)? )?prefer(?:ably|ring|ence)?(?: for| is)?:?\s+"
    rf"(?P<best>{_ONE})(?P<others>(?:{_THEN}{_ONE})+)\s{{0,2}}\)?", re.IGNORECASE,
)
_SIGNS = re.compile(rf"\(?(?P<best>{_ONE})(?P<others>(?:\s?>\s?{_ONE})+)\)?", re.IGNORECASE)
_SEVERAL = (
    r"\bif (?:there(?:['’]re| are|['’]s| is)|you(?:['’]ve got| have)|i can (?:choose|pick)(?: between)?)\s+"
    r"(?:still )?(?:several|more than one|multiple|more|a few|a choice|both)\b"
    r"(?: (?:of (?:those|them|these)|options?|ones?|colou?rs?|kinds?|that fit|like (?:that|it)|to choose from|left))*"
)
_TIE = re.compile(
    rf"(?:[.;!,]\s*(?:and )?)?{_SEVERAL}[\s,:]*(?:then |please |(?:i|we)(?:['’]d| would|['’]ll) (?:take|like|prefer|"
    r"go for|rather have|have) )*(?P<tie>(?:the |an? |in )?[\w-]+(?: [\w-]+){0,2}?)(?: please| then| one)*"
    r"(?=\s*(?:[.;,!?)]|$|\band\b))", re.IGNORECASE,
)
_TIE_FIRST = re.compile(
    rf"(?:^|[.;!,]\s*)(?:i['’]d (?:take|like|prefer) |preferably |then )?(?P<tie>(?:the |an? |in )?[\w-]+(?: [\w-]+)?)"
    rf"(?: one)?,? {_SEVERAL}(?=\s*(?:[.;!?]|$))", re.IGNORECASE,
)
_SAID = re.compile(r", if there are several, (?P<tie>[^.;,!?]+)")
# "Black if you have it, then blue, then red"
_IF_THERE = re.compile(
    r"\bif (?:you(?:['’]ve)? (?:have|got) (?:it|them|one|any)|(?:it['’]s |that['’]s )?(?:possible|available|in stock)|"
    r"there(?:['’]s| is) one)(?P<others>(?:,?\s+(?:and )?then\s+(?!(?:i|you|we|it|please|just|pay|cancel|exchange|"
    r"change|swap|return|send|take|give|leave|keep)\b)[^.,;!?]{2,30}?(?=[.,;!?]|$|\s+(?:and|then)\b))+)", re.IGNORECASE,
)
_NEXT = re.compile(r",?\s+(?:and )?then\s+", re.IGNORECASE)


def ranked(text: str) -> str:
    """`text` with "battery, or else USB" for "battery over USB", and a choice among several behind what it is among."""
    text = _IF_THERE.sub(lambda it: it[0].replace(it["others"], _NEXT.sub(", or else ", it["others"])), text)
    for pattern in (_RANKED, _SIGNS):
        text = pattern.sub(_listed, text)
    for pattern in (_TIE, _TIE_FIRST):
        text = pattern.sub(lambda found: f", if there are several, {found['tie']}", text)
    return text


def tie_broken_by(text: str) -> tuple[str, str]:
    """The text, as `ranked` gives it, without what decides among several, and that: ("a blue one", "white"); or ""."""
    found = _SAID.search(text)
    return (f"{text[:found.start()]}{text[found.end():]}", found["tie"]) if found else (text, "")


def _listed(found: re.Match[str]) -> str:
    others = [one for one in re.split(_THEN, found["others"]) if one.strip()]
    return ", " + ", or else ".join([found["best"], *others])
