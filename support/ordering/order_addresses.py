"""Where a customer's orders go: "send it to the same address as my last order"."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.customers import Address
from support.models.orders import Order
from support.people.address_book import SavedAddress, described

MOST = 100  # the newest ones; of older ones nobody knows the number


@use_case("look up", needs=Level.VERIFIED)
async def sent_to(session: AsyncSession, speaker: Speaker) -> dict[str, SavedAddress]:
    """Where each of the customer's newest orders goes, by its number, newest first; those without an address left out.

    An address of an order need not be in the customer's book.
    """
    rows = await session.execute(
        select(Order.number, Address).join(Address, Address.id == Order.address_id)
        .where(Order.customer_id == speaker.customer)
        .order_by(Order.placed_at.desc(), Order.number.desc()).limit(MOST)
    )
    return {number: described(row) for number, row in rows}
