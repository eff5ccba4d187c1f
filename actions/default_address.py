"""The address in the profile: another default, or a further address in the book. Orders keep theirs."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.address_slots import address_of
from actions.address_words import on_one_line
from actions.asides import DEFAULT_STAYS, KEEPS_DEFAULT, keeps_default
from actions.clauses import clauses_of
from actions.default_address_slots import (
    DEFAULT,
    AddressUseSlot,
    ProfileAddressSlot,
    keeps_old,
    label_in,
    speaks_of_profile,
)
from actions.order_address_too import order_too, sendable
from actions.personal import Question
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import NotFound, SupportError
from support.grounding.address_sources import without_sources
from support.grounding.address_spelling import spelt
from support.grounding.address_wishes import sent_to_default
from support.grounding.numbered_orders import numbered
from support.people import address_book
from support.people.address_book import SavedAddress
from support.people.addresses import NewAddress
from support.refusals import AddressInvalid


class InTheBook(SupportError):
    """It is what it was to become already."""

    code = "in_the_book"


class ChangeDefaultAddress(Task):
    intent = "change_default_address"
    wanted = "change the address in your profile"
    deeds = frozenset({"change", "update", "save", "add", "set", "make", "modify"})
    part_of_it = frozenset({"show_addresses", "faq/change_details"})
    denied_by = KEEPS_DEFAULT
    slots = (ProfileAddressSlot(asked_as="What is the new address?"), AddressUseSlot(after=("address",)))

    async def meant(self, question: Question, text: str) -> str:
        text = spelt(without_sources(text))
        named = numbered(text, await question.records.orders())
        order = named is not None and named.chosen and not speaks_of_profile(text)
        return "change_order_address" if order or sent_to_default(text) else self.intent

    def moot(self, text: str, *, others: bool) -> str | None:
        return DEFAULT_STAYS if keeps_default(text) else None

    async def plan(self, question: Question, run: Run) -> Plan:
        address, kept = await self._wanted(question, run), await question.records.addresses()
        old = next((one for one in kept if one.is_default), None)
        if isinstance(address, str):
            return self._picked(kept, address, old, makes_default=run.values["address_use"] == DEFAULT)
        where = on_one_line(address)
        if run.values["address_use"] != DEFAULT:
            named = f" as “{address.label}”" if address.label else ""
            stays = f" Your default address stays {on_one_line(old)}." if old else " It would be your default address."
            return Plan(
                f"I would save {where} in your address book{named}.{stays}", "Shall I save it?", yes="Yes, save it",
                no="No, leave it",
            )
        before = ""
        if old:
            beside = old.label.casefold() != address.label.casefold()
            before = f", instead of {on_one_line(old)}" + (", which stays in your address book" if beside else "")
        return Plan(
            f"I would make {where} your default "
            f"address{before}.{await _of_orders(question, run)}", "Shall I change it?",
            yes="Yes, change it", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        address = await self._wanted(question, run)
        if isinstance(address, NewAddress) and run.values["address_use"] != DEFAULT:
            done = await address_book.add_address(session, question.speaker, address, key=key, at=question.at)
            return Outcome(
                f"Done: {on_one_line(address)} is in your address book. Your reference is "
                f"{done.reference}.", [buttons.HELP]
            )
        done = await address_book.change_default_address(session, question.speaker, address, key=key, at=question.at)
        where = on_one_line(address if isinstance(address, NewAddress) else await _saved(question, address))
        return Outcome(
            f"Done: your default address is {where} now. Your reference is {done.reference}.", [buttons.HELP],
            then=await order_too(question, run),
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case InTheBook():
                return Refusal(str(error), [buttons.said("Show my addresses"), buttons.HELP])
            case AddressInvalid():
                # What was said led here; said again, it would lead here again
                run.said.clear()
                return Refusal("A parcel would not find its way to that address.", forget=["address"])
        return None

    @staticmethod
    def _picked(
        kept: tuple[SavedAddress, ...], address_id: str, old: SavedAddress | None, *, makes_default: bool
    ) -> Plan:
        found = next((one for one in kept if one.id == address_id), None)
        if found is None:
            raise NotFound
        if found.is_default:
            raise InTheBook(f"{on_one_line(found)} is your default address already.")
        if not makes_default:
            raise InTheBook(f"{on_one_line(found)} is in your address book already.")
        before = f", instead of {on_one_line(old)}; both stay in your address book" if old else ""
        return Plan(
            f"I would make {on_one_line(found)} your default "
            f"address{before}.", "Shall I change it?", yes="Yes, change it",
            no="No, leave it",
        )

    @staticmethod
    async def _wanted(question: Question, run: Run) -> NewAddress | str:
        """The id of one in the book, or a new one; what corrects the default takes over its name.

        Raises AddressInvalid.
        """
        address = address_of(question, run.values["address"])
        if isinstance(address, str):
            return address
        kept = await question.records.addresses()
        label = next((named for said in reversed(run.said) if (named := label_in(said))), "")
        if not label and run.values["address_use"] == DEFAULT:
            old = next((one.label for one in kept if one.is_default), "")
            # Under the same name it would take the place of the old one
            label = address.town if any(map(keeps_old, run.said)) else old
        return replace(address, label=label)


async def _saved(question: Question, address_id: str) -> SavedAddress:
    return next(one for one in await question.records.addresses() if one.id == address_id)


async def _of_orders(question: Question, run: Run) -> str:
    """What becomes of orders that could go elsewhere, if there are any."""
    if await order_too(question, run):
        return " I'll see to where your order goes right after that."
    if any(one.intent == "change_order_address" for one in clauses_of(question.tracker)):
        return " I'll see to your orders right after that."
    if question.left:
        return ""  # it may be about them
    waiting = await sendable(question)
    numbers = question.wording.listed(one.number for one in waiting)
    if len(waiting) == 1:
        return f" Your order {numbers} would still go where it goes now."
    return f" Your orders {numbers} would still go where they go now." if waiting else ""
