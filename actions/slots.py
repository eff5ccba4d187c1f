"""What a task must know before it can be done, and how a customer's words are read for it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from actions.buttons import Button
from actions.personal import Question
from support.errors import SupportError

if TYPE_CHECKING:
    from actions.tasks import Run


class NothingToChoose(SupportError):
    """There is nothing that the customer could answer: no order that can be cancelled, no address on record."""

    code = "nothing_to_choose"

    def __init__(self, slot: str) -> None:
        super().__init__("There is nothing of yours that this could be about.")
        self.slot = slot


class NothingCovers(NothingToChoose):
    """What is wished costs more, and no payment method of theirs can pay that; the wish may be made smaller."""

    code = "nothing_covers"

    def __init__(self, slot: str, why: str) -> None:
        super().__init__(slot)
        self.args = (why,)


@dataclass(frozen=True)
class Prompt:
    """A question to the customer. `shown` is what it lists, as JSON, so that "the second one" can be told."""

    text: str
    buttons: Sequence[Button] = ()
    shown: Sequence[Any] = ()


@dataclass(frozen=True)
class Heard:
    """What a text says of a slot: its value, as JSON; or a prompt, where it says something that must be asked about.

    `others` are further values of the same kind ("cancel both orders"): each gets a run of its own afterwards. `anew`
    tells that what was known of it holds no longer.
    """

    value: Any = None
    prompt: Prompt | None = None
    others: Sequence[Any] = ()
    anew: bool = False


NOTHING = Heard()


@dataclass(frozen=True)
class Slot(ABC):
    """A slot of a task. `name` is Rasa's slot; `after` names the slots that it hangs on: with them it is forgotten."""

    name: str = ""
    after: tuple[str, ...] = field(default=(), kw_only=True)
    # A message that answers something else can still correct this one
    correctable: ClassVar[bool] = True

    async def needed(self, question: Question, run: "Run") -> bool:
        """Whether the task has to know it, after all that is known by now."""
        return True

    @abstractmethod
    async def hear(self, question: Question, run: "Run", text: str, *, asked: bool) -> Heard:
        """What `text` says of it; `asked` if it answers the question for this very slot."""

    async def hear_beside(self, question: Question, run: "Run", text: str) -> Heard:
        """What `text` says of it, the slot being known, beside an answer to another question: only what is plain."""
        return NOTHING

    def complete(self, value: Any) -> bool:
        """Whether a value is all that has to be known; what is not is kept, and asked about further."""
        return True

    async def assume(self, question: Question, run: "Run") -> Any:
        """What goes without saying, as JSON: the only order that it can be. None if it has to be asked."""
        return None

    async def assumed(self, question: Question, run: "Run") -> str:
        """A sentence that tells the customer what was assumed, "" if the question that follows tells anyway."""
        return ""

    @abstractmethod
    async def prompt(self, question: Question, run: "Run") -> Prompt:
        """The question for it. Raises NothingToChoose where nothing could be answered."""
