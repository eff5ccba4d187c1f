"""What is to go, where a customer says what is to stay: "only the perfume stays" sends back everything else."""

import re

# Of things and of orders alike
STAYS = (
    r"(?:(?:(?:is|are)(?:\s+to)?|should|shall|can|will|must)\s+)?"
    r"(?:stay(?:s|ing)?|remain(?:s|ing)?|(?:be|is|are) kept)\b(?!\s+(?:open|in|on|at)\b)"
)
_THINGS = (
    r"(?P<things>(?:(?!\b(?:if|is|are|goes|go|back|return\w*|change\w*|exchange\w*)\b)"
    r"(?:[^.,;!?\n]|,(?=[^.;!?\n]*\band\b))){2,60}?)"
)
# "Only the mug, everything else from that parcel stays with me" sends nothing else back
_REST = (
    r"(?:(?:everything|anything) else|(?:all )?(?:of )?(?:the|my) (?:rest|others?|"
    r"other (?:things|items|ones|two|three)))(?: (?:from|in|of|with) (?:that|this|the|my) \w+)?"
    r"(?:,? and (?:the|my) other [\w-]+(?: (?!stay|remain|is\b|are\b)[\w-]+)?)?"
)
_REST_STAYS = re.compile(
    rf"(?:\b(?:and|but)\s+)?(?:\b{_REST}\s+{STAYS}(?:\s+(?:with me|here|put|as (?:it|they) (?:is|are)))?|"
    rf"\b(?:i|we)(?:['’]ll| will|['’]d)?\s+(?:(?:want|like|rather|prefer)\s+(?:to\s+)?)?keep(?:ing)?\s+{_REST}|"
    rf"\b{_REST}\s+(?:i|we)(?:['’]ll| will)?\s+keep\b|"
    # "The rest of that order is lovely, I keep it"
    rf"\b{_REST}(?: of (?:that|this|the|my) \w+)?\b[^.;!?]{{0,30}},?\s+(?:i|we)(?:['’]?m|['’]ll| will)?\s+"
    r"keep(?:ing)?\s+(?:it|them|that|those)\b)", re.IGNORECASE,
)
_BUT = r"(?:everything|all|anything)(?: else)?(?: of (?:it|them|that))?\s+(?:but|except(?: for)?|apart from|besides)"
_NO_IT = r"(?!(?:it|them|that|this|those|these|everything|all|both|(?:the|my) money)\b)"
_ALL_BUT = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b{_BUT}\s+{_THINGS}\s+{STAYS}",
    rf"\b(?:keep|leave|hold on to)\s+{_BUT}\s+{_THINGS}(?=\s*(?:[.,;!?\n]|$))",
))
_ONLY = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b(?:only|just|nothing but)\s+{_NO_IT}{_THINGS}\s+{STAYS}(?:\s+(?:with me|here|as (?:it|they) (?:is|are)))?",
    rf"\b(?:i(?:['’]ll| will|['’]d)?\s+)?(?:only|just)\s+keep(?:ing)?\s+{_NO_IT}{_THINGS}(?=\s*(?:[.,;!?\n]|$))",
))
_OTHER_STAYS = re.compile(
    rf"(?:\b(?:and|but)\s+)?\b(?:the|my)\s+other\s+[\w-]+(?:\s+[\w-]+)?\s+{STAYS}[^.;!?]*", re.IGNORECASE
)
# "Since the laptop one is staying: the kettle in there ..."
_ORDER_STAYS = re.compile(
    rf"(?:\b(?:and|but|since|as|because|now that)\s+)*\b(?:the|my|that)\s+[^.,;!?]{{0,40}}?\b(?:order|one|purchase)\s+"
    # "The backpack one does keep going to Cork"
    rf"(?:{STAYS}|(?:(?:does|do|should|can)\s+)?(?:keeps?\s+going|still\s+goes)\b[^.;!?]*)", re.IGNORECASE,
)


def without_order_staying(text: str) -> str:
    """`text` without what it says of an order that stays: that means no other than the one spoken of."""
    return _ORDER_STAYS.sub(" ", text)


def without_staying(text: str) -> str:
    """`text` without what it says of the rest, or of the other one, that stays: it names no order."""
    return _OTHER_STAYS.sub(" ", _REST_STAYS.sub(" ", text))


def what_goes(text: str, *, all_else: bool = True) -> str:
    """`text` with what it says of things that stay turned round; the text itself where it says nothing of that.

    Without `all_else` what stays is merely left: no wish is known for the rest.
    """
    if (bare := _REST_STAYS.sub(" ", text)).strip(" ,.;!?"):
        text = bare
    for stays in _ALL_BUT:
        text = stays.sub(r"only \g<things>", text)
    for stays in _ONLY:
        text = stays.sub(r"everything except \g<things>" if all_else else r"leave \g<things> alone", text)
    return text
