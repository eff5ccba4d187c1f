"""What the customer wishes to have instead of lines of an order: another variant of each product."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from actions.card_limit import with_balance
from actions.kept_wishes import is_open
from actions.last_wished import with_last_named
from actions.left_lines import AllLeft, taken_back
from actions.like_another import like_others
from actions.line_slots import FURTHER, IT, lines_of, only_line
from actions.open_wishes import named_only, offered_for, open_question
from actions.order_slots import about_its_order
from actions.other_products import without_others
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wish_choice import only_declines, turns_down, without_kept
from actions.wish_limits import spared, with_limits, with_reasons, within_limits
from actions.wish_picks import addressed, parted, picked
from actions.wish_reading import (
    Offered,
    asked_about,
    differs,
    in_talk,
    it_described,
    names_any,
    of_product,
    pointed_first,
    variant_spoken_of,
    wished,
    without_figures,
)
from actions.wish_settling import settle
from actions.wished_before import as_begun, chosen_at_last, message_before, without_twins
from support.grounding.counting import without_counts, without_others_named
from support.grounding.keeping import plainly_otherwise
from support.grounding.known_lines import KnownLines
from support.grounding.limit_reading import leaving_then, read_limits, without_limits
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.remarks import not_the_one, without_remarks
from support.grounding.staying import STAYS, what_goes
from support.grounding.swap_reading import not_swapped, read_swaps
from support.grounding.the_other import other_named
from support.grounding.twins import named_apart
from support.grounding.wish import UTMOST
from support.grounding.words import split
from support.ordering.order_views import OrderedLine

# Of the order with the camera, "a 24MP one" is the camera
_ONE = re.compile(rf"{IT.pattern}|\b(?:an?|the)(?: [\w-]+){{1,4}} one\b", re.IGNORECASE)
# "4K with Ethernet not there? Then the camera stays"
_THEN_STAYS = re.compile(
    r"[?.!]\s*(?:ok(?:ay)?\W+|well\W+)?then\b[^.;!?]*\b(?:stays?|remains?|leave|keep)\b", re.IGNORECASE
)
_STAY = re.compile(rf"\bones? {STAYS}", re.IGNORECASE)  # "the black ones stay as they are"
_SOMETHING = re.compile(r"\b(?:some(?:thing| of it| things)|anything|things|items)\b", re.IGNORECASE)
# "Now the one with the bookshelf: the watch should ..."
_ORDER_FIRST = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?|thank you|great|now|next|then|and|so|in|from|for)\b\W*)*"
    r"(?:the|my) (?:one|order) with [^:.;!?]{2,50}:\s*"
    r"(?=(?:the|my|i(?:['’]d| would)? (?:like|want|love|need)|could|can|please)\b)", re.IGNORECASE,
)


def _without_described(text: str, lines: Sequence[OrderedLine]) -> str:
    """Without what tells which order it is; "the jacket in that order with a half zipper" tells none by that."""
    bare, known = without_described(_ORDER_FIRST.sub(" ", text)), KnownLines(lines)
    left = {word.key for word in split(bare)}
    return bare if any(known.is_named(word.key) for word in split(text) if word.key not in left) else text


@dataclass(frozen=True)
class WishesSlot(Slot):
    """`{line id: {"variant": id or None, "quantity": pieces or None}}` for lines of the order in the slot `order`.

    Where the variant is None, what is wished instead is still to be said; or the line stays as it is, since the wish
    under `"kept"` cannot be had ("otherwise leave it"). `"missed"` was wished first, and cannot be had.
    """

    name: str = "wishes"
    after: tuple[str, ...] = ("order",)
    purpose: str = "exchange"

    def complete(self, value: Any) -> bool:
        return all(one["variant"] or "kept" in one for one in value.values())

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        lines = await lines_of(question, run)
        heard = await self._hear(question, run, text, lines, asked=asked)
        line = chosen_at_last(run, heard.value, lines) if asked and heard.value else None
        earlier = message_before(run, text) if line is not None else ""
        if line is None or not earlier:
            return heard
        left = without_twins(line, run, lines)
        known = {one.id: heard.value[one.id] for one in left if one.id in heard.value}
        wished = await self._hear(question, as_begun(run, self.name, known), earlier, left, asked=False)
        if wished.value is None or (wished.value == known and wished.prompt is None):
            return heard
        return Heard({**heard.value, **wished.value}, prompt=wished.prompt)

    async def _hear(
        self, question: Question, run: Run, text: str, lines: Sequence[OrderedLine], *, asked: bool
    ) -> Heard:
        before = dict(run.values.get(self.name) or {})
        if before and text in run.said[:-1] and text != run.said[-1]:
            return NOTHING  # it has been read, and some of it may have been taken back since
        text = plainly_otherwise(_ORDER_FIRST.sub(" ", await about_its_order(question, run, text)))
        text = leaving_then(without_remarks(await with_balance(question, text)))
        text = with_last_named(text, lines, before)
        text = what_goes(without_others_named(not_the_one(text)), all_else=False)
        text = named_apart(text, lines if before and _STAY.search(text) else in_talk(text, lines, before))
        text = other_named(text, lines, [at for at, line in enumerate(lines) if line.id in before])
        offered = {line.id: await offered_for(question, line) for line in lines}
        said, open_line = text, asked_about(run, lines, before, offered)
        text, like = await like_others(question, run.values["order"], text, lines, offered, open_line)
        known = before | like
        if asked and open_line is not None and (rest := without_kept(text, open_line)) is not None:
            known = {id: one for id, one in known.items() if id != open_line.id}
            if not known and not names_any(rest, lines):
                raise AllLeft
            text, asked, open_line = rest, False, None
            if not names_any(text, lines):
                return Heard(self._limited(question, known, said, lines, offered))
        if asked and open_line is not None and (pick := picked(run, text, open_line, lines, offered[open_line.id])):
            one, text = pick
            known[open_line.id] = known[open_line.id] | {"variant": one.id}
            if not names_any(text, lines):
                return Heard(self._limited(question, known, said, lines, offered))
            asked, open_line = False, None
        current = [open_line] if open_line else []
        if asked and open_line is not None:
            waiting = [line for line in lines if line is not open_line and is_open(known, line)]
            text = addressed(text, open_line, waiting, lines, offered)
        text, others = await without_others(question, run, text, lines, offered, current if asked else [])
        if others:
            known, asked, open_line = known | others, False, None
            if not text.strip(" ,.;!?") or not names_any(text, lines):
                return Heard(known)
        if only_declines(text) and not taken_back(text, lines, known, current=current):
            left = {id: one for id, one in known.items() if open_line is None or id != open_line.id}
            if not asked or len(run.shown) != 1 or len(left) == len(known) or not only_declines(question.text):
                return NOTHING
            if not left:
                raise AllLeft  # "Shall it be that?" "Nope"
            return Heard(left)
        rest = ""
        if asked and open_line is not None:
            text, rest = parted(text, open_line, lines, offered[open_line.id])
        if not rest:
            text, rest = pointed_first(text, lines)
        heard = await self._wishes(question, run, text, lines, offered, known, open_line, asked=asked, settled=like)
        if rest:
            more = await self._wishes(question, run, rest, lines, offered, heard.value or known, None, asked=False)
            heard = Heard(more.value or heard.value, prompt=heard.prompt or more.prompt)
        value = self._limited(question, heard.value or known, said, lines, offered)
        if heard.value is None and value == before:
            return heard
        return Heard(value, prompt=with_reasons(heard.prompt, value, before))

    async def _wishes(
        self, question: Question, run: Run, text: str, lines: Sequence[OrderedLine], offered: Offered,
        known: dict[str, Any], open_line: OrderedLine | None, *, asked: bool, settled: Collection[str] = (),
    ) -> Heard:
        """What the text wishes for lines, added to what is `known`."""
        spare, whole, limits = spared(text, lines), text, read_limits(text)
        text = without_figures(without_counts(without_limits(text, limits), len(lines)))
        bare = it_described(text, _without_described(text, lines), lines)
        if read_lines(bare, lines).chosen or names_any(bare, lines) or (
            bare != text and (_SOMETHING.search(bare) or not _ONE.search(bare))
        ):
            text = bare
        current = [open_line] if open_line else [line for line in lines if line.id in known]
        about = lines if known or run.shown else of_product(question, text, lines)
        swaps = read_swaps(
            text, about, lambda line: offered[line.id], current=current,
            shown=[line for line in lines if line.id in run.shown],
            changed=[line for line in lines if known.get(line.id, {}).get("variant")],
        )
        left = taken_back(text, lines, known, current=current, unwanted=bool(known))
        left = (left | {line.id for line in not_swapped(text, lines)}) - spare
        if not asked:  # "leave the mouse then. Yes, exchange it": it was left already
            left -= {id for id, one in known.items() if "kept" in one}
        if asked and open_line is not None and turns_down(text):
            left.add(open_line.id)
        some = wished(text, lines, offered, left, open_line if asked else None, swaps)
        kept = left - {line.id for line, wish in some if differs(line, wish) or wish.price in UTMOST}
        if asked and open_line is not None and open_line.id in left and _THEN_STAYS.search(text):
            kept |= {open_line.id}
        # "I have a white one and a digital one. The white one shall be like the other"
        alike = {line.product for line in lines if line.id in settled}
        some = [
            (line, wish) for line, wish in some
            if line.id not in kept and line.id not in settled and not (wish.is_empty and line.product in alike)
        ]
        if known and kept >= known.keys() and not some:
            raise AllLeft
        before, known = known, {id: one for id, one in known.items() if id not in kept}
        nothing_else = all(wish.is_empty for _, wish in some)
        if that := variant_spoken_of(question, text, lines, offered, asked and nothing_else):
            known |= that
            some = [one for one in some if one[0].id not in that]
            if nothing_else or not some:
                return Heard(known)
        if all(wish.is_empty and line is not open_line for line, wish in some):
            heard = await named_only(question, run, text, known, kept)
            return Heard(known) if heard is NOTHING and known != before else heard
        prompt = settle(question, run, text, whole, some, known, lines, offered)
        return Heard(known, prompt=prompt)

    async def hear_beside(self, question: Question, run: Run, text: str) -> Heard:
        """Wishes for things, and things named to be changed, too; what is merely told of one of them is no wish."""
        before, heard = run.values[self.name], await self.hear(question, run, text, asked=False)
        value = before if heard.value is None else heard.value
        anew = {id: one for id, one in value.items() if one != before.get(id)}
        wishes = any(one["variant"] or "kept" in one for one in anew.values()) or before.keys() - value.keys()
        return heard if wishes or ((anew or heard.prompt) and FURTHER.search(text)) else NOTHING

    @staticmethod
    def _limited(
        question: Question, known: dict[str, Any], text: str, lines: Sequence[OrderedLine], offered: Offered
    ) -> dict[str, Any]:
        return within_limits(question, with_limits(known, read_limits(text), text, lines, offered), lines, offered)

    async def assume(self, question: Question, run: Run) -> Any:
        line = only_line(question, run, await lines_of(question, run))
        return {line.id: {"variant": None, "quantity": None}} if line is not None else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return await open_question(question, run, run.values.get(self.name) or {}, self.purpose)
