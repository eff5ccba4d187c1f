"""Things of the order that are no part of the plan and that the customer says they keep: no wish, and nothing new."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from actions.clauses import Clause
from actions.line_slots import lines_of
from actions.personal import Question
from actions.tasks import Run
from support.grounding.line_reading import read_lines
from support.grounding.staying import STAYS
from support.grounding.the_other import other_named
from support.ordering.order_views import OrderedLine

_THINGS = r"(?:the|my|both|that(?!\s+one\b))\s+(?:[^.,;!?]|,(?=\s*(?:and\s+)?(?:the|my)\b(?!\s+other\b))){2,60}?"
_I = r"(?:i|we)(?:['’]?m|['’]ll|\s+am|\s+will|\s+want\s+to|['’]d\s+like\s+to)?\s+(?:(?:just|still|really)\s+)?"
_END = (
    r"(?:\s+(?:with\s+(?:me|us)|here|as\s+(?:it|they)\s+(?:is|are)|too|as\s+well))?"
    r"(?:,?\s*(?:right|ok(?:ay)?)\s*\?)?(?=\s*(?:$|[.,;!?]))"
)
# "The hose and the speaker I'm keeping", "the other helmet stays with us", "I keep the rug"
_KEPT = re.compile(
    rf"(?P<bare>(?<=[.!;]\s)[A-Z][\w-]+|^[\w-]+)\s+{STAYS}{_END}|"
    rf"\b(?P<first>{_THINGS})\s+(?:{_I}keep(?:ing)?|{STAYS}){_END}|"
    rf"\b(?:{_I})?keep(?:ing)?\s+(?P<then>{_THINGS}){_END}", re.IGNORECASE,
)
# "Only the mug stays" sends back all else
_ONLY = re.compile(
    r"\b(?:only|just|nothing\s+but|if|or|when|whether|can|could|should|may|would)\b[^.,;!?]*$", re.IGNORECASE
)
_DANGLING = re.compile(r"[\s,]*\b(?:and|but|so)?\s*$", re.IGNORECASE)
_AND_THIS = re.compile(r"\W*and\s+(?P<things>(?:the|my)\s+[^.,;!?]{2,40})\W*", re.IGNORECASE)
_NO_MORE = re.compile(
    r"\W*(?:(?:and|but|so|no+|nope|just|only|that\s+one|those(?:\s+two)?|please|thanks?|thank\s+you|also|oh|ok(?:ay)?|right|yes|"
    r"(?:like|as)\s+i\s+said|i\s+(?:just|already)?\s*(?:said|told\s+you)(?:\s+so)?)\b\W*)*", re.IGNORECASE,
)


async def without_kept_besides(question: Question, run: Run, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without what they say of lines that stay and are not among those of the run."""
    chosen = {one["line"] for one in run.values.get("lines") or ()} | set(run.values.get("wishes") or ())
    if not chosen or "order" not in run.values or not any(_KEPT.search(one.text) for one in clauses):
        return list(clauses)
    lines, left, goes_on = await lines_of(question, run), list[Clause](), False
    for one in clauses:
        if goes_on and (also := _AND_THIS.fullmatch(one.text)) and _are_others(also["things"], lines, chosen):
            continue
        text = _KEPT.sub(
            lambda found: " " if _are_kept(found, lines, chosen) else found[0], one.text
        )
        goes_on = text != one.text
        if not goes_on or not _NO_MORE.fullmatch(text):
            left.append(replace(one, text=_DANGLING.sub("", text).strip(" ,")) if goes_on else one)
    return left


def _are_kept(found: re.Match[str], lines: Sequence[OrderedLine], chosen: Collection[str]) -> bool:
    only = _ONLY.search(found.string, 0, found.start())
    return only is None and _are_others(found["bare"] or found["first"] or found["then"], lines, chosen)


def _are_others(things: str, lines: Sequence[OrderedLine], chosen: Collection[str]) -> bool:
    """Whether lines are named, and none of those that are chosen."""
    things = other_named(things, lines, [place for place, line in enumerate(lines) if line.id in chosen])
    named = {line.id for line, _ in read_lines(things, lines).chosen}
    return bool(named) and named.isdisjoint(chosen)
