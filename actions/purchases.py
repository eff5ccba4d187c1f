"""What a customer bought in a period of their choice."""

from rasa_sdk.events import EventType

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.wording import excerpt, numbered
from support.ordering import purchases
from support.ordering.purchases import ProductBought, Purchases
from support.periods import Period, last_days, read_period

DAYS = 90  # looked back if no period is named
SHOWN = 8
_OFFERED = ("last 90 days", "this year", "last year")


class ShowPurchases(PersonalAction):
    wanted = "what you bought"

    def name(self) -> str:
        return "action_show_purchases"

    async def answer(self, question: Question) -> list[EventType]:
        today, named = question.wording.today, question.entity("period")
        period = read_period(named, today) if named else last_days(DAYS, today)
        if period is None:
            question.say(
                f"I can't tell which time you mean by “{excerpt(named or '', 40)}”. You can say a month, a "
                "year or something like “last 3 months”, or pick one of these:",
                *(buttons.purchases(offered) for offered in _OFFERED),
            )
            return []
        since, until = period.instants(question.wording.zone)
        found = await purchases.bought(question.session, question.speaker, since, until)
        question.say(_told(question, found, period), *_offers(named, found))
        return []


def _told(question: Question, found: Purchases, period: Period) -> str:
    words, name = question.wording, question.customer.first_name
    when = f"{period.label[:1].upper()}{period.label[1:]}"
    if not found.orders:
        return f"{when} you bought nothing from us, {name}."
    pieces, count = words.count(found.pieces, "thing"), len(found.orders)
    where = f"in order {found.orders[0].number}" if count == 1 else f"in {words.count(count, 'order')}"
    total = words.listed(words.money(minor, currency) for currency, minor in found.totals.items())
    products = found.products
    listed = numbered(_product(question, product) for product in products[:SHOWN])
    rest = len(products) - SHOWN
    more = f"\nand {words.count(rest, 'more product')}" if rest > 0 else ""
    return f"{when} you bought {pieces} {where}, {name}, for {total} with delivery:\n{listed}{more}"


def _product(question: Question, bought: ProductBought) -> str:
    times = f"{bought.quantity} × " if bought.quantity > 1 else ""
    return f"{times}{bought.product}: {question.wording.money(bought.total_minor, bought.currency)}"


def _offers(named: str | None, found: Purchases) -> list[buttons.Button]:
    asked = (named or _OFFERED[0]).lower()
    periods = [buttons.purchases(offered) for offered in _OFFERED if offered not in asked]
    return [*periods[:2], buttons.ORDERS] if found.orders else [*periods, buttons.ORDERS]
