"""An exchange and a return asked for in one breath: "swap the shirt for a red one, and send the hat back"."""

import re

from support.grounding.fallbacks import Deed

_ITS = r"(?:the|my|that|those|this|these|both|a|an|one|two|three)\b"
_ASKED = re.compile(
    rf"\b(?:(?P<exchange>(?:exchange|swap|replace|trade(?: in)?|switch)\s+{_ITS})|"
    rf"(?P<return>(?:return|refund|(?:send|give|hand) back)\s+{_ITS}|"
    rf"(?:send|give|hand)\s+{_ITS}[^.;,!?]{{1,40}}?\bback\b))",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:n['’]t|\bnot|\bnever|\binstead of|\brather than|\bwithout|\bor)\s+(?:\w+\s+)?$", re.IGNORECASE)
_JOINS = re.compile(
    r"[\s,;]*(?:\b(?:and|also|then|plus|please|i(?:['’]d)?|want|would|like|to)\b[\s,;]*)*$", re.IGNORECASE
)
_ASKS = re.compile(r"\b(?:what|how|why|when|which|who|does|is|are)\b.*\?", re.IGNORECASE)
# What is wished for instead: "exchange the shirt | for a red one"
_INSTEAD = re.compile(
    r"\s(?:for|to(?! be\b)|into|with|in|by)\s(?=\w)[^.,:;!?\n]*|"
    r"\b(?:all|everything) else\b[^.,;!?\n]*|\b(?:the )?rest (?:is |stays )?(?:exactly )?(?:the )?same\b",
    re.IGNORECASE,
)
_IF_ONE = re.compile(
    r"\bif\b[^.;!?]*?\b(?:only |just )?(?:one|both|the two)\b[^.;!?]*?"
    r"(?:,|\b(?:then|i(?:['’]d)?|we(?:['’]d)?|please|do|take|choose)\b)(?P<then>[^.;!?]*)|"
    r"\bif (?:not|so|(?:that|it)(?:['’]?s| is)(?: not|n['’]?t) possible)\b,?(?P<else>[^.;!?]*)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:keep|leave|forget(?: about)?|drop|skip)\b[^.;,!?]*", re.IGNORECASE)
_NAMES = {
    Deed.EXCHANGE: re.compile(r"\b(?:exchang\w*|swap\w*|replac\w*|switch\w*|former)\b", re.IGNORECASE),
    Deed.RETURN: re.compile(r"\b(?:return\w*|refund\w*|money back|send\w*|giv\w+ back)\b", re.IGNORECASE),
}
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]*")
_REFUSED = re.compile(
    r"\b(?:forget(?: about)?|drop|leave|skip|no|never\s?mind|without|not)\s+(?:the |an |any |that )?"
    r"(?:exchang\w*|swap\w*|return\w*|refund\w*)(?: any ?more)?", re.IGNORECASE,
)


_CUT = re.compile(
    r"(?P<end>[.;!?\n]+\s*|\b\d\)\s*)|"
    r",?\s+(?:and|but|plus|while|whereas|\+)\s+(?:also\s+|then\s+)?|,\s+", re.IGNORECASE,
)
_DONE = {
    Deed.EXCHANGE: re.compile(r"\b(?:exchang\w*|swap\w*|replac\w*|switch\w*|traded? in)\b", re.IGNORECASE),
    Deed.RETURN: re.compile(
        r"\b(?:return(?:ed|ing)?|refunded)\b|\b(?:send|sent|giv\w+|bring|hand|go|goes|going|gone|come|comes|coming)\b[^.;!?]{0,40}\bback\b|"
        r"\bback\W*$", re.IGNORECASE,
    ),
}
# What is to become of a thing, where no deed is named: "shoes one size larger, bed in grey"
_BECOMES = re.compile(
    r"\b(?:one size|a size|size up|larger|bigger|smaller|instead|same|identical|else equal)\b", re.IGNORECASE
)
_UNDONE = re.compile(
    r"(?:n['’]t|\bnot|\bnever|\bno|\binstead of|\brather than|\bwithout|\bor)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_BOTH_ASKED = re.compile(
    r"\b(?:exchang|swap)\w*\b[^.;!?]*\b(?:return\w*|refund\w*|back)\b[^.;!?]*\?|"
    r"\b(?:return\w*|refund\w*|back)\b[^.;!?]*\b(?:exchang|swap)\w*\b[^.;!?]*\?|"
    r"\b(?:only|just) one of (?:the two|both|them|these|those)\b[^.;!?]*\?|"
    r"\b(?:can|could|may|is|are|do)\b[^.;!?]*\b(?:have|do|be|get) both\b[^.;!?]*\?|\bcan both\b[^.;!?]*\?",
    re.IGNORECASE,
)


def asks_for_both(text: str) -> bool:
    """Whether it asks if an order can have an exchange and a return: "can I have both, or only one of them?"."""
    return _BOTH_ASKED.search(text) is not None


def deeds_apart(text: str) -> dict[Deed, str]:
    """What the text asks for of each deed, with what stands before the first; empty unless it asks for both."""
    text = without_preference(text)
    found = [one for one in _ASKED.finditer(text) if not _NOT.search(text, 0, one.start())]
    deeds = [Deed.EXCHANGE if one["exchange"] else Deed.RETURN for one in found]
    if len(set(deeds)) < 2:
        return _in_pieces(text)
    parts = dict.fromkeys(_NAMES, text[:found[0].start()])
    ends = [*(one.start() for one in found[1:]), len(text)]
    for deed, one, end in zip(deeds, found, ends, strict=True):
        part = text[one.start():end]
        parts[deed] += part if end == len(text) else f"{_JOINS.sub('', part)}. "
    return {deed: part.strip() for deed, part in parts.items()}


def _in_pieces(text: str) -> dict[Deed, str]:
    """The same where a thing may stand before its deed, or only what it shall become.

    "The lamp goes back, the mug in blue instead"
    """
    parts: dict[Deed, str] = {}
    waiting, begins = "", True
    before: Deed | None = None
    for piece, ends in _pieces(text):
        deed = _deed_of(piece)
        if deed is None and begins and not ends:
            waiting += f"{piece}, "  # "the jacket, | the mug and | the chair are to be exchanged"
            continue
        begins = ends
        if deed is None and before is None:
            waiting = ""
            continue
        deed = deed or before
        assert deed is not None
        parts[deed] = f"{parts.get(deed, '')}{waiting}{piece}{'. ' if ends else ', '}"
        waiting, before = "", deed
    return {deed: part.strip(" ,") for deed, part in parts.items()} if len(parts) == len(_DONE) else {}


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The pieces between commas, "and" and sentence ends, and whether a sentence ends with each."""
    found, begins = [], 0
    for cut in _CUT.finditer(text):
        if piece := text[begins:cut.start()].strip():
            found.append((piece, cut["end"] is not None))
        begins = cut.end()
    return [*found, (last, True)] if (last := text[begins:].strip()) else found


def _deed_of(piece: str) -> Deed | None:
    named = [
        deed for deed, words in _DONE.items()
        if any(not _UNDONE.search(piece, 0, one.start()) for one in words.finditer(piece))
    ]
    if len(named) == 1:
        return named[0]
    return Deed.EXCHANGE if not named and _BECOMES.search(piece) else None


def from_deed_on(deed: Deed, text: str) -> str:
    """`text` from the first sentence on that names the deed: before that, "I got a hat and a mug" only tells."""
    sentences = _SENTENCE.findall(text)
    begins = next(
        (place for place, one in enumerate(sentences) if any(_deed_of(piece) is deed for piece, _ in _pieces(one))), 0
    )
    return "".join(sentences[begins:]).strip()


def deed_picked(text: str) -> Deed | None:
    """Which of the two an answer names; None if neither or both, or if it only asks something.

    "Forget the exchange, I'll send it back" names the return.
    """
    said = [one for one in _SENTENCE.findall(text) if not (_ASKS.search(one) or asks_for_both(one))]
    text = " ".join(_REFUSED.sub(" ", one) for one in said)
    named = [deed for deed, words in _NAMES.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


def without_things_kept(text: str) -> str:
    """`text` without what it says of things that are kept: "then I'll keep the helmet. Just the jacket"."""
    return _KEPT.sub(" ", text)


def preferred(text: str) -> str:
    """What the text wants if only one of both can be: "if only one, I prefer the return"; "" if it says nothing."""
    found = _IF_ONE.search(text)
    return without_things_kept(found["then"] or found["else"] or "").strip() if found else ""


def without_preference(text: str) -> str:
    """`text` without what `preferred` tells, and its condition."""
    return _IF_ONE.sub(" ", text)


def things_of(deed: Deed, part: str) -> str:
    """The part of a text without what stands before the deed, and what is wished instead of its things."""
    found = next((one for one in _ASKED.finditer(part)), None)
    part = part[found.start():] if found else part
    return _INSTEAD.sub("", part) if deed is Deed.EXCHANGE else part
