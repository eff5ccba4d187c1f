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
_INSTEAD = re.compile(r"\s(?:for|to|into|with|in|by)\s.*", re.IGNORECASE | re.DOTALL)
_IF_ONE = re.compile(
    r"\bif\b[^.;!?]*?\b(?:only |just )?(?:one|both|the two)\b[^.;!?]*?"
    r"(?:,|\b(?:then|i(?:['’]d)?|we(?:['’]d)?|please|do|take|choose)\b)(?P<then>[^.;!?]*)",
    re.IGNORECASE,
)
_NAMES = {
    Deed.EXCHANGE: re.compile(r"\b(?:exchang\w*|swap\w*|replac\w*|switch\w*|former)\b", re.IGNORECASE),
    Deed.RETURN: re.compile(r"\b(?:return\w*|refund\w*|money back|send\w*|giv\w+ back)\b", re.IGNORECASE),
}
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]*")
_REFUSED = re.compile(
    r"\b(?:forget(?: about)?|drop|leave|skip|no|never\s?mind|without|not)\s+(?:the |an |any |that )?"
    r"(?:exchang\w*|swap\w*|return\w*|refund\w*)(?: any ?more)?", re.IGNORECASE,
)


def deeds_apart(text: str) -> dict[Deed, str]:
    """What the text asks for of each deed, with what stands before the first; empty unless it asks for both."""
    text = without_preference(text)
    found = [one for one in _ASKED.finditer(text) if not _NOT.search(text, 0, one.start())]
    deeds = [Deed.EXCHANGE if one["exchange"] else Deed.RETURN for one in found]
    if len(set(deeds)) < 2:
        return {}
    parts = dict.fromkeys(_NAMES, text[:found[0].start()])
    ends = [*(one.start() for one in found[1:]), len(text)]
    for deed, one, end in zip(deeds, found, ends, strict=True):
        part = text[one.start():end]
        parts[deed] += part if end == len(text) else f"{_JOINS.sub('', part)}. "
    return {deed: part.strip() for deed, part in parts.items()}


def deed_picked(text: str) -> Deed | None:
    """Which of the two an answer names; None if neither or both, or if it only asks something.

    "Forget the exchange, I'll send it back" names the return.
    """
    text = " ".join(_REFUSED.sub(" ", one) for one in _SENTENCE.findall(text) if not _ASKS.search(one))
    named = [deed for deed, words in _NAMES.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


def preferred(text: str) -> str:
    """What the text wants if only one of both can be: "if only one, I prefer the return"; "" if it says nothing."""
    found = _IF_ONE.search(text)
    return found["then"].strip() if found else ""


def without_preference(text: str) -> str:
    """`text` without what `preferred` tells, and its condition."""
    return _IF_ONE.sub(" ", text)


def things_of(deed: Deed, part: str) -> str:
    """The part of a text without what stands before the deed, and what is wished instead of its things."""
    found = next((one for one in _ASKED.finditer(part)), None)
    part = part[found.start():] if found else part
    return _INSTEAD.sub("", part) if deed is Deed.EXCHANGE else part
