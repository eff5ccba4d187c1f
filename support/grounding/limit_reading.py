"""Limits that a customer sets to what a wish may cost: "only if it is at most $100 more", "unless it's dearer"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_WORDS = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "seventy-five": 75, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100,
    "one hundred": 100, "two hundred": 200, "three hundred": 300,
}
_NUMBERS = "|".join(sorted((word.replace("-", "[- ]") for word in _WORDS), key=len, reverse=True))
SUM = (
    rf"(?:(?:us|a|ca|nz)?[$€£¥]\s?|(?:usd|eur|gbp)\s)?"
    rf"(?P<sum>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d{{1,7}}(?:[.,]\d{{1,2}})?|"
    rf"(?:{_NUMBERS})\b)(?:\s?(?:dollars?|euros?|pounds?|bucks|quid|usd|eur|gbp|[$€£])(?!\w))?"
)
MORE = (
    r"(?:\s+(?:in\s+)?(?:more|extra|dearer|pricier|additional(?:ly)?|on top|above|over|higher|"
    r"difference)\b(?: expensive)?(?: than [^.,;!?\n]*)?)"
)
_IF = r"(?:only\s+)?(?:if|when|as long as|so long as|provided(?: that)?|on condition that)\b"
_WHERE = r"(?:if|when|in case)\b"
MOST = (
    r"(?:at (?:the )?(?:very )?most|(?:no|never|nothing|(?:not|n['’]t)(?: \w+){0,2}) (?:more|dearer|higher) than|"
    r"(?:not|n['’]t)(?: \w+){0,2} (?:over|above|exceed(?:ing)?)|less than|under|below|up to|within|"
    r"max(?:imum|imally)?\.?(?: of)?|<=?|no(?: more)? than)"
)
LEAST = r"(?:more than|over|above|exceed(?:s|ing)?|>|at least|dearer than|beyond)"
_GAP = r"(?:(?!\b(?:if|unless)\b)[^.;!?\n]){0,60}?"
# ... or what is to stay then
_STAYS = r"(?:[\s,;.:–—-]*(?:(?:and|but|please|just)\s+)*(?:leave|keep|skip|drop|forget|only|just)\b)"
# "If it comes to more, the boots stay"
_STAYS = (
    rf"(?:{_STAYS}|[\s,;.:–—-]*(?:then\s+)?(?:the|my)\s+[\w-]+(?:\s+(?!if\b)[\w-]+){{0,2}}?\s+"
    r"(?:stays?|remains?|is left|are left)\b)"
)
# What is to be had then: "if it is more than $10 extra, then the red one"
_THEN = (
    r"(?:\s+though\b)?[\s,;.:–—-]*(?:(?:and|but|please)\s+)?"
    r"(?:then|in (?:that|which) case|if so|take|give|use|go for|make|choose|pick|i['’]?d|i['’]?ll|rather)\b|"
    r"(?<=\d|[a-z]),\s*(?=(?:the|an?|one)\b(?! [\w-]+(?: [\w-]+){0,2} (?:stays?|remains?)\b))"
)
_DEARER = r"(?:dearer|more expensive|pricier|costlier|higher(?: in price)?)"
_AFTER = re.compile(
    r"(?:\s+(?:in total|altogether|together|in all|all in all|overall|"
    r"(?:for|on|with|from) (?:(?:the|this) (?:whole|entire) (?:change|thing|swap|exchange|order|lot)|"
    r"both|all (?:of (?:it|them|those)|two|three|four)|the (?:two|three|four|lot)|everything)|"
    r"than (?:mine|that|this|it|now|before|the \w+|what \w+ \w+)))+",
    re.IGNORECASE,
)
_SAVES = (
    r"(?:sav(?:es?|ed|ing)|cheaper by|knocks? off)\b(?: me| us)?(?: (?:back|a|an|good|whole|around|about))*"
)
_SAVED = r"(?:\s+(?:cheaper|less|saved|off))"
_OWN = (
    r"(?: than (?:mine|now|it|this|that|before|(?:the|my) [\w-]+(?: one)?|"
    r"what (?:i|we)(?:['’]ve|['’]m)? (?:have|paid|pay|paying|got)))"
)
# In the order in which they are tried; "0" and "-" are limits that no figure tells, ">" says what is too much,
# "saved" and "saved>" that so much is to be saved
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (
    ("saved", rf"\b{_IF}{_GAP}\b{_SAVES}\s*(?:{LEAST})?\s*{SUM}(?:\s+or more)?"),
    ("saved", rf"\b{_IF}{_GAP}{LEAST}\s*{SUM}{_SAVED}"),
    ("saved", rf"\b{_IF}{_GAP}\b(?:get|gets|brings?|gives?|puts?|leaves?)\b(?: \w+){{0,2}}?(?: back)?\s*{LEAST}\s*{SUM}"
              r"(?:\s+back)?"),
    ("saved", rf"\b{_IF}{_GAP}\b(?:brings?|gives?|gets?) (?:me|us)(?: back)?\s*{SUM}\s+back"),
    ("saved", rf"\b{_IF}{_GAP}{LEAST}\s*{SUM}\s+(?:(?:still|then)\s+)?(?:comes?|goes|is coming)\s+back"),
    ("saved>", rf"\b(?:if|when|unless)\b{_GAP}\b{_SAVES}\s*{MOST}\s*{SUM}"),
    ("saved>", rf"\b(?:if|when|in case)\b{_GAP}\b(?:get|gets|brings?|gives?|puts?|leaves?|comes?|is|goes)\b"
               rf"(?: \w+){{0,2}}?(?: back)?\s*{MOST}\s*{SUM}(?:\s+(?:that )?(?:\w+ )?back)"),
    ("sum", rf"\b{_IF}{_GAP}{MOST}\s*{SUM}(?P<more>{MORE})?"),
    ("sum", rf"\b{_IF}{_GAP}{SUM}(?P<more>{MORE})\s+(?:at (?:the )?(?:very )?most|max(?:imum|imally)?|tops|or less)\b"),
    ("sum>", rf"\bunless\b{_GAP}{LEAST}\s*{SUM}(?P<unless>{MORE}?)"),
    ("sum", rf"(?:\b(?:at (?:the )?(?:very )?most|(?:no|never) (?:more|dearer) than|up to|"
            rf"max(?:imum|imally)?\.?(?: of)?)|"
            rf"(?:\bnot|n['’]t)(?: \w+){{0,2}} (?:more than|dearer than|over|above))\s*{SUM}(?P<more>{MORE})"),
    ("sum>", rf"\bnot if\b{_GAP}{LEAST}\s*{SUM}(?P<unless>{MORE}?)"),
    ("0>", rf"\bnot if\b{_GAP}\b(?:{_DEARER}|costs? (?:me )?more)\b(?: than (?:mine|now|the \w+))?"),
    # "Together they mustn't cost more than the $60 I just saved"
    ("sum", r"\b(?:(?:both |all (?:of it )?)?together[, ]+)?(?:it |that |this |they |both )?"
            r"(?:must|may|should|shall|can)(?:n['’]?t| ?not) (?:cost|be|come to|amount to)(?: me)? (?:more|over|above)"
            rf"(?: than)? (?:the |those )?{SUM}(?P<more>{MORE})?(?: together| in all| in total)?"),
    ("0", rf"\b{_IF}{_GAP}(?:\bno|\bnot|n['’]t)(?: any| be| cost| me){{0,3}} {_DEARER}\b"),
    ("0", rf"\b(?:{_IF}{_GAP})?\b(?:neither|none)(?: of (?:them|the \w+|these|those))?(?: (?:is|are|be|may|can|"
          rf"should|must|gets?|costs?|comes out|turns out|will|would|to)){{0,3}} (?:{_DEARER}|more)\b{_OWN}?"),
    ("0", r"\b(?:(?:but |and )?(?:only )?(?:one|ones|a \w+|something) )?(?:that|which|it|they|this)?\s*"
          r"(?:costs? (?:me )?(?:no|not)|(?:(?:does|do|dos|must|mus|may|should|shall|will|would|wo|can)(?:n['’]?t| "
          rf"not)|cannot) (?:cost(?: me)?(?: any)? more|be(?: any)? {_DEARER}))\b(?:{_OWN}|(?! than))"),
    ("0", rf"\b{_IF}{_GAP}(?:the same(?: price)?|as much|no more|not more)(?: (?:or|than)\b[^.,;!?\n]*?)? "
          r"(?:less|cheaper|mine|i (?:have|paid|pay)|i['’]m paying|the (?:old|current|present) one)\b"),
    ("0", rf"\b{_IF}{_GAP}(?:"
          r"(?:does|do|would|will|should)(?: not|n['’]t) cost(?: me)? (?:anything|any)? ?(?:more|extra)?|"
          r"(?:costs?|for|is|at|pay) (?:me )?(?:nothing|no) (?:extra|more|additional)[^.,;!?\n]*|"
          r"(?:there(?: is|['’]s) )?(?:nothing|no) (?:extra|additional|more to pay)[^.,;!?\n]*)"),
    ("0", rf"\b(?:just |as long as |but |and )?"
          rf"(?:(?:it['’]?s |that['’]?s |they['’]?re )?not|no|nothing|isn['’]?t|aren['’]?t)"
          rf"(?: any)? {_DEARER}\b(?! (?:one|ones)\b)(?: than (?:mine|mine is|now|it|this|that|before|(?:the|"
          rf"my) [\w-]+(?: one)?|what i(?:['’]m)? (?:have|paid|pay|paying)))?"),
    ("sum>", rf"\b{_WHERE}{_GAP}{LEAST}\s*{SUM}(?P<unless>{MORE}?)(?={_THEN}|{_STAYS})"),
    # "In black, or in blue if black is more than $5 extra"
    ("sum>", rf"\bor\b[^.;!?]{{2,40}}?\s(?P<at>if\b{_GAP}{LEAST}\s*{SUM}(?P<unless>{MORE}))"),
    ("0>", rf"\b{_WHERE}{_GAP}\b{_DEARER}\b(?: than [^.,;!?\n]*?)?(?={_THEN}|{_STAYS})"),
    ("0>", rf"\bunless{_GAP}(?:\b{_DEARER}|costs? (?:me )?(?:more|extra))\b"),
    # "Over $200 and I'm not paying it"
    ("sum>", r"(?:^|(?<=[.;,!?])\s*)(?:but |if (?:it['’]?s|that['’]?s) )?(?:anything )?(?:over|above|more than|beyond)"
             rf"\s+{SUM}(?P<unless>{MORE}?)[\s,]*(?:(?:and|then|is|would be)\s+)*"
             r"(?:i['’]?m not|i am not|i won['’]?t|i would(?: not|n['’]t)|i do(?: not|n['’]t)|i['’]?d rather not|"
             r"forget|no thanks|too much|not worth)\b[^.;!?]*"),
    ("-", rf"\b{_IF}(?: (?:it|that|this|they)(?:['’]s|['’]re| is| are| would be|['’]d be| comes out)?)? cheaper\b"
          r"(?: than (?:mine|now|before|it is now|what (?:i|we)(?:['’]ve|['’]m)? (?:paid|have|got|pay|paying)|"
          r"(?:the|my) (?:old|current|present|own|first)(?: one)?|the one i (?:have|got))\b)?(?! than)"),
    ("-", rf"\b{_IF}{_GAP}\b(?:costs?|is|are|comes to) (?:less|cheaper)(?: expensive)? than (?:mine|it|this|"
        rf"that|now|(?:the|my) \w+ ?one)"
          r"(?: costs?| is| does)?(?=\W|$)"),
))
_TOTAL = re.compile(
    r"\b(?:in total|altogether|together|in all|all in all|overall|total|combined|sum|everything|"
    r"(?:the|this|that) (?:whole|entire|complete) (?:swap|thing|change|exchange|lot)|"
    r"all (?:of )?(?:two|three|four|five|it|them|that|this|those|these)|the (?:two|three|four|lot)|both|it all|"
    r"they all)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"[\s,]*(?:each|apiece|per (?:piece|item))\b", re.IGNORECASE)
_NARROWS = re.compile(r"\W*(?:(?:but|and|only)\W+)*(?:ones?|an?|something|that|which)\b", re.IGNORECASE)
_ONE_THAT = re.compile(r"\b(?:ones?|that|which)(?: (?:costs?|is|are|does|do))?\s*$", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:difference|surcharge|extra|additional|on top)\b", re.IGNORECASE)
_LEADS = re.compile(r"(?:\b(?:but|and|though|only|just)\b[\s,]*)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CostLimit:
    """No more than `at_most` whole units of the currency above what is there now, or in all where it is `of_price`;
    below zero if something is to be saved.

    It stands at `text[since:until]`; with `total` it is one for everything that is wished. `over` tells that it says
    what would be too much ("unless", "if it is more than"), not what may be; `narrows` that it is one of those wished
    ("one that costs no more"), and no condition.
    """

    at_most: Decimal
    since: int
    until: int
    of_price: bool = False
    total: bool = False
    over: bool = False
    narrows: bool = False


_FALLS_BACK, _STAYS_THEN = re.compile(_THEN, re.IGNORECASE), re.compile(_STAYS, re.IGNORECASE)
_OTHERWISE = "failing"
_WITHOUT = re.compile(
    r"(?P<if>\b(?:if|unless|otherwise)\b[^.;!?]*?)\b(?:(?:then|just|please|do(?: it| that| them)?)\s+)*"
    r"without\b(?= (?:the|my)\b)", re.IGNORECASE,
)
_ONLY_ELSE = re.compile(
    r"[\s,;]*(?:otherwise|or else|else|if (?:it is|not|more))[\s,]*(?:then |please )*(?:just|only)\b[^.;!?\n]*",
    re.IGNORECASE,
)


def leaving_then(text: str) -> str:
    """`text` with "leave the phone" for "then do it without the phone", where that is what a limit comes to."""
    return _WITHOUT.sub(r"\g<if>leave", text)


def read_limits(text: str) -> list[CostLimit]:
    """The limits that `text` sets, in their order."""
    found: list[CostLimit] = []
    for kind, pattern in _PATTERNS:
        for one in pattern.finditer(text):
            if any(one.start() < other.until and other.since < one.end() for other in found):
                continue
            found.append(_limit(text, kind, one))
    return sorted(found, key=lambda one: one.since)


def without_limits(text: str, limits: list[CostLimit]) -> str:
    """`text` with blanks, as many as were letters, for the limits and the words that lead to them.

    What is wished beyond a limit ("unless it's dearer, then the red one") comes after "failing" that in its place.
    """
    for one in limits:
        lead = _LEADS.search(text[:one.since])
        since = lead.start() if lead else one.since
        then = _FALLS_BACK.match(text, one.until) if one.over else None
        until = then.end() if then else one.until
        falls_back = then or _STAYS_THEN.match(text, one.until)
        if only := None if one.over else _ONLY_ELSE.match(text, until):
            until = only.end()  # "otherwise just the jacket" says what is to stay then
        instead = _OTHERWISE if falls_back and until - since > len(_OTHERWISE) + 1 else ""
        text = f"{text[:since]}{instead.rjust(until - since - 1)} {text[until:]}"
    return text


def _limit(text: str, kind: str, found: re.Match[str]) -> CostLimit:
    since = found.start("at") if found.groupdict().get("at") else found.start()
    after = _AFTER.match(text, found.end())
    until = after.end() if after else found.end()
    total = _TOTAL.search(text[since:until]) is not None and _EACH.match(text, until) is None
    over = kind.endswith(">")
    narrows = bool(_NARROWS.match(found[0]) or _ONE_THAT.search(text[:since]))
    if kind.startswith("saved"):
        return CostLimit(-amount(found["sum"]), since, until, total=total, over=over)
    if not kind.startswith("sum"):
        at_most = Decimal(0 if kind.startswith("0") else "-0.01")
        return CostLimit(at_most, since, until, total=total, over=over, narrows=narrows)
    groups = found.groupdict()
    of_difference = groups.get("more") or "unless" in groups or _DIFFERENCE.search(found[0])
    at_most = amount(found["sum"])
    return CostLimit(
        at_most, since, until, of_price=not of_difference, total=total, over=over, narrows=narrows
    )


def amount(typed: str) -> Decimal:
    words = re.sub(r"[-\s]+", "-", typed.lower())
    spoken = _WORDS.get(words, _WORDS.get(words.replace("-", " ")))
    if spoken is not None:
        return Decimal(spoken)
    return Decimal(re.sub(r",(?=\d{3}(?:\D|$))", "", typed).replace(",", "."))
