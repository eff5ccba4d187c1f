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
# "Hmm, that's a different brand. All else shall be as it is"
_IS_ANOTHER = re.compile(
    r"(?:(?<=^)|(?<=[.;!?\n]))\s*(?:(?:oh|ah|hm+|but|well|no|wait|hey)\b[\s,.]*)*"
    r"(?:that|this|it|those)(?:['’]s| is|['’]re| are) (?:(?:just|only|still) )?"
    r"(?:(?:an? )?(?:different|another)|not (?:my|the same|mine)|the wrong) ?[\w ]{0,20}?"
    r"(?: though| then| from mine| than mine)?\s*[.!;]", re.IGNORECASE,
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
# "I wasn't talking about the lamp yet, I was still on the shirt"
_NOT_OF = re.compile(
    r"(?P<lead>^|[.;,!?]\s*|\b(?:haha|no|but|sorry|well|oh)\s+)(?:i|we)\s+(?:(?:was|were)(?:n['’]?t| not)(?: even)? "
    r"(?:talking|speaking|thinking)(?: yet)? (?:about|of)|(?:did|do)(?:n['’]?t| not) (?:even )?(?:mean|say|mention)|"
    r"(?:never (?:said|mentioned)|said nothing (?:about|of))(?: anything about)?)\s+"
    r"(?P<thing>(?:the|my|that) (?:(?!(?:is|was|are|were|has|had|to|that|which)\b)[^\s,.;!?]+ ?){1,5}?)"
    r"(?: ?(?:yet|at all|now|though))*\s*(?=[,.;!?–—]|$)"
    r"(?:[\s,.;!]*(?:i (?:was|am|meant|mean)|i['’]m)(?: still)?(?: talking)?(?: about| on| at| with)?\s+)?",
    re.IGNORECASE,
)
# "No, not enough. Black?" is no answer to whether it shall be waterproof
_NO_TO_THAT = re.compile(r"(?:^|(?<=[.!;\n]))\s*no\b\s*[,.!;–—-]+(?=\s*\w)", re.IGNORECASE)
_OF_IT = re.compile(r"\b(?:it|that|them|those|leave|drop|skip|forget|without|out|keep|stays?)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|when|not|n['’]t|which|that)\b", re.IGNORECASE)


def not_the_one(text: str) -> str:
    """`text` with "not the red mug, the blue one" for "the red mug isn't the one, I mean the blue one".

    So it has for "I wasn't talking about the red mug, I was still on the blue one".
    """
    text = _NOT_OF.sub(lambda found: f"{found['lead'] or ''}not {found['thing']}, ", text)
    return _ISNT.sub(lambda found: f"{found['lead'] or ''}not {found['thing']}, ", text)


def past_no(text: str) -> str:
    """`text`, as long as it was, without a no to what was said before: "no" is a value of many options as well."""
    return _NO_TO_THAT.sub(lambda found: " " * len(found[0]), text)


def without_remarks(text: str) -> str:
    """`text` without sentences that only tell what it is: too dear, sold out (if there are others), another kind.

    Nor has it a question that only repeats what was heard, before it is left.
    """
    text = _IS_ANOTHER.sub(" ", _ECHOED.sub(" ", text))
    if _OF_IT.search(text):
        return text  # "the lamp is too dear. Leave it out"
    bare = _TOO_DEAR.sub(lambda found: found[0] if _IF.search(found[0]) else " ", text)
    return bare if bare.strip(" ,.;!?") else text
