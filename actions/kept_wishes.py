"""Lines of an order that stay as they are: what was wished cannot be had, costs too much, or is not wished any more."""

from typing import Any

from actions.line_slots import lines_of
from actions.not_in_order import told_missing
from actions.personal import Question
from actions.tasks import Run
from support.errors import SupportError
from support.ordering.order_views import OrderedLine


class WishesKept(SupportError):
    """Nothing of what was wished can be had so, and then all was to stay as it is."""

    code = "wishes_kept"

    def __init__(self, why: str = "") -> None:
        super().__init__(f"{why or 'None of that is in stock as you wish it.'} So nothing is changed.")


def wished_for(run: Run) -> dict[str, Any]:
    """The lines that are to become something else, as the slot has them.

    Raises WishesKept if none is, or if not all are and something else is wanted then.
    """
    wishes = run.values["wishes"]
    kept = ["kept" in one for one in wishes.values()]
    if all(kept) or (run.otherwise is not None and any(kept)):
        raise WishesKept(" ".join(one["why"] for one in wishes.values() if "why" in one))
    return {line: one for line, one in wishes.items() if "kept" not in one}


async def kept_in_words(question: Question, run: Run) -> str:
    """A sentence for each line of which what was wished, or wished first, cannot be had; " " before the first."""
    wishes, told = run.values["wishes"], dict[str, None]()
    for line in await lines_of(question, run):
        match wishes.get(line.id, {}):
            case {"why": why}:
                told[f" {why}"] = None
            case {"kept": wish}:
                told[f" As you wish it ({wish}) the {line.product} can't be had, so nothing is changed there."] = None
            case {"missed": wish}:
                told[f" As you wished it first ({wish}) the {line.product} can't be had."] = None
    return "".join(told)  # of two of a kind once


async def told_first(question: Question, run: Run) -> str:
    """What to say before what becomes of things, with a space after it: what is in no order, what is left; or ""."""
    kept = (await kept_in_words(question, run)).strip()
    return await told_missing(question, run) + (f"{kept} " if kept else "")


def is_open(known: dict[str, Any], line: OrderedLine) -> bool:
    """Whether the line has been named and what is wished instead of it is still to be said."""
    return line.id in known and not known[line.id]["variant"] and "kept" not in known[line.id]
