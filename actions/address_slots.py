"""An address as a customer gives it: one of their book, that of an order, or a new one, told part by part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.address_before import told_before
from actions.address_lenders import lent
from actions.address_words import part_of, which_of
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from support.grounding import place_names, postcodes, street_parts
from support.grounding.address_reading import REQUIRED, AddressReading, read_address
from support.grounding.part_corrections import corrected_parts, without_complaint
from support.grounding.part_reading import postcode_first, read_part
from support.grounding.positions import positions
from support.grounding.staying import without_order_staying
from support.grounding.words import split
from support.people.address_book import SavedAddress
from support.people.addresses import NewAddress

PARTS = ("recipient", "line_1", "line_2", "town", "region", "postcode", "country")
_WITH_STATES = frozenset({"US", "CA"})
LISTED = 5
# Where the words for an address begin that something shall go to
_TOWARDS = re.compile(
    r"\b(?:to|into|use|using|with|at|as|be|is|same|there|where)\s+(?!(?:change|update|modify|edit|correct|alter|switch|"
    r"have|get|make|do|see|know|fix|ask|redirect|send|ship|deliver)\b)", re.IGNORECASE,
)
# "Not to the office", "an order that is going to Austin"
_NOT_THERE = re.compile(
    r"(?:\bnot|n['’]?t|\brather than|\binstead of|"
    r"\b(?:that|which)(?:(?:['’]?s| is| was)?(?: currently| now| still)? (?:goes|going|sent|shipped|"
    r"headed|addressed))?|\b(?:keeps?|still)(?: on)? (?:going|goes|being sent|sent))\s*$", re.IGNORECASE,
)
_HOMEWARDS = re.compile(
    r"\b(?:send|sent|ship\w*|deliver\w*|go|goes|come|comes|bring|brought|redirect\w*)\b(?=[^.!?]{0,60}\bhome\b)",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    r"\b(?i:recipient|addressee|name on it|addressed to|care of|put the name)"
    r"(?:(?i:['’]s| is| should be| will be| of)|:)?\s+((?:[A-ZÀ-Þ][\w'’.-]+)(?: [A-ZÀ-Þ][\w'’.-]+){0,3})"
)


@dataclass(frozen=True)
class AddressSlot(Slot):
    """`{"id": id of the book}`, or the parts of a new one by their names, as many as are known so far.

    `asked_as` asks for all of it. `own_order` is the slot of the order whose address is to change, if any: its own
    address is none that it could be changed to.
    """

    name: str = "address"
    asked_as: str = "What is the new address?"
    own_order: str | None = None

    def complete(self, value: Any) -> bool:
        return "id" in value or _missing(value) is None

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        value = dict(run.values.get(self.name) or {})
        kept, of_orders = await self._known(question, run)
        begun = bool(value) and "id" not in value
        text = without_order_staying(without_complaint(text))
        if asked and begun and _missing(value) == "postcode" and (code := postcode_first(text, value.get("country"))):
            return Heard(code | value)
        if begun and (put_right := corrected_parts(value, text)):
            return Heard(put_right)
        if asked and not begun and (one := _pointed_at(run, text, kept)):
            return Heard(await self._value(question, one))
        reading = read_address(text, known=kept, of_orders=of_orders)
        if not begun and not _is_whole(reading.parts) and (
            one := await self._lent(question, run, text, asked=asked)
        ):
            return Heard(await self._value(question, one))
        if not begun and (before := told_before(question, text, kept, asked=asked)):
            if isinstance(before, dict):
                return Heard(await self._with_country(question, before))
            return Heard(await self._value(question, before))
        if begun and (somebody := _RECIPIENT.search(text)) and not _is_whole(reading.parts):
            return Heard(value | {"recipient": somebody[1]})
        if not asked and (not reading.parts or not (begun or "line_1" in reading.parts)):
            # "The default one is wrong" names no address to go to; "Mei Ito, 80215" tells who speaks
            named = _towards(text, kept, of_orders)
            if named is None:
                return NOTHING
            reading = named
        if reading.known:
            return Heard(await self._value(question, reading.known))
        if reading.candidates:
            return Heard(prompt=which_of("Which of these addresses do you mean?", reading.candidates[:LISTED]))
        parts = reading.parts
        if begun and asked and not _is_whole(parts):
            return _further(value, parts, text)
        if not parts or not (begun or asked or "line_1" in parts):
            return NOTHING
        if begun and not _is_whole(parts):
            return Heard(value | parts)
        return Heard(await self._with_country(question, parts))

    async def prompt(self, question: Question, run: Run) -> Prompt:
        value = run.values.get(self.name) or {}
        if value and (missing := _missing(value)):
            return part_of(missing, value)
        own = (await question.records.sent_to()).get(str(run.values.get(self.own_order or "")))
        some = [one for one in await question.records.addresses() if own is None or not _same(one, own)]
        asked = f"{self.asked_as} You can also pick one of yours." if some else self.asked_as
        return which_of(asked, some[:LISTED])

    async def _known(
        self, question: Question, run: Run
    ) -> tuple[list[SavedAddress], dict[str, SavedAddress]]:
        """Every address that can be named, those of the book first; and those of orders by their numbers."""
        kept = list(await question.records.addresses())
        if self.own_order and self.own_order not in run.values:
            return kept, {}
        own = run.values.get(self.own_order) if self.own_order else None
        of_orders = {
            number: next((saved for saved in kept if _same(saved, one)), one)
            for number, one in (await question.records.sent_to()).items() if number != own
        }
        for one in of_orders.values():
            if not any(_same(one, other) for other in kept):
                kept.append(one)
        return kept, of_orders

    async def _lent(self, question: Question, run: Run, text: str, *, asked: bool) -> SavedAddress | None:
        """Where an order goes that `text` tells only for that, as the book has it if it does."""
        own = run.values.get(self.own_order) if self.own_order else None
        found = await lent(question, text, await question.records.sent_to(), own=own, asked=asked)
        kept = await question.records.addresses()
        return next((saved for saved in kept if found and _same(saved, found)), found)

    @staticmethod
    async def _value(question: Question, one: SavedAddress) -> dict[str, str]:
        """The address as the slot keeps it: one that only orders have is not in the book."""
        if any(saved.id == one.id for saved in await question.records.addresses()):
            return {"id": one.id}
        return {name: part for name in PARTS if (part := getattr(one, name))}

    async def _with_country(self, question: Question, parts: dict[str, str]) -> dict[str, str]:
        """With the country, if all that the customer has had so far lies in one that the postcode fits."""
        lived = {one.country for one in await question.records.addresses()} or {
            one.country for one in (await question.records.sent_to()).values()
        }
        if "country" in parts or len(lived) != 1 or "postcode" not in parts:
            return parts
        [code] = lived
        return parts | {"country": code} if postcodes.fits(parts["postcode"], code) else parts


def address_of(question: Question, value: Mapping[str, str], *, label: str = "") -> NewAddress | str:
    """What the slot's value stands for: an id of the book, or a new address, to the customer if to nobody else.

    Raises AddressInvalid.
    """
    if "id" in value:
        return value["id"]
    return NewAddress(**{"recipient": question.customer.name, **value}, label=label)


def _missing(value: Mapping[str, str]) -> str | None:
    """The part to ask for next, None if a parcel finds its way."""
    needed = [*REQUIRED[:2], "region", *REQUIRED[2:]] if value.get("country") in _WITH_STATES else REQUIRED
    return next((name for name in needed if name not in value), None)


def _is_whole(parts: Mapping[str, str]) -> bool:
    """Whether it is an address of its own, and no addition to another."""
    return "line_1" in parts and ("postcode" in parts or "town" in parts)


def _further(value: dict[str, str], parts: dict[str, str], text: str) -> Heard:
    """The answer to the question for the part that is missing, or a correction of another part."""
    missing = _missing(value) or ""
    if missing == "town" and "line_2" not in value and (unit := street_parts.UNIT_FIRST.match(text)):
        value, text = value | {"line_2": unit["unit"].strip()}, text[unit.end():]
        parts = {name: part for name, part in parts.items() if name != "line_2"}
    answer = read_part(missing, text, country=value.get("country")) if missing and missing not in parts else None
    if answer is None and not parts:
        return _volunteered(value, text.strip(" .!"))
    if answer and missing == "town" and value.get("country", "US") in _WITH_STATES:
        town, region = place_names.cut_region(answer, value.get("country", "US"))
        if region:
            return Heard(value | parts | {"town": town, "region": region})  # "Columbus, Ohio"
    # A bare "Springfield Road" may be read as a street where a town was asked for
    if answer and not set(parts) - {"line_1", missing}:
        return Heard(value | {missing: answer})
    return Heard(value | parts) if parts else NOTHING


def _volunteered(value: dict[str, str], said: str) -> Heard:
    """A state or country that comes before it was asked for."""
    first, _, last = (part.strip() for part in said.partition(","))
    if (state := place_names.region_of(first, "US")) and (code := place_names.country_code(last)):
        return Heard(value | {"region": state, "country": code})  # "CO, USA"
    region = place_names.region_of(said, value.get("country"))
    if region and "region" not in value:
        country = {"country": "US"} if region in place_names.STATES.values() and "country" not in value else {}
        return Heard(value | {"region": region} | country)
    country_code = place_names.country_code(said)
    return Heard(value | {"country": country_code}) if country_code and "country" not in value else NOTHING


def _towards(
    text: str, kept: Sequence[SavedAddress], of_orders: Mapping[str, SavedAddress]
) -> AddressReading[SavedAddress] | None:
    """What the words behind a "to" or "use" name, the last such words first."""
    for found in (*reversed(list(_TOWARDS.finditer(text))), *_HOMEWARDS.finditer(text)):
        if _NOT_THERE.search(text[: found.start()]):
            continue
        reading = read_address(text[found.start():], known=kept, of_orders=of_orders)
        if reading.known or reading.candidates:
            return reading
    return None


def _pointed_at(run: Run, text: str, kept: Sequence[SavedAddress]) -> SavedAddress | None:
    """The one whose place in the list that was shown is said."""
    shown = [one for id in run.shown for one in kept if one.id == id]
    places = positions([word.key for word in split(text)], len(shown)) if shown and len(text.split()) < 7 else ()
    return shown[places[0]] if len(places) == 1 else None


def _same(one: SavedAddress, other: SavedAddress) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in PARTS)
