"""A customer with three orders, and messages of several clauses: what tests of whole conversations with tasks need."""

from typing import Any

from support.models.customers import Address, Customer
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

ITEMS, EXCHANGE, CANCEL, ADDRESS = "change_order_items", "exchange_items", "cancel_order", "change_order_address"


async def with_three_orders(database) -> Customer:
    """Headphones and a lamp in pending HF-1001, boots and a rug in delivered HF-1002, a tablet in pending HF-1003."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        await create_method(session, customer, MethodKind.WALLET)
        heard = await stocked(session, "Headphones", (5000, 5, {"type": "wired"}), (5200, 5, {"type": "wireless"}))
        lamp = await stocked(session, "Lamp", (3000, 5, {"colour": "black"}), (3500, 5, {"colour": "brass"}))
        boots = await stocked(session, "Boots", (9000, 5, {"size": "7"}), (9400, 5, {"size": "9"}))
        rug, tablet = await stocked(session, "Rug", (4000, 5, {"colour": "red"})), await stocked(
            session, "Tablet", (20000, 5, {"colour": "red"})
        )
        for product in (heard, lamp, boots, rug, tablet):
            await session.refresh(product, ["variants"])
        first = {one.name: min(one.variants, key=lambda each: each.price_minor) for one in (heard, lamp, boots, rug, tablet)}
        for number, status, names in (
            ("HF-1001", OrderStatus.PENDING, ("Headphones", "Lamp")), ("HF-1002", OrderStatus.DELIVERED, ("Boots", "Rug")),
            ("HF-1003", OrderStatus.PENDING, ("Tablet",)),
        ):
            lines = tuple((first[name], 1, first[name].price_minor) for name in names)
            await create_order(session, customer, number, lines=lines, status=status, paid_with=card)
        session.add(Address(
            customer_id=customer.id, label="work", recipient="Ada Lovelace", line_1="8 Mill Lane", town="Cork",
            postcode="T12 AB12", country="IE",
        ))
    return customer


def clause(text: str, intent: str, confidence: float = 0.9, *, asks: bool = True, inquires: bool = False) -> dict[str, Any]:
    return {"text": text, "intent": intent, "confidence": confidence, "asks": asks, "inquires": inquires, "faq": {}}


async def say(talk: Talk, *clauses: dict[str, Any]) -> str:
    return await talk.say(" ".join(one["text"] for one in clauses), clauses[-1]["intent"], clauses=list(clauses))


def waiting(talk: Talk) -> list[tuple[str, str]]:
    """The intents and texts of the requests that wait."""
    return [(one["intent"], one["text"]) for one in talk.slots.get("agenda") or []]
