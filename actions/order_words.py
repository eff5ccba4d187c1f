"""What there is to say about one order: all of it, or the answers to what was asked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.wording import STATUS, Wording, numbered
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.models.orders import OrderStatus
from support.models.payments import PaymentKind
from support.ordering.order_views import Line, MoneyMoved, OrderDetail, OrderedLine


def _asks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_PRICE = _asks(r"costs?|prices?|priced?|pay|paid|how much|spen[dt]|cheapest|dearest|priciest|(?:most|least) expensive")
_KIND = _asks(r"colou?rs?|sizes?|materials?|variants?|versions?|options?|(?:what|which) (?:kind|type|model)")
_COUNT = _asks(r"how many|number of (?:items|things|pieces|products)")
_TOTAL = _asks(r"total|sum|altogether|in all|how much|costs?|amount|price|come to|what did i (?:pay|spend)")
_SUM = _asks(r"total|sum|altogether|in all|come to")
_ONE_WITH = re.compile(r"\b(the|my) one (?=(?:with|that (?:has|had|contains))\b)", re.IGNORECASE)
_SHIPPING = _asks(r"(?:shipping|delivery|postage) (?:costs?|fees?|charges?|price)|p ?& ?p")
_ADDRESS = _asks(
    r"address|destination|where (?:is|does|will|did|was|are) (?:it|that|this|my|the|you)\b.*\b(?:go|going|sent|shipped|"
    r"delivered|sending|shipping)|(?:ship|shipped|deliver|delivered|sent|send|going|goes|go) to|"
    r"which (?:town|place|city)"
)
_PAYMENT = _asks(
    r"how (?:did|have) i .*(?:pay|paid)|how (?:was|is) .*paid|pa(?:y|id) (?:for )?(?:it |this |that )?(?:with|by)|"
    r"payment(?: method)?|(?:which|what) (?:credit |debit )?card|charged to"
)
_STATUS = _asks(r"status|state of|how far")
_PLACED = _asks(
    r"when (?:did|have) i (?:order|buy|place|make|bought)|order date|date of|when was (?:it|this|that|the|my).*"
    r"(?:placed|ordered|bought|made)"
)


@dataclass(frozen=True)
class OrderTold:
    """One order in one customer's words."""

    words: Wording
    found: OrderDetail

    def whole(self) -> str:
        order = self.found.order
        return "\n".join([
            f"Order {order.number} of {self.words.day(order.placed_at)}: {STATUS[order.status]}.",
            numbered(self._priced(line) for line in self.found.lines),
            self._total("It"), self._address("It"), self._payment("It"),
        ])

    def lines(self, text: str) -> Sequence[OrderedLine]:
        """The things in it that `text` asks about, none if it asks about all of it."""
        of_lines = _PRICE.search(text) or _TOTAL.search(text) or _KIND.search(text) or _COUNT.search(text)
        # "How much was the order with the lamp?" asks for no price of the lamp
        bare = without_described(_ONE_WITH.sub(r"\1 order ", text) if _SUM.search(text) else text)
        lines = [line for line, _ in read_lines(bare, self.found.lines).chosen] if of_lines else []
        return [] if len(lines) == len(self.found.lines) > 1 else lines

    def total(self) -> str:
        """What the order comes to, with its parts."""
        return self._total(f"Your order {self.found.order.number}")

    def asked(self, text: str) -> str:
        """The answers to what `text` asks of the order, "" if it asks for nothing in particular."""
        number, lines = self.found.order.number, self.lines(text)
        told = []
        if lines:
            told.append(f"{self.words.listed(map(self._priced, lines))}, in order {number}.")
            if len(lines) > 1 and _TOTAL.search(text):
                told.append(f"Together that is {self._money(sum(line.total_minor for line in lines))}.")
        subject = f"Your order {number}"
        for pattern, answer in self._answers(of_lines=bool(lines)):
            if pattern.search(text):
                told.append(answer("It" if told else subject))
        return " ".join(told)

    def _answers(self, *, of_lines: bool) -> list[tuple[re.Pattern[str], Callable[[str], str]]]:
        """What may be asked, and how it is answered; `of_lines` tells that price and number of things are told."""
        about_all = [] if of_lines else [(_COUNT, self._count), (_TOTAL, self._total)]
        return [
            *about_all, (_SHIPPING, self._shipping), (_PAYMENT, self._payment), (_ADDRESS, self._address),
            (_STATUS, self._status), (_PLACED, self._placed),
        ]

    def _money(self, minor: int) -> str:
        return self.words.money(minor, self.found.order.currency)

    def _priced(self, line: Line) -> str:
        """`2 × Kettle (small): €40.00 (€20.00 each)`."""
        each = f" ({self._money(line.unit_price_minor)} each)" if line.quantity > 1 else ""
        return f"{self.words.line(line)}: {self._money(line.total_minor)}{each}"

    def _count(self, subject: str) -> str:
        pieces = self.words.count(self.found.order.pieces, "thing")
        return f"{subject} has {pieces} in it: {self.words.listed(map(self.words.line, self.found.lines))}."

    def _total(self, subject: str) -> str:
        found = self.found
        parts = [f"{self._money(found.goods_minor)} for the goods", self._delivery()]
        less = f", less {self._money(found.discount_minor)} discount" if found.discount_minor else ""
        return f"{subject} comes to {self._money(found.order.total_minor)}: {self.words.listed(parts)}{less}."

    def _delivery(self) -> str:
        minor = self.found.shipping_minor
        return f"{self._money(minor)} for delivery" if minor else "nothing for delivery"

    def _shipping(self, subject: str) -> str:
        return f"{subject} costs {self._delivery()}."

    def _address(self, subject: str) -> str:
        if not self.found.address:
            return f"{subject} has no delivery address that we know of."
        goes = "went"
        if self.found.order.status.open:
            goes = "goes"
        elif self.found.order.status is OrderStatus.CANCELLED:
            goes = "was to go"
        return f"{subject} {goes} to {', '.join(self.found.address)}."

    def _payment(self, subject: str) -> str:
        if not self.found.payments:
            return f"{subject} has no payment on record."
        paid = [self._moved(one, "by") for one in self.found.payments if one.kind is PaymentKind.PAYMENT]
        back = [self._moved(one, "to") for one in self.found.payments if one.kind is not PaymentKind.PAYMENT]
        went = f"; {self.words.listed(back)} went back" if back else ""
        return f"{subject} was paid with {self.words.listed(paid)}{went}."

    def _moved(self, one: MoneyMoved, preposition: str) -> str:
        return f"{self.words.money(one.amount_minor, one.currency)} {preposition} your {one.method}"

    def _status(self, subject: str) -> str:
        order = self.found.order
        return f"{subject} is {STATUS[order.status]} since {self.words.day(order.status_since)}."

    def _placed(self, subject: str) -> str:
        return f"{subject} was placed on {self.words.day(self.found.order.placed_at)}."
