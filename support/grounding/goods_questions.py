"""Whether a text only asks what goods cost, how many there are or what they come in, and wishes for nothing."""

import re

from support.grounding.price_comparing import compares_prices

_LEAD = r"^\W*(?:(?:and|but|so|hm+|ok|okay|well|wait|just|also|oh|hey|by the way|first)\b[\s,]*)*"
_QUESTION = re.compile(
    rf"{_LEAD}(?:how (?:much|many)\b|what(?:['’]?s| is| are| would be) the (?:price|cost)\b|"
    r"what (?:do|does|would|will)\b.*\bcost\b|"
    r"(?:what|which) (?:other )?(?:colou?rs|sizes|options|versions|kinds|variants|types|models)\b|"
    r"what would\b.*\b(?:be|look) like\b)",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:i(?:['’]d| would)? (?:like|want|need|prefer|rather)|i['’]ll|please|change|swap|switch|exchange|make it|"
    r"instead|go for|go ahead|yes|take)\b", re.IGNORECASE,
)
_MONEY_OF_IT = re.compile(
    r"\b(?:(?:it|that|this|all|everything)\b.*\bcost|refund\w*|get back|pay|owe|in total|difference|points?)\b",
    re.IGNORECASE,
)

_SUM = re.compile(
    r"\bhow much\b|\btotal\b.*\?|\b(?:what(?:['’]?s)?|which|is|are|does|do|so)\b.*\b(?:total|sum|altogether|all in all|"
    r"differences?|prices?|amounts?|costs?|come to|charged?|pay|paid|refund\w*|get back|extras?|surcharge|on top)\b",
    re.IGNORECASE,
)


# No wish for anything but the figure
_TELL = re.compile(
    r"\b(?:tell me|let me know|give me|inform me)\b[^.;!?]*"
    r"\b(?:differences?|total|sum|amount|how much|price|cost|extra)\b",
    re.IGNORECASE,
)
# "In black. How much would that save?" is told with the plan
_OF_THAT = re.compile(
    r"\b(?:how much|what)\b[^?.;]{0,20}?\b(?:would|will|does|do|did|['’]d|['’]ll)\s+"
    r"(?:it|that|this|they|those|these|i)\s+(?:then\s+)?(?:save|(?:cost|be|pay)(?: me)? (?:more|extra|less))\b",
    re.IGNORECASE,
)
_BESIDE_MINE = re.compile(
    r"\b(?:than|with|to|from)\b[^?.;]*\b(?:mine|(?:i|i['’]ve|we) (?:have|got|bought|ordered)|"
    r"my (?:order|current|old|own)|the (?:current|old) one)\b[^?]*\?", re.IGNORECASE,
)
_CONTENTS = re.compile(
    rf"{_LEAD}(?:(?:what['’]?s|what is|what was|what are) (?:in|inside) (?:it|there|that|this|them)\b|"
    r"(?:what|which) (?:items|things|products|stuff) (?:are|is|were|do i have) (?:in|inside|on) (?:it|there|that|"
    r"this)\b|what does (?:it|that|this)(?: order)? (?:contain|include)\b)",
    re.IGNORECASE,
)


_OF_GOODS = re.compile(
    r"\b(?:stock|available|availability|have you|do(?:n['’]t)? you|you (?:have|got|sell|carry|offer)|got|sell|costs?|"
    r"prices?|priced|how|which|what(?:['’]s)?|cheap\w*|dear\w*|pric(?:ey|ier)|expensive|come[s]? in|any|is there|"
    r"are there|(?:is|are)n['’]t there|difference|compare\w*|sold out)\b", re.IGNORECASE,
)


def asks_of_goods(text: str) -> bool:
    """Whether a word of `text` asks something of goods; "and the lamp, too" does not; what that would save neither."""
    return bool(_OF_GOODS.search(text)) and not _OF_THAT.search(text)


def asks_what_is_in_it(text: str) -> bool:
    """Whether `text` asks what the order under discussion holds: "wait, what's in it exactly?"."""
    return bool(_CONTENTS.match(text))


def asks_about_goods(text: str) -> bool:
    """Whether `text` is such a question: "how much is the one with a timer?", but not "how much do I get back?"."""
    if _BESIDE_MINE.search(text) and compares_prices(text):
        return not re.search(r"\b(?:change|swap|switch|exchange|please)\b", text, re.IGNORECASE)
    asks_more = _WISHES.search(text) or _MONEY_OF_IT.search(text) or _OF_THAT.search(text)
    return bool(_QUESTION.match(text)) and not asks_more


def asks_how_much(text: str) -> bool:
    """Whether `text` asks what something under way comes to: "what will that be in total?", "how much do I pay?"."""
    return bool(_TELL.search(text)) or (bool(_SUM.search(text)) and not _WISHES.search(text))
