"""Folders of CSV files, what an import of them came to, and the rows that are then there."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from support.database import Database
from support.models.base import Base
from support.policy.business import Business
from support.records.faults import Fault
from support.records.intake import Outcome
from support.settings import PROJECT
from support.transfer.importing import ImportRefused, import_folder
from tests.support.shop_rows import NOW

CUSTOMERS = "id,first_name,last_name,email\nC1,Aoife,Brennan,aoife@example.com\nC2,Ravi,Nair,ravi@example.com\n"
PRODUCTS = "id,name\nP1,Kettle\n"
VARIANTS = "id,product_id,options,price,currency,stock\nV1,P1,colour=brass,15.00,EUR,9\nV2,P1,colour=oat,17.50,EUR,3\n"
METHODS = (
    "id,customer_id,kind,brand,last_digits,balance,currency\n"
    "card,C1,credit_card,Visa,4242,,EUR\ngift,C1,gift_card,,,50.00,EUR\npaypal,C2,paypal,,,,\n"
)
ORDERS = (
    "id,customer_id,status,placed_at,currency,shipping,total\n"
    "#W1,C1,delivered,2026-11-01T10:00:00Z,EUR,4.95,52.45\n#W2,C2,pending,2026-11-02,EUR,,15\n"
)
LINES = "id,order_id,variant_id,quantity,unit_price\n1,#W1,V1,2,15.00\n2,#W1,V2,1,17.50\n1,#W2,V1,1,15\n"
PAYMENTS = "id,order_id,payment_method_id,kind,amount\np1,#W1,card,payment,52.45\np2,#W2,paypal,payment,15.00\n"
SHOP = {
    "customers": CUSTOMERS, "products": PRODUCTS, "variants": VARIANTS, "payment_methods": METHODS, "orders": ORDERS,
    "order_lines": LINES, "payments": PAYMENTS,
}
# The heads of tables that SHOP lacks
OTHERS = {
    "shipments": "order_id,tracking_number,carrier,shipped_at\n",
    "addresses": "customer_id,line_1,town,postcode,country\n",
    "subscriptions": "id,customer_id,name,price,currency,every_months,started_on\n",
    "rewards": "id,name,kind,points\n",
    "interactions": "id,customer_id,channel,kind,summary,at\n",
    "consents": "customer_id,purpose,channel,granted,at\n",
    "referrals": "customer_id,friend_id,joined_at\n",
}


def put(folder: Path, **tables: str | bytes) -> Path:
    """The folder with nothing in it but these tables."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for table, content in tables.items():
        (folder / f"{table}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


async def bring(database: Database, folder: Path, rules: Business, *, at=NOW) -> Outcome:
    """Import the folder, which has nothing wrong."""
    faults: list[Fault] = []
    try:
        async with database.write() as session:
            return await import_folder(session, folder, business=rules, at=at, hear=faults.append)
    except ImportRefused:
        raise AssertionError("\n".join(map(str, faults))) from None


async def wrongs(database: Database, folder: Path, rules: Business) -> list[tuple[str, int, str, str]]:
    """(table, line, column, code) of all that is wrong with the folder; nothing has changed."""
    faults: list[Fault] = []
    before = await counts(database)
    with pytest.raises(ImportRefused) as refused:
        async with database.write() as session:
            await import_folder(session, folder, business=rules, at=NOW, hear=faults.append)
    assert refused.value.count == len(faults)
    assert await counts(database) == before
    return [fault[:4] for fault in faults]


async def counts(database: Database) -> dict[str, int]:
    """{table: rows} of all that has any."""
    found = {}
    async with database.read() as session:
        for name, table in Base.metadata.tables.items():
            if count := await session.scalar(select(func.count()).select_from(table)):
                found[name] = count
    return found


async def rows(database: Database, model, *order) -> list:
    async with database.read() as session:
        return list(await session.scalars(select(model).order_by(*order)))


def documented() -> dict[str, str]:
    """{table: example} of docs/import.md."""
    page = (PROJECT / "docs" / "import.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (\w+)\.csv\n(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL)
    return {table: re.search(r"```csv\n(.*?)```", text, re.DOTALL)[1] for table, text in found}
