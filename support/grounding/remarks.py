"""What is only remarked of things, and wishes for nothing: "oh, black is dearer then. In red, please"."""

import re

# "2677, that's the other one, right?", "The first one is the cheapest, isn't it?"
MAKES_SURE = re.compile(r"\b(?:right|yes|correct|is(?:n['’]?t)? (?:it|that)|ok(?:ay)?)\W*\?\W*$", re.IGNORECASE)
_TOO_DEAR = re.compile(
    r"(?:(?<=^)|(?<=[.;!?\n]))\s*(?:(?:oh|ah|hm+|ok|okay|well|so|pity|i see|and|"
    r"but)\b[\s,.]*)*(?:the )?(?:[\w-]+ ){1,4}?(?:is|are|was|were|costs?)\s+(?:(?:too|so|much|quite|rather|a bit|"
    r"even|that)\s+)*(?:dearer|more expensive|expensive|pricier|pricey|dear|sold out|gone|too much|more)(?: then|"
    r" now| though| for me)*\s*[.!;]",
    re.IGNORECASE,
)
# "Black in 11 only in leather? Then forget the shoes": what is echoed is not wished
_ECHOED = re.compile(
    r"(?:(?<=^)|(?<=[.;!?\n]))[^.;!?\n]*\?+\s*(?=(?:(?:ok(?:ay)?|well|hm+|oh|no|alright)\W+)*(?:then|so|in that case)\b"
    r"[^.;!?]*\b(?:forget|leave|keep|drop|skip|stays?|without|never\s?mind)\b)", re.IGNORECASE,
)
_ISNT = re.compile(
    r"(?P<lead>^|[.;,!?]\s*)(?P<thing>(?:the|my|that) [^,.;!?]{2,40}?)\s+(?:isn['’]?t|is not|wasn['’]?t|was not)\s+"
    r"(?:the (?:right )?one(?: i (?:meant?|want))?|what i meant?|meant)\b[\s,.;:–—-]*(?:(?:but|i(?:['’]m)?|mean|meant|"
    r"talking about)\s+)*", re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:it|that|them|those|leave|drop|skip|forget|without|out|keep|stays?)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|when|not|n['’]t|which|that)\b", re.IGNORECASE)


def not_the_one(text: str) -> str:
    """`text` with "not the red mug, the blue one" for "the red mug isn't the one, I mean the blue one"."""
    return _ISNT.sub(lambda found: f"{found['lead'] or ''}not {found['thing']}, ", text)


def without_remarks(text: str) -> str:
    """`text` without sentences that only tell that something is too dear or sold out; itself if there is no other.

    Nor has it a question that only repeats what was heard, before it is left.
    """
    text = _ECHOED.sub(" ", text)
    if _OF_IT.search(text):
        return text  # "the lamp is too dear. Leave it out"
    bare = _TOO_DEAR.sub(lambda found: found[0] if _IF.search(found[0]) else " ", text)
    return bare if bare.strip(" ,.;!?") else text
