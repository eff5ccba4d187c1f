"""Ways to pay as people call them, and those that they rule out: "nothing on my Visa", "I don't want to use PayPal"."""

import re

WAY = r"(?:pay\s?pal|(?:(?:credit|debit)\s|gift\s?)?card|visa|master\s?card|amex|wallet|apple\s?pay|google\s?pay)"
THE_WAY = rf"(?:(?:my|the|that|a|any) )?{WAY}"
_NAMED = re.compile(rf"\b{WAY}\b", re.IGNORECASE)
_RULED_OUT = re.compile(
    rf"\b(?:nothing|not|never)(?: a cent)? (?:by|on|onto|via|with|from|to|through) (?P<by>{THE_WAY})\b|"
    rf"(?:n['’]t|\bnot|\bnever) (?:(?:want|like|wish|need)(?: you)? to )?(?:use|touch|charge|take|pay (?:it |that )?"
    rf"(?:with|by|from)) (?P<used>{THE_WAY})\b|"
    rf"\bclosing (?:the account (?:behind|of|with) )?(?P<closed>{THE_WAY})|"
    rf"\b(?P<ends>{THE_WAY})(?: ending (?:in|with) \d{{4}}| \d{{4}})? (?:is|was|has been|will be|gets)"
    r"(?: (?:about to be|being|going to be|just|already|now))* (?:closed|cancell?ed|blocked|expired|lost|stolen)\b|"
    rf"\b(?:lost|(?:do not|don['’]?t|no longer) have)(?: the| my| that)? "
    rf"(?P<lost>{WAY}(?: (?:ending (?:in|with) )?\d{{4}})?)(?: any ?more)?\b|"
    rf"\b(?:not|no) (?P<plainly>{THE_WAY}(?: (?:ending (?:in|with) )?\d{{4}})?)\b(?!\s*(?:number|ending|is|was)\b)",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"^\W*(?:(?:no|sorry|hm+|well|oh)\W+)*(?:neither|none)\b(?! the )[^.;!?]*|"
    r"\bneither (?:of (?:them|those|the two) )?(?:works?|is)\b",
    re.IGNORECASE,
)
_NO_OTHER = re.compile(
    rf"\b{THE_WAY} only\b|"
    rf"\bonly (?:(?!not\b)[\w'’]+ ){{0,4}}?(?:(?:with|by|from|on|via|through|using|to) )?{THE_WAY}\b",
    re.IGNORECASE,
)


def names_way(text: str) -> bool:
    """Whether `text` names a way to pay, whoever has it."""
    return _NAMED.search(text) is not None


def ruled_out(text: str) -> list[str]:
    """The ways to pay that `text` does not want, as they are written there."""
    return [next(way for way in found.groups() if way) for found in _RULED_OUT.finditer(text)]


def rules_out_all(text: str) -> bool:
    """Whether `text`, in answer to which way it shall be, wants none of those that were offered."""
    return _NEITHER.search(text) is not None


def without_ruled_out(text: str) -> str:
    """`text` without what it says of ways that it does not want."""
    return _RULED_OUT.sub(" ", text)


def wants_no_other(text: str) -> bool:
    """Whether it is to be that way and no other: "the gift card only", "nothing on my Visa"."""
    return _NO_OTHER.search(text) is not None or bool(ruled_out(text))
