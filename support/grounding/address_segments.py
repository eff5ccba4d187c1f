"""An address cut into segments, without the talk that leads to it."""

import re

from support.grounding import place_names, street_parts
from support.grounding.filling import FILLING, listed
from support.grounding.words import forms

_CUE = re.compile(
    r"(?:\b(?:to|is|at|as|be|address|it['’]?s|now|here|with|in|becomes|use|for|into|new|place|home"
    r"|one|by|make(?: (?:that|it))?|set|save|add|rather|instead|just|only|simply|actually)\b\s*[:=,]?|[:=])\s*",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*[,;\n|•]\s*|\s+[-–—]\s+|(?<=[a-zà-ÿ)]{3})\.\s+(?=[A-Z])|"
                   r"(?<=[\s,][A-Z]{2})\.\s+(?=[A-Z])|[!?]+\s+")
IN_CHAT = re.compile(
    r"(?:please|pls|thanks?|thank you|cheers|ok|okay|yes|no|hi|hello|instead|now|sorry|actually|well|so"
    r"|that'?s it|the|(?:ha)+h?|lol|yep|yeah|yup|right|correct|exactly|great|perfect|sure|anyway|btw|by the way"
    r"|sweet|cool|nice|awesome|fab|lovely|brilliant|yay|wow|good|oh|ah|hmm?)",
    re.IGNORECASE,
)
# "548 Park Avenue. Both orders please!": what no town is called
_NO_TOWN = re.compile(
    r"\b(?:both|all|orders?|items?|things?|parcels?|packages?|refunds?|payments?|cards?|paypal|address(?:es)?|"
    r"everything|them|please|thanks?|deliver\w*|ship\w*|send|moved|moving)\b",
    re.IGNORECASE,
)
_SMALL = listed("de la le les of the and am an der on upon in sur del di da do du des den van von by sous")
# Which one it is, and no part of it
_ASIDE = re.compile(
    r"(?:the (?:one|same|other|old|previous|address)|same (?:one|as|address)|like|as (?:in|on|before)|where|which)\b.*",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?:(?:please|pls|kindly|hi|hello|hey|can|could|would|you|i|i['’]d|we|want|need|like|to|also|and)\s+)*"
    r"(?:save|add|store|put|note|make|set|change|update|keep|enter|use|send|ship|deliver|forward|redirect|bring|"
    r"(?:it|that|this|they|the \w+) (?:\w+ )?go(?:es)?|go(?:es)?|to (?:my|his|her|our|their|a))\b\D*", re.IGNORECASE,
)
# What no street and no town has: "350 Cedar Avenue please, I think that's right"
_CHAT = re.compile(
    r"\s*\b(?:please|pls|thanks|thank you|"
    r"(?:i|we|you|it|that|this|which|what|who|he|she|they)(?:['’]?(?:m|s|d|ll|ve|re))?"
    r"(?=\s|$)|if|because|since|but|so|when|until|my|your|our|think|believe|guess|suppose|correct|instead|isn['’]?t)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"(?<=[a-zà-ÿ)]{3}[.!?])\s+|(?<=[!?])\s+")
_SIGHS = frozenset({"oh", "ah", "forgot", "hm", "hmm", "oops", "gosh", "course"})
_GOES_ON = re.compile(r"(?:and|then|also|or)\b", re.IGNORECASE)
# "12 Elm Street in Denver"
_IN_TOWN = re.compile(r"(?<=\w{3})\.?\s+in\s+(?=[A-ZÀ-Þ])")
_IN = re.compile(r"(?:in|of|city of|which is|that is|that'?s)\s+", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b\w*(?:str|st|ave|rd|dr|ln|blvd|apt)\.$", re.IGNORECASE)


def segments_of(head: str) -> list[str]:
    """The parts of what stands before the postcode, without the words that lead to the address."""
    head = _without_chatter(head)
    found = [_IN.sub("", segment.strip(" :()"), count=1) if _IN.match(segment.strip()) else segment.strip(" :()")
             for segment in SPLIT.split(_without_lead(head))]
    found = [cut for place, segment in enumerate(found) for cut in _IN_TOWN.split(_without_chat(segment, place))]
    found = [segment if _ABBREVIATED.search(segment) else segment.rstrip(".") for segment in found]
    found = [segment for segment in found if segment and not IN_CHAT.fullmatch(segment)]
    found = [*found[:1], *(one for one in found[1:] if not (_ASIDE.fullmatch(one) or _is_talk(one, head)))]
    while len(found) > 1 and street_parts.has_house_number(found[1]) and (
        _TALK.fullmatch(found[0]) or _is_talk(found[0], head)
    ):
        found.pop(0)
    return found


def _without_chatter(head: str) -> str:
    """Without sentences that lead to the one with a house number: "oh right, forgot that haha. 77 Willow Court".

    Where anything has capitals, so have a name and a town.
    """
    sentences = _ENDS.split(head)
    for place, one in enumerate(sentences[:-1]):
        words = forms(one)
        talk = sum(word in FILLING or word in _SIGHS for word in words)
        small = any(word[:1].islower() and word not in _SMALL for word in one.split()) and any(map(str.isupper, head))
        if any(map(str.isdigit, one)) or not words or (talk * 2 <= len(words) and not small):
            return " ".join(sentences[place:])
    return sentences[-1]


def _is_talk(segment: str, head: str) -> bool:
    """Whether a segment behind the first is no part of an address: small words where the rest has capitals."""
    if is_place(segment) or street_parts.is_unit(segment) or any(map(str.isdigit, segment)):
        return False
    small = [word for word in segment.split() if word[:1].islower() and word not in _SMALL]
    capitals = sum(word[:1].isupper() for word in head.split()) > 1
    return _NO_TOWN.search(segment) is not None or (capitals and len(small) > 1)


def _without_chat(segment: str, place: int) -> str:
    """The segment without what is said behind a street, or instead of a further part of the address."""
    found = _CHAT.search(segment)
    if place and (_GOES_ON.match(segment) or (found is not None and not found.start())):
        return ""
    behind = found is not None and street_parts.is_street(segment[:found.start()])
    return segment[:found.start()] if found is not None and behind else segment


def _without_lead(head: str) -> str:
    starts = [found.end() for found in _CUE.finditer(head)]
    for sure in (True, False):
        for start in reversed(starts):
            rest = head[start:]
            opens = street_parts.begins_address(rest) or street_parts.is_street(SPLIT.split(rest)[0])
            if sure and opens and not re.match(r"\d+\s+(?:items?|of)\b", rest):
                before = head[:start].rstrip()
                # A cue inside an address that begins earlier, such as "5 Way to"
                if not street_parts.is_street(SPLIT.split(before)[-1]):
                    return rest
            if not sure and rest[:1].isupper() and not street_parts.begins_address(head) and not head[:1].isdigit():
                before = SPLIT.split(head[:start])[-1]
                if len(before.split()) <= 9 and not before.istitle():
                    return rest
    return head


def region_off(segments: list[str], country: str | None) -> tuple[list[str], str | None]:
    """The segments without the region that the last is or ends with, and that region."""
    if len(segments) > 1 and (region := place_names.region_of(segments[-1], country)):
        return segments[:-1], region
    if segments and country in ("US", "CA"):
        town, region = place_names.cut_region(segments[-1], country)
        return [*segments[:-1], town], region
    if segments and country is None and re.search(r"\s[A-Z]{2}$", segments[-1]):
        town, region = place_names.cut_region(segments[-1], None)
        return [*segments[:-1], town], region
    return segments, None


def is_country(segment: str) -> bool:
    """Whether `segment` is a country, and no American state of the same name."""
    return place_names.country_code(segment) is not None and place_names.region_of(segment, "US") is None


def is_place(segment: str) -> bool:
    """Whether `segment` is a street or begins with a house number."""
    return street_parts.is_street(segment) or street_parts.has_house_number(segment)
