"""Whether somebody demands a sum of money: what is paid beyond the rules is for a person to decide."""

import re

_AMOUNT = r"(?:[$€£¥]\s?\d[\d.,]*k?\b|\b\d[\d.,]*\s?(?:k\s)?(?:[$€£]|dollars?|bucks|euros?|pounds?|usd|eur|gbp)(?!\w))"
_DEMANDS = re.compile(
    r"\b(?:want|demand\w*|expect\w*|requir\w*|ask(?:ing)? for|insist\w*|claim\w*|deserve\w*|owe me|give me|pay me|"
    r"compensat\w*|reimburs\w*|make up for (?:it|this|that) with|damages of|entitled to)\b[^.;!?]{0,60}?" + _AMOUNT,
    re.IGNORECASE,
)
_COMPENSATES = re.compile(
    _AMOUNT + r"[^.;!?]{0,30}\b(?:compensation|(?:in|as) damages|"
    r"for (?:my|the|all the) (?:trouble|hassle|time|pain|stress))\b",
    re.IGNORECASE,
)


def demands_money(text: str) -> bool:
    """Whether `text` asks for an amount of money to be paid: "I want $500 for the two days of waiting"."""
    return bool(_DEMANDS.search(text) or _COMPENSATES.search(text))
