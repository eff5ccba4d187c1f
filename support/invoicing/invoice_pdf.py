"""An invoice as a PDF: the same bytes for the same rows. docs/decisions/0011-invoices.md tells why it is made so."""

import io
from datetime import datetime
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer, Table

from support import formatting
from support.invoicing.invoice_sheet import InvoiceSheet
from support.invoicing.printed_text import BOLD, REGULAR, PrintedText
from support.models.payments import PaymentKind
from support.ordering.order_views import Line
from support.policy.business import Business

_WIDTH, _HEIGHT = A4
_MARGIN, _FOOT = 20 * mm, 16 * mm
_TEXT_WIDTH = _WIDTH - 2 * _MARGIN
_COLUMNS = (_TEXT_WIDTH - 84 * mm, 16 * mm, 34 * mm, 34 * mm)
_GREY, _RULE = HexColor("#5b6470"), HexColor("#c9ced6")
_MOST_IN_A_LINE = 600  # characters of a product and its options; a row must fit a page
_BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=13)
_RIGHT = ParagraphStyle("right", _BODY, alignment=TA_RIGHT)
_SMALL = ParagraphStyle("small", _BODY, fontSize=8, leading=11, textColor=_GREY)
_SMALL_RIGHT = ParagraphStyle("small right", _SMALL, alignment=TA_RIGHT)
_STRONG = ParagraphStyle("strong", _BODY, fontName=BOLD)
_STRONG_RIGHT = ParagraphStyle("strong right", _STRONG, alignment=TA_RIGHT)
type _Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]  # of a table's style
_PLAIN: list[_Command] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
]


def title(business: Business) -> str:
    """A shop that has given no tax number gives receipts."""
    return "Invoice" if business.shop.tax_number else "Receipt"


def render(sheet: InvoiceSheet, business: Business) -> bytes:
    """The document, on as many A4 pages as it takes.

    Latin, Greek and Cyrillic are printed as they are. Of other scripts each sign becomes a question mark, and a
    sentence at the end says so.
    """
    # The first round only counts the pages that the second one names
    pages = _Document(sheet, business).build()[1]
    return _Document(sheet, business, pages).build()[0]


class _Document:
    def __init__(self, sheet: InvoiceSheet, business: Business, pages: int = 0) -> None:
        self._sheet, self._business, self._pages = sheet, business, pages
        self._locale = formatting.locale_for(sheet.locale, business.shop.locale)
        self._text = PrintedText()
        self._colour = HexColor(business.shop.colour)

    def build(self) -> tuple[bytes, int]:
        """The document and how many pages it has."""
        file = io.BytesIO()
        heading = f"{title(self._business)} {self._sheet.number}"
        document = BaseDocTemplate(
            file, pagesize=A4, invariant=1, title=heading, author=self._business.shop.name, lang="en",
        )
        frame = Frame(
            _MARGIN, _MARGIN, _TEXT_WIDTH, _HEIGHT - 2 * _MARGIN, leftPadding=0, rightPadding=0, topPadding=0,
            bottomPadding=0,
        )
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=self._foot))
        document.build(self._story())
        return file.getvalue(), document.page

    def _foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, _FOOT, f"{title(self._business)} {self._sheet.number}")
        canvas.drawRightString(_WIDTH - _MARGIN, _FOOT, f"Page {document.page} of {self._pages}")

    def _story(self) -> list[Flowable]:
        story = [*self._head(), *self._parties(), self._lines(), Spacer(0, 4 * mm)]
        story += [KeepTogether([self._totals()]), Spacer(0, 7 * mm), KeepTogether(self._money())]
        if self._text.lacks:
            story += [Spacer(0, 6 * mm), self._small(
                "Where a question mark stands in a name, this document lacks the letter that belongs there; our "
                "records have it as you wrote it."
            )]
        return story

    def _head(self) -> list[Flowable]:
        shop = self._business.shop
        name = ParagraphStyle("shop", _STRONG, fontSize=15, leading=19, textColor=self._colour)
        contact = [shop.address, shop.email, shop.phone]
        if shop.tax_number:
            contact.append(f"Tax number {shop.tax_number}")
        left = Paragraph(self._text.markup(shop.name), name)
        right = [self._paragraph(line, _SMALL_RIGHT) for line in contact]
        rule: _Command = ("LINEBELOW", (0, 0), (-1, -1), 1.2, self._colour)
        head = Table([[left, right]], colWidths=[_TEXT_WIDTH / 2] * 2, style=[*_PLAIN, rule])
        heading = ParagraphStyle("title", _STRONG, fontSize=19, leading=26)
        return [head, Spacer(0, 7 * mm), self._paragraph(title(self._business), heading), Spacer(0, 2 * mm)]

    def _parties(self) -> list[Flowable]:
        sheet = self._sheet
        facts = [
            (f"{title(self._business)} number", sheet.number), ("Date", self._day(sheet.issued_at)),
            ("Order", sheet.order_number), ("Ordered on", self._day(sheet.placed_at)),
        ]
        if sheet.cancelled_at is not None:
            facts.append(("Cancelled on", self._day(sheet.cancelled_at)))
        rows = [[self._small(name), self._paragraph(value)] for name, value in facts]
        left = Table(rows, colWidths=[28 * mm, _TEXT_WIDTH / 2 - 32 * mm], style=[*_PLAIN, *_tight()], hAlign="LEFT")
        customer: list[Flowable] = [self._small("Customer"), self._paragraph(sheet.customer, _STRONG)]
        if sheet.address:
            customer += [Spacer(0, 2 * mm), self._small("Delivered to")]
            customer += [self._paragraph(line) for line in sheet.address]
        halves = Table([[left, customer]], colWidths=[_TEXT_WIDTH / 2] * 2, style=_PLAIN)
        return [halves, Spacer(0, 7 * mm)]

    def _lines(self) -> Flowable:
        head: list[Any] = [
            self._small("Item"), self._small("Quantity", right=True), self._small("Unit price", right=True),
            self._small("Amount", right=True),
        ]
        rows = [head, *(self._line(line) for line in self._sheet.lines)]
        style: list[_Command] = [
            *_PLAIN, ("LINEBELOW", (0, 0), (-1, 0), 0.8, self._colour), ("LINEBELOW", (0, 1), (-1, -1), 0.4, _RULE),
        ]
        return Table(rows, colWidths=_COLUMNS, repeatRows=1, style=style)

    def _line(self, line: Line) -> list[Any]:
        item: list[Flowable] = [self._paragraph(line.product[:_MOST_IN_A_LINE])]
        if line.options:
            chosen = ", ".join(f"{name}: {value}" for name, value in line.options.items())
            item.append(self._small(chosen[:_MOST_IN_A_LINE]))
        return [
            item, self._paragraph(formatting.number(line.quantity, self._locale), _RIGHT),
            self._paragraph(self._amount(line.unit_price_minor), _RIGHT),
            self._paragraph(self._amount(line.total_minor), _RIGHT),
        ]

    def _totals(self) -> Flowable:
        sheet = self._sheet
        rows = [("Goods", sheet.goods_minor), ("Shipping", sheet.shipping_minor)]
        if sheet.discount_minor:
            rows.append(("Discount", -sheet.discount_minor))
        return self._sums(rows, ("Total", sheet.total_minor))

    def _money(self) -> list[Flowable]:
        sheet = self._sheet
        if not sheet.payments:
            return []
        words = {PaymentKind.PAYMENT: "Paid by", PaymentKind.REFUND: "Refunded to"}
        rows = [
            (
                f"{words[one.kind]} {one.method}, {self._day(one.at)}",
                one.amount_minor if one.kind is PaymentKind.PAYMENT else -one.amount_minor,
            )
            for one in sheet.payments
        ]
        balance = ("Paid after refunds" if sheet.refunded_minor else "Paid", sheet.balance_minor)
        return [self._paragraph("Payment", _STRONG), Spacer(0, 1 * mm), self._sums(rows, balance, wide=True)]

    def _sums(self, rows: list[tuple[str, int]], last: tuple[str, int], *, wide: bool = False) -> Flowable:
        cells = [[self._paragraph(name), self._paragraph(self._amount(minor), _RIGHT)] for name, minor in rows]
        name, minor = last
        cells.append([self._paragraph(name, _STRONG), self._paragraph(self._amount(minor), _STRONG_RIGHT)])
        widths = [_TEXT_WIDTH - 40 * mm if wide else 34 * mm, 40 * mm]
        style: list[_Command] = [*_PLAIN, *_tight(), ("LINEABOVE", (0, -1), (-1, -1), 0.8, self._colour)]
        return Table(cells, colWidths=widths, hAlign="RIGHT", style=style)

    def _amount(self, minor: int) -> str:
        return formatting.money(minor, self._sheet.currency, self._locale)

    def _day(self, at: datetime) -> str:
        return formatting.day(at, self._locale, self._business.shop.zone)

    def _paragraph(self, text: str, style: ParagraphStyle = _BODY) -> Paragraph:
        return Paragraph(self._text.markup(text), style)

    def _small(self, text: str, *, right: bool = False) -> Paragraph:
        return self._paragraph(text, _SMALL_RIGHT if right else _SMALL)


def _tight() -> list[_Command]:
    return [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]
