"""Questions that any look-up of orders and purchases answers alike, whichever of them they were taken for."""

from actions import buttons
from actions.orders_compared import told_of_several
from actions.personal import Question
from actions.sums import sum_told
from actions.things_paid import told_utmost_thing


async def answered(question: Question, *, several: bool = True) -> bool:
    """Whether it asked for a sum, for the cheapest thing ever bought, or compares orders; it has been answered then.

    Without `several` orders are not compared.
    """
    if told := await sum_told(question, question.text):
        question.say(told)
        return True
    told = await told_utmost_thing(question) or (await told_of_several(question) if several else "")
    if told:
        question.say(told, buttons.ORDERS)
    return bool(told)
