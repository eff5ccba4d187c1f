"""Products that a text names beside the things of an order, and that the order does not hold."""

import re
from collections.abc import Sequence

from support.grounding.filling import FILLING
from support.grounding.known_lines import COLOURS, BoughtLine, KnownLines
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.product_reading import NamedProduct
from support.grounding.words import fitting, forms, split

_SENTENCE = re.compile(r"[^.;!?\n]+")
_JOINT = re.compile(r",|&|\b(?:and|plus|as well as|along with|together with)\b", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:return\w*|send\w*|exchang\w*|swap\w*|refund\w*|chang(?:e|ed|ing)|replac\w*|give back)\b",
    re.IGNORECASE,
)
# Told of and not wished, or wished to stay
_OTHERWISE = re.compile(
    r"\b(?:bought|ordered|got|had|own|except|but|not|without|keep\w*|leave|instead|besides|unlike|other than|n['’]t)\b",
    re.IGNORECASE,
)
_OTHER_DEED = re.compile(
    r"\b(?:cancel\w*|ship\w*|deliver\w*|track\w*|pay\w*|buy\w*|get|add\w*|send\b(?! back)(?=.*\bto\b)|where|how|"
    r"what|when)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:to|for|in|into|with|from|out of|of|on|that|which|because|since|please|too|also|as well|back|thanks|if|i|"
    r"is|are)\b.*$", re.IGNORECASE,
)
_LEADS = re.compile(
    r"^.*\b(?:the|my|a|an|this|that|these|those|both|one|of|return\w*|exchange|swap|change|also)\s+", re.IGNORECASE
)


def not_held[L: BoughtLine, P: NamedProduct](text: str, lines: Sequence[L], products: Sequence[P]) -> tuple[str, ...]:
    """The names of the products that `text` lists among things of the order, and that none of its `lines` is.

    Only those named in full, in a list with things that are in the order, or alone beside the deed: "return the hose,
    the wristwatch and the bed".
    """
    known = KnownLines(lines)
    names = {forms(one.name): one.name for one in products}
    held = {forms(str(line.product)) for line in lines}
    found: dict[str, None] = {}
    for sentence in _SENTENCE.finditer(without_described(text)):
        if _OTHERWISE.search(sentence[0]):
            continue
        items = [item for item in _JOINT.split(sentence[0]) if item.strip()]
        deed = _DEED.search(sentence[0])
        if not deed and not read_lines(sentence[0], lines).chosen:
            continue
        for place, item in enumerate(items):
            if _OTHER_DEED.search(item):
                break  # what follows goes with that
            listed = place > 0 or len(items) > 1 or _DEED.search(item)
            name = _name(item, names)
            if listed and name and forms(name) not in held and not _may_be_held(name, known):
                found[name] = None
    return tuple(found)


def _name(item: str, names: dict[tuple[str, ...], str]) -> str:
    """The name of the product that the item is, and nothing else but a colour; "" if it is none."""
    item = item.strip()
    if (deed := _DEED.search(item)) is not None:
        item = item[deed.end():]
    item = _LEADS.sub("", _ENDS.sub("", f" {item.strip()} ").strip() + " ").strip()
    keys = [word.key for word in split(item)]
    keys = [key for key in keys if key not in COLOURS]
    for forms_of, name in names.items():
        if len(keys) == len(forms_of) and all(fitting(key, {one}) for key, one in zip(keys, forms_of, strict=True)):
            return name
    return ""


def _may_be_held(name: str, known: KnownLines) -> bool:
    """Whether a line may be called so: a shirt where the order has a T-shirt."""
    keys = [key for key in forms(name) if key not in FILLING]
    return any(known.is_head(key) for key in keys[-1:])
