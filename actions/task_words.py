"""What is said around every task, whatever it is about."""

from collections.abc import Sequence

from actions import buttons
from actions.buttons import Button
from actions.slots import Prompt
from actions.tasks import Task
from actions.wording import Wording

_SORRY = ("", "Sorry, I didn't get that. ", "I still can't tell, sorry. ")
_YES_OR_NO = "I need a clear yes or no here. "


def asked_again(prompt: Prompt, tries: int, *, yes_or_no: bool) -> Prompt:
    """The question once more; after a failed try with an apology and the way to a person."""
    if tries == 0:
        return prompt
    before = _YES_OR_NO if yes_or_no else _SORRY[min(tries, len(_SORRY) - 1)]
    offers = [*prompt.buttons, buttons.PERSON] if buttons.PERSON not in prompt.buttons else prompt.buttons
    return Prompt(before + prompt.text, offers, prompt.shown)


def what_else() -> Prompt:
    return Prompt(
        "All right, nothing has been changed so far. What should be different? Or shall I leave it?",
        [buttons.said("Leave it"), buttons.PERSON],
    )


def then_come(numbers: Sequence[str], words: Wording) -> str:
    """` Order #2 comes next.`, said of what waits behind a plan; "" for nothing."""
    if not numbers:
        return ""
    return f" Order{'s' if numbers[1:] else ''} {words.listed(numbers)} {'come' if numbers[1:] else 'comes'} next."


def stays_as_it_is(numbers: Sequence[str], words: Wording) -> str:
    if len(numbers) == 1:
        return f"All right, order {numbers[0]} stays as it is."
    return f"All right, orders {words.listed(numbers)} stay as they are."


def shall_a_person(refused: str, offers: Sequence[Button]) -> Prompt:
    return Prompt(
        f"{refused} Shall I bring in a person who can look at it?",
        [buttons.said("Yes, a person please"), *offers, buttons.said("No, thanks")],
    )


def left_at_that() -> str:
    return "All right. Is there anything else I can do for you?"


def so_far(task: Task) -> str:
    return f"And now to what you wanted, to {task.wanted}."


def dropped() -> str:
    return "All right, I leave that as it is. Nothing about it has been changed."


def first_the_other() -> str:
    return "First the other thing you want for this order, since afterwards only a person could do that."


def back_to(task: Task) -> str:
    return f"Now back to where we were: you wanted to {task.wanted}."
