"""The page that is printed: its words, formats, fonts and breaks."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as some

from support.formatting import money
from support.invoicing import invoice_pdf
from support.invoicing.invoice_sheet import InvoiceSheet
from support.invoicing.printed_text import PrintedText
from support.models.payments import PaymentKind
from support.ordering.order_views import Line, MoneyMoved
from tests.support.invoicing.invoiced_orders import read
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW


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
