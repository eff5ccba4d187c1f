"""What of a thing is all the same to somebody, and what is to be as it is: "colour doesn't matter", "as waterproof"."""

import re
from collections.abc import Iterable

_MATTERS_NOT = (
    r"(?:(?:really |just )?(?:does|do)(?: not|n['’]?t) (?:really )?matter(?: (?:to me|much|at all))?|"
    r"is (?:all )?the same to me|is (?:totally |quite )?up to you|is (?:un|not )important|"
    r"i (?:do not|don['’]?t) (?:really )?(?:mind|care(?: about)?)(?: about)?)\b"
)
_DO_NOT_MIND = (
    r"\b(?:i (?:do not|don['’]?t) (?:really )?(?:mind|care(?: about)?)|no matter|never mind)(?: (?:which|what))? "
)
_AS_WATERPROOF = re.compile(
    r"\b(?:just |equally |exactly )?as (?:waterproof|water[- ]?resistant)\b(?! as\b)", re.IGNORECASE
)


def freely(text: str, names: Iterable[str]) -> str:
    """`text` without what it says of options that are all the same: "the colour I don't mind" wishes for none."""
    called = {part for name in names for part in (name, name.split()[-1], name.replace("color", "colour"))}
    if any("water" in name for name in names):
        text = _AS_WATERPROOF.sub("same water resistance", text)
    option = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    behind = rf"(?:,\s*|\b)(?:and\s+)?(?:the\s+|its\s+)?\b(?:{option})s?\s+{_MATTERS_NOT}"
    before = rf"{_DO_NOT_MIND}(?:the |its |about the )?(?:{option})s?\b"
    return re.sub(f"{behind}|{before}", " ", text, flags=re.IGNORECASE)
