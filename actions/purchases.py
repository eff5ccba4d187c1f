"""What a customer bought in a period of their choice, and what they spent."""

import re

from rasa_sdk.events import EventType

from actions import buttons
from actions.asked_of_records import answered
from actions.personal import PersonalAction, Question
from actions.wording import excerpt, numbered
from support.grounding.product_reading import read_names, read_products
from support.ordering import purchases
from support.ordering.purchases import ProductBought, Purchases
from support.periods import Period, last_days, read_period

DAYS = 90  # looked back if no period is named
SHOWN = 8
_OFFERED = ("last 90 days", "this year", "last year")
_SUM = re.compile(
    r"\b(?:how much|spen[dt]|spending|total|altogether|in all|sum|paid|pay|cost|average|mean|per order|worth)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:average|on the mean|per order)\b", re.IGNORECASE)
_EVER = re.compile(
    r"\b(?:ever|in total|total|altogether|in all|so far|overall|everything|all (?:time|my orders|orders)|lifetime|"
    r"since i joined|did i (?:spend|pay)|have i (?:spent|paid)|i (?:have |'ve )?spent|average)\b", re.IGNORECASE,
)


class ShowPurchases(PersonalAction):
    intent = "show_purchases"
    wanted = "what you bought"

    def name(self) -> str:
        return "action_show_purchases"

    async def answer(self, question: Question) -> list[EventType]:
        if await answered(question, several=False):
            return []
        today, named = question.wording.today, question.entity("period")
        ever = read_period("so far", today)
        about_all = ever if _EVER.search(question.text) else None
        period = read_period(named, today) if named else about_all or last_days(DAYS, today)
        if period is None:
            question.say(
                f"I can't tell which time you mean by “{excerpt(named or '', 40)}”. You can say a month, a "
                "year or something like “last 3 months”, or pick one of these:",
                *(buttons.purchases(offered) for offered in _OFFERED),
            )
            return []
        found = await _bought(question, period)
        told = await _of_products(question, found, period, ever=None if named else ever)
        question.say(told or _told(question, found, period), *_offers(named, found))
        return []


async def _bought(question: Question, period: Period) -> Purchases:
    return await purchases.bought(question.session, question.speaker, *period.instants(question.wording.zone))


def _told(question: Question, found: Purchases, period: Period) -> str:
    words, name = question.wording, question.customer.first_name
    when = f"{period.label[:1].upper()}{period.label[1:]}"
    if not found.orders:
        return f"{when} you bought nothing from us, {name}."
    pieces, count = words.count(found.pieces, "thing"), len(found.orders)
    where = f"in order {found.orders[0].number}" if count == 1 else f"in {words.count(count, 'order')}"
    total = words.listed(words.money(minor, currency) for currency, minor in found.totals.items())
    head = f"{when} you bought {pieces} {where}, {name}, for {total} with delivery"
    if _SUM.search(question.text):
        head = f"{when} you spent {total} with us, {name}: {pieces} {where}, delivery included and cancelled orders not"
        head += _average(question, found)
    products = found.products
    listed = numbered(_product(question, product) for product in products[:SHOWN])
    rest = len(products) - SHOWN
    more = f"\nand {words.count(rest, 'more product')}" if rest > 0 else ""
    return f"{head}:\n{listed}{more}"


def _average(question: Question, found: Purchases) -> str:
    """What an order costs on the average, to the nearest minor unit, if that is asked for."""
    if not _AVERAGE.search(question.text):
        return ""
    words = question.wording
    counts = {currency: sum(one.currency == currency for one in found.orders) for currency in found.totals}
    means = words.listed(
        words.money(round(minor / counts[currency]), currency) for currency, minor in found.totals.items()
    )
    return f". That is {means} an order"


async def _of_products(question: Question, found: Purchases, period: Period, *, ever: Period | None) -> str:
    """What was bought of the products that the question names, "" if it names none of them.

    Without a period of their own ("did I buy a lamp from you?") all orders count: `ever`.
    """
    looked, over = found, period
    if ever is not None and over != ever:
        looked, over = await _bought(question, ever), ever
    names = read_names(question.text, {one.product for one in looked.products})
    some = [one for one in looked.products if one.product in names]
    words = question.wording
    when = f"{over.label[:1].upper()}{over.label[1:]}"
    if not some:
        sold = read_products(question.text, await question.records.products())
        return f"{when} you bought nothing like that from us, {question.customer.first_name}." if sold else ""
    orders = [one for one in looked.orders if any(line.product in names for line in one.lines)]
    total: dict[str, int] = {}
    for one in some:
        total[one.currency] = total.get(one.currency, 0) + one.total_minor
    money = words.listed(words.money(minor, currency) for currency, minor in total.items())
    pieces = words.count(sum(one.quantity for one in some), "thing")
    where = words.listed(f"{one.number} of {words.day(one.placed_at)}" for one in orders[:SHOWN])
    listed = numbered(_product(question, one) for one in some[:SHOWN])
    return f"{when} you bought {pieces} like that for {money}, in {where}:\n{listed}"


def _product(question: Question, bought: ProductBought) -> str:
    times = f"{bought.quantity} × " if bought.quantity > 1 else ""
    return f"{times}{bought.product}: {question.wording.money(bought.total_minor, bought.currency)}"


def _offers(named: str | None, found: Purchases) -> list[buttons.Button]:
    asked = (named or _OFFERED[0]).lower()
    periods = [buttons.purchases(offered) for offered in _OFFERED if offered not in asked]
    return [*periods[:2], buttons.ORDERS] if found.orders else [*periods, buttons.ORDERS]
