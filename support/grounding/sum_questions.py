"""Questions for a sum of what was done for the customer, or is about to be: "what do I get back altogether?"."""

import re
from enum import StrEnum


class SumAsked(StrEnum):
    """What is to be added up: money that comes back, what all of it cost more or less, one order's new total."""

    BACK = "back"
    CHANGE = "change"
    NEW_TOTAL = "new total"
    # "And both together?": whatever was spoken of
    ANY = "any"
    # "Am I up or down in the end?"
    BALANCE = "balance"


_ALL = (
    r"(?:altogether|all ?together|in total|in all|all in all|total(?:s|led)?|sum(?:s|med)?|overall|combined|together|"
    r"both|the two|everything|all of (?:it|that|them|this)|add(?:s|ed)? up)"
)
_BACK = (
    r"(?:(?:get|gets|getting|got|have|come|comes|coming|go|goes|going|be|being|receive|receiving|money|paid|is|brings?|gives?)\b"
    r"[^?.;]*\bback|refund(?:s|ed|ing)?|return(?:s|ing|ed)?|sav(?:e|ed|ing|ings))"
)
_LEAD = r"^\W*(?:(?:and|so|ok|okay|then|thanks|thank you|but)\b[\s,]*)*"
_OPENS = re.compile(r"\b(?:how much|what|what['’]?s|tell me|know|sum|total)\b", re.IGNORECASE)
_ALL_BACK = re.compile(rf"\b{_BACK}\b[^.;!]*\b{_ALL}\b|\b{_ALL}\b[^.;!]*\b{_BACK}\b", re.IGNORECASE)
_MORE = re.compile(
    rf"\b(?:what|how much) (?:do|does|would|will)\b[^?.;]*\bcost\b(?=[^?.;]*\b(?:extra|more)\b)[^?.;]*\b{_ALL}\b|"
    r"\b(?:what|how much) (?:do|does|would|will) (?:the two|both|all of (?:it|"
    r"them))\b[^?.;]*\bcost\b[^?.;]*\b(?:extra|more)\b|\b(?:what|how much)\b[^?.;]*\b(?:did|was|have|"
    r"has)\b[^?.;]*\b(?:extra|more|difference)\b[^?.;]*"
    rf"\b(?:in the end|{_ALL})\b|\b(?:what|how much)(?: more| extra)\b[^?.;]*\b(?:did i|have i|did we)\b|"
    r"\bhow much (?:more|less|extra|dearer|cheaper)\b.*\b(?:than before|than it (?:was|did)|in all|in total|altogether|"
    r"overall|(?:both|all|everything)\b.*\btogether)|\bhow much\b.*\b(?:more|less|extra)\b.*\b(?:than before|"
    r"than it (?:was|did)|than (?:i|we) (?:first )?paid)\b", re.IGNORECASE,
)
_NEW_TOTAL = re.compile(
    r"\bnew (?:order )?(?:total|sum|price|amount)\b|"
    r"\b(?:total|sum)\b[^?.;]*\b(?:after|with|once)\b[^?.;]*\b(?:change|swap|that|this|exchange)|"
    r"\b(?:order|everything|it all|the whole (?:thing|lot|order))\b[^?.;]*\b(?:cost|come to|be|total|amount to)\b"
    r"[^?.;]*\b(?:after(?:wards)?|then|now|with|once)\b(?: (?:this|that|the|these|those|my|it))*"
    r"(?: (?:changes?|swaps?|exchanges?|is (?:changed|done)))?\W*$", re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_LEAD}(?:(?:what(?:['’]?s| is| was| are| would be| about)?|"
    r"how much(?: is| was| are)?|tell me)\s+)?(?:that\s+|it\s+|this\s+|all\s+)?(?:the\s+|a\s+)?(?:grand\s+|whole\s+)?"
    r"(?:totals?|sum|altogether|all together|in total|in all|all in all|(?:both|the two|all|those|them)\s+together|"
    r"together)(?:,? in one (?:figure|number|sum))?(?:\s+(?:amount|sum|dif+eren[cs]e|cost))?"
    r"(?:\s+(?:of|for|from)\s+(?:both|all|these|those|them|the two|everything|it all)(?:\s+(?:of\s+)?(?:these|those|"
    r"them|it|orders?|together|changes|swaps|exchanges|returns|refunds))?)?(?:\s+(?:is|then|now|please|so far))*\W*$|"
    r"^\W*i meant? (?:together|both|all)\b[^?]*\b(?:how much|what) is (?:that|it) "
    r"(?:in all|in total|altogether|together)\W*$|"
    rf"{_LEAD}(?:what|how much) (?:does|do|would|will|is|are) (?:all (?:of )?)?"
    r"(?:that|it|this|those|these|they|both|everything|the two)(?: of (?:them|those|these))?(?: all)? "
    r"(?:(?:come to|make|add up to|be|bring) )?(?:together|altogether|in all|in total|all in all)\W*$|"
    rf"{_LEAD}what (?:does|do|did|will) (?:it|that|this|they) all (?:come|add up|amount) (?:up )?to\b[^.;]*$",
    re.IGNORECASE,
)
# "What remains in my favour when you set all of it against each other?"
_NET = re.compile(
    r"\b(?:what|how much)\b[^?.;]*\b(?:in my favou?r|against each other|net of|"
    r"(?:once|when|after|if)\b[^?.;]*\b(?:extra|surcharge|difference|what i (?:pay|paid))\b"
    r"[^?.;]*\b(?:taken|take|subtracted|deducted|set) off)\b|"
    r"\b(?:take|subtract|deduct|set)\b[^?;]*\b(?:off|from) (?:that|it)\b[^?;]*\bhow much\b|"
    r"\b(?:subtract|deduct)\b[^?;]*\bleft (?:for me|over)\b|"
    r"\bbalance of (?:the two|both|it all|everything|all of)\b|"
    r"\bget back\b[^?.;]*\b(?:after|minus|less) what\b[^?.;]*\bcosts?\b", re.IGNORECASE,
)
_BALANCE = re.compile(
    r"\b(?:am i|do i (?:end up|come out)|did i (?:end up|come out)|are we)\b[^?.;]*"
    r"\b(?:up or down|down or up|better or worse|in the (?:plus|minus|black|red))\b|"
    r"\b(?:gain(?:ed)? or los[et]|los[et] or gain(?:ed)?)\b|\bplus or minus\b|"
    r"\b(?:cost|bring|get|pay|owe|end up|come out|be|is|left)\b[^?.;]*\bon balance\b|\bon balance\b[^?.;]*\?|"
    r"\bwhat i (?:got|get) back\b[^?.;]*\bminus what i (?:paid|pay)\b|"
    r"\bget back\b[^?;]*\band (?:what|how much) (?:did|do) i pay\b", re.IGNORECASE,
)
# "What do I pay for both changes together?"
_BOTH_COST = re.compile(
    r"\b(?:what|how much)\b[^?.;]*\b(?:cost|costs|pay|paid|charged?)\b[^?.;]*"
    r"\b(?:both|the (?:two|2)|all|these|those)(?: of (?:my|the|these|those))? (?:changes|swaps|exchanges)\b|"
    r"\b(?:what|how much) (?:did|do|does|will) (?:both|the (?:two|2)|all)(?: of (?:them|it|these|those))?"
    r"(?: (?:changes|swaps|exchanges))? cost(?: me| us)? (?:together|in total|altogether|in all)\b|"
    r"\b(?:what|how much)(?:['’]s| does| do| did| will)?\b[^?.;]{0,20}?"
    r"\b(?:everything|it|that|all|both|they|those|these)\b[^?.;]{0,20}?\bcost(?:s|ing)?\b[^?.;]{0,15}?"
    r"\b(?:together|altogether|in total|in all)\b|"
    r"\b(?:what|how much) all (?:of )?(?:this|that|it|them) costs?(?: me| us)?\b|"
    r"\b(?:what|how much) (?:(?:do|did|will|must) )?i (?:have to |must |had to )?"
    r"pay (?:in all|in total|altogether|all together)\b",
    re.IGNORECASE,
)
# "And what does everything come to for me in total?"
_ALL_COMES_TO = re.compile(
    r"\b(?:what|how much) (?:does|do|did|will) (?:everything|it all|all (?:of )?(?:it|this|that)) "
    r"(?:come|add up|amount) (?:up )?to\b", re.IGNORECASE,
)
_SPELLED = (
    (re.compile(r"\bwhats\b", re.IGNORECASE), "what's"),
    (re.compile(r"\bw(?:at|ht|aht|hta)\b", re.IGNORECASE), "what"), (re.compile(r"\bu\b", re.IGNORECASE), "you"),
    (re.compile(r"\b(?:alltogether|all togehter|altogehter|togehter|togther)\b", re.IGNORECASE), "altogether"),
)
_WISHES = re.compile(
    r"\b(?:i(?:['’]d| would)? (?:like|want|need) (?:to|you)\b(?! know)|please (?:return|cancel|exchange|change|send)|"
    r"can i (?:return|cancel|exchange)|my orders\b|points?\b|orders? (?:do|did) i)", re.IGNORECASE,
)
_ORDERS = re.compile(r"\b(?:orders|purchases)\b", re.IGNORECASE)
_OF_RULES = re.compile(r"\b(?:policy|rules?|usually|normally|generally|in general|how long|when)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\bhow much (?:more|less|extra|dearer|cheaper) (?:was|were|did)\b|"
    r"\b(?:what|how much)\b[^?.;]*\b(?:was|were|did)\b[^?.;]*\b(?:extra|difference|more|less|dearer|cheaper)\b|"
    r"\b(?:what|how much) (?:do|does|did|will) (?:the|my|that|this) (?:exchange|swap|change)s? cost(?: me| us)?\b|"
    r"\b(?:what|how much)(?: extra| more)? (?:do|did|will) (?:i|we) (?:have to )?(?:pay|owe) (?:extra|more|on top)\b|"
    r"\b(?:what|how much)(?: money)? (?:do|did|will|am|are|have) (?:i|we) (?:get|got|gotten|getting|receive|"
    r"have)\b[^?.;]*\bback\b|\bhow much(?: money)? (?:comes?|came|goes|went|goes) back\b|"
    r"\bhow much(?: money)? (?:went|goes|is going|was taken|did you take|was charged|is charged|comes?|came|"
    r"am i getting|do i get|do i pay|did i pay)(?: \w+){0,2} (?:off|to|from|on|onto)\b|"
    r"\b(?:what|how much) (?:did|do|will) i pay (?:by|with|on|from) (?:my|the)\b|"
    r"\b(?:and|how much) (?:how much )?(?:to|on|onto|by) (?:my |the )?"
    r"(?:pay ?pal|visa|master ?card|amex|gift card|card)\W*$|"
    r"\bdifference (?:for|of|on|in) (?:that|the|this|"
    r"my) (?:\w+ )?(?:order|change|swap|exchange|one)\b|^\W*(?:(?:so|and|then)\b\W*)+(?:(?:that|it)(?:['’]?s| is|"
    r" was) )?[$€£]\s?\d[\d.,]*[^?]*\b(?:right|correct)\s*\?",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:difference|cost|costs|extra|more|less|pay|get|much|surcharge|price|amount|save|refund|back)\b[^?.;]*"
    r"\b(?:alone|by (?:itself|themselves)|on its own|each|every (?:one|item|thing)|per (?:item|thing|piece)|"
    r"individually|separately|one by one|singly)\b|"
    r"\b(?:each|every (?:one|item|thing))\b[^?.;]*\b(?:cost|costs|come to|dearer|cheaper|extra|more|less|bring)\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(r"\b(?:if|would|could|should|when|by when)\b", re.IGNORECASE)

# "So $447.22 for the blender and the lamp? Yes, that's right"
_SUMS_UP = re.compile(
    r"\W*(?:(?:so|ok(?:ay)?|then|and|alright|right|good)\b\W*)*(?:(?:(?:that|it|this)(?:['’]s| is| would be)\s+)?"
    r"(?:us)?[$€£]\s?\d|(?:i|we) (?:pay|get|owe|save)(?: back)?(?: exactly| just| only)?\s+(?:us)?[$€£]?\s?\d)"
    r"[\d.,]*[^?;!]*\?\W*$", re.IGNORECASE,
)


def _spelled(text: str) -> str:
    """With what is typed in a hurry as it is meant."""
    for slip, meant in _SPELLED:
        text = slip.sub(meant, text)
    return text


def done_asked(text: str) -> bool:
    """Whether `text` asks what something that was done has brought or cost: "what was the extra for the camera?"."""
    text = _spelled(text)
    return bool(_DONE.search(text)) and not _SUPPOSES.search(text) and not _WISHES.search(text)


def sums_up(text: str) -> bool:
    """Whether `text` repeats what a plan comes to, to be sure: "so I pay $7 more?"."""
    return _SUMS_UP.match(text) is not None


def each_asked(text: str) -> bool:
    """Whether `text` asks what each of several things comes to: "and what's the difference for each of the three?"."""
    return bool(_OPENS.search(text) and _EACH.search(text)) and not _WISHES.search(text)


def sum_asked(text: str) -> SumAsked | None:
    """What `text` asks to have added up; None if it asks for no sum, or for one of its orders alone."""
    text = _spelled(text)
    if _BALANCE.search(text):
        return SumAsked.BALANCE
    if _WISHES.search(text):
        return None
    if _NET.search(text):
        return SumAsked.ANY
    if _OF_RULES.search(text):
        return None
    if _NEW_TOTAL.search(text):
        return SumAsked.NEW_TOTAL
    if _MORE.search(text) or (_BOTH_COST.search(text) and not _ORDERS.search(text)):
        return SumAsked.CHANGE
    if _OPENS.search(text) and _ALL_BACK.search(text):
        return SumAsked.BACK
    return SumAsked.ANY if _BARE.match(text) or _ALL_COMES_TO.search(text) else None
