"""What records refer to by the shop's ids: the rows' own ids, and the little that others need to know of them.

Kept while records come in, for whatever was named: some 300 bytes a row.
"""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from sqlalchemy import select

from support.models.catalogue import Product, Variant
from support.models.customers import Customer
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.orders import Order
from support.models.payments import PaymentMethod
from support.models.rewards import Reward
from support.people.customers import reference_of_erased
from support.records.intake import BATCH, Intake
from support.records.known import KnownCustomer, KnownEntry, KnownMethod, KnownOrder, KnownProduct, KnownVariant
from support.records.known_lines import KnownLines
from support.records.record import Record


async def customers_called(intake: Intake, keys: Iterable[str]) -> dict[str, Any]:
    """{the shop's id: the row of the customer who has it, or had it until they were erased}."""
    gone = {reference_of_erased(key): key for key in keys}
    rows = await intake.rows(Customer, Customer.reference, [*gone.values(), *gone])
    return {gone.get(row["reference"], row["reference"]): row for row in rows}


class Links:
    """Everything that was named so far, by the shop's id; a method by its customer's id (ours) and its own.

    `balances` is what gift cards (our ids) are to hold, in minor units; `rewards` has our ids, `entries` those of the
    points ledger.
    """

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.customers: dict[str, KnownCustomer] = {}
        self.products: dict[str, KnownProduct] = {}
        self.variants: dict[str, KnownVariant] = {}
        self.orders: dict[str, KnownOrder] = {}
        self.methods: dict[tuple[str, str], KnownMethod] = {}
        self.balances: dict[str, int] = {}
        self.rewards: dict[str, str] = {}
        self.entries: dict[str, KnownEntry] = {}
        self.lines = KnownLines(intake)

    async def load_customers(self, keys: Iterable[str]) -> None:
        for key, row in (await customers_called(self._intake, _missing(keys, self.customers))).items():
            self.customers[key] = KnownCustomer(
                row["id"], f"{row['first_name']} {row['last_name']}".strip(), row["created_at"],
                row["erased_at"] is not None,
            )

    async def load_products(self, keys: Iterable[str]) -> None:
        for row in await self._intake.rows(Product, Product.reference, _missing(keys, self.products)):
            self.products[row["reference"]] = KnownProduct(row["id"], row["name"])

    async def load_variants(self, keys: Iterable[str]) -> None:
        for some in batched(sorted(_missing(keys, self.variants)), BATCH, strict=False):
            query = select(Variant.sku, Variant.id, Variant.product_id, Product.name, Variant.options)
            for sku, *known in await self._intake.session.execute(query.join(Product).where(Variant.sku.in_(some))):
                self.variants[sku] = KnownVariant(*known)

    async def load_orders(self, keys: Iterable[str]) -> None:
        for row in await self._intake.rows(Order, Order.number, _missing(keys, self.orders)):
            self.orders[row["number"]] = KnownOrder(
                row["id"], row["customer_id"], row["currency"], row["placed_at"], False
            )

    async def load_methods(self, keys: Iterable[tuple[str, str]]) -> None:
        """`keys` are (our id of the customer, the shop's of the method)."""
        owners = {customer_id for customer_id, reference in keys if (customer_id, reference) not in self.methods}
        for row in await self._intake.rows(PaymentMethod, PaymentMethod.customer_id, owners):
            self.methods[row["customer_id"], row["reference"]] = KnownMethod(row["id"], row["kind"], row["currency"])

    async def load_rewards(self, keys: Iterable[str]) -> None:
        for row in await self._intake.rows(Reward, Reward.reference, _missing(keys, self.rewards)):
            self.rewards[row["reference"]] = row["id"]

    async def load_entries(self, keys: Iterable[str]) -> None:
        for some in batched(sorted(_missing(keys, self.entries)), BATCH, strict=False):
            query = select(LedgerEntry.idempotency_key, LedgerEntry.id, LoyaltyAccount.customer_id, LedgerEntry.kind)
            query = query.join(LoyaltyAccount, LoyaltyAccount.id == LedgerEntry.account_id)
            rows = await self._intake.session.execute(query.where(LedgerEntry.idempotency_key.in_(some)))
            for key, id, customer_id, kind in rows:
                self.entries[key] = KnownEntry(id, customer_id, kind)

    def customer(self, record: Record, column: str = "customer_id") -> KnownCustomer | None:
        """Whom the record names there; refuses the record if nobody, or somebody who was erased."""
        known = self._named(record, column, "customers", self.customers)
        if known is not None and known.erased:
            if self._intake.may_exist("customers", getattr(record, column)):
                return None
            self._intake.refuse(record, column, "erased_customer", "names a customer whose account was deleted here")
            return None
        return known

    def product(self, record: Record) -> KnownProduct | None:
        return self._named(record, "product_id", "products", self.products)

    def variant(self, record: Record, column: str = "variant_id") -> KnownVariant | None:
        return self._named(record, column, "variants", self.variants)

    def order(self, record: Record) -> KnownOrder | None:
        return self._named(record, "order_id", "orders", self.orders)

    def order_of(self, record: Record, customer_id: str) -> KnownOrder | None:
        """The customer's order that the record names; refuses the record if it is another's."""
        order = self.order(record)
        if order is None or order.customer_id == customer_id:
            return order
        number = record.order_id  # type: ignore[attr-defined]
        reason = f"names no order of that customer: “{number}”"
        self._intake.refuse(record, "order_id", "unknown_reference", reason)
        return None

    def reward(self, record: Record) -> str | None:
        return self._named(record, "reward_id", "rewards", self.rewards)

    def entry(self, record: Record, customer_id: str) -> KnownEntry | None:
        """The entry of the customer's points that the record names; refuses the record if it is another's."""
        key = record.points_id  # type: ignore[attr-defined]
        entry = self.entries.get(key)
        theirs = {key: entry} if entry is not None and entry.customer_id == customer_id else {}
        return self._named(record, "points_id", "points", theirs)

    def method(self, record: Record, customer_id: str) -> KnownMethod | None:
        """The customer's method that the record names; refuses the record if it is another's."""
        theirs = {record.payment_method_id: self.methods.get((customer_id, record.payment_method_id))}  # type: ignore[attr-defined]
        known = {key: method for key, method in theirs.items() if method is not None}
        return self._named(record, "payment_method_id", "payment_methods", known)

    def _named[K](self, record: Record, column: str, table: str, known: dict[str, K]) -> K | None:
        key = getattr(record, column)
        found = known.get(key)
        if found is None:
            if self._intake.may_exist(table, key):
                if (own := getattr(record, "id", None)) is not None:
                    self._intake.is_broken(record.table, own)
            else:
                what = _WHAT[table]
                self._intake.refuse(record, column, "unknown_reference", f"names no {what} that there is: “{key}”")
        return found


_WHAT = {
    "customers": "customer", "products": "product", "variants": "variant", "orders": "order",
    "payment_methods": "payment method of that customer", "rewards": "reward",
    "points": "entry of that customer's points",
}


def _missing(keys: Iterable[str], known: dict[str, Any]) -> set[str]:
    return {key for key in keys if key not in known}
