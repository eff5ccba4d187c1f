"""Lines of an order that were to stay as they are if what was wished instead cannot be had."""

from typing import Any

from actions.line_slots import lines_of
from actions.personal import Question
from actions.tasks import Run
from support.errors import SupportError
from support.ordering.order_views import OrderedLine


class WishesKept(SupportError):
    """Nothing of what was wished can be had, and then all was to stay as it is."""

    code = "wishes_kept"

    def __init__(self) -> None:
        super().__init__("None of that is in stock as you wish it, so nothing is changed.")


class WishesLeft(SupportError):
    """All that was to become something else shall stay as it is after all."""

    code = "wishes_left"

    def __init__(self) -> None:
        super().__init__("All right, then everything stays as it is.")


def wished_for(run: Run) -> dict[str, Any]:
    """The lines that are to become something else, as the slot has them; raises WishesKept if none is."""
    wishes = run.values["wishes"]
    if all("kept" in one for one in wishes.values()):
        raise WishesKept
    return {line: one for line, one in wishes.items() if "kept" not in one}


async def kept_in_words(question: Question, run: Run) -> str:
    """A sentence for each line that stays, since what was wished cannot be had; " " before the first."""
    wishes, lines = run.values["wishes"], await lines_of(question, run)
    return "".join(
        f" The {line.product} stays as it is, for it is not in stock as you wish it ({wishes[line.id]['kept']})."
        for line in lines if "kept" in wishes.get(line.id, {})
    )


def is_open(known: dict[str, Any], line: OrderedLine) -> bool:
    """Whether the line has been named and what is wished instead of it is still to be said."""
    return line.id in known and not known[line.id]["variant"] and "kept" not in known[line.id]
