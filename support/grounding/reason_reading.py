"""Which of the shop's reasons somebody gives in their own words."""

import re
from collections.abc import Sequence
from typing import Final

from support.grounding.pauses import folded
from support.grounding.reading import Reading

LONGEST = 1000  # characters of a text that are read
_NOT = r"(?:dont|do not|doesnt|does not|didnt|did not|no longer|not|never|wont|cant)"
# What a reason of the shop is about, and how customers say that
_MEANINGS: Final = (
    (
        r"no longer (?:needed|wanted|required)|not needed|changed? (?:of |my |your )?mind|dont (?:need|want)",
        rf"\b(?:{_NOT}|dont really|dont actually)(?: think (?:i|we|ill|well)(?: will)?)? "
        r"(?:need|want|require|have (?:a |any )?use for)|\bno (?:more )?(?:use|need) (?:for|of)\b|"
        r"\bchange(?:d)? (?:of |my |her |his |our )?mind|\bno longer (?:need(?:ed)?|want(?:ed)?|require[ds]?|"
        r"interested|necessary)|\bnot? (?:needed|required|interested|wanted) any ?more|\bnot needed\b|"
        r"\bsecond thoughts|\bdecided against|\bdo without|\b(?:already|now) (?:have|got) (?:one|it|them|another)|"
        r"\b(?:got|received|was given|were given) (?:it|one|them) (?:as a (?:gift|present)|from)|"
        r"\bplans? (?:have |has )?changed|\bregret\b|\bcant afford",
    ),
    (
        r"mistake|accident|in error|wrong(?:ly)?(?: item)? order|order(?:ed)? (?:the )?wrong",
        r"\b(?:by|in|a|my|was an?) (?:\w+ )?(?:mistake|error|accident)\b|\bmistaken?ly\b|\bacc?ident(?:al)?ly\b|"
        r"\b(?:ordered|bought|picked|chose|selected|clicked|got|put in|purchased) (?:on )?the wrong\b|"
        r"\bwrong (?:one|thing|item|product|button|address|quantity)\b|\bdidnt mean to\b|\bdid not mean to\b|"
        r"\bunintentional(?:ly)?\b|\bnot intended\b|\b(?:ordered|bought|purchased|placed|clicked) (?:it |them |this |"
        r"that |the order )?(?:twice|double|two times)|\bduplicate\b|\bmisclick|\bmy (?:mistake|bad|fault|error)\b|"
        r"\bmis ?take\b",
    ),
    (
        r"too expensive|price too high|over budget",
        r"\b(?:too|so|very) (?:expensive|dear|pricey|costly)\b|\btoo much (?:money|for me)\b|\bover (?:my )?budget\b",
    ),
    (
        r"cheaper|better price|lower price",
        # "The cheaper one" tells which order it is, not why
        r"(?<!\bthe )(?<!\bmy )\bcheaper\b(?! (?:one|order)\b)|\b(?:better|lower|good) (?:price|deal|offer)\b|"
        r"\bfor less\b|(?<!\bthe )\bless (?:money|expensive)\b|"
        r"\bcosts? (?:me )?less\b|\bprice (?:is |was )?(?:better|lower)\b|\bon "
        r"sale (?:elsewhere|somewhere)",
    ),
    (
        r"takes? too long|too slow|delivery (?:time|delay)|delayed|long delivery",
        r"\b(?:takes?|taking|took|wait(?:ing|ed)?)(?: \w+){0,2} (?:too|so|forever|ages|very|way) ?(?:long)?|"
        r"\btoo (?:slow|long)\b|\b(?:need|needed|want) (?:it|them|this) (?:sooner|earlier|faster|before|by)\b|"
        r"\bcant wait\b|\bdelay(?:ed|s)?\b|\b(?:wont|not|never) (?:arrive|come|be here|get here|here|make it) (?:in|"
        r"on) time|\bstill (?:hasnt|has not|not) (?:shipped|arrived|come|been sent)",
    ),
    (
        r"(?:not|doesnt|does not|wrong) (?:fit|size)|size",
        rf"\btoo (?:big|small|large|tight|loose|long|short|wide|narrow)\b|\b{_NOT} (?:\w+ )?fit\b|\bwrong size\b|"
        r"\bfits? (?:badly|poorly|wrong)\b|\bsize is (?:wrong|off)\b",
    ),
    (
        r"as described|as pictured|as shown|different from",
        r"\bnot (?:at all )?(?:as|like|what) (?:\w+ )?(?:described|advertised|pictured|expected|promised|shown|"
        r"the (?:picture|photo|description))|\bdifferent (?:from|to|than)\b|"
        r"\b(?:looks?|colou?r is|is) (?:\w+ )?different\b|\b(?:misleading|doesnt match|does not match|"
        r"not what i (?:expected|ordered))\b|\bnothing like\b",
    ),
    (
        r"damaged|faulty|defect|broken|does not work",
        r"\b(?:broke|broken|damaged|damage|faulty|defective|defect|cracked|torn|scratched|dented|ripped|leaks?|"
        rf"leaking|shattered|smashed|chipped)\b|\b{_NOT} (?:work|turn on|switch on|charge|start)\b|\bstopped "
        r"working\b|\bfell apart\b|\bdoa\b",
    ),
    (
        r"arrived (?:too )?late|late delivery|came too late",
        r"\b(?:arrived|came|delivered|got here|showed up) (?:\w+ )?(?:late|after)\b|\btoo late\b|\blate "
        r"(?:delivery|arrival)\b|\bmissed (?:the|my|her|his) (?:birthday|party|date|deadline|wedding)",
    ),
    (
        r"another reason|other reasons?|other\b|something else",
        r"\b(?:another|other|different|some other) reasons?\b|\bnone of (?:these|those|them|the above)\b|"
        r"\bsomething else\b|\b(?:rather|prefer) not (?:to )?say\b|\bpersonal\b|\bno (?:particular |special "
        r")?reason\b|^other$",
    ),
)
_COMPILED = tuple((re.compile(about), re.compile(said)) for about, said in _MEANINGS)
_NEGATED = re.compile(r"\b(?:not|isnt|wasnt|arent|never|nothing(?: is| was)?|didnt|no)(?: \w+){0,2} $")
_PLACES = {"1": 0, "first": 0, "2": 1, "second": 1, "3": 2, "third": 2, "4": 3, "fourth": 3, "5": 4, "fifth": 4}
_PLACE = re.compile(rf"(?:the |number |option |reason )*({'|'.join(_PLACES)})(?: (?:one|reason|option))?(?: please)?")


def read_reason(text: str, reasons: Sequence[str], *, listed: bool = True) -> Reading[str]:
    """The one of `reasons` that `text` gives: in the reason's own words, by its place in the list, or by its meaning.

    Its place says nothing unless they were `listed`.
    Two that are meant are candidates; a reason that the shop does not have is nothing.
    """
    said = _folded(text[:LONGEST])
    if listed and (place := _PLACE.fullmatch(said)) and _PLACES[place[1]] < len(reasons):
        return Reading((reasons[_PLACES[place[1]]],), (), text.strip())
    named_so = [(reason, re.search(rf"\b{re.escape(_folded(reason))}\b", said)) for reason in reasons]
    own = [reason for reason, found in named_so if found and not _NEGATED.search(said[: found.start()])]
    if own:
        return _reading(own, text)
    meant: list[str] = []
    named = []
    for about, ways in _COMPILED:
        fitting = [reason for reason in reasons if about.search(_folded(reason))]
        found = next((one for one in ways.finditer(said) if not _NEGATED.search(said[: one.start()])), None)
        if fitting and found:
            meant += [reason for reason in fitting if reason not in meant]
            named.append(found[0])
    return _reading(meant, " … ".join(named))


def _reading(found: list[str], text: str) -> Reading[str]:
    if len(found) == 1:
        return Reading((found[0],), (), text)
    return Reading((), tuple(found), text if found else "")


def _folded(text: str) -> str:
    return " ".join(folded(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))
