"""Orders that a text names only for where they go: "like my other order", "the address that I used for #W123"."""

import re

_ADDRESS = r"(?:(?:same|delivery|shipping|street|other)\s+)*(?:address|place|destination|location|house)"
_ORDER = (
    r"(?:my|the|this|that|our|your)?\s*(?:[^\W\d_][\w-]*\s+){0,4}?"
    r"(?:orders?\b(?:\s*(?:number|no\.?|nr\.?))?(?:\s*#?[A-Za-z-]{0,4}\d[\w-]*)?|#[\w-]*\d[\w-]*|[A-Za-z]{1,4}-?\d{4,}|one\b)"
    r"(?:\s+(?:with|containing|for)\s+(?:the|my|a)\s+[\w-]+)?"
)
_LEADS = "|".join((
    r"(?:the\s+)?same(?:\s+(?!order)\w+){0,3}?\s+(?:as|like|i\s+(?:used|gave|have)\s+(?:in|on|for|with))",
    r"(?:just\s+)?(?:like|as)\s+(?:in|on|for|with|it\s+is\s+(?:in|on|for))",
    r"(?<!would )(?<!d )(?<!i )(?:just\s+)?like",
    r"(?:(?:that|which)\s+)?(?:i|we)(?:\s+have|['’]ve|\s+had|\s+also)?\s+(?:used|gave|given|put|entered)\s+(?:in|on|for|with)",
    r"(?:that|which)\s+(?:is|was|has\s+been)\s+(?:used\s+|given\s+)?(?:in|on|for|with)",
    rf"(?:to|use|using|with|into|at)\s+(?:the\s+|that\s+)?{_ADDRESS}(?:\s+(?:used|given|listed|shown))?"
    r"\s+(?:as|of|from|for|on|in|with)",
    r"\bto\s+(?:that|the\s+one)\s+(?:as|of|from|for|on|in|with)",
    r"(?:to\s+)?where",
))
_SOURCE = re.compile(rf"\b(?:{_LEADS})\s+{_ORDER}", re.IGNORECASE)


def without_sources(text: str) -> str:
    """`text` without the orders whose address another one shall have; those that it is about are left."""
    return re.sub(r"\s{2,}", " ", _SOURCE.sub(" ", text)).strip()
