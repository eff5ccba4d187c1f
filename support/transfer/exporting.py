"""`rapport export`: the whole shop, or one customer, as the folder of CSV files that an import reads."""

import csv
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.errors import ConflictError, NotFound
from support.models.base import Base
from support.models.catalogue import Product, Variant
from support.models.customers import Customer
from support.models.orders import Order, OrderLine
from support.models.returns import Return, ReturnLine
from support.models.rewards import Reward, Voucher
from support.models.subscriptions import Subscription
from support.records.cells import Told
from support.records.cells_of_catalogue import of_products, of_rewards
from support.records.cells_of_customers import of_customers
from support.records.cells_of_orders import of_orders
from support.records.cells_of_returns import of_invoices_alone
from support.records.writing import TABLES
from support.transfer.personal import Kept, write_personal

PAGE = 500  # customers, orders or products at a time: what the export holds in memory

Progress = Callable[[str, int, int], None]


class FolderInUse(ConflictError):
    """Something is in the folder already."""

    code = "folder_in_use"
    message = "There is something in that folder already; name a new or an empty one."


async def export_folder(
    database: Database, folder: Path, *, customer: str | None = None, kept: Kept | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> dict[str, int]:
    """Write a file a table into `folder`, which is made, or empty; answers how many rows each has.

    `customer` is the shop's id of the one whose rows alone are written, with the products and rewards that these name.
    With `kept`, all that there is about them beside these comes along too (support/transfer/personal.py).
    All of it is as it stands at one instant. Only the owner of the files can read them. Raises FolderInUse, NotFound.
    """
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(_snapshot(database))
        theirs = None
        if customer is not None:
            found = select(Customer.id).where(Customer.reference == customer, Customer.erased_at.is_(None))
            if (theirs := await session.scalar(found)) is None:
                raise NotFound(f"There is no customer “{customer}”.")
        writers = _writers(stack.enter_context(ExitStack()), folder)
        written = dict.fromkeys(TABLES, 0)
        for what, tell, column, wanted in _parts(theirs):
            total = await session.scalar(select(func.count()).select_from(column.class_).where(*wanted)) or 0
            done = 0
            async for ids in _pages(session, column, wanted):
                for table, rows in (await tell(session, ids)).items():
                    writers[table].writerows(rows)
                    written[table] += len(rows)
                done += len(ids)
                progress(what, done, total)
        if theirs is not None and kept is not None:
            await write_personal(session, folder, theirs, kept)
        if theirs is None:
            numbers = await of_invoices_alone(session)
            writers["invoices"].writerows(numbers)
            written["invoices"] += len(numbers)
        return written


Tell = Callable[[AsyncSession, Sequence[str]], Awaitable[Told]]


def _parts(customer_id: str | None) -> list[tuple[str, Tell, Any, list[ColumnElement[bool]]]]:
    """(what, how it is told, its key, which of it) in the order of the export."""
    not_erased = select(Customer.id).where(Customer.erased_at.is_(None))
    if customer_id is None:
        return [
            ("customers", of_customers, Customer.reference, [Customer.erased_at.is_(None)]),
            ("products", of_products, Product.reference, []),
            ("orders", of_orders, Order.number, [Order.customer_id.in_(not_erased)]),
            ("rewards", of_rewards, Reward.reference, []),
        ]
    bought = select(OrderLine.variant_id).join(Order).where(Order.customer_id == customer_id)
    subscribed = select(Subscription.variant_id).where(Subscription.customer_id == customer_id)
    wished = select(ReturnLine.new_variant_id).join(Return).join(Order).where(Order.customer_id == customer_id)
    products = select(Variant.product_id).where(
        Variant.id.in_(bought) | Variant.id.in_(subscribed) | Variant.id.in_(wished)
    )
    redeemed = select(Voucher.reward_id).where(Voucher.customer_id == customer_id)

    async def without_friends(session: AsyncSession, ids: Sequence[str]) -> Told:
        return await of_customers(session, ids, friends=False)

    return [
        ("customers", without_friends, Customer.reference, [Customer.id == customer_id]),
        ("products", of_products, Product.reference, [Product.id.in_(products)]),
        ("orders", of_orders, Order.number, [Order.customer_id == customer_id]),
        ("rewards", of_rewards, Reward.reference, [Reward.id.in_(redeemed)]),
    ]


async def _pages(session: AsyncSession, key: Any, wanted: list[ColumnElement[bool]]) -> AsyncIterator[list[str]]:
    """The ids of the rows, some at a time, in the order of their key."""
    model: type[Base] = key.class_
    after: list[ColumnElement[bool]] = []
    while True:
        query = select(model.id, key).where(*wanted, *after).order_by(key).limit(PAGE)  # type: ignore[attr-defined]
        rows = (await session.execute(query)).all()
        if not rows:
            return
        yield [id for id, _ in rows]
        after = [key > rows[-1][1]]


def _writers(files: ExitStack, folder: Path) -> "dict[str, csv.DictWriter[str]]":
    """{table: what writes its rows}; only the owner can read the files. Raises FolderInUse."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderInUse
    writers = {}
    for table, record in TABLES.items():
        opened = os.open(folder / f"{table}.csv", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        file = files.enter_context(os.fdopen(opened, "w", encoding="utf-8", newline=""))
        writers[table] = csv.DictWriter(file, [column.name for column in record.columns], lineterminator="\n")
        writers[table].writeheader()
    return writers


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncSession]:
    """A session to which the database stands still, without keeping others from writing."""
    if database.is_sqlite:
        async with database.read() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("BEGIN")  # deferred: it sees what its first read sees
            try:
                yield session
            finally:
                await connection.exec_driver_sql("ROLLBACK")
    else:
        engine = database.engine.execution_options(isolation_level="REPEATABLE READ")
        async with AsyncSession(engine) as session:
            yield session
