"""Whether a text wants an order sent to the address in the profile, or another address in the profile."""

import re

from support.grounding.address_spelling import spelt

_SENDS = (
    r"(?:go(?:es|ing)?|send|sent|ship\w*|deliver\w*|come|comes|coming|arrive|redirect\w*|forward\w*|rerouted?|"
    r"(?:orders?|parcels?|packages?|it|that one|#?[a-z]*-?\d{3,})\b.{0,40}\b(?:chang\w+|switch\w*|mov\w+|updat\w+|set)|"
    r"(?:change|switch|move|update|set)\b.{0,40}?\b(?:orders?|parcels?|packages?|#?[a-z]*-?\d{3,}))"
)
_TO_MINE = re.compile(
    rf"\b{_SENDS}\b[^.!?;]{{0,60}}?\b(?:to|at)\s+(?:my|the|our)\s+(?:own\s+)?(?:default|home|usual|main|primary|regular|"
    r"normal|profile|saved|standard)(?:\s+(?:delivery|shipping|home))?(?:\s+(?:address|one|place))?\b", re.IGNORECASE,
)
_OF_PROFILE = re.compile(
    r"\b(?:make|set|change|update|switch|save|keep|use|add|have|as|be|becomes?)\b[^.!?]{0,60}\b(?:default|profile|"
    r"address book|on file)\b|\b(?:default|profile)\b[^.!?]{0,40}\b(?:changed|updated|as well|too)\b", re.IGNORECASE,
)
_MAKES_DEFAULT = re.compile(
    r"\b(?:is going|goes|sent|delivered|shipped)(?: to)?,? as my (?:new )?default\b|"
    r"\b(?:make|set|save)\b(?:(?!\b(?:to|at)\b)[^.!?]){0,60}\b(?:my|the|as)\s+(?:new\s+)?default\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"\b(?:send|ship|deliver|redirect|forward|reroute)\b(?!\s+(?:(?:it|them|this|that)\s+)?back\b).{1,60}?"
    r"(?:\bto\s+(?!me\b|us\b)|\bwhere\b|\bthere\b|\bhome\b)", re.IGNORECASE,
)
_CANCELS = re.compile(
    r"(?<!not )(?<!n['’]t )(?<!of )(?<!than )\bcancel(?:led)?\b(?! (?:my |the )?(?:delivery|shipment|address))"
    r"(?!.*\b(?:or|instead|rather|otherwise|if)\b)", re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:change|update|correct|redirect|send|ship|deliver)\b(?! back)", re.IGNORECASE)
_CALLS_OFF = re.compile(r"\b(?:cancel\w*|return\w*|refund\w*|call(?:ed)? off|stop)\b", re.IGNORECASE)


def sent_to_default(text: str) -> bool:
    """Whether something shall go to the default address, and that address stays what it is."""
    left = without_destination(text)
    return left != spelt(text) and _OF_PROFILE.search(left) is None


def makes_default(text: str) -> bool:
    """Whether an address, of an order perhaps, shall become the default one."""
    return _MAKES_DEFAULT.search(spelt(text)) is not None and not sent_to_default(text)


def without_destination(text: str) -> str:
    """`text` without the default address that something shall go to."""
    return _TO_MINE.sub(" ", spelt(text))


def cancels(text: str) -> bool:
    """Whether an order is to be cancelled, and the wrong address only says why: "cancel it, it goes to my old flat"."""
    return _CANCELS.search(text) is not None and _CHANGED.search(text) is None


def sends_elsewhere(text: str) -> bool:
    """Whether something shall be sent to a place, and nothing is to be cancelled or to come back."""
    return _ELSEWHERE.search(text) is not None and _CALLS_OFF.search(text) is None
