"""Orders that a text names only for where they go: "like my other order", "where the espresso machine went"."""

import re

_ADDRESS = r"(?:(?:same|delivery|shipping|street|other)\s+)*(?:address|place|destination|location|house)"
_NUMBER = r"(?:#[\w-]*\d[\w-]*|[A-Za-z]{1,4}-?\d{4,})"
_STOP = (
    r"(?:to|please|pls|thanks|instead|and|or|is|are|was|were|at|in|on|for|as|too|now|went|goes|go|has|had|have|does|do|"
    r"did|also|already|that|which|if|last|before|earlier|then|back)\b"
)
_ORDER = (
    r"(?:my|the|this|that|our|your)?\s*(?:[^\W\d_][\w-]*\s+){0,4}?"
    rf"(?:orders?\b(?:\s*(?:number|no\.?|nr\.?))?(?:\s*#?[A-Za-z-]{{0,4}}\d[\w-]*)?|{_NUMBER}|one\b(?!\s+(?:(?:that|which|where)\s+)?(?:my|our)\b))"
    rf"(?:\s+(?:with|containing|for|that\s+(?:has|had))\s+(?:the|my|a|an)\s+(?!{_STOP})[\w-]+(?:\s+(?!{_STOP})[\w-]+){{0,2}})?"
    # "My other order, the one with the watch"
    rf"(?:,\s+(?:i mean\s+)?the\s+(?:one|order)\s+with\s+(?:the|my|a|an)\s+(?!{_STOP})[\w-]+(?:\s+(?!{_STOP})[\w-]+)?)?"
)
# What is told by its place: an order, or just a thing in it
_THING = rf"(?:(?:the\s+|my\s+)?(?:order\s+)?{_NUMBER}|(?:my|the|this|that|our|your)\s+(?:[\w-]+\s+){{1,7}}?)"
_GOES = (
    r"\s*(?:(?:also|already|just|now|currently)\s+)*(?:went|goes|go|had|ended\s+up|"
    r"(?:is|are|was|were|has\s+been|have\s+been|had\s+been|got)\s+(?:(?:also|already|just|now|currently|being)\s+)*"
    r"(?:going|sent|shipped|delivered|headed|heading|bound|dispatched))\b(?:\s+(?:to|already|now|too))*"
)
# "Change where HF-10432 goes" is about that order itself
_WHERE = (
    r"(?<!change )(?<!alter )(?<!update )"
    r"where(?:ver)?(?!\s+(?:do|does|did|is|are|was|were|will|shall|should|can|could|would)\b)"
)
_LEADS = "|".join((
    r"(?:the\s+)?same(?:\s+(?!order)\w+){0,3}?\s+(?:as|like|i\s+(?:used|gave|have)\s+(?:in|on|for|with))",
    r"(?:just\s+)?(?:like|as)\s+(?:in|on|for|with|it\s+is\s+(?:in|on|for))",
    r"(?<!would )(?<!d )(?<!i )(?<!also )(?<!first )(?<!really )(?<!rather )(?:just\s+)?like",
    r"(?:(?:that|which)\s+)?(?:i|we)(?:\s+have|['’]ve|\s+had|\s+also)?\s+(?:used|gave|given|put|entered)\s+(?:in|on|for|with)",
    r"(?:that|which)(?:['’]?s|\s+(?:is|was|has\s+been))\s+(?:used\s+|given\s+)?(?:in|on|for|with)",
    rf"(?:to|use|using|with|into|at|be|it['’]?s)\s+(?:the\s+|that\s+)?{_ADDRESS}(?:\s+(?:used|given|listed|shown))?"
    r"\s+(?:as|of|from|for|on|in|with)",
    r"\bto\s+(?:that|the\s+one)\s+(?:as|of|from|for|on|in|with)",
    rf"(?:to\s+)?{_WHERE}",
))
_SOURCE = re.compile(
    # "Where the lamp went", "the same address that order 5 goes to", "the one my shoes are going to"
    rf"(?:\b(?:to\s+|that['’]?s\s+|it['’]?s\s+|is\s+)?{_WHERE}|"
    rf"(?:(?:\b(?:to|into|use|using|be|at|same|it['’]?s|is|mean|meant)\s+)(?:the\s+)?|^\W*the\s+|[.;!?]\s+the\s+)"
    rf"(?:same\s+)?(?:(?!{_STOP})[^\W\d_]+\s+){{0,3}}?{_ADDRESS}(?:\s+(?:that|which|where))?|\b(?:the\s+)?same\s+one|\bthe\s+one(?:\s+(?:that|which|where))?)\s+"
    rf"(?P<thing>{_THING}){_GOES}"
    rf"|\b(?:to\s+)?{_WHERE}\s+(?:you|we|they)\s+(?:have\s+|had\s+|also\s+)?(?:sent|shipped|delivered|brought)\s+"
    rf"(?P<brought>(?:my|the|our)\s+(?!{_STOP})[\w-]+(?:\s+(?!{_STOP})[\w-]+){{0,3}})"
    rf"|\b(?:{_LEADS})\s+(?P<order>{_ORDER})(?!\s+to\s+(?:be|go|come)\b)(?:\s+(?:do|does|did|is|are|was|were|has|had)\b)?",
    re.IGNORECASE,
)


def without_sources(text: str) -> str:
    """`text` without the orders whose address another one shall have; those that it is about are left."""
    return re.sub(r"\s{2,}", " ", _SOURCE.sub(" ", text)).strip()


def sources(text: str) -> list[str]:
    """What `text` says of each order whose address another one shall have: "my other order", "the espresso machine"."""
    return [(found["thing"] or found["brought"] or found["order"]).strip() for found in _SOURCE.finditer(text)]
