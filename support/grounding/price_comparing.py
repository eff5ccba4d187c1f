"""Whether a text asks what a thing costs beside another one: "how much more is it?", "cheaper than mine?"."""

import re

_COMPARES = re.compile(
    r"\b(?:price )?differences?\b|\bhow much (?:more|less|extra|dearer|cheaper)\b|"
    r"\bhow much (?:would|do|will|could|can) i save\b|\b(?:what|how much) (?:would|do|will|could|can) i (?:save|"
    r"pay (?:more|extra))\b|\bextra (?:cost|charge|price)|\bcosts? (?:me )?(?:more|less|extra)\b|"
    r"\b(?:cheaper|dearer|pricier|(?:more|less) expensive|costs? (?:more|less))\b[^?.;]*\b(?:than|mine)\b|"
    r"\bcompared (?:to|with)\b|\bhow much\b[^?.;]*\b(?:more|extra|on top)\b(?! than \d)",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:if i(?:['’]d| were to| would| should)?|suppos(?:e|ing) i|assuming (?:that )?i|say i|were i to|"
    r"what (?:if i|would you refund|would i get)|would i get|haven['’]?t returned|not returned|before i)\b",
    re.IGNORECASE,
)
_GIVES_BACK = re.compile(
    r"\b(?:return\w*|(?:send|sent|sending|give|gave|giving|bring|brought)\b[^?.;]*\bback|refund\w*)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"\b(?:how much|what (?:would|do|will|amount|sum)|money|amount|refund(?: me)?|get (?:back|for)|worth)\b",
    re.IGNORECASE,
)
_NO_GOODS = re.compile(r"\b(?:subscri\w+|membership|contract|gift ?cards?|vouchers?|account)\b", re.IGNORECASE)


def compares_prices(text: str) -> bool:
    """Whether `text` asks for a difference in price."""
    return _COMPARES.search(text) is not None


def supposes_return(text: str) -> bool:
    """Whether `text` asks what a return would bring that has not been asked for: "what if I sent back the lamp?"."""
    return _NO_GOODS.search(text) is None and all(one.search(text) for one in (_SUPPOSES, _GIVES_BACK, _MONEY))
