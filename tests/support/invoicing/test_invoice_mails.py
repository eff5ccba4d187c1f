"""Invoices sent by mail, each with the PDF of the order as it is when the mail goes."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from support.errors import IdInvalid, IdReused, NotFound
from support.invoicing import invoices
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.outbox import Mail
from support.models.service_requests import ServiceRequest
from support.refusals import NotPaidYet, ProfileInvalid
from support.text import new_id
from tests.support.invoicing.invoiced_orders import create_paid, read
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of


class TestSendInvoice:
    async def test_a_mail_to_the_address_on_file_takes_the_pdf_with_it(self, session, aoife, rules):
        order = await create_paid(session, aoife, "HF-1")
        done = await invoices.send_invoice(session, speaker_of(aoife), order.id, key="k", business=rules, at=NOW)
        assert (done.kind, done.order_id, done.details, done.movements) == (
            "send_invoice", order.id, {"invoice": "INV-2026-000001"}, ()
        )
        (mail,) = await session.scalars(select(Mail))
        assert (mail.recipient, mail.customer_id, mail.due_at) == ("aoife@example.com", aoife.id, NOW)
        assert mail.subject == "Your receipt INV-2026-000001 from Test & Sons"
        assert mail.text == (
            "Hello Aoife,\n\nhere is the receipt INV-2026-000001 for your order HF-1 of €15.00.\n\n"
            "Test & Sons\nhello@example.com\n"
        )
        (name, order_id), = mail.attachment.items()
        assert name == "invoice"
        file_name, media_type, content = await invoices.make_attachment(session, order_id, rules)
        assert (file_name, media_type) == ("INV-2026-000001.pdf", "application/pdf")
        assert "HF-1" in read(content)[0]

    async def test_the_same_key_sends_it_once_and_with_another_order_is_refused(self, session, aoife, rules):
        one, other = await create_paid(session, aoife), await create_paid(session, aoife)
        speaker = speaker_of(aoife)
        done = await invoices.send_invoice(session, speaker, one.id, key="k", business=rules, at=NOW)
        assert await invoices.send_invoice(session, speaker, one.id, key="k", business=rules, at=NOW) == done
        with pytest.raises(IdReused):
            await invoices.send_invoice(session, speaker, other.id, key="k", business=rules, at=NOW)
        assert await session.scalar(select(func.count()).select_from(Mail)) == 1
        again = await invoices.send_invoice(session, speaker, one.id, key="k2", business=rules, at=NOW)
        assert (again.reference != done.reference, again.details) == (True, done.details)

    async def test_a_double_click_sends_one(self, database, rules):
        async with database.write() as session:
            aoife = await create_customer(session)
            order = await create_paid(session, aoife)

        async def send():
            async with database.write() as session:
                return await invoices.send_invoice(session, speaker_of(aoife), order.id, key="k", business=rules, at=NOW)

        first, second = await asyncio.gather(send(), send())
        assert first == second
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Mail)) == 1

    async def test_refusals_leave_no_number_no_request_and_no_mail(self, session, aoife, rules):
        unpaid, paid = await create_order(session, aoife), await create_paid(session, aoife)
        foreign = await create_paid(session, await create_customer(session))
        for order_id, key, refusal in (
            (unpaid.id, "k", NotPaidYet), (foreign.id, "k", NotFound), (new_id(), "k", NotFound),
            ("x", "k", NotFound), (paid.id, "", IdInvalid), (paid.id, "k" * 201, IdInvalid),
        ):
            with pytest.raises(refusal):
                await invoices.send_invoice(session, speaker_of(aoife), order_id, key=key, business=rules, at=NOW)
        aoife.email = ""
        await session.flush()
        with pytest.raises(ProfileInvalid):
            await invoices.send_invoice(session, speaker_of(aoife), paid.id, key="k", business=rules, at=NOW)
        for table in (Invoice, ServiceRequest, Mail):
            assert await session.scalar(select(func.count()).select_from(table)) == 0

    async def test_a_shop_and_a_customer_with_odd_names_still_get_a_mail(self, session, aoife, tmp_path):
        rules = load_rules(tmp_path, ("name: Test & Sons", f"name: {'Shop ' * 60}"))
        aoife.first_name = ""
        order = await create_paid(session, aoife)
        await invoices.send_invoice(session, speaker_of(aoife), order.id, key="k", business=rules, at=NOW)
        (mail,) = await session.scalars(select(Mail))
        assert len(mail.subject) == 200
        assert mail.text.startswith("Hello,\n")

    async def test_the_attachment_of_an_order_without_an_invoice_is_not_found(self, session, aoife, rules):
        order = await create_paid(session, aoife)
        for order_id in (order.id, new_id()):
            with pytest.raises(NotFound):
                await invoices.make_attachment(session, order_id, rules)

    async def test_an_order_that_changed_since_is_sent_as_it_is_now(self, database, rules):
        async with database.write() as session:
            aoife = await create_customer(session)
            order = await create_paid(session, aoife)
            await invoices.send_invoice(session, speaker_of(aoife), order.id, key="k", business=rules, at=NOW)
            await session.execute(update(Order).where(Order.id == order.id).values(status=OrderStatus.CANCELLED))
            content = (await invoices.make_attachment(session, order.id, rules))[2]
        assert "Cancelled on\n21 November 2026" in read(content)[0]
