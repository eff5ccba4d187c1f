"""Ways to pay as people call them, and those that they rule out: "nothing on my Visa", "I don't want to use PayPal"."""

import re

WAY = r"(?:pay\s?pal|(?:(?:credit|debit)\s|gift\s?)?card|visa|master\s?card|amex|wallet|apple\s?pay|google\s?pay)"
THE_WAY = rf"(?:(?:my|the|that|a|any) )?{WAY}"
_NAMED = re.compile(rf"\b{WAY}\b", re.IGNORECASE)
_RULED_OUT = re.compile(
    rf"\b(?:nothing|not|never)(?: a cent)? (?:by|on|onto|via|with|from|to|through) (?P<by>{THE_WAY})\b|"
    rf"(?:n['’]t|\bnot|\bnever) (?:(?:want|like|wish|need)(?: you)? to )?(?:use|touch|charge|take|pay (?:it |that )?"
    rf"(?:with|by|from)) (?P<used>{THE_WAY})\b", re.IGNORECASE,
)
_NO_OTHER = re.compile(rf"\b{THE_WAY} only\b|\bonly {THE_WAY}\b", re.IGNORECASE)


def names_way(text: str) -> bool:
    """Whether `text` names a way to pay, whoever has it."""
    return _NAMED.search(text) is not None


def ruled_out(text: str) -> list[str]:
    """The ways to pay that `text` does not want, as they are written there."""
    return [found["by"] or found["used"] for found in _RULED_OUT.finditer(text)]


def without_ruled_out(text: str) -> str:
    """`text` without what it says of ways that it does not want."""
    return _RULED_OUT.sub(" ", text)


def wants_no_other(text: str) -> bool:
    """Whether it is to be that way and no other: "the gift card only", "nothing on my Visa"."""
    return _NO_OTHER.search(text) is not None or bool(ruled_out(text))
