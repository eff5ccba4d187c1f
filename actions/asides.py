"""What is said beside an answer and changes nothing: that there is nothing else, that the default address stays."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.clauses import Clause
from actions.tasks import AGREED, Run

# A plan that asks for anything else, too, is answered with "yes. No, nothing else"
_NOTHING_ELSE = re.compile(
    r"\W*(?:(?:no|nope|and)\b\W*)*(?:there['’]?s |there is |i (?:want|need) )?"
    r"(?:nothing (?:else|more|further)|not(?:hing)? anything else|that['’]?s (?:all|it|everything)|"
    r"no (?:other|more|further) (?:changes?|things?|items?|wish(?:es)?))"
    r"(?: (?:from|in|of|with|for|to) (?:there|that|it|this|them|the \w+|my \w+)(?: (?:order|one))?)?"
    r"(?:[\s,]*(?:thanks?|thank you|please|for now|then)\b)*\W*", re.IGNORECASE,
)
_DEFAULT = r"(?:default|home|main|usual|profile|account|own)(?: \w+)? address\b"
_KEEPS_DEFAULT = re.compile(
    rf"\b{_DEFAULT}(?: (?:on|in) (?:file|my (?:profile|account)))?[^.;!?]{{0,30}}?\b(?:stays?|remains?|(?:be )?kept|"
    r"unchanged|untouched|not (?:be )?(?:changed?|touched|affected))\b|"
    rf"\b(?:keep|leave|(?:don['’]?t|do not) (?:change|touch))\b[^.;!?]{{0,20}}?\b{_DEFAULT}", re.IGNORECASE,
)
_MOVES = re.compile(r"\b(?:can['’]?t|cannot|not) (?:stay|remain|keep)\b|\b(?:make|set|becomes?)\b", re.IGNORECASE)
_OTHERS_TOO = re.compile(
    r"^(?P<yes>\W*(?:yes|yep|yeah|ok(?:ay)?|sure|please do|do it|go ahead)\b[^.;!?]{0,20}?),?\s*(?:and|then)\s+"
    r"(?:(?:do|cancel|change|send|the same (?:for|with))\s+)?(?:all\s+)?(?:the\s+)?(?:others?|rest|next)"
    r"(?: (?:ones?|orders?|two|three))?(?:,? (?:too|as well|also|next|please|then))*\W*$", re.IGNORECASE,
)
DEFAULT_STAYS = "Your default address stays as it is."


def keeps_default(text: str) -> bool:
    """Whether `text` says that the default address is to stay: "my default address has to stay Seattle"."""
    return _KEEPS_DEFAULT.search(text) is not None and _MOVES.search(text) is None


def says_nothing_else(run: Run, text: str) -> bool:
    """Whether `text` only says, of things of an order, that nothing else of it is meant."""
    return not {"lines", "wishes"}.isdisjoint(run.values) and _NOTHING_ELSE.fullmatch(text) is not None


def without_asides(run: Run, clauses: Sequence[Clause], *, twins: bool) -> list[Clause]:
    """The clauses of an answer to a plan without what changes nothing of it.

    With `twins`, the same for other orders comes next anyhow: "yes, and the other one too".
    """
    if run.asked != AGREED:
        return list(clauses)
    if twins:
        clauses = [replace(one, text=_OTHERS_TOO.sub(r"\g<yes>", one.text)) for one in clauses]
    return [one for one in clauses if not (says_nothing_else(run, one.text) or keeps_default(one.text))]
