"""How far the order is that a wish is for: what was delivered is exchanged, what waits to be packed is changed."""

from actions.order_context import not_cancelled, with_product
from actions.order_slots import OrderSlot, order_of
from actions.personal import Question
from actions.tasks import Run
from support.grounding.pointing import points_back
from support.models.orders import OrderStatus


async def status_named(question: Question, text: str) -> OrderStatus | None:
    """The status of the order that `text` speaks of, as far as it names any; of several, the one that all have.

    Cancelled ones do not count beside others. Where it names none and only points back, those are meant that hold what
    was spoken of last.
    """
    slot, run, known = OrderSlot(), Run(""), await question.records.orders()
    heard = await slot.hear(question, run, text, asked=False)
    if heard.value is not None:
        run.values["order"] = heard.value
        some = [await order_of(question, run), *(one for one in known if one.number in heard.others)]
    else:
        some = list((await slot.read(question, run, text, known)).candidates)
    if not some and heard.prompt is None and points_back(text):
        some = await with_product(question, not_cancelled(known))
    found = {one.status for one in not_cancelled(some)}
    return found.pop() if len(found) == 1 else None
