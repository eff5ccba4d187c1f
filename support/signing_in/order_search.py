"""Finding an order by what its holder knows: its number, however they write it, and where it goes."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.customers import Address, Customer
from support.models.orders import Order
from support.ordering.order_numbers import plain

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


async def order_at(session: AsyncSession, wanted: str, postcode: str) -> Order | None:
    """The latest order of that plain number that goes to that plain postcode; one with all of its number goes first."""
    core = bare(wanted)
    if not core or not postcode:
        return None
    written = func.replace(func.replace(func.upper(Address.postcode), " ", ""), "-", "")
    found = await session.scalars(
        select(Order)
        .join(Address, Address.id == Order.address_id)
        .join(Customer, Customer.id == Order.customer_id)
        .where(
            # Whatever signs the shop puts between them, these letters and digits follow one another
            Order.number.ilike("%" + "%".join(core) + "%"), written == postcode, Customer.erased_at.is_(None),
        )
        .order_by(Order.placed_at.desc())
    )
    orders = list(found)
    for fits in (lambda whole: whole == wanted, lambda whole: bare(whole) == wanted):
        if fitting := [order for order in orders if fits(plain(order.number))]:
            return fitting[0]
    return None


def bare(number: str) -> str:
    """A plain number without the letters it begins with, unless it is all letters."""
    return number.lstrip(_LETTERS) or number
