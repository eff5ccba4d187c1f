"""Who moves wants two things: another address in the profile, and the open orders sent there. One brings the other."""

import re

from actions.personal import Question
from actions.tasks import Request, Run
from support.grounding.address_sources import without_sources
from support.grounding.address_wishes import without_destination
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary
from support.people import postal
from support.people.postal import Postal

_TOO = re.compile(
    r"\b(?:and|also|too|as well|both|plus|along with|including|same)\b.{0,60}\b(?:orders?|parcels?|packages?)\b|"
    r"\b(?:orders?|parcels?|packages?)\b.{0,60}\b(?:and|also|too|as well|both|plus|along with|including|same)\b",
    re.IGNORECASE | re.DOTALL,
)
_AND = r"(?:and|also|too|as well|both|plus|along with|including)"
_BOOK = r"(?:default|profile|account|address book|on file|(?:standard|usual|main) address)"
_PROFILE = re.compile(
    rf"\b{_AND}\b.{{0,80}}\b{_BOOK}\b|\b{_BOOK}\b.{{0,80}}\b{_AND}\b|"
    r"\bfor (?:everything|all (?:of )?(?:my )?(?:orders|parcels)) from now on\b|\bfrom now on for everything\b",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r"\b(?:not|don['’]?t|do not|without|except|leave|keep)\b", re.IGNORECASE)


async def sendable(question: Question) -> list[OrderSummary]:
    """The customer's orders that could still go elsewhere."""
    return [one for one in await question.records.orders() if one.status is OrderStatus.PENDING]


async def order_too(question: Question, run: Run) -> Request | None:
    """What was said about sending orders there, too; None if nothing was, or another request says it."""
    # The order that only lends its address goes there
    told = map(without_sources, run.said)
    said = next((text for text in told if _TOO.search(text) and not _NOT.search(text)), None)
    waiting = await sendable(question)
    if said is None or not waiting or question.left:
        return None
    named = [one for one in waiting if one.number.casefold() in said.casefold()] or waiting
    if len(named) > 1 and not re.search(r"\b(?:orders|parcels|packages|all|both)\b", said, re.IGNORECASE):
        which = "my order"
    else:
        which = " and ".join(f"order {one.number}" for one in named)
    return Request("change_order_address", f"send {which} to my default address")


async def profile_too(question: Question, run: Run, address: Postal) -> Request | None:
    """What was said about the address in the profile while an order was sent to this one."""
    told = map(without_destination, [*run.said, question.text])
    said = next((text for text in told if _PROFILE.search(text) and not _NOT.search(text)), None)
    default = next((one for one in await question.records.addresses() if one.is_default), None)
    if said is None or question.left or (default and postal.lines(default)[1:] == postal.lines(address)[1:]):
        return None
    # Whose name is on a parcel is no part of what is told of an address here
    where = ", ".join(postal.lines(address)[1:])
    return Request("change_default_address", f"change my default address to {where}")
