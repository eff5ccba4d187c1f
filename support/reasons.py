"""Reasons to choose from, as a customer types them: in any case, with any spaces."""

from collections.abc import Iterable

from support.refusals import ReasonUnknown


def folded(reason: object) -> str:
    """What tells a reason from another. Raises ReasonUnknown for what is no text."""
    if not isinstance(reason, str):
        raise ReasonUnknown
    return " ".join(reason.split()).casefold()


def chosen(reason: str, reasons: Iterable[str]) -> str:
    """The one of `reasons` that is meant, as business.yml writes it. Raises ReasonUnknown."""
    for known in reasons:
        if folded(known) == folded(reason):
            return known
    raise ReasonUnknown
