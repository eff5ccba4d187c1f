"""What records refer to by the shop's ids: the rows' own ids, and the little that others need to know of them.

Kept while records come in, for whatever was named: some 300 bytes a row.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple

from sqlalchemy import select

from support.models.catalogue import Product, Variant
from support.models.customers import Customer
from support.models.orders import Order
from support.models.payments import MethodKind, PaymentMethod
from support.people.customers import reference_of_erased
from support.records.intake import BATCH, Intake
from support.records.record import Record


class KnownCustomer(NamedTuple):
    id: str
    name: str
    created_at: datetime
    erased: bool


class KnownProduct(NamedTuple):
    id: str
    name: str


class KnownVariant(NamedTuple):
    id: str
    product_id: str
    product_name: str
    options: dict[str, Any]


class KnownMethod(NamedTuple):
    id: str
    kind: MethodKind
    currency: str


class KnownOrder(NamedTuple):
    """`new`: it has come in this very go, so that there is nothing of it in the database yet."""

    id: str
    customer_id: str
    currency: str
    placed_at: datetime
    new: bool


async def customers_called(intake: Intake, keys: Iterable[str]) -> dict[str, Any]:
    """{the shop's id: the row of the customer who has it, or had it until they were erased}."""
    gone = {reference_of_erased(key): key for key in keys}
    rows = await intake.rows(Customer, Customer.reference, [*gone.values(), *gone])
    return {gone.get(row["reference"], row["reference"]): row for row in rows}


class Links:
    """Everything that was named so far, by the shop's id; a method by its customer's id (ours) and its own."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.customers: dict[str, KnownCustomer] = {}
        self.products: dict[str, KnownProduct] = {}
        self.variants: dict[str, KnownVariant] = {}
        self.orders: dict[str, KnownOrder] = {}
        self.methods: dict[tuple[str, str], KnownMethod] = {}

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

    def variant(self, record: Record) -> KnownVariant | None:
        return self._named(record, "variant_id", "variants", self.variants)

    def order(self, record: Record) -> KnownOrder | None:
        return self._named(record, "order_id", "orders", self.orders)

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
    "payment_methods": "payment method of that customer",
}


def _missing(keys: Iterable[str], known: dict[str, Any]) -> set[str]:
    return {key for key in keys if key not in known}
