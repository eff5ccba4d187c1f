import asyncio
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader
from sqlalchemy import func, select, update

from support.errors import IdInvalid, IdReused, NotFound
from support.formatting import money
from support.identity import Speaker
from support.invoicing import invoice_pdf, invoices
from support.invoicing.invoice_sheet import InvoiceSheet
from support.invoicing.printed_text import PrintedText
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.outbox import Mail
from support.models.payments import MethodKind, Payment, PaymentKind
from support.models.service_requests import ServiceRequest
from support.ordering.order_views import Line, MoneyMoved
from support.refusals import IdentityTooLow, NotPaidYet, ProfileInvalid
from support.text import new_id
from tests.support.rules import load_rules
from tests.support.shop_rows import (
    NOW,
    create_address,
    create_customer,
    create_method,
    create_order,
    speaker_of,
)

MALFORMED = ("", "HF-10432", "\x00", "' OR 1=1", "\ud800", "0" * 36, 7, None)


async def create_paid(session, customer, number=None, **knobs):
    return await create_order(session, customer, number, paid_with=await create_method(session, customer), **knobs)


async def move_money(session, order, method, kind, minor, at):
    session.add(Payment(
        order_id=order.id, method_id=method.id, kind=kind, amount_minor=minor, currency=order.currency, at=at,
        settled_at=at,
    ))
    await session.flush()


async def invoiced(session):
    return list(await session.scalars(select(Invoice).order_by(Invoice.year, Invoice.number)))


def read(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture
async def aoife(session) -> Customer:
    return await create_customer(session)


class TestInvoice:
    async def test_it_gets_the_next_number_of_the_year_once_and_says_what_was_bought(self, session, aoife, rules):
        address = await create_address(session, aoife)
        order = await create_paid(
            session, aoife, "HF-1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495, address=address,
        )
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert found.number == "INV-2026-000001"
        assert (found.goods_minor, found.shipping_minor, found.discount_minor, found.total_minor) == (12000, 495, 0, 12495)
        assert [(line.product, line.quantity, line.total_minor) for line in found.lines] == [
            ("Mug", 2, 3100), ("Lamp", 1, 8900),
        ]
        assert found.address == ("Aoife Brennan", "14 Quay Lane", "Kinsale", "P17 AB12", "Ireland")
        assert [(one.kind, one.method, one.amount_minor) for one in found.payments] == [
            (PaymentKind.PAYMENT, "Visa ending in 4242", 12495)
        ]
        assert (found.balance_minor, found.refunded_minor, found.cancelled_at) == (12495, 0, None)
        later = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW + timedelta(days=9))
        assert later == found
        assert [(one.order_id, one.year, one.number, one.issued_at) for one in await invoiced(session)] == [
            (order.id, 2026, 1, NOW)
        ]

    async def test_numbers_follow_each_other_across_customers_and_begin_anew_each_year(self, session, rules):
        async def number(at):
            customer = await create_customer(session)
            order = await create_paid(session, customer)
            return (await invoices.invoice(session, speaker_of(customer), order.id, business=rules, at=at)).number

        # At 23:30 UTC it is the next year already where the shop is in summer time, but not in winter
        moments = [NOW, NOW, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), NOW]
        assert [await number(at) for at in moments] == [
            "INV-2026-000001", "INV-2026-000002", "INV-2026-000003", "INV-2027-000001", "INV-2026-000004",
        ]

    async def test_twelve_at_once_get_twelve_numbers_without_a_gap(self, database, rules):
        async with database.write() as session:
            customers = [await create_customer(session) for _ in range(6)]
            orders = [(one, await create_paid(session, one)) for one in customers for _ in range(2)]

        async def ask(customer, order, *, give_up=False):
            async with database.write() as session:
                found = await invoices.invoice(session, speaker_of(customer), order.id, business=rules, at=NOW)
                if give_up:
                    raise TimeoutError
                return found.number

        given_up = await asyncio.gather(
            *(ask(*one, give_up=place % 4 == 0) for place, one in enumerate(orders)), return_exceptions=True
        )
        assert sum(isinstance(one, TimeoutError) for one in given_up) == 3
        numbers = await asyncio.gather(*(ask(*one) for one in orders for _ in range(2)))
        assert sorted(set(numbers)) == [f"INV-2026-{place:06}" for place in range(1, 13)]
        assert numbers[::2] == numbers[1::2]
        async with database.read() as session:
            assert [one.number for one in await invoiced(session)] == list(range(1, 13))

    @pytest.mark.parametrize("paid", [0, 1, 1499])
    async def test_an_order_that_is_not_paid_has_none(self, session, aoife, rules, paid):
        order = await create_order(session, aoife)
        if paid:
            await move_money(session, order, await create_method(session, aoife), PaymentKind.PAYMENT, paid, NOW)
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert await invoiced(session) == []

    async def test_another_method_in_the_place_of_the_first_pays_nothing_twice(self, session, aoife, rules):
        card, wallet = await create_method(session, aoife), await create_method(session, aoife, MethodKind.WALLET)
        order = await create_order(session, aoife)
        await move_money(session, order, card, PaymentKind.PAYMENT, 800, NOW - timedelta(days=1))
        await move_money(session, order, wallet, PaymentKind.PAYMENT, 800, NOW)
        await move_money(session, order, card, PaymentKind.REFUND, 800, NOW)
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)

    async def test_what_went_back_for_a_return_is_on_it_with_the_new_balance(self, session, aoife, rules):
        order = await create_paid(session, aoife, lines=(("Mug", 2, 1500),), status=OrderStatus.RETURNED)
        card = await create_method(session, aoife, MethodKind.GIFT_CARD, last_digits="0815")
        await move_money(session, order, card, PaymentKind.REFUND, 1500, NOW + timedelta(days=1))
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert (found.total_minor, found.refunded_minor, found.balance_minor) == (3000, 1500, 1500)
        assert found.payments[1].method == "gift card ending in 0815"

    async def test_a_gift_costs_nothing_and_has_one_all_the_same(self, session, aoife, rules):
        order = await create_order(session, aoife, lines=(("Sample", 1, 0),))
        found = await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert (found.total_minor, found.payments, found.address) == (0, (), ())
        assert "€0.00" in read(invoice_pdf.render(found, rules))[0]

    async def test_a_cancelled_order_keeps_the_one_it_had_and_gets_none_anew(self, session, aoife, rules):
        had, never = await create_paid(session, aoife), await create_paid(session, aoife)
        await invoices.invoice(session, speaker_of(aoife), had.id, business=rules, at=NOW)
        for order in (had, never):
            order.status, order.status_since = OrderStatus.CANCELLED, NOW + timedelta(days=1)
        await session.flush()
        found = await invoices.invoice(session, speaker_of(aoife), had.id, business=rules, at=NOW + timedelta(days=2))
        assert (found.number, found.cancelled_at) == ("INV-2026-000001", NOW + timedelta(days=1))
        with pytest.raises(NotPaidYet):
            await invoices.invoice(session, speaker_of(aoife), never.id, business=rules, at=NOW)

    @pytest.mark.parametrize("order_id", [*MALFORMED, pytest.param(new_id(), id="of nothing")])
    async def test_a_malformed_or_unknown_order_is_not_found(self, session, aoife, rules, order_id):
        with pytest.raises(NotFound):
            await invoices.invoice(session, speaker_of(aoife), order_id, business=rules, at=NOW)

    async def test_another_customers_is_not_found_and_gets_no_number(self, session, aoife, rules):
        order = await create_paid(session, await create_customer(session))
        with pytest.raises(NotFound):
            await invoices.invoice(session, speaker_of(aoife), order.id, business=rules, at=NOW)
        assert await invoiced(session) == []

    async def test_a_visitor_and_an_order_holder_must_show_who_they_are_first(self, session, aoife, rules):
        order = await create_paid(session, aoife)
        for speaker in (Speaker(Level.VISITOR), Speaker(Level.ORDER_HOLDER, aoife.id, order.id)):
            for asked in (
                invoices.invoice(session, speaker, order.id, business=rules, at=NOW), invoices.invoices(session, speaker),
                invoices.send_invoice(session, speaker, order.id, key="k", business=rules, at=NOW),
            ):
                with pytest.raises(IdentityTooLow) as refused:
                    await asked
                assert refused.value.needed is Level.VERIFIED
        assert await invoiced(session) == []


class TestInvoices:
    async def test_every_paid_order_is_listed_newest_first_with_what_was_credited(self, session, aoife, rules):
        speaker = speaker_of(aoife, Level.VERIFIED)
        paid = await create_paid(session, aoife, "HF-1", placed_at=NOW - timedelta(days=3))
        cancelled = await create_paid(session, aoife, "HF-2", placed_at=NOW - timedelta(days=2))
        await create_order(session, aoife, "HF-3")
        await create_paid(session, aoife, "HF-4", status=OrderStatus.CANCELLED)
        await create_paid(session, await create_customer(session), "HF-5")
        await invoices.invoice(session, speaker, cancelled.id, business=rules, at=NOW)
        (money,) = await session.scalars(select(Payment).where(Payment.order_id == cancelled.id))
        session.add(Payment(
            order_id=cancelled.id, method_id=money.method_id, kind=PaymentKind.REFUND, amount_minor=1500,
            currency="EUR", at=NOW,
        ))
        cancelled.status = OrderStatus.CANCELLED
        await session.flush()
        session.expire_all()
        first, second = await invoices.invoices(session, speaker)
        assert (first.order_number, first.number, first.issued_at) == ("HF-2", "INV-2026-000001", NOW)
        assert (first.cancelled, first.total_minor, first.credited_minor, first.currency) == (True, 1500, 1500, "EUR")
        assert (second.order_id, second.number, second.issued_at) == (paid.id, None, None)
        assert (second.cancelled, second.credited_minor) == (False, 0)

    async def test_nothing_bought_is_nothing(self, session, aoife):
        assert await invoices.invoices(session, speaker_of(aoife)) == ()


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


def a_sheet(**changes) -> InvoiceSheet:
    lines = (Line("Linen throw", {"colour": "sand", "size": "large"}, 2, 4500), Line("Lamp", {}, 1, 123450))
    plain = InvoiceSheet(
        number="INV-2026-000123", issued_at=NOW, order_number="HF-10432", placed_at=NOW - timedelta(days=3),
        cancelled_at=None, customer="Aoife Brennan", locale="en_IE",
        address=("Aoife Brennan", "14 Quay Lane", "Kinsale", "P17 AB12", "Ireland"), currency="EUR", lines=lines,
        goods_minor=132450, shipping_minor=495, discount_minor=1000, total_minor=131945,
        payments=(
            MoneyMoved(PaymentKind.PAYMENT, "PayPal", 131945, "EUR", NOW - timedelta(days=3), NOW),
            MoneyMoved(PaymentKind.REFUND, "gift card ending in 0815", 4500, "EUR", NOW, NOW),
        ),
    )
    return replace(plain, **changes)


class TestRender:
    def test_everything_that_was_agreed_is_on_the_page(self, rules):
        (page,) = read(invoice_pdf.render(a_sheet(), rules))
        words = page.replace("\xa0", " ")
        for text in (
            "Test & Sons", "1 Quay", "hello@example.com", "+353 20 910 0000", "Receipt", "INV-2026-000123",
            "21 November 2026", "HF-10432", "18 November 2026", "Aoife Brennan", "P17 AB12", "Ireland",
            "Linen throw", "colour: sand, size: large", "€45.00", "€90.00", "€1,234.50", "€1,324.50", "€4.95",
            "-€10.00", "€1,319.45", "Paid by PayPal", "Refunded to gift card ending in 0815", "-€45.00",
            "Paid after refunds", "€1,274.45", "Page 1 of 1",
        ):
            assert text in words
        assert "Tax number" not in words
        assert "question mark" not in words

    def test_with_a_tax_number_it_is_an_invoice(self, tmp_path):
        rules = load_rules(tmp_path, ("  countries: [Ireland]\n", "  countries: [Ireland]\n  tax_number: IE1234567AB\n"))
        (page,) = read(invoice_pdf.render(a_sheet(), rules))
        assert "Tax number IE1234567AB" in page
        assert "Invoice number" in page
        assert "Receipt" not in page

    def test_the_same_rows_make_the_same_bytes(self, rules):
        assert invoice_pdf.render(a_sheet(), rules) == invoice_pdf.render(a_sheet(), rules)
        assert invoice_pdf.render(a_sheet(), rules) != invoice_pdf.render(a_sheet(total_minor=1), rules)

    def test_formats_are_the_customers_own(self, rules):
        (page,) = read(invoice_pdf.render(a_sheet(locale="de_DE"), rules))
        assert "1.319,45 €" in page.replace("\xa0", " ")
        (page,) = read(invoice_pdf.render(a_sheet(locale="en_US", currency="JPY"), rules))
        assert "¥131,945" in page
        assert "November 21, 2026" in page

    def test_the_fonts_have_the_sign_of_every_currency(self):
        text = PrintedText()
        for currency in get_global("all_currencies"):
            for locale in ("en_IE", "en_US", "en_IN", "en_AE", "en_IL", "en_CH"):
                text.line(money(-123456, currency, Locale.parse(locale)))
        assert not text.lacks

    @pytest.mark.parametrize("name", ["Zoë Ó Briain", "Ειρήνη Παπαδοπούλου", "Ирина Щёголева", "Łukasz Świątek", "Nguyễn Thị Hương"])
    def test_names_in_latin_greek_and_cyrillic_are_printed(self, rules, name):
        (page,) = read(invoice_pdf.render(a_sheet(customer=name, address=(name, "улица 1")), rules))
        assert page.count(name) == 2
        assert "question mark" not in page

    @pytest.mark.parametrize(("name", "printed"), [("李小龍", "???"), ("محمد علي", "???? ???"), ("Bo 🎉", "Bo ?")])
    def test_what_no_font_of_ours_has_is_marked_and_said_to_be_so(self, rules, name, printed):
        (page,) = read(invoice_pdf.render(a_sheet(customer=name, address=()), rules))
        assert f"Customer\n{printed}\n" in page
        assert "Where a question mark stands in a name" in page

    def test_markup_is_text_and_marks_of_direction_are_left_out(self, rules):
        (page,) = read(invoice_pdf.render(a_sheet(customer="<b>&amp; \u202eAnn\x07</b>"), rules))
        assert "<b>&amp; Ann</b>" in page

    def test_three_hundred_lines_go_on_page_after_page_under_the_same_heading(self, rules):
        lines = tuple(Line(f"Thing {place}", {"colour": "oat"}, 1, 100 + place) for place in range(300))
        pages = read(invoice_pdf.render(a_sheet(lines=lines), rules))
        assert len(pages) > 5
        listed = [found for page in pages for found in re.findall(r"^Thing (\d+)$", page, re.MULTILINE)]
        assert listed == [str(place) for place in range(300)]
        for number, page in enumerate(pages, 1):
            assert "Unit price" in page
            assert f"Page {number} of {len(pages)}" in page

    def test_absurdly_long_names_and_options_still_fit(self, rules):
        lines = (Line("W" * 5000, {f"option {place}": "X" * 500 for place in range(50)}, 10**9, 10**12),)
        pages = read(invoice_pdf.render(a_sheet(lines=lines, customer="Y" * 300, address=("Z" * 200,) * 7), rules))
        assert "Page 1 of" in pages[0]

    @settings(max_examples=30, deadline=None)
    @given(some.text(max_size=60), some.text(max_size=200), some.text(max_size=60))
    def test_no_text_breaks_it(self, tmp_path_factory, customer, product, option):
        rules = load_rules(tmp_path_factory.getbasetemp())
        lines = (Line(product, {option: option}, 1, 100),)
        sheet = a_sheet(customer=customer, order_number=product, lines=lines, address=(option,) * 3)
        assert "Page 1 of" in read(invoice_pdf.render(sheet, rules))[0]
