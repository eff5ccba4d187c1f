"""Sending an order that is still waiting to be packed to another address."""

import re

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.address_slots import AddressSlot, address_of
from actions.address_words import on_one_line
from actions.order_address_too import profile_too
from actions.order_slots import check_pending, order_of
from actions.order_to_send import OrderToSend
from actions.personal import Question
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import STATUS
from support.errors import NotFound, SupportError
from support.grounding.address_wishes import cancels, makes_default
from support.ordering import order_changes
from support.people.addresses import NewAddress
from support.people.postal import Postal
from support.refusals import AddressInvalid, LinesAlreadySwapped, OrderNotChangeable


class SameAddress(SupportError):
    """The order goes there already."""

    code = "same_address"


async def _destination(question: Question, address: NewAddress | str) -> Postal:
    """The address itself, where the slot has only its id. Raises NotFound."""
    if isinstance(address, NewAddress):
        return address
    for one in await question.records.addresses():
        if one.id == address:
            return one
    raise NotFound


class ChangeOrderAddress(Task):
    intent = "change_order_address"
    wanted = "send an order to another address"
    deeds = frozenset({"change", "update", "send", "ship", "redirect", "modify"})
    part_of_it = frozenset({
        "change_default_address", "show_order", "show_profile", "show_addresses", "faq/change_details",
    })
    tells_money = False
    # "I don't want any address changed", "nowhere new, the address stays"
    denied_by = re.compile(
        r"\b(?:do not|don['’]?t|didn['’]?t) (?:want|need|ask for)(?: to)? (?:any|the|my|an?) (?:\w+ )?address(?:es)? "
        r"(?:to be )?chang\w+|\bno address (?:is |was )?(?:to be )?chang\w+|\bnowhere (?:new|else)\b|"
        r"\baddress(?:es)? (?:can |should |shall |must )?(?:stays?|remains?)\b", re.IGNORECASE,
    )
    slots = (
        OrderToSend(),
        AddressSlot(asked_as="Where shall the order go?", own_order="order"),
    )

    async def meant(self, question: Question, text: str) -> str:
        if makes_default(text):
            return "change_default_address"
        return "cancel_order" if cancels(text) else self.intent

    async def check(self, question: Question, run: Run) -> None:
        await check_pending(question, run, OrderNotChangeable)

    async def plan(self, question: Question, run: Run) -> Plan:
        order = await order_of(question, run)
        address = address_of(question, run.values["address"])
        plan = await order_changes.plan_address_change(
            question.session, question.speaker, order.id, address=address, business=question.business, at=question.at
        )
        if plan.old == plan.new:
            place = on_one_line(await _destination(question, address))
            raise SameAddress(f"Your order {order.number} goes to {place} already, so there is nothing to change.")
        old = (await question.records.sent_to()).get(order.number)
        before = f", instead of {on_one_line(old)}" if old else ""
        return Plan(
            f"I would send your order {order.number} with {question.wording.all_contents(order)} to "
            f"{on_one_line(await _destination(question, address))}{before}.",
            "Shall I change the address?", agreed=plan.new, yes="Yes, change it", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order = await order_of(question, run)
        address = address_of(question, run.values["address"])
        done = await order_changes.change_address(
            session, question.speaker, order.id, address=address, key=key, business=question.business, at=question.at
        )
        return Outcome(
            f"Done: your order {order.number} goes to {on_one_line(await _destination(question, address))} now. "
            f"Your reference is {done.reference}.", [buttons.ORDERS], order=order.number,
            then=await profile_too(question, run, await _destination(question, address)),
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose(slot="order"):
                return Refusal(
                    "None of your orders can be sent elsewhere any more: only those that are still waiting to be "
                    "packed can. A person can look whether a parcel can still be redirected.",
                    [buttons.ORDERS, buttons.PERSON],
                )
            case OrderNotChangeable():
                order = await order_of(question, run)
                return Refusal(
                    f"The address of your order {order.number} can't be changed any more: it is "
                    f"{STATUS[order.status]}. Only an order that is still waiting to be packed can go elsewhere.",
                    [buttons.track(order.number), buttons.PERSON],
                )
            case LinesAlreadySwapped():
                order = await order_of(question, run)
                return Refusal(
                    f"What is in your order {order.number} has been changed once already; where it goes only a person "
                    "can change now.", person=True,
                )
            case SameAddress():
                return Refusal(str(error), [buttons.said("Change the address of my order"), buttons.ORDERS])
            case AddressInvalid():
                # What was said led here; said again, it would lead here again
                run.said.clear()
                return Refusal("A parcel would not find its way to that address.", forget=["address"])
        return None
