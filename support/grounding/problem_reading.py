"""What is wrong with an order, in the words of those it happened to."""

import re
from collections.abc import Sequence
from enum import StrEnum

from support.grounding.pauses import clauses
from support.grounding.reading import Reading

LONGEST = 1000  # characters of a text that are read


class Problem(StrEnum):
    """As cases have it; `absent` is what has not come, which is late or missing by how far the order has come."""

    DAMAGED = "damaged"
    WRONG = "wrong"
    MISSING = "missing"
    LATE = "late"
    ABSENT = "absent"


_NOT = r"(?:not|never|didnt|did not|dont|do not|doesnt|does not|hasnt|havent|isnt|wasnt|werent|wont|cant|cannot)"
_SO = r"(?: (?:even|actually|yet|still|been|be|ever|really|any of|all of|all|have|has|the|my|our|a|an|it|them|i|you))*"
_SAID = (
    # Before "wrong" and "missing", which share their verbs
    (
        Problem.ABSENT,
        rf"\b{_NOT}{_SO} (?:arriv(?:ed?|ing)|come|came|turn(?:ed)? up|show(?:ed|n)? up|get here|got here|here|"
        r"(?:been )?delivered)\b"
        rf"|\b{_NOT}{_SO} (?:get|got|gotten|receive|received|recieved|recieve)\b(?! (?:what|the (?:right|same)))"
        r"|\bno (?:sign|trace) of\b|\b(?:got |been |is |was )?(?:lost|stolen)\b(?! (?:patience|my|the))"
        r"|\bmarked (?:as )?delivered\b|\b(?:says|shows) (?:it (?:was|is|has been) )?delivered\b",
    ),
    (
        Problem.DAMAGED,
        r"\b(?:broken?|broke|damaged?|damages|faulty|fault|defective|defect|defects|cracked|cracks?|scratch(?:ed|es)?|"
        r"dent(?:ed|s)?|torn|ripped|shattered|smashed|chipped|chips|leaks?|leaking|leaked|bent|stain(?:ed|s)?|crushed|"
        r"ruined|mouldy|moldy|spoiled|spoilt|dead on arrival|doa|in (?:pieces|bits)|fell apart|falling apart|"
        r"stopped working|malfunction\w*|brocken|borken|damged|demaged)\b"
        rf"|\b{_NOT} (?:\w+ )?(?:work|working|turn on|switch on|charge|start|function)\b|\bhole in\b",
    ),
    (
        Problem.WRONG,
        r"\b(?:wrong|incorrect) (?!with\b|about\b)(?:\w+ )?(?:item|items|thing|things|one|ones|product|products|"
        r"colou?r|size|model|order|parcel|package|quantity|version|variant|type|stuff|\w+s)\b|"
        r"\b(?:sent|got|received|gave|is|was|were|delivered) (?:me |us |it )?(?:the |a )?(?:wrong|"
        r"incorrect)\b(?! (?:with|about))|\b(?:the|a) wrong (?!way\b|time\b|number\b|end\b|address\b|day\b)\w+"
        rf"|\b{_NOT} (?:get|got|receive|received|recieve) (?:what|the (?:right|same))\b"
        r"|\b(?:not|isnt|wasnt|arent|nothing like) (?:what|the \w+(?: \w+)?(?: that)?) (?:i|we) (?:ordered|bought|"
        r"asked for|wanted)\b|\bsome(?:one|body) elses?\b|\b(?:another|other|different) (?:one|item|product|colou?r|"
        r"size|thing|model) than\b|\bordered\b.{1,60}\b(?:but|and)(?: i| we| you)? (?:got|received|was sent|"
        r"were sent|sent|delivered|gave)\b|\b(?:got|received|sent me|delivered)\b.{1,60}\b(?:instead of|rather than|"
        r"but (?:i )?ordered)\b|\bmix(?:ed)? ?up\b",
    ),
    (
        Problem.MISSING,
        r"\bmiss(?:ing|es|ed out)\b|\bmissin\b|\bincomplete\b|\bleft out\b|\b(?:forgot|forgotten) (?:the|my|to (?:send|"
        r"pack|put|include))\b"
        rf"|\b{_NOT} (?:been |even |actually |all |really )?(?:in|included in|inside|part of) (?:it\b|there\b|"
        r"(?:the |my |its )?(?:box|parcel|package|packaging|delivery|order)\b)"
        r"|\b(?:not|wasnt|isnt|werent) included\b|\bonly (?:got|received|sent|had|contained|\w+ of (?:the|my|them))\b"
        r"|\b(?:box|parcel|package|carton) (?:was|is|came|arrived) (?:\w+ )?empty\b|\bempty (?:box|parcel|package)\b"
        r"|\b(?:is|are|was|were) (?:\w+ )?short\b|\b(?:not|isnt|wasnt) there\b",
    ),
    (
        Problem.LATE,
        r"\b(?:late|delayed|delay|delays|overdue|behind schedule)\b|\btak(?:es|ing|en) (?:far |way |much )?(?:too|so) "
        r"long\b|\bstill (?:waiting|on (?:its|the) way)\b|\bshould (?:have|of|ve) (?:been here|arrived|come|been "
        r"delivered)\b|\b(?:supposed|meant|due|promised) (?:to (?:arrive|come|be (?:here|delivered))|for)\b"
        r"|\bwaiting (?:for )?(?:\w+ )*(?:weeks|days|ages|forever)\b",
    ),
)
_COMPILED = tuple((problem, re.compile(ways)) for problem, ways in _SAID)
_DENIED = re.compile(r"\b(?:no|not|isnt|wasnt|arent|nothing(?: is| was)?)(?: \w+)? $")
_JOINTS = re.compile(
    r"[.;!?\n]+|,(?:\s*(?:and|but|plus|also)\b)?|\b(?:and|but|plus|also|while|whereas)\b", re.IGNORECASE
)


def read_problem(text: str) -> Reading[Problem]:
    """The problems that `text` tells of, the one named first first; what is said not to be so is none.

    Late and missing are told from each other by what is said beside: "it's late, it hasn't arrived" is one problem.
    """
    # A pause keeps what stands before it from being read together with what follows: "no, it's broken"
    said = "".join(" ".join(one.words) + (" , " if one.after else " ") for one in clauses(text[:LONGEST]))
    found: dict[Problem, int] = {}
    taken: list[tuple[int, int]] = []
    for problem, ways in _COMPILED:
        for place in ways.finditer(said):
            overlaps = any(place.start() < end and start < place.end() for start, end in taken)
            denied = problem is not Problem.ABSENT and _DENIED.search(said[: place.start()])
            if not overlaps and not denied:
                taken.append(place.span())
                found.setdefault(problem, place.start())
    if Problem.LATE in found or Problem.MISSING in found:
        found.pop(Problem.ABSENT, None)
    named = sorted(found, key=lambda problem: found[problem])
    return Reading(tuple(named), (), text.strip() if named else "")


def about(text: str, problem: Problem) -> str:
    """What of `text` tells of that problem and of no other one; all of it if it tells of one only."""
    if len(read_problem(text).chosen) < 2:
        return text
    parts = [part.strip() for part in _JOINTS.split(text) if part.strip()]
    told = [read_problem(part).chosen for part in parts]
    kept = [part for part, problems in zip(parts, _spread(told), strict=True) if not problems or problem in problems]
    return ", ".join(kept)


def _spread(told: Sequence[tuple[Problem, ...]]) -> list[tuple[Problem, ...]]:
    """A part that names no problem belongs to the next one that does: "the mug and the lamp are broken"."""
    spread = list(told)
    for place in range(len(spread) - 2, -1, -1):
        spread[place] = spread[place] or spread[place + 1]
    return spread
