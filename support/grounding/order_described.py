"""Things that only tell which order is meant: the clock of "the lamp, from the order with the clock"."""

import re

from support.grounding.sides import ACTIONS, ALL
from support.grounding.words import fitting, split

_HOLDS = re.compile(
    r"\b(?:order|purchase|parcel|package|delivery)(?:\s*,\s*(?:the|that) one)?"
    r"(?:\s+(?:that|which)(?:['’]?s|\s+has|\s+have|\s+was)?(?:\s+(?:already|just|now))?"
    r"\s+(?:came|come|arrived|here|delivered)(?:\s+(?:already|now|yesterday|today))?,?(?=\s+with\b))?\s+(?:"
    r"w(?:ith|iht|tih|hit|ih|it|/)?|containing|"
    r"that (?:has|had|contains|includes|included)|"
    r"which (?:has|had|contains|includes)|where i (?:bought|got|ordered))\s+|"
    r"\b(?:it|they|that|which)\s+(?:came|arrived|(?:was|were)(?: (?:bought|ordered|delivered|sent))?)"
    r"(?: (?:together|along|in (?:the same|one) (?:order|parcel)))?\s+with\s+",
    re.IGNORECASE,
)
# "Everything from the lamp order"
_CALLED = re.compile(
    r"\b(the|my|that) (?!(?:order|whole|entire|complete|full)\b)[\w-]+"
    r"(?: (?!(?:order|from|in|of|on|with|and|i|we|you|to|for)\b)[\w-]+){0,2} "
    r"(order|purchase)\b(?!\s*(?:#|no\b|nr\b|number\b|[a-z]{0,4}-?\d))",
    re.IGNORECASE,
)
# "The order my first luggage came in"
_CAME_IN = re.compile(
    r"\b(?P<order>order|delivery|parcel|purchase) (?:that )?(?:my|the) [^.,;!?]{2,40}? (?:came|arrived|was|"
    r"were)(?: in)?\b", re.IGNORECASE
)
# "I got a large delivery, there was a chair in it"
_WITHIN = re.compile(
    r"\bthere(?:['’]s| is| are| was| were) [^.;!?,]{2,60}? in (?:it|there|that(?: one)?)\b(?! (?:to|that))",
    re.IGNORECASE,
)
_DEEDS = "|".join(sorted(ACTIONS))
_ENDS = (
    r"[.;:!?\n]|,\s*(?:everything|all|the rest|only|just|what|how|which)\b|"
    r"\b(?:i|i['’]?d|i['’]?m|we|please|pls|can|could|would|is|are|should|for|to|into|because|since|so|but|"
    rf"except|exept|excpet|excluding|apart from|besides|without|make|{_DEEDS})\b"
)
# "In my order with the camera the kettle should be white"
_NEXT = (
    r"(?<=\w)(?<!\band)(?<!\bor)(?<!\bplus)(?<!\bboth)(?<!\ball)(?<!\bof)(?<!\bin)(?<!\bon)(?<!\bfrom)(?<!\bat)"
    r"(?<!\bwith)(?<!\bunder)\s+(?=(?:the|my)\s)"
)
# "In my order with the luggage, both chargers should be white"
_WISHED_NEXT = re.compile(
    r"[^,.;!?\n]{2,40}(?=,\s*(?:the|my|both|all)\b[^.;!?\n]*\b(?:should|shall|must|instead|rather|same|otherwise|"
    r"to be)\b)", re.IGNORECASE,
)
_END = re.compile(rf"{_ENDS}|{_NEXT}", re.IGNORECASE)
_END_OF_ONE = re.compile(rf"{_ENDS}|{_NEXT}|,|\b(?:and|plus|also)\b", re.IGNORECASE)
# "So I've got that delivered order with ..." tells of it, whatever stands before
_TELLS = re.compile(
    r"\b(?:i|we)(?:['’]ve|\s+have|\s+had)?\s+(?:just\s+|recently\s+)?(?:have|had|got|received|placed|made|"
    r"bought)\b(?!.*,)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?\n]\s*")
_EXCEPTS = re.compile(
    r"\b(?:except|exept|excpet|excluding|apart from|besides|without|but|leav\w+|keep\w*|not)\b", re.IGNORECASE
)
# Of several orders, "the headphones one", "the one with the headphones" and "#2" tell which
_ONE = re.compile(
    r"\b(?:the|that) (?:(?:first|second|third|fourth|last|other|\d(?:st|nd|rd|th)|pending|delivered) )?"
    r"(?:one|order|purchase) (?:with|containing|that (?:has|had)|where i (?:bought|got|ordered)) "
    r"[^.;!?\n]*|\b(?:the|that) [\w-]+(?: [\w-]+){0,2} (?:one|order|purchase)\b|#\d{1,2}\b|"
    r"\b(?:the )?(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\b|"
    r"^\W*(?:number|nr|no)?\W*\d{1,2}\W*$", re.IGNORECASE,
)
LEADING = 4  # words before the order, where it stands before all that is wished: "And from the"


def without_described(text: str) -> str:
    """The text without what it says that orders hold.

    An order that the sentence begins with is told by a list ("from the order with A, B and C I'd ..."), and so is one
    of which everything is meant; behind a thing, only the next one tells which order it is in.
    """
    text = _CALLED.sub(r"\1 \2", _WITHIN.sub(" ", _CAME_IN.sub(r"\g<order>", text)))
    kept, begun = "", 0
    for found in _HOLDS.finditer(text):
        if found.start() < begun:
            continue
        sentence = [one.end() for one in _SENTENCE.finditer(text, 0, found.start())]
        before = text[sentence[-1] if sentence else 0:found.start()].split()
        tells = _TELLS.search(" ".join(before)) and ACTIONS.isdisjoint(map(str.lower, before))
        opens = len(before) <= LEADING or tells or not ALL.isdisjoint(map(str.lower, before))
        end = (_END if opens else _END_OF_ONE).search(text, found.end())
        until = end.start() if end else len(text)
        if len(before) <= LEADING and (wished := _WISHED_NEXT.match(text, found.end())):
            until = wished.end()
        # "Chagne" is a deed too
        deeds = [word.start for word in split(text) if found.end() < word.start < until and fitting(word.key, ACTIONS)]
        kept += text[begun:found.end()]
        begun = min([until, *deeds])
    return f"{kept}{text[begun:]}"


def apart(text: str) -> str:
    """`text`, as long as it was, with what it says that an order holds as a sentence of its own behind an "except".

    In "all except the hat from my order with the bag" the bag is not excepted.
    """
    for found in _HOLDS.finditer(text):
        if _EXCEPTS.search(text, 0, found.start()):
            text = f"{text[:found.start()]}{'.'.ljust(len(found[0]))}{text[found.end():]}"
    return text


def without_the_one(text: str) -> str:
    """An answer to "which order?" without the words that tell that: "the headphones one", "the one with the lamp"."""
    return _ONE.sub("", text)
