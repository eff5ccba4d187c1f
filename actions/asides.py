"""What is said beside an answer and changes nothing: that there is nothing else, that the default address stays."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.clauses import Clause
from actions.kept_besides import without_kept_besides
from actions.line_slots import lines_of
from actions.orders_kept import keeps_another, twins_of
from actions.personal import Question
from actions.registry import tasks
from actions.tasks import AGREED, Run
from support.grounding.leaving import left_alone
from support.grounding.line_reading import read_lines

# A plan that asks for anything else, too, is answered with "yes. No, nothing else"
_NOTHING_ELSE = re.compile(
    r"\W*(?:(?:no|nope|and)\b\W*)*(?:there['’]?s |there is |i (?:want|need) )?"
    r"(?:nothing (?:else|more|further)|not(?:hing)? anything else|that['’]?s (?:all|it|everything)|"
    r"no (?:other|more|further) (?:changes?|things?|items?|wish(?:es)?))"
    r"(?: (?:from|in|of|with|for|to) (?:there|that|it|this|them|the \w+|my \w+)(?: (?:order|one))?)?"
    r"(?:[\s,]*(?:thanks?|thank you|please|for now|then)\b)*\W*", re.IGNORECASE,
)
# "Nah, just the boots, that's right"
_JUST_THOSE = re.compile(
    r"\W*(?:no+|nah|nope)\b\W*(?:just|only)\s+"
    r"(?P<things>(?:the|my|those)\s+(?:(?!\b(?:stay|keep|goe?|go|back|instead|for|in|to)s?\b)[^.;!?]){2,60}?)"
    r"(?:,?\s*that['’]?s (?:right|all|it|correct))?\W*", re.IGNORECASE,
)
_DEFAULT = r"(?:default(?: (?:\w+ )?address)?|(?:home|main|usual|profile|account|own)(?: \w+)? address)\b"
KEEPS_DEFAULT = re.compile(
    rf"\b{_DEFAULT}(?: (?:on|in) (?:file|my (?:profile|account)))?[^.;!?]{{0,30}}?\b(?:stays?|remains?|(?:be )?kept|"
    r"unchanged|untouched|has(?:n['’]t| not) (?:been )?changed|not (?:be )?(?:changed?|touched|affected))\b|"
    rf"\b(?:keep|leave|(?:don['’]?t|do not) (?:change|touch))\b[^.;!?]{{0,20}}?\b{_DEFAULT}|"
    # "Default = Cork, leave it"
    r"\bdefault\b[^.;!?]{0,30}\b(?:leave|keep) (?:it|that)\b", re.IGNORECASE,
)
_MOVES = re.compile(r"\b(?:can['’]?t|cannot|not) (?:stay|remain|keep)\b|\b(?:make|set|becomes?)\b", re.IGNORECASE)
_REST = (
    r"(?:(?:do|cancel|change|send|the same (?:for|with))\s+(?:just |only )?)?(?:all\s+)?(?:the\s+)?"
    r"(?:others?|rest|next)(?: (?:ones?|orders?|two|three))?(?:,? (?:too|as well|also|next|please|then))*\W*"
)
_OTHERS_TOO = re.compile(
    r"^(?P<yes>\W*(?:yes|yep|yeah|ok(?:ay)?|sure|please do|do it|go ahead)\b[^.;!?]{0,20}?),?\s*(?:and|then)\s+"
    rf"{_REST}$", re.IGNORECASE,
)
# "Yes please! And the other one too", "only cancel the other two"
_THE_OTHERS = re.compile(rf"\W*(?:(?:and|then|also|so|just|only)\s+)*{_REST}", re.IGNORECASE)
DEFAULT_STAYS = "Your default address stays as it is."


def keeps_default(text: str) -> bool:
    """Whether `text` says that the default address is to stay: "my default address has to stay Seattle"."""
    return KEEPS_DEFAULT.search(text) is not None and _MOVES.search(text) is None


async def says_nothing_else(question: Question, run: Run, text: str) -> bool:
    """Whether `text` only says, of things of an order, that nothing else of it is meant: "no, the rug I keep"."""
    chosen = {one["line"] for one in run.values.get("lines") or ()} | set(run.values.get("wishes") or ())
    if not chosen:
        return False
    if _NOTHING_ELSE.fullmatch(text):
        return True
    if (only := _JUST_THOSE.fullmatch(text)) is not None:
        named = read_lines(only["things"], await lines_of(question, run)).chosen
        return {line.id for line, _ in named} == chosen
    begins = _NOTHING_ELSE.match(text)
    left = {line.id for line in left_alone(text[begins.end():], await lines_of(question, run))} if begins else set()
    return bool(left) and left.isdisjoint(chosen)


async def without_asides(
    question: Question, run: Run, clauses: Sequence[Clause], suspended: Sequence[Run]
) -> list[Clause]:
    """The clauses of an answer to a plan without what changes nothing of it.

    The same for other orders that wait comes next anyhow: "yes, and the other one too".
    """
    twins = bool(twins_of(run, suspended))
    clauses = await without_kept_besides(question, run, clauses)
    if run.asked != AGREED:
        return list(clauses)
    if twins:
        clauses = [replace(one, text=_OTHERS_TOO.sub(r"\g<yes>", one.text)) for one in clauses]
    return [
        one for one in clauses
        if not (
            keeps_default(one.text) or await says_nothing_else(question, run, one.text)
            or (twins and _THE_OTHERS.fullmatch(one.text))
            or (one.intent not in tasks() and await keeps_another(question, run, suspended, one.text))
        )
    ]
