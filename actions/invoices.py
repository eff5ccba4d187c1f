"""The invoices of a customer's orders, or receipts where the shop gives those."""

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import PersonalAction, Question
from actions.wording import numbered
from support.errors import NotFound
from support.invoicing import invoice_pdf, invoices
from support.invoicing.invoices import InvoiceSummary

SHOWN = 5


class ShowInvoices(PersonalAction):
    intent = "show_invoices"
    wanted = "your invoices"

    def name(self) -> str:
        return "action_show_invoices"

    async def answer(self, question: Question) -> list[EventType]:
        title = invoice_pdf.title(question.business).lower()
        found = await invoices.invoices(question.session, question.speaker)
        try:
            named = {one.id for one in await named_orders(question)}
        except NotFound:
            named = set()
        if theirs := [one for one in found if one.order_id in named]:
            found = tuple(theirs)
        if not found:
            none = f"There is no {title} for you yet: an order has one as soon as it is paid."
            question.say(none, buttons.ORDERS, buttons.HELP)
            return []
        shown, words = found[:SHOWN], question.wording
        rest = len(found) - len(shown)
        more = f"\nand {words.count(rest, 'older one')}: tell me the order's number." if rest else ""
        heading = f"You have {words.count(len(found), title)}"
        told = numbered(_told(question, one, title) for one in shown)
        offers = [buttons.said(f"Send me the {title} for order {one.order_number}") for one in shown[:3]]
        question.say(f"{heading}; I can send you any of them by e-mail:\n{told}{more}", *offers)
        return [SlotSet("order_number", found[0].order_number)] if len(found) == 1 else []


def _told(question: Question, one: InvoiceSummary, title: str) -> str:
    words = question.wording
    number = f"{title} {one.number}" if one.number else "not sent so far"
    back = f", of which {words.money(one.credited_minor, one.currency)} went back" if one.credited_minor else ""
    cancelled = ", cancelled" if one.cancelled else ""
    return (
        f"Order {one.order_number} of {words.day(one.placed_at)}{cancelled} · "
        f"{words.money(one.total_minor, one.currency)}{back} · {number}"
    )
