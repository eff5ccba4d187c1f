"""Sending the invoice of an order, or the receipt where the shop gives those."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.order_slots import OrderSlot, order_of
from actions.personal import Question
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError
from support.invoicing import invoice_pdf, invoices
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.refusals import NotPaidYet, ProfileInvalid


async def _with_invoice(question: Question) -> Collection[str]:
    """The ids of the orders that have an invoice, or can have one."""
    return {one.order_id for one in await invoices.invoices(question.session, question.speaker)}


class SendInvoice(Task):
    """Mail to the customer's own address, which nobody regrets: it is sent without a question."""

    intent = "send_invoice"
    wanted = "get an invoice"
    deeds = frozenset({"send", "email", "mail"})
    needs = Level.VERIFIED
    part_of_it = frozenset({"show_invoices", "faq/invoice"})
    slots = (OrderSlot(open_to=_with_invoice, purpose="have the invoice of"),)

    async def plan(self, question: Question, run: Run) -> Plan:
        return Plan("", question=None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order = await order_of(question, run)
        done = await invoices.send_invoice(
            session, question.speaker, order.id, key=f"{key}:{order.number}", business=question.business,
            at=question.at,
        )
        title = invoice_pdf.title(question.business).lower()
        total = question.wording.money(order.total_minor, order.currency)
        return Outcome(
            f"Done: the {title} {done.details['invoice']} for your order {order.number} of {total} is on its way to "
            f"{question.customer.email}. Your reference is {done.reference}.", [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        title = invoice_pdf.title(question.business).lower()
        match error:
            case NothingToChoose():
                return Refusal(
                    f"There is no order of yours that has been paid, so there is no {title} to send.",
                    [buttons.ORDERS, buttons.PERSON],
                )
            case NotPaidYet():
                order = await order_of(question, run)
                cancelled = order.status is OrderStatus.CANCELLED
                reason = "was cancelled before it had one" if cancelled else "isn't paid yet"
                return Refusal(
                    f"There is no {title} for your order {order.number}: it {reason}.", [buttons.ORDERS, buttons.PERSON]
                )
            case ProfileInvalid():
                return Refusal(
                    f"I have no e-mail address of yours to send the {title} to. A person can help you with it.",
                    [buttons.PERSON],
                )
        return None
