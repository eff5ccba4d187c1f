"""What is asked of an order that is spoken of: where it goes, whether it is the one with some thing."""

import re

from support.grounding.ways_to_pay import names_way

_GOES = r"(?:go|goes|going|gone|sent|shipped|delivered|headed|addressed)"
_WHERE_TO = re.compile(
    rf"\b(?:to|under) (?:which|what) (?:address|place|town|city|house)\b|"
    r"\bwhere(?:['’]s| is| does| do| will| was| are)\b(?!.*\bmy (?:money|refund)\b)[^.;!?,]{0,60}?"
    r"\b(?:going|go|headed|addressed|be(?:ing)? (?:sent|shipped|delivered)|(?:sent|shipped|delivered) to)\b|"
    rf"(?:^|[.;!?,]\s*|\b(?:and|but|so)\s+)(?:is|does|do|will|are|has)\s+(?!you\b|it possible\b|there\b)"
    rf"[^.;!?]{{1,60}}?\b{_GOES} (?:out )?to\b[^.;!]*\?|"
    r"\b(?:delivery|shipping) address (?:of|for)\b[^.;!]*\?|\btell me (?:the|which|what) address\b|"
    rf"\b(?:still|really) {_GOES} to\b[^.;!]*\b(?:right|correct|yes|isn['’]?t it|doesn['’]?t it)\?",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?<!not )(?<!not really )(?<!n['’]t )(?<!than )"
    r"\b(?:what|how much)\b[^.;!]*\b(?:i|we)(?: (?:had|have))?(?: originally)? pa(?:id|y) for\b|"
    r"\b(?:what|how much)\b(?! (?:do|does|will|would)\b)[^.;!]*\bcost(?: me)? "
    r"(?:me\b|originally|back then|at the time|when i)|"
    r"\b(?:what|how much) (?:did|have|had) (?:i|we) (?:originally )?(?:pay|paid|spend|spent)\b[^.;!]*\bfor\b",
    re.IGNORECASE,
)
# "What would it cost in addition to what I paid?"
_THAN_PAID = re.compile(
    r"\b(?:in addition to|on top of|more than|compared (?:to|with)|over|above|beyond) what (?:i|we)\b", re.IGNORECASE
)
_PAID_BY = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:card|method|account)\b[^.;!?]*\b(?:did i|have i|was|i)\b[^.;!?]*\b(?:pay|paid|use|"
    r"used|buy|bought|charged)\b|\bhow did i pay\b", re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:is|was|are)\s+(?:that|this|it|#?[\w-]*\d[\w-]*|(?:that|this) one)\s+(?:really\s+)?(?:the|my)\s+"
    r"(?:one|order|purchase)\s+(?:with|that (?:has|had|contains)|containing|where|in which)\b[^.;!?]*\?|"
    r"\b(?:is|are)\s+(?:the|my)\s+[\w -]{2,40}\s+in (?:it|that|this|there|that one|that order|this order)\s*\?",
    re.IGNORECASE,
)
_DONE_YET = re.compile(
    r"\b(?:has|have|is|are|was|were)(?:n['’]?t)?\b[^.;!?]*\b(?:changed|cancell?ed|exchanged|swapped|returned|updated|"
    r"processed)(?: (?:now|yet|already|then))?\s*\?", re.IGNORECASE,
)
# "Will it go to my credit card?"
_MONEY = re.compile(r"\b(?:money|refund\w*|reimburse\w*)\b", re.IGNORECASE)


def asks_where_it_goes(text: str) -> bool:
    """Whether `text` asks to which address an order goes, and wants nothing changed: "is it still going to Cork?"."""
    return _WHERE_TO.search(text) is not None and not names_way(text) and not _MONEY.search(text)


def asks_what_was_paid(text: str) -> bool:
    """Whether `text` asks what things in an order cost when they were bought: "what did I pay for the clock?"."""
    return _PAID.search(text) is not None and _THAN_PAID.search(text) is None


def asks_paid_by_what(text: str) -> bool:
    """Whether `text` asks by which method an order was paid: "which card did I pay that order with?"."""
    return _PAID_BY.search(text) is not None


def asks_if_it_holds(text: str) -> bool:
    """Whether `text` asks if the order spoken of is the one with some thing: "is that the one with the mug?"."""
    return _HOLDS.search(text) is not None


def asks_if_done(text: str) -> bool:
    """Whether `text` asks if something of an order has been done: "the headphones, have they been changed?"."""
    return _DONE_YET.search(text) is not None
