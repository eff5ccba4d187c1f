"""The addresses that are in the book, and one that is to come in."""

from sqlalchemy import select

from support.models.customers import Address, Customer

INTENT = "change_default_address"
HOME = ("Home", "14 Quay Lane", None, "Kinsale", None, "P17 AB12", "IE", True)
WORK = ("Work", "1 South Mall", None, "Cork", None, "T12 AB34", "IE", False)
DENVER = ("Home", "12 Elm St", None, "Denver", "CO", "80201", "US", True)


async def book(database, customer: Customer) -> list[tuple]:
    """(label, line 1, line 2, town, region, postcode, country, default) of each saved address, the default first."""
    async with database.read() as session:
        rows = await session.scalars(
            select(Address).where(Address.customer_id == customer.id, Address.saved)
            .order_by(Address.is_default.desc(), Address.label)
        )
        return [
            (row.label, row.line_1, row.line_2, row.town, row.region, row.postcode, row.country, row.is_default)
            for row in rows
        ]
