"""Orders that stay as they are after all: the one that a plan is for, or another that the same is to be done with."""

import re
from collections.abc import Sequence

from actions import registry
from actions.clauses import Clause
from actions.personal import Question
from actions.tasks import Run

# "The watch is a present. That order stays too, just cancel the rest"
_THIS = r"(?:[^.,;!?]{1,40} )?(?:order|one|parcel|purchase)\b"
_STAYS = re.compile(
    rf"\b(?:that|the|my|this) {_THIS}[^.,;!?]{{0,40}}?\b(?:stays?|remains?|is to stay)\b[^.,;!?]*|"
    rf"\b(?:keep|leave|not|don['’]?t (?:cancel|touch|do|return|send)) (?P<kept>(?:the|that|my) {_THIS}[^.,;!?]*)",
    re.IGNORECASE,
)
# "That's the laptop one, that one stays! The other three should go"
_KEEPS_IT = re.compile(
    r"(?<!n['’]t )(?<!not )\bkeep (?:that|the|my|this) (?:whole )?(?:order|one)\b|"
    r"\b(?:that|this)(?: (?:order|one))? (?:stays|remains|is staying|is to stay)\b|"
    r"\b(?P<which>(?:the|my) (?:[^.,;!?]{1,40} )?(?:order|one|purchase)) (?:stays|remains|is staying|is to stay)\b",
    re.IGNORECASE,
)


async def keeps_its_order(question: Question, run: Run, text: str) -> bool:
    """Whether `text` says that the order of the run is to stay."""
    found = _KEEPS_IT.search(text)
    if found is None or not found["which"]:
        return found is not None
    read = question.orders_in(found["which"], await question.records.orders())
    named = read.chosen or read.candidates
    return not named or any(one.number == run.values.get("order") for one in named)


def twins_of(run: Run, suspended: Sequence[Run]) -> list[Run]:
    """The runs that are to do the same with other orders."""
    return [one for one in suspended if one.twin and one.task == run.task and "order" in one.values]


def with_twins(twins: Sequence[Run], suspended: Sequence[Run]) -> list[Run]:
    """What waits, behind the `twins`; what waited for the same order to be dealt with so does not wait twice."""
    again = {(one.task, one.values.get("order")) for one in twins}
    return [*twins, *(one for one in suspended if not (one.twin and (one.task, one.values.get("order")) in again))]


async def left_out(
    question: Question, run: Run, suspended: Sequence[Run], text: str, clauses: Sequence[Clause]
) -> list[Run]:
    """Those of the runs for other orders whose order `text` leaves as it is; none if it says more than that."""
    twins, found = twins_of(run, suspended), _STAYS.search(text)
    wanted = {one.intent for one in clauses if one.sure and one.asks and one.intent in registry.tasks()}
    if not twins or found is None or wanted - {run.task}:
        return []
    numbers = {run.values.get("order"), *(one.values["order"] for one in twins)}
    orders = [one for one in await question.records.orders() if one.number in numbers]
    # "Keep" and "not" would make an exception of what they keep
    read = question.orders_in(found["kept"] or text[:found.end()], orders)
    kept = {one.number for one in read.chosen}
    return [] if run.values.get("order") in kept else [one for one in twins if one.values["order"] in kept]
