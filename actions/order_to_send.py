"""The order that shall go to another address, told from those that only lend theirs."""

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.address_lenders import lenders
from actions.order_slots import OrderSlot
from actions.personal import Question
from actions.slots import NOTHING, Heard
from actions.tasks import Run
from support.errors import SupportError
from support.grounding.address_sources import without_sources
from support.models.orders import OrderStatus

# "The luggage one stays where it is, the two others should go home"
_STAYS = re.compile(
    r"(?P<what>[^.;!?,]*?)\b(?:(?:should|must|can|may|shall|will|has to|needs? to) )?(?:still )?"
    r"(?:stays?|remains?)\b[^.;!?,]*|\bonly (?P<only>[^.;!?,]*?) (?:should|must|shall|is to|has to) go there\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:two|three|both) )?(?:others?|other (?:ones?|orders?|two|three))\b|\bthe rest\b", re.IGNORECASE
)


@dataclass(frozen=True)
class OrderToSend(OrderSlot):
    """An order that still waits to be packed; "all my other orders" are all but the one that goes there already."""

    fitting: frozenset[OrderStatus] = frozenset({OrderStatus.PENDING})
    purpose: str = "send somewhere else"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        staying = await self._staying(question, run, text)
        if staying:
            text = _STAYS.sub(" ", text)
            some = await self._fit(question, await question.records.orders())
            if _OTHERS.search(text) and (left := [one.number for one in some if one.number not in staying]):
                return Heard(left[0], others=left[1:])
        heard = await super().hear(question, run, without_sources(text), asked=asked)
        lending = await _lending(question, text)
        if heard.value is None or not lending.intersection([heard.value, *heard.others]):
            return heard
        left = [number for number in (heard.value, *heard.others) if number not in lending]
        return replace(heard, value=left[0], others=left[1:]) if left else NOTHING

    async def _staying(self, question: Question, run: Run, text: str) -> set[str]:
        """The numbers of the orders of which it is said that they go where they are to go already."""
        staying: set[str] = set()
        for found in _STAYS.finditer(text):
            try:
                heard = await super().hear(question, run, found["what"] or found["only"] or "", asked=False)
            except SupportError:
                continue
            if heard.value is not None:
                staying |= {heard.value, *heard.others}
        return staying

    async def assume(self, question: Question, run: Run) -> Any:
        """The only one that can go elsewhere, beside those that lend their address."""
        lending = {number for said in run.said for number in await _lending(question, said)}
        if not lending:
            return await super().assume(question, run)
        some = [one for one in await self._fit(question, await question.records.orders()) if one.number not in lending]
        return some[0].number if len(some) == 1 else None


async def _lending(question: Question, text: str) -> set[str]:
    """The numbers of the orders that surely lend their address."""
    return {some[0].number for some in await lenders(question, text) if len(some) == 1}
