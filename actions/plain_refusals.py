"""Refusals that a task has no words of its own for."""

from actions import buttons
from actions.only_if import NotAsSupposed
from actions.slots import NothingCovers
from actions.tasks import Refusal
from support.errors import SupportError
from support.refusals import (
    AlreadyReturned,
    GoodwillExhausted,
    LinesAlreadySwapped,
    NeedsPerson,
    PaidInParts,
    ReturnWindowClosed,
)

_BEYOND_LIMITS = (
    AlreadyReturned, GoodwillExhausted, LinesAlreadySwapped, NeedsPerson, PaidInParts, ReturnWindowClosed,
)


def plainly(error: SupportError) -> Refusal:
    """The refusal in its own sentence; what is beyond the bot's limits a person may still decide."""
    if isinstance(error, NothingCovers):
        return Refusal(str(error), [buttons.PERSON], stays=True)
    if isinstance(error, NotAsSupposed):
        return Refusal(f"{error} So I leave it all as it is.", [buttons.ORDERS])
    if isinstance(error, _BEYOND_LIMITS):
        return Refusal(str(error), person=True)
    return Refusal(str(error), [buttons.HELP, buttons.PERSON])
