"""A variant's options as one text: `colour=brass;size=large`. A backslash before ; = \\ or an outer space keeps it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from support.records.faults import Wrong

MOST = 50  # options
LONGEST = 200  # characters of a name or a value
_SIGN = re.compile(r"\\(.)|(.)", re.DOTALL)
_FORM = "must be written as name=value;name=value, with a backslash before ; = or \\ in a name or a value"


@lru_cache(maxsize=10_000)
def _parts(text: str) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for piece in _split(text, ";"):
        if not piece.strip():
            continue
        parts = list(_split(piece, "="))
        if len(parts) != 2 or not (name := _plain(parts[0])):
            raise Wrong("options_format", _FORM)
        pairs.append((name, _plain(parts[1])))
    if len({name for name, _ in pairs}) < len(pairs):
        raise Wrong("options_format", "names an option twice")
    if len(pairs) > MOST or any(len(part) > LONGEST for pair in pairs for part in pair):
        raise Wrong("too_long", f"holds more than {MOST} options, or more than {LONGEST} characters in one")
    return tuple(pairs)


def parsed(text: str) -> dict[str, str]:
    """{name: value} in the order written. Raises Wrong."""
    return dict(_parts(text))


def written(options: Mapping[str, Any]) -> str:
    """The text from which `parsed` makes these options again."""
    return ";".join(f"{_escaped(str(name))}={_escaped(str(value))}" for name, value in options.items())


def _split(text: str, separator: str) -> list[str]:
    if "\\" not in text:
        return text.split(separator)
    if re.search(r"(?<!\\)(\\\\)*\\$", text):
        raise Wrong("options_format", "ends with a backslash that has nothing after it")
    pieces = [""]
    for sign in _SIGN.finditer(text):
        if sign[2] == separator:
            pieces.append("")
        else:
            pieces[-1] += sign[0]
    return pieces


def _plain(text: str) -> str:
    if "\\" not in text:
        return text.strip()
    # An escaped space at either end is meant
    stripped = text.lstrip()
    while stripped[-1:].isspace() and not re.search(r"(?<!\\)(\\\\)*\\\s$", stripped):
        stripped = stripped[:-1]
    return re.sub(r"\\(.)", r"\1", stripped, flags=re.DOTALL)


def _escaped(text: str) -> str:
    escaped = re.sub(r"([;=\\])", r"\\\1", text)
    if escaped[:1].isspace():
        escaped = "\\" + escaped
    if len(text) > 1 and escaped[-1:].isspace():
        escaped = escaped[:-1] + "\\" + escaped[-1]
    return escaped
