"""The handoff card: what an agent needs to know so that the customer repeats nothing."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock, formatting
from support.chat import handoffs
from support.chat.messages import latest
from support.identity import Speaker
from support.models.conversations import Author, BotTurn, Contact, Conversation, Level
from support.models.customers import Customer
from support.models.orders import Order
from support.ordering import orders
from support.points import loyalty
from support.policy.business import Business
from support.signing_in import identification
from support.words import say

ORDERS = 5
UNSHOWN = {"misunderstandings"}  # slots that steer the dialogue and tell an agent nothing
TRIED = 5


async def of(session: AsyncSession, conversation: Conversation, business: Business) -> dict[str, Any] | None:
    """The card of the conversation's latest handoff, None if it never had one; amounts are written out."""
    handoff = await handoffs.current(session, conversation)
    if handoff is None:
        return None
    contact = await session.get_one(Contact, conversation.contact_id)
    known = await identification.of_contact(session, contact, at=clock.now())
    level = Level.SIGNED_IN if contact.customer_id else known.level
    # An order holder may be somebody else than the customer
    customer_id = contact.customer_id or (known.speaker.customer_id if level is Level.VERIFIED else None)
    customer = await session.get_one(Customer, customer_id) if customer_id else None
    tried = await latest(session, conversation.id, Author.BOT, limit=TRIED)
    return {
        "reason": handoff.reason,
        "reason_text": say(f"handoff_{handoff.reason}"),
        "asked": handoff.asked,
        "requested_at": handoff.requested_at.isoformat(),
        "identity": {
            "level": level,
            "name": contact.name or known.name,
            "email": customer.email if customer else None,
            "how_sure": say(f"sure_{level}"),
        },
        **await _records(session, customer, business),
        "tried": [message.text for message in tried],
        "slots": {
            name: str(value) for name, value in handoff.slots.items() if value is not None and name not in UNSHOWN
        },
        "understood": await _understood(session, conversation),
    }


async def _records(session: AsyncSession, customer: Customer | None, business: Business) -> dict[str, Any]:
    if customer is None:
        return {"orders": [], "orders_count": 0, "points": None}
    locale = business.shop.formats
    found = await orders.list_orders(session, Speaker.shop_for(customer.id), limit=ORDERS)
    standing = await loyalty.standing(session, customer.id, clock.now(), business=business)
    count = await session.scalar(select(func.count()).where(Order.customer_id == customer.id))
    return {
        "orders": [
            {
                "number": order.number,
                "placed_on": order.placed_at.astimezone(business.shop.zone).date().isoformat(),
                "status": str(order.status),
                "total": formatting.money(order.total_minor, order.currency, locale),
            }
            for order in found.orders
        ],
        "orders_count": count or 0,
        "points": {"balance": standing.balance, "tier": standing.tier.name},
    }


async def _understood(session: AsyncSession, conversation: Conversation) -> list[dict[str, Any]]:
    query = (
        select(BotTurn.text, BotTurn.intent, BotTurn.confidence)
        .where(BotTurn.conversation_id == conversation.id, BotTurn.intent.is_not(None), BotTurn.text != "")
        .order_by(BotTurn.number.desc())
        .limit(TRIED)
    )
    rows = [
        {"text": row.text, "intent": row.intent, "confidence": row.confidence}
        for row in await session.execute(query)
    ]
    return rows[::-1]
