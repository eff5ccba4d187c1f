"""What shall be like another thing of the customer's: "just like the one in my other order"."""

import re
from dataclasses import dataclass

_LIKE = re.compile(
    r"(?:\b(?:exactly|just|precisely|really)\s+)*\b(?:like|identical (?:to|with)|match(?:es|ing)?|"
    r"(?:exactly|precisely) the (?:ones?|pair|same)(?=\s+(?:from|in|of)\s)|"
    r"(?:the )?(?:very |exact )?same (?P<what>(?:[\w-]+ ){0,2}?)"
    r"(?P<where>(?:in|from|of|for) (?:the|my|that)\b[^.;!?,]{2,30}? )?(?:as|like))\s+"
    # "If it doesn't come like that just leave it"
    r"(?!that(?:\s+(?:just|leave|keep|then|please|forget|skip|i|we|it|is)\b|\W*(?:$|[.,;!?])))"
    r"(?P<ref>(?:in |from |of )?(?:(?:the|my|that|those|these)\b|order\b|#)"
    r"(?:(?!\b(?:but|only|except|just|please|and (?:the|my|in|i|also|then|for|can|could))\b)[^.;!?,\n])*)"
    r"(?P<but>,?\s*\b(?:but|only|except|just)\b[^.;!?\n]*)?",
    re.IGNORECASE,
)
# "I'd just like the lamp order to go home"
_LIKES = re.compile(r"(?:\b(?:i|we|you|would|do|does|may|might)|['’]d)(?:\s+(?!be\b)\w+){0,2}\s+$", re.IGNORECASE)
_SAME = re.compile(r"(?:(?:exactly|just|precisely|really|the|very|exact)\s+)*(?:same|identical)\b", re.IGNORECASE)
# "Like the blue one" tells what it shall be by itself; these tell where the other thing is
_ELSEWHERE = re.compile(
    r"\b(?:orders?|purchase|delivery|parcel|delivered|received|arrived|already|bought|ordered|got|have|together)\b|"
    r"#?\b[a-z]{0,4}-?\d{5,}\b", re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Where it stands in the text; `what` is alike ("colour", or "" for all), `ref` the other thing, `but` what is not.

    `elsewhere` tells that the words speak of another order.
    """

    start: int
    end: int
    what: str
    ref: str
    but: str
    elsewhere: bool


def read_likeness(text: str) -> list[Likeness]:
    """All that is to be like another thing, in the order of the text."""
    some, since = list[Likeness](), 0
    while (found := _LIKE.search(text, since)) is not None:
        if _LIKES.search(text[:found.start()]) and not _SAME.match(found[0]):
            since = found.start("ref")  # "I'd like it to be exactly like the other one"
            continue
        some.append(Likeness(
            found.start(), found.end(), (found["what"] or "").strip(), found["ref"].strip(),
            (found["but"] or "").strip(" ,"), _ELSEWHERE.search(found["ref"]) is not None,
        ))
        since = found.end()
    return some


def without_likeness(text: str) -> str:
    """`text` without the other things in other orders: they tell nothing of which order is meant."""
    for one in reversed(read_likeness(text)):
        if one.elsewhere:
            text = f"{text[:one.start]}like that {one.but}{text[one.end:]}"
    return text
