"""What somebody may have meant who named something that is not there."""

from collections.abc import Iterable

from rapidfuzz import process


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean “…”?` if something like it is known, else nothing."""
    found = process.extractOne(name.lower(), list(known), processor=str.lower, score_cutoff=60)
    return f"; did you mean “{found[0]}”?" if found else ""
