"""The address that is not to be: "instead of River Road", "not 12 Elm Street"."""

import re

_OLD = re.compile(
    r"[,\s]*\b(?:instead of|rather than|in place of|(?:and |but )?not)\s+(?!only\b|sure\b|yet\b)"
    r"[^,;!?\n]*?(?=\s+(?:to|but|please|pls)\b|[,;!?\n]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)


def without_old(text: str) -> str:
    """`text` without what it says that an address is not, or is to be changed from."""
    return _OLD.sub(" ", text)
