"""A message cut into the clauses of which each may ask for something of its own."""

import re
from dataclasses import dataclass
from typing import List, Text

LONGEST = 2000  # characters that are read; what follows belongs to the last clause
FEWEST_WORDS = 2  # a clause of fewer is a part of its neighbour

_ADVERB = r"also|really|just|still|actually|then|now|first|kindly|please|simply|only|much|very|so|dearly|rather"
# What begins a request: somebody wants, asks, or tells us to do something
_WANTS = (
    rf"(?:i|we)(?:\s+(?:would|{_ADVERB}))*\s+"
    r"(?:want|need|like|wish|love|prefer|have\s+to|hope|wanna|was\s+hoping|am\s+hoping|am\s+looking)|"
    rf"i['’]?(?:d|m)\s+(?:(?:{_ADVERB})\s+)*(?:like|love|want|prefer|rather|looking|hoping|trying)|"
    rf"(?:i|we)\s*(?:['’]?m|am|['’]?re|are|was|were)\s+(?:(?:{_ADVERB})\s+)*(?:thinking\s+(?:of|about)|considering)\s+\w+ing|"
    r"(?:i|we)\s*(?:['’]?m|am|['’]?re|are)\s+(?:return|exchang|swapp|cancell?|send)ing\s+(?:back\s+)?"
    r"(?:the|my|both|all|everything|that|those|these|only|just)\b|"
    rf"would\s+(?:(?:{_ADVERB})\s+)*(?:like|love|prefer)\s+to|know\s+(?:which|what|how|if|whether|when|where|who)|"
    r"(?:my|the|that|this|it|they|these|those|something|everything|all|one|some|order)\b(?:\s+#?[\w-]+){0,6}?\s+"
    r"(?:needs?\s+to|should|must|has\s+to|have\s+to)\s+(?:go|be|come)|"
    r"(?:my|the|that|this)\b(?:\s+#?[\w-]+){0,6}?\s+(?:can|could|may|might)\s+(?:just\s+)?(?:be\s+(?:cancell?ed|returned|"
    r"refunded|sent\s+back|exchanged|swapped)|go\s+back)\b|"
    r"(?:i|we)\s+could\s+(?:also\s+|just\s+)*have\s+(?:it|them|that|this|the\s+\w+)\s+"
    r"(?:sent|shipped|delivered|changed|exchanged|swapped|cancell?ed|returned)\b|"
    r"(?:i|we)\s+(?:return|exchange|swap|cancel|send\s+back)\s+(?:the|my|both|all|everything|that|those|these|only|just)\b|"
    r"(?:my|the|that|both|all|everything|these|those)\b(?:\s+(?!(?:money|refund|difference|amount|rest)\b)#?[\w-]+){0,8}?\s+"
    r"go(?:es)?\s+back\b|"
    r"let['’]?s|let\s+me|gimme|i['’]?ll\s+(?:take|have|need)|looking\s+(?:to|for)|(?:want|need|wanna|hoping|trying)\s+to"
)
# "Please do the exchange" asks nothing
_DO_IT = (
    r"do\s+(?:it|that|this|so|the\s+(?:change|exchange|return|swap|switch|refund|cancellation|payment|same|rest|first|"
    r"second|other|one))"
)
_ASKS = (
    rf"(?!{_DO_IT}\b(?!.*\?))"
    r"(?:can|could|would|will|may|might|shall|should|do|does|did|is|are|was|were|has|have|am)(?:n['’]?t)?\s+"
    r"(?:you|u|i|we|it|there|they|my|the|your|that|this|these|those|he|she|any|anybody|anyone|someone|somebody)\b|"
    r"(?:how|what|when|where|which|who|whose|why)(?:['’]?s)?\b|any\s+(?:chance|way|idea)"
)
_DEEDS = (
    r"cancel|return|send|exchange|swap|change|update|modify|correct|edit|replace|refund|switch|ship|deliver|redirect|"
    r"track|trace|find|look|check|show|list|tell|give|get|book|arrange|schedule|call|ring|phone|pause|resume|restart|"
    r"stop|end|extend|renew|skip|redeem|use|spend|apply|remove|delete|erase|close|add|set|make|put|take|report|open|"
    r"file|complain|rate|export|download|email|e-mail|mail|forward|connect|transfer|escalate|unsubscribe|subscribe|"
    rf"sign|pay|charge|move|confirm|count|compare|describe|explain|keep|"
    rf"order(?!\s+(?:with|that|which|from|of|number|no\b|#|\w*\d))|reorder|help|{_DO_IT}"
)
_LEAD = (
    r"(?:(?:and|also|then|so|but|plus|oh|ok|okay|alright|fine|well|next|first|firstly|second|secondly|third|lastly|finally|just|"
    r"simply|only|alternatively|instead|otherwise|perhaps|never\s*mind(?:\s+then)?|wait|hold\s+on|hang\s+on|actually|"
    r"sorry|before\s+(?:that|(?:we|you)\s+do\s+(?:that|this|it|so|anything)|anything)|after\s+(?:that|this)|"
    r"afterwards?|later(?:\s+on)?|additionally|in\s+addition|besides|"
    r"by\s+the\s+way|you\s+know\s+what|hm+|um+|uh+|look|listen|right|sure|great|perfect|thanks|thank\s+you|"
    r"another\s+thing|one\s+more\s+thing|please|pls|plz|kindly|hi|hello|hey|now|maybe|yes|yeah|no)"
    r"\b[\s,:]*)*"
)
_TELL = r"tell\s+me|let\s+me\s+know|explain|(?:i['’]?d|i\s+would)\s+like\s+to\s+know|(?:want|need)\s+to\s+know|i\s+wonder"
# What a request is about or hangs on, said before it: "for the other order, ...", "if that's sold out, ..."
_PREPOSITION = r"(?:as\s+for|for|about|regarding|concerning|in|on|from|with)"
_ABOUT = rf"(?:(?:{_PREPOSITION}|if|in\s+case)\s+[^,.;:?!]{{2,60}}[,:]\s*(?:(?:please|pls|plz|kindly)\s+)?)"
_OF_IT = rf"(?:{_PREPOSITION}\s+[^,.;:?!]{{2,60}}?[\s,]\s*)"
# "In order 10432 please exchange ..." is told from "in the mug send ..." by its number or its please
_HERE = (
    rf"{_OF_IT}(?<!\bthe )(?<!\bmy )(?<!\ba )(?<!\byour )"
    rf"(?=(?:{_DEEDS})\s+(?:the|my|it|them|that|this|those|these|both|all)\b)"
)
# "If it was more than 80 euros send it back"
_IF_SO_MUCH = (
    rf"(?:if|when|in\s+case)\s+[^,.;:?!]{{2,60}}?\d[^,.;:?!]{{0,20}}?\s"
    rf"(?=(?:{_DEEDS})\s+(?:the|my|it|them|that|this|those|these|both|all)\b)"
)
_IN_IT = rf"(?:{_ABOUT}|{_HERE}|{_IF_SO_MUCH}|{_OF_IT}(?:please|pls|plz|kindly)\s+|{_PREPOSITION}\s+(?:my\s+)?order\s+#?[\w-]*\d[\w-]*[,:]?\s+)"
# "Also the jacket from order 10432 swap it for a medium one"
_THING_DO = (
    r"(?:the|my|that|those|these)\s+(?:#?[\w'’-]+\s+){1,8}?(?:swap|exchange|return|change|cancel|replace|send|make|put|"
    r"refund)\s+(?:it|them|that|this|these|those)\b"
)
_MARK = r"(?:\d{1,2}[.):]?\s+)?"  # "1 cancel the lamp order", line by line
_INQUIRING = re.compile(rf"^\W*{_MARK}{_LEAD}{_OF_IT}?(?:{_ASKS}|{_TELL})", re.IGNORECASE)
_ASKING = re.compile(
    rf"^\W*{_MARK}{_LEAD}(?:{_OF_IT}?(?:{_WANTS}|{_ASKS})|{_IN_IT}?(?:{_DEEDS})\b|{_THING_DO})", re.IGNORECASE
)
_BEGINS = (
    rf"(?:(?:also|then|please|first|finally|lastly|maybe|just|afterwards|after\s+that,?|(?:or\s+)?(?:otherwise|else),?|if\s+not,?)\s+)*"
    rf"(?:{_OF_IT}?(?:{_WANTS}|{_ASKS})|{_IN_IT}?(?:{_DEEDS})\b(?!\s*[,.;!?]))"
)
_WANTING = re.compile(rf"\b(?:{_WANTS})", re.IGNORECASE)
# "If it was over 50 euros I want to cancel it"
_WANTS_THEN = re.compile(rf"\d[^,]*\s(?:{_WANTS})", re.IGNORECASE)
# "If a large one isn't to be had then I'll take the medium one"
_IF_SO_WANTS = re.compile(rf"\bif\b[^.;!?]*\bthen\s+(?:{_WANTS})", re.IGNORECASE)
# "What a mess, boxes everywhere!"
_EXCLAIMS = re.compile(rf"\W*{_LEAD}what\s+an?(?:\W+\w+){{1,5}}[\s.,!…]*", re.IGNORECASE)
# "Cancel? Goodness, no"
_ECHOES = re.compile(
    r"\W*(?:cancel(?:led|ling)?|swap(?:ped)?|exchanged?|return(?:ed)?|changed?)(?:\s+(?:it|that|what))?\s*\?+!*\W*", re.IGNORECASE
)
# "The lamp is too small, I have it here and want to send it back": said within
_WANTS_DONE = re.compile(
    rf"\b(?:i|we)(?:['’]d|\s+would)?(?:\s+(?:{_ADVERB}))*\s+(?:want|need|like|love|prefer)\s+to\s+"
    rf"(?:(?:{_DEEDS})\b|have\s+(?:it|them|that)\b)", re.IGNORECASE,
)
_YES_THEN = re.compile(r"\W*(?:yes|yeah|yep|yup|ok|okay|sure|alright)(?:\s+please)?\W*$", re.IGNORECASE)
_ONLY_LEADS = re.compile(rf"^\W*{_LEAD}$", re.IGNORECASE)
_ONLY_ABOUT = re.compile(rf"^\W*{_LEAD}{_ABOUT}$", re.IGNORECASE)

# "The jacket in my pending order:" and "I'd like to change order 10432:" only say what the next words are about
_HEADING = re.compile(
    rf"^\W*{_MARK}{_LEAD}(?:(?:the|my|this|that|order|(?:big|small|other|first|last|pending|delivered|open)\s+(?:\w+\s+)?order)\b"
    r"[^.;:?!]{2,60}|"
    rf"(?:check|look\s+(?:at|up)|see|take|about|regarding)\s+(?:(?:my|the)\s+)?(?:order\s+)?#?[\w-]*\d[\w-]*|"
    rf"(?:{_WANTS})(?:\s+to)?(?:\s+\w+){{1,4}}?\s+(?:(?:my|the|this)\s+)?order\s+#?[\w-]*\d[\w-]*):",
    re.IGNORECASE,
)

# After a colon only what begins a request is a sentence of its own: "three things: cancel ..."
_SENTENCE = re.compile(
    rf"(?<=[.!?…])[\"')\]]*\s+(?=\S)|\s*[\n\r]+\s*|\s*;\s+|(?<=:)\s+(?={_BEGINS})", re.IGNORECASE
)
# No sentence ends after these
_SHORT = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|e\.g|i\.e|etc|approx|ave|apt|rd|blvd)\.$|\b[a-z]\.$", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bn[or]\.$", re.IGNORECASE)  # "order no. 10432", but "no. I'd rather keep it"
_JOINT = re.compile(
    rf"\s*(?:,\s*(?:and\s+|but\s+|then\s+|plus\s+)?|\s(?:and|but|so|then|plus|also|&|as\s+well\s+as)\s+)(?=(?:{_BEGINS}))|"
    r"\s*,?\s*\band\s+(?=then\s+\S)",
    re.IGNORECASE,
)
# "It goes to Cork now, but I'd like it at home": nothing is unfinished before that
_BUT = re.compile(r"\s*,\s*but\s+", re.IGNORECASE)
# Here an "and" or a comma goes on with the same thought
_UNFINISHED = re.compile(
    r"(?:\b(?:if|when|whether|because|since|as|that(?!['’]s\b|\s+(?:is|was)\b)|which|who|unless|until|after|before|"
    r"once|while|to|or|not)\b[^,]*|\b(?:to|for|with|of|in|on|my|the|a|an|and|or|please|go|come|try)\s*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A stretch of a message.

    `asks` tells that it has the form of a request or a question, `inquires` that it has that of a question.
    """

    text: Text
    asks: bool
    inquires: bool


def split(text: Text) -> List[Clause]:
    """The clauses of `text` in their order, none of them empty; a plain message is one clause."""
    parts: List[Text] = []
    for sentence in _sentences(text[:LONGEST]):
        some = _cut(sentence)
        if parts and some and _HEADING.fullmatch(parts[-1]):
            parts[-1] += f" {some.pop(0)}"
        parts.extend(some)
    rest = text[LONGEST:]
    if rest and parts:
        parts[-1] += rest
    return [whole(part) for part in parts]


def whole(text: Text) -> Clause:
    """All of `text` as one clause."""
    return Clause(text, asks(text), inquires(text))


def asks(text: Text) -> bool:
    """Whether somebody wants something here, or asks something."""
    heading = _HEADING.match(text)
    if _EXCLAIMS.fullmatch(text) or _ECHOES.fullmatch(text):
        return False
    if inquires(text) or _ASKING.match(text) or _WANTS_DONE.search(text) or _IF_SO_WANTS.search(text):
        return True
    return heading is not None and asks(text[heading.end() :])


def inquires(text: Text) -> bool:
    """Whether somebody wants to know something here."""
    return text.rstrip(" \"')").endswith("?") or bool(_INQUIRING.match(text) and not _EXCLAIMS.fullmatch(text))


def _sentences(text: Text) -> List[Text]:
    found: List[Text] = []
    for part in _SENTENCE.split(text):
        numbered = found and _NUMBER_OF.search(found[-1]) and re.match(r"\s*#?\w*\d", part)
        heading = found and (_ONLY_ABOUT.match(found[-1]) or _HEADING.fullmatch(found[-1]))
        if heading or numbered or (found and _SHORT.search(found[-1])):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part.strip())
    return found


def _asks_within(text: Text) -> bool:
    return asks(text) or bool(_WANTING.search(text))


def _cut(sentence: Text) -> List[Text]:
    parts, begun = [], 0
    for joint in _JOINT.finditer(sentence):
        before = sentence[begun : joint.start()]
        if _YES_THEN.match(before) and re.match(r"then\b", sentence[joint.end() :], re.IGNORECASE):
            parts.append(before.strip())
            begun = joint.end()
            continue
        open_ended = _UNFINISHED.search(before) and not _asks_within(before) and not _BUT.fullmatch(joint[0])
        if len(before.split()) < FEWEST_WORDS or open_ended:
            continue
        only_about = _ONLY_ABOUT.match(f"{before},") and not _WANTS_THEN.search(before)
        if only_about or _ONLY_LEADS.match(before):
            continue
        parts.append(before.strip())
        begun = joint.end()
    parts.append(sentence[begun:].strip())
    return [part for part in parts if part]
