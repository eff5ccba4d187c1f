"""A task: a change that the bot makes for a customer. A topic says what it must know, what it would do, and does it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

from sqlalchemy.ext.asyncio import AsyncSession

from actions.buttons import Button
from actions.personal import Question
from actions.slots import Slot
from support.errors import SupportError
from support.models.conversations import Level

AGREED = "agreed"  # what is asked for where a yes is
MOST_SAID = 6  # messages of the customer that are read again when a slot comes into play


@dataclass
class Run:
    """A task under way, as the slots keep it between turns.

    `values` are the slots' values by name; `said` is what the customer said about it, oldest first; `asked` is the slot
    that was asked for, or AGREED; `agreed` is what the plan came to when the customer was asked (Plan.agreed); `shown`
    what the last question listed; `tries` counts the answers in a row that did not answer. `wish` is the end of the
    first message, from where it asks for something on: what stands before may tell of other things too. `otherwise` is
    what is wished if this cannot be had, `{"deed", "text"}` (support/grounding/fallbacks.py); `only_if` the words of
    what it hangs on (actions/only_if.py); `rival` what is wanted as well and cannot be done besides
    (actions/one_of_both.py).
    """

    task: str
    said: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    shown: list[Any] = field(default_factory=list)
    agreed: Any = None
    tries: int = 0
    # One of several of the same kind, asked for together: what is said of one holds for the next
    twin: bool = False
    wish: str = ""
    otherwise: dict[str, str] | None = None
    only_if: str = ""
    rival: dict[str, Any] | None = None

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)

    def as_json(self, *, whole: bool = False) -> dict[str, Any]:
        """As a slot keeps it; the values have slots of their own unless it is to be `whole`."""
        kept = asdict(self)
        return kept if whole else {name: value for name, value in kept.items() if name not in ("values", "asked")}

    def hear(self, text: str) -> None:
        if text.strip():
            self.said = [*self.said, text][-MOST_SAID:]

    def knows(self, slot: Slot) -> bool:
        """Whether the slot has all of its value."""
        return slot.name in self.values and slot.complete(self.values[slot.name])

    def forget(self, names: Sequence[str], slots: Sequence[Slot]) -> None:
        """Drop the values of `names` and of all that hangs on them."""
        dropped = set(names)
        for slot in slots:
            if dropped & set(slot.after):
                dropped.add(slot.name)
        for name in dropped:
            self.values.pop(name, None)


@dataclass(frozen=True)
class Plan:
    """What will happen, in words with every amount, and the question whether it shall.

    `agreed` is JSON that must still be the same when it is carried out, such as the amount. Without a `question` the
    task is done at once: only for what changes nothing that could be regretted.
    """

    text: str
    question: str | None = "Shall I go ahead?"
    agreed: Any = None
    yes: str = "Yes, go ahead"
    no: str = "No, leave it"


@dataclass(frozen=True)
class Request:
    """Something that the customer asked for along with a task, put as a message of its own."""

    intent: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """What was done, in words with its reference; `order` is the number of the order it was about.

    `then` is what comes next, unless a request for the same waits already.
    """

    text: str
    buttons: Sequence[Button] = ()
    order: str | None = None
    then: Request | None = None


@dataclass(frozen=True)
class Refusal:
    """Why it cannot be done and what can be done instead.

    `forget` names slots to be asked for again: the task goes on. `handoff` fetches a person, for that reason; with
    `person` the customer is asked whether one shall look at it. `stays` asks what is to be different. `turns` is the
    intent of the task that does the same for such an order: it takes over, and nothing is said of the refusal.
    """

    text: str
    buttons: Sequence[Button] = ()
    forget: Sequence[str] = ()
    handoff: str | None = None
    person: bool = False
    stays: bool = False
    turns: str | None = None


class Task(ABC):
    """One task for all its runs; it keeps nothing itself.

    `intent` begins it. `wanted` completes "to …": "cancel an order". `deeds` are the verbs that agree to it ("cancel
    it" is a yes there, and elsewhere it drops everything). `part_of_it` are intents (`faq/…` too) that in its course
    only tell more about it; one of `dropped_by` drops it, as does what `denied_by` finds in a message. `yields_to` are
    intents of tasks that could not be done afterwards: one that waits comes first. With `closes_order` nothing is left
    to be done with its order; with `tells_money` its plan says what it comes to.
    """

    intent: ClassVar[str]
    wanted: ClassVar[str]
    deeds: ClassVar[frozenset[str]] = frozenset()
    part_of_it: ClassVar[frozenset[str]] = frozenset()
    dropped_by: ClassVar[frozenset[str]] = frozenset()
    denied_by: ClassVar[re.Pattern[str] | None] = None
    yields_to: ClassVar[frozenset[str]] = frozenset()
    closes_order: ClassVar[bool] = False
    tells_money: ClassVar[bool] = True
    needs: ClassVar[Level] = Level.SIGNED_IN
    slots: ClassVar[tuple[Slot, ...]] = ()

    async def meant(self, question: Question, text: str) -> str:
        """The intent of the task that the text really asks for, where people call one by the other's name."""
        return self.intent

    def moot(self, text: str, *, others: bool) -> str | None:
        """What to say where `text` wants nothing of it after all, "" for nothing; None if it does.

        `others` tells that the message wants another task as well.
        """
        return None

    async def check(self, question: Question, run: Run) -> None:  # noqa: B027 - most know nothing so early
        """Raises SupportError if what is known so far rules it out, so that nothing more is asked in vain."""

    @abstractmethod
    async def plan(self, question: Question, run: Run) -> Plan:
        """What it would do. Raises SupportError where it may not be."""

    @abstractmethod
    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        """Do it in the writing `session`. Raises SupportError, and has changed nothing then."""

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        """What to say to a refusal that has more to it than its own sentence; None for that sentence."""
        return None
