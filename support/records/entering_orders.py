"""Orders: what each comes to, where it goes, and each change of its status as a step of the shop's."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from sqlalchemy import RowMapping, func, select

from support.models.orders import Order, OrderStatus, OrderTransition
from support.records.entering import Entering
from support.records.entering_addresses import AddressRows
from support.records.faults import Fault, Wrong
from support.records.intake import BATCH, table_of
from support.records.known import KnownCustomer, KnownOrder
from support.records.money import minor, money_of
from support.records.orders import OrderRecord
from support.records.values import MOST
from support.text import new_id

_ADDRESS = ("address_id", "address_line_1", "address_town", "address_postcode", "address_country")


class EnteringOrders(Entering):
    async def take(self, records: Sequence[OrderRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_customers(record.customer_id for record in records)
        rows = await self.intake.rows(Order, Order.number, (record.id for record in records))
        there = {row["number"]: row for row in rows}
        known = [(record, customer) for record in records if (customer := self.links.customer(record))]
        addresses = AddressRows(self.intake)
        await addresses.load({
            customer.id for record, customer in known if record.address_id is not None or record.has_inline_address
        })
        new, changes, steps = [], {}, []
        for record, customer in known:
            row = there.get(record.id)
            id = row["id"] if row is not None else new_id()
            # The lines of a refused one are looked at all the same, for one of them may be what is wrong
            self.links.orders[record.id] = KnownOrder(id, customer.id, record.currency, record.placed_at, row is None)
            values = self._values(record, customer.id, row)
            if values is None or not self._is_addressed(record, customer, addresses, values):
                continue
            step = self._step(record, values, row)
            if row is None:
                new.append(values | {"id": id})
            elif changed := self._changed(record, values, row):
                changes[id] = changed
            if step is not None:
                steps.append(step | {"order_id": id})
        await addresses.write()
        await self.intake.insert(Order, new)
        await self.intake.change(Order, changes)
        self.intake.count_changes(Order.__tablename__, len(records) - len(new), len(changes))
        await self._write_steps(steps)

    async def finish(self) -> None:
        """Orders that are there already and only had lines now come to what those come to."""
        left = [
            number for number in self.intake.goods
            if number not in self.links.orders and not self.intake.may_exist("orders", number)
        ]
        for some in batched(left, BATCH, strict=False):
            rows = await self.intake.rows(Order, Order.number, some)
            changes: dict[str, dict[str, Any]] = {}
            for row in rows:
                goods = self._goods(row["number"], row["currency"])
                total = (goods or 0) + row["shipping_minor"] - row["discount_minor"]
                if goods is not None and not 0 <= total <= MOST:
                    reason = f"the lines of order “{row['number']}” come to less than its discount, or to too much"
                    self.intake.report(Fault("order_lines", 0, "unit_price", "total_differs", reason))
                elif goods is not None and goods != row["goods_minor"]:
                    changes[row["id"]] = {"goods_minor": goods, "total_minor": total}
            await self.intake.change(Order, changes)

    def _is_addressed(
        self, record: OrderRecord, customer: KnownCustomer, addresses: AddressRows, values: dict[str, Any]
    ) -> bool:
        """Whether `values` have the address now that the record names; refuses the record if there is none."""
        if record.has_inline_address:
            values["address_id"] = addresses.of_order(record, customer)["id"]
        elif record.address_id is not None:
            saved = addresses.saved(customer.id, record.address_id)
            if saved is None:
                if self.intake.may_exist("addresses", record.address_id):
                    self.intake.is_broken("orders", record.id)
                else:
                    reason = f"names no address of that customer: “{record.address_id}”"
                    self.intake.refuse(record, "address_id", "unknown_reference", reason)
                return False
            values["address_id"] = saved["id"]
        return True

    def _goods(self, number: str, currency: str) -> int | None:
        """What the lines that come in come to, in minor units; None if one of them is wrong, which it says itself."""
        goods = self.intake.goods[number]
        if goods is None:
            return None
        try:
            return minor(goods, currency)
        except Wrong as wrong:
            return None if wrong.code == "amount_too_fine" else MOST + 1

    def _values(self, record: OrderRecord, customer_id: str, row: RowMapping | None) -> dict[str, Any] | None:
        """The row's values but for its address; refuses the record if they cannot be."""
        if row is not None and row["customer_id"] != customer_id:
            reason = "names another customer than the one whose order it has been so far"
            self.intake.refuse(record, "customer_id", "belongs_to_another", reason)
            return None
        if row is not None and row["currency"] != record.currency:
            reason = f"is {record.currency}, but the order has been in {row['currency']} so far"
            self.intake.refuse(record, "currency", "currency_differs", reason)
            return None
        shipping, discount = record.minor("shipping") or 0, record.minor("discount") or 0
        if row is not None:
            shipping = shipping if "shipping" in record.given else row["shipping_minor"]
            discount = discount if "discount" in record.given else row["discount_minor"]
        total = record.minor("total")
        if record.id in self.intake.goods:
            goods = self._goods(record.id, record.currency)
            if goods is None:
                self.intake.is_broken("orders", record.id)
                return None
        elif row is not None:
            goods = row["goods_minor"]
        elif total is not None:
            goods = total - shipping + discount
        elif self.intake.may_exist("order_lines", ""):
            self.intake.is_broken("orders", record.id)
            return None
        else:
            self.intake.refuse(record, "total", "required", "must not be empty for an order without lines")
            return None
        comes_to = goods + shipping - discount
        if not 0 <= comes_to <= MOST or not 0 <= goods <= MOST or (total is not None and total != comes_to):
            what = money_of(comes_to, record.currency) if goods <= MOST else "more than can be kept"
            reason = f"differs from what lines, shipping and discount come to: {what} {record.currency}"
            self.intake.refuse(record, "total", "total_differs", reason)
            return None
        return record.plain() | {
            "customer_id": customer_id, "status_since": record.status_since or record.placed_at, "goods_minor": goods,
            "shipping_minor": shipping, "discount_minor": discount, "total_minor": comes_to, "address_id": None,
        }

    def _changed(self, record: OrderRecord, values: dict[str, Any], row: RowMapping) -> dict[str, Any]:
        names = {"goods_minor", "shipping_minor", "discount_minor", "total_minor", *record.said()}
        if not record.given.isdisjoint(_ADDRESS):
            names.add("address_id")
        if record.status_since is not None:
            names.add("status_since")
        elif values["status"] != row["status"]:
            values["status_since"] = self.intake.at
            names.add("status_since")
        return {name: values[name] for name in names if values[name] != row[name]}

    def _step(self, record: OrderRecord, values: dict[str, Any], row: RowMapping | None) -> dict[str, Any] | None:
        """The change of status that the record tells of; of a new order only why it was cancelled."""
        if row is None and record.cancel_reason is None:
            return None
        came_from = OrderStatus.PENDING if row is None else row["status"]
        if came_from is record.status:
            return None
        at = record.status_since or (values["status_since"] if row is None else self.intake.at)
        return {
            "at": at, "from_status": came_from, "to_status": record.status, "actor": "shop",
            "reason": record.cancel_reason,
        }

    async def _write_steps(self, steps: list[dict[str, Any]]) -> None:
        table = table_of(OrderTransition)
        last: dict[str, int] = {}
        for some in batched([step["order_id"] for step in steps], BATCH, strict=False):
            query = select(table.c.order_id, func.max(table.c.number)).where(table.c.order_id.in_(some))
            found = await self.intake.session.execute(query.group_by(table.c.order_id))
            last |= {order_id: number for order_id, number in found}  # noqa: C416 - rows, not pairs
        rows = [step | {"number": last.get(step["order_id"], 0) + 1} for step in steps]
        await self.intake.insert(OrderTransition, rows, counted=False)
