"""Orders and lines that cannot be are named, and nothing is changed."""

import pytest

from support.models.cases import Case, CaseKind, CaseLine
from support.models.customers import Customer
from support.models.orders import OrderLine
from tests.support.import_folders import (
    CUSTOMERS,
    LINES,
    ORDERS,
    PRODUCTS,
    SHOP,
    VARIANTS,
    bring,
    put,
    rows,
    wrongs,
)
from tests.support.shop_rows import NOW


class TestOrders:
    @pytest.mark.parametrize(("columns", "cells", "column", "code"), [
        ("cancel_reason", "Lost", "cancel_reason", "not_for_this_kind"),
        ("status_since", "2026-10-01", "status_since", "before_the_start"),
        ("lines_changed_at", "2026-10-01", "lines_changed_at", "before_the_start"),
        ("discount", "1.001", "discount", "amount_too_fine"),
        ("discount", "53", "total", "total_differs"),
        ("address_id", "home", "address_id", "unknown_reference"),
        ("address_id,address_town", "home,Cork", "address_id", "two_addresses"),
        ("address_line_1,address_town,address_country", "1 Quay,Cork,IE", "address_postcode", "required"),
    ])
    async def test_with_columns_that_do_not_go_together(self, refused, columns, cells, column, code):
        head, first, *_ = ORDERS.split("\n")
        orders = f"{head},{columns}\n{first},{cells}\n"
        wrong = await refused(orders=orders, order_lines=LINES.replace("1,#W2,V1,1,15\n", ""), payments="order_id,payment_method_id,kind,amount\n")
        assert wrong == [("orders", 2, column, code)]

    async def test_that_do_not_add_up(self, refused):
        assert await refused(("orders", "52.45", "52.44")) == [("orders", 2, "total", "total_differs")]
        assert await refused(("order_lines", "V2,1", "V2,2")) == [("orders", 2, "total", "total_differs")]

    async def test_whose_lines_are_wrong_are_not_blamed(self, refused):
        assert await refused(("order_lines", "V2,1,", "V2,0,")) == [("order_lines", 3, "quantity", "out_of_range")]
        assert await refused(("order_lines", "17.50", "17.505")) == [("order_lines", 3, "unit_price", "amount_too_fine")]
        assert await refused(("order_lines", "V2,1", "V7,1")) == [("order_lines", 3, "variant_id", "unknown_reference")]

    async def test_without_lines_need_a_total(self, database, folder, rules):
        orders = "id,customer_id,status,placed_at,currency\n#1,C1,pending,2026-11-01,EUR\n"
        folder = put(folder, customers=CUSTOMERS, orders=orders)
        assert await wrongs(database, folder, rules) == [("orders", 2, "total", "required")]

    async def test_that_come_to_too_much(self, refused):
        too_much = ("order_lines", "V1,2,15.00", "V1,1000000,2000.00")
        assert await refused(too_much, ("orders", "52.45", "")) == [("orders", 2, "total", "total_differs")]

    async def test_of_another_customer_or_currency(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        orders = ORDERS.replace("#W1,C1", "#W1,C2").replace("2026-11-02,EUR", "2026-11-02,USD")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, orders=orders), rules) == [
            ("orders", 2, "customer_id", "belongs_to_another"), ("orders", 3, "currency", "currency_differs"),
        ]

    async def test_that_were_there_and_only_have_wrong_lines_now(self, database, folder, rules):
        await bring(database, put(folder, **SHOP | {"orders": ORDERS.replace("total", "discount").replace("52.45", "40").replace(",15\n", ",0\n")}), rules)
        lines = "order_id,variant_id,unit_price\n#W1,V1,1.00\n"
        assert await wrongs(database, put(folder, customers=CUSTOMERS, order_lines=lines), rules) == [
            ("order_lines", 0, "unit_price", "total_differs")
        ]
        lines = "order_id,variant_id,unit_price\n#W1,V1,1.001\n"
        assert await wrongs(database, put(folder, customers=CUSTOMERS, order_lines=lines), rules) == [
            ("order_lines", 2, "unit_price", "amount_too_fine")
        ]

    async def test_whose_lines_a_case_is_about(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        line = next(line for line in await rows(database, OrderLine) if line.reference == "2")
        customer_id = (await rows(database, Customer))[0].id
        async with database.write() as session:
            case = Case(reference="K-1", customer_id=customer_id, kind=CaseKind.DAMAGED, text="Broken", opened_at=NOW)
            session.add(case)
            await session.flush()
            session.add(CaseLine(case_id=case.id, order_line_id=line.id))
        lines = LINES.replace("2,#W1,V2,1,17.50\n", "")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, order_lines=lines), rules) == [
            ("order_lines", 2, "order_id", "line_in_use")
        ]


class TestShippedVariants:
    async def test_are_found_in_the_database(self, database, folder, rules):
        await bring(database, put(folder, customers=CUSTOMERS, products=PRODUCTS, variants=VARIANTS), rules)
        await bring(database, put(folder, customers=CUSTOMERS, orders=ORDERS, order_lines=LINES), rules)
        assert len(await rows(database, OrderLine)) == 3
