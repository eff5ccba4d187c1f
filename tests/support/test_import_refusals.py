"""Whatever is wrong with a folder is named, all of it at once, and nothing is changed."""

import pytest

from support.models.cases import Case, CaseKind, CaseLine
from support.models.customers import Customer
from support.models.orders import OrderLine
from support.models.payments import MethodKind
from support.people.customers import reference_of_erased
from tests.support.import_folders import (
    CUSTOMERS,
    LINES,
    METHODS,
    ORDERS,
    PAYMENTS,
    PRODUCTS,
    SHOP,
    VARIANTS,
    bring,
    put,
    rows,
    wrongs,
)
from tests.support.shop_rows import NOW, create_customer, create_method

OTHERS = {
    "shipments": "order_id,tracking_number,carrier,shipped_at\n",
    "addresses": "customer_id,line_1,town,postcode,country\n",
    "subscriptions": "id,customer_id,name,price,currency,every_months,started_on\n",
    "rewards": "id,name,kind,points\n",
    "interactions": "id,customer_id,channel,kind,summary,at\n",
    "consents": "customer_id,purpose,channel,granted,at\n",
    "referrals": "customer_id,friend_id,joined_at\n",
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


@pytest.fixture
def refused(database, folder, rules):
    """What is wrong with the shop after tables were replaced, or, as (table, old, new), changed."""

    async def refuse(*changes, **tables):
        shop = SHOP | tables
        for table, old, new in changes:
            assert old in shop[table]
            shop[table] = shop[table].replace(old, new)
        return await wrongs(database, put(folder, **shop), rules)

    return refuse


class TestFolder:
    async def test_that_is_not_there(self, database, folder, rules):
        assert [code for *_, code in await wrongs(database, folder, rules)] == ["missing_folder"]

    async def test_without_customers(self, database, folder, rules):
        assert await wrongs(database, put(folder, products=PRODUCTS), rules) == [("customers", 0, "", "missing_file")]

    async def test_with_what_does_not_belong_there(self, database, folder, rules):
        put(folder, customers=CUSTOMERS, ordrs=ORDERS, Customers=CUSTOMERS)
        (folder / "orders.xlsx").write_bytes(b"PK")
        (folder / "old").mkdir()
        assert sorted(await wrongs(database, folder, rules)) == [
            ("./orders.xlsx", 0, "", "unknown_file"), ("./ordrs.csv", 0, "", "unknown_file"), ("customers.csv", 0, "", "duplicate"),
            ("old/", 0, "", "unknown_file"),
        ]


class TestFile:
    @pytest.mark.parametrize(("content", "wrong"), [
        (b"", (1, "", "no_header")),
        (b"\n\n", (1, "", "no_header")),
        (CUSTOMERS.encode("utf-16"), (1, "", "encoding")),
        (CUSTOMERS.replace(",", ";"), (1, "", "separator")),
        (CUSTOMERS.replace("email", "e_mail"), (1, "e_mail", "unknown_column")),
        (CUSTOMERS.replace("last_name,email", "email,email"), (1, "email", "duplicate_column")),
        (CUSTOMERS.replace("last_name", ""), (1, "", "unknown_column")),
        ('"id', (1, "", "malformed")),
        (b"id,first_name\xff\n", (1, "", "encoding")),
    ])
    async def test_with_a_wrong_header(self, database, folder, rules, content, wrong):
        assert ("customers", *wrong) in await wrongs(database, put(folder, customers=content), rules)

    async def test_that_lacks_needed_columns(self, refused):
        assert await refused(customers="id,last_name\nC1,B\n") == [
            ("customers", 1, "first_name", "missing_column"), ("customers", 1, "email", "missing_column"),
        ]
        assert await refused(order_lines="order_id,quantity\n") == [
            ("order_lines", 1, "variant_id", "missing_column"), ("order_lines", 1, "unit_price", "missing_column"),
        ]
        assert await refused(("orders", "52.45", ""), order_lines="") == [("order_lines", 1, "", "no_header")]
        assert await refused(order_lines="order_id,unit_price,nothing\n") == [
            ("order_lines", 1, "nothing", "unknown_column"), ("order_lines", 1, "variant_id", "missing_column"),
        ]

    async def test_with_rows_that_cannot_be_read(self, refused):
        head = "id,first_name,email\n"
        assert await refused(customers=head + 'C1,"A" B,a@example.com\nC2,R,r@example.com\n') == [
            ("customers", 2, "", "malformed"),
            # What refers to the customer whose row could not even be read is wrong as well
            *[("payment_methods", line, "customer_id", "unknown_reference") for line in (2, 3)],
            ("orders", 2, "customer_id", "unknown_reference"),
        ]
        assert await refused(customers=CUSTOMERS + 'C3,"A\n\nC4,B\n') == [("customers", 4, "", "malformed")]

    async def test_with_rows_of_another_width(self, refused):
        assert await refused(customers=CUSTOMERS + "C3,A\n\n" + "C4,A,B,c@example.com,\n") == [
            ("customers", 4, "", "cell_count"), ("customers", 6, "", "cell_count"),
        ]

    async def test_with_bytes_that_are_no_text(self, refused):
        wrong = await refused(customers=CUSTOMERS.encode() + b'C3,"two\nlines",B,c3@example.com\nC4,A\xe9,B,c4@example.com\n')
        assert wrong == [("customers", 4, "first_name", "control_character"), ("customers", 6, "first_name", "encoding")]

    async def test_with_a_cell_that_never_ends(self, refused):
        wrong = await refused(customers=CUSTOMERS + f'C3,"{"x" * 200_000}",B,c@example.com\n')
        assert wrong == [("customers", 4, "", "malformed")]


class TestCells:
    @pytest.mark.parametrize(("change", "column", "code"), [
        (("Aoife", ""), "first_name", "required"),
        (("Aoife", "\u200b\u200b"), "first_name", "required"),
        (("Aoife", "A" * 101), "first_name", "too_long"),
        (("Aoife", "A\x00"), "first_name", "control_character"),
        (("Aoife", "A\x1b[2J"), "first_name", "control_character"),
        (("C1", "C" * 201), "id", "too_long"),
        (("C1", "C\u200b1"), "id", "control_character"),
        (("aoife@example.com", "aoife"), "email", "email_format"),
        (("aoife@example.com", "a" * 250 + "@example.com"), "email", "email_format"),
    ])
    async def test_of_a_customer(self, database, folder, rules, change, column, code):
        customers = CUSTOMERS.replace(*change)
        assert await wrongs(database, put(folder, customers=customers), rules) == [("customers", 2, column, code)]

    @pytest.mark.parametrize(("column", "cell", "code"), [
        ("phone", "call me", "phone_format"), ("locale", "Klingon!", "unknown_locale"), ("locale", "x" * 21, "unknown_locale"),
        ("created_at", "01.05.2026", "time_format"), ("created_at", "2026-02-30", "time_format"),
        ("created_at", "2026-05-01T25:00", "time_format"), ("created_at", "1066-10-14", "out_of_range"),
        ("created_at", "20260501", "time_format"), ("created_at", "٢٠٢٦-05-01", "time_format"),
    ])
    async def test_of_a_customers_other_columns(self, database, folder, rules, column, cell, code):
        customers = f"id,first_name,email,{column}\nC1,A,a@example.com,{cell}\n"
        assert await wrongs(database, put(folder, customers=customers), rules) == [("customers", 2, column, code)]

    @pytest.mark.parametrize(("price", "code"), [
        ("1,50", "amount_format"), ("1,234.50", "amount_format"), ("€12", "amount_format"), ("12.505", "amount_too_fine"),
        ("-1.00", "negative"), ("1e3", "amount_format"), ("NaN", "amount_format"), ("", "required"), ("٥", "amount_format"),
        ("21474836.48", "out_of_range"), ("99999999999999999999", "amount_format"), ("+1", "amount_format"), (".5", "amount_format"),
    ])
    async def test_of_money(self, refused, price, code):
        cell = f'"{price}"' if "," in price else price
        assert await refused(("variants", "15.00", cell)) == [("variants", 2, "price", code)]

    @pytest.mark.parametrize(("line", "column", "code"), [
        ("V1,P1,colour,1,EUR,1", "options", "options_format"), ("V1,P1,a=b=c,1,EUR,1", "options", "options_format"),
        ("V1,P1,=c,1,EUR,1", "options", "options_format"), ("V1,P1,a=1;a=2,1,EUR,1", "options", "options_format"),
        ("V1,P1,a=b\\,1,EUR,1", "options", "options_format"), (f"V1,P1,a={'x' * 201},1,EUR,1", "options", "too_long"),
        ("V1,P1,,1,euro,1", "currency", "unknown_currency"), ("V1,P1,,1,XQQ,1", "currency", "unknown_currency"),
        ("V1,P1,,1.5,JPY,1", "price", "amount_too_fine"), ("V1,P1,,1,EUR,-1", "stock", "out_of_range"),
        ("V1,P1,,1,EUR,1.5", "stock", "not_a_whole_number"), ("V1,P1,,1,EUR,true", "stock", "not_a_whole_number"),
        ("V1,P1,,1,EUR,2147483648", "stock", "out_of_range"), ("V1,P9,,1,EUR,1", "product_id", "unknown_reference"),
    ])
    async def test_of_a_variant(self, database, folder, rules, line, column, code):
        variants = f"id,product_id,options,price,currency,stock\n{line}\n"
        folder = put(folder, customers=CUSTOMERS, products=PRODUCTS, variants=variants)
        assert await wrongs(database, folder, rules) == [("variants", 2, column, code)]

    @pytest.mark.parametrize(("table", "columns", "line", "column", "code"), [
        ("payment_methods", "last_digits", "a,C1,card,4111111111111111", "last_digits", "last_digits"),
        ("payment_methods", "expires_on", "a,C1,card,2027-13", "expires_on", "date_format"),
        ("payment_methods", "expires_on", "a,C1,card,1066-10", "expires_on", "out_of_range"),
        ("payment_methods", "expires_on", "a,C1,card,2027-02-30", "expires_on", "date_format"),
        ("payment_methods", "brand", "a,C1,cheque,", "kind", "unknown_value"),
        ("payment_methods", "default", "a,C1,card,maybe", "default", "not_yes_or_no"),
        ("payment_methods", "balance,currency", "a,C1,gift_card,,EUR", "balance", "required"),
        ("payment_methods", "balance,currency", "a,C1,gift_card,5,", "currency", "required"),
        ("payment_methods", "balance,currency", "a,C1,gift_card,5.001,EUR", "balance", "amount_too_fine"),
        ("payment_methods", "balance,currency", "a,C1,card,5,EUR", "balance", "not_for_this_kind"),
        ("shipments", "tracking_url", "#W1,T,Post,2026-11-01,javascript:x", "tracking_url", "url_format"),
        ("shipments", "delivered_at", "#W1,T,Post,2026-11-01,2026-10-01", "delivered_at", "before_the_start"),
        ("shipments", "expected_on", "#W9,T,Post,2026-11-01,", "order_id", "unknown_reference"),
        ("addresses", "id", "C1,1 Quay,Cork,P1,Atlantis,", "country", "unknown_country"),
        ("addresses", "id", "C9,1 Quay,Cork,P1,IE,", "customer_id", "unknown_reference"),
        ("subscriptions", "renews_on", "s,C1,Tea,1,EUR,1,2026-11-01,2026-10-01", "renews_on", "before_the_start"),
        ("subscriptions", "ends_on", "s,C1,Tea,1,EUR,0,2026-11-01,", "every_months", "out_of_range"),
        ("subscriptions", "variant_id", "s,C1,Tea,1,EUR,1,2026-11-01,V9", "variant_id", "unknown_reference"),
        ("subscriptions", "payment_method_id", "s,C1,Tea,1,EUR,1,2026-11-01,paypal", "payment_method_id", "unknown_reference"),
        ("subscriptions", "quantity", "s,C9,Tea,1,EUR,1,2026-11-01,", "customer_id", "unknown_reference"),
        ("rewards", "value,currency", "r,R,voucher,1,,EUR", "value", "required"),
        ("rewards", "value,currency", "r,R,voucher,1,5,", "currency", "required"),
        ("rewards", "value,currency", "r,R,percent,1,101,", "value", "out_of_range"),
        ("rewards", "value,currency", "r,R,gift,1,5,", "value", "not_for_this_kind"),
        ("rewards", "value,currency", "r,R,gift,0,,", "points", "out_of_range"),
        ("rewards", "from_tier", "r,R,gift,1,Oaks", "from_tier", "unknown_reference"),
        ("interactions", "rating", "i,C1,phone,call,Hi,2026-11-01,6", "rating", "out_of_range"),
        ("interactions", "rating", "i,C9,phone,call,Hi,2026-11-01,", "customer_id", "unknown_reference"),
        ("consents", "source", "C1,spam,email,yes,2026-11-01,", "purpose", "unknown_value"),
        ("referrals", "rewarded_at", "C1,C1,2026-11-01,", "friend_id", "own_friend"),
        ("referrals", "rewarded_at", "C1,C9,2026-11-01,", "friend_id", "unknown_reference"),
    ])
    async def test_of_the_other_tables(self, refused, table, columns, line, column, code):
        head = OTHERS.get(table, "id,customer_id,kind\n").replace("\n", f",{columns}\n")
        tables = {table: head + line + "\n"} | ({"payments": PAYMENTS.split("\n")[0] + "\n"} if table == "payment_methods" else {})
        assert await refused(**tables) == [(table, 2, column, code)]


class TestRows:
    async def test_that_come_twice(self, refused):
        wrong = await refused(
            customers=CUSTOMERS + "C1,X,Y,x@example.com\n", order_lines=LINES + "2,#W1,V1,1,1\n",
            payments=PAYMENTS + "p1,#W1,card,payment,1\n",
            shipments=OTHERS["shipments"] + "#W1,T,P,2026-11-02\n" * 2,
        )
        assert [one for one in wrong if one[3] == "duplicate"] == [
            ("customers", 4, "id", "duplicate"), ("order_lines", 5, "id", "duplicate"), ("payments", 4, "id", "duplicate"),
            ("shipments", 3, "tracking_number", "duplicate"),
        ]

    async def test_that_name_two_defaults(self, refused):
        addresses = "customer_id,line_1,town,postcode,country,default\nC1,1,Cork,P,IE,yes\nC1,2,Cork,P,IE,yes\n"
        methods = METHODS.replace("currency\n", "currency,default\n").replace(",EUR\n", ",EUR,yes\n").replace("paypal,,,,\n", "paypal,,,,,\n")
        assert await refused(addresses=addresses, payment_methods=methods) == [
            ("addresses", 3, "default", "two_defaults"), ("payment_methods", 3, "default", "two_defaults"),
        ]

    async def test_that_refer_to_a_wrong_one_are_not_blamed(self, refused):
        assert await refused(("customers", "aoife@example.com", "aoife")) == [("customers", 2, "email", "email_format")]
        assert await refused(("orders", "delivered", "lost")) == [("orders", 2, "status", "unknown_value")]
        addresses = "id,customer_id,line_1,town,postcode,country\na,C1,,Cork,P1,IE\n"
        orders = ORDERS.replace("total\n", "total,address_id\n").replace("52.45\n", "52.45,a\n").replace(",15\n", ",15,\n")
        assert await refused(addresses=addresses, orders=orders) == [("addresses", 2, "line_1", "required")]
        subscriptions = OTHERS["subscriptions"].replace("\n", ",variant_id\n") + "s,C1,Tea,1,EUR,1,2026-11-01,V1\n"
        assert await refused(("variants", "15.00", "x"), subscriptions=subscriptions) == [("variants", 2, "price", "amount_format")]
        assert await refused(("variants", "15.00", "x")) == [("variants", 2, "price", "amount_format")]

    async def test_are_all_named_at_once(self, refused):
        assert await refused(
            ("customers", "Ravi", ""), ("variants", "17.50", "-1"), ("payments", "paypal,payment", "paypal,loan"),
            shipments=OTHERS["shipments"] + "#W3,T,P,2026-11-02\n",
        ) == [
            ("customers", 3, "first_name", "required"), ("variants", 3, "price", "negative"),
            ("payments", 3, "kind", "unknown_value"), ("shipments", 2, "order_id", "unknown_reference"),
        ]


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


class TestPayments:
    @pytest.mark.parametrize(("line", "column", "code"), [
        ("x,#W1,card,payment,0,", "amount", "out_of_range"),
        ("x,#W1,card,payment,1.005,", "amount", "amount_too_fine"),
        ("x,#W1,card,payment,1,USD", "currency", "currency_differs"),
        ("x,#W1,paypal,payment,1,", "payment_method_id", "unknown_reference"),
        ("x,#W9,card,payment,1,", "order_id", "unknown_reference"),
        ("x,#W1,usd,payment,1,", "payment_method_id", "currency_differs"),
    ])
    async def test_that_cannot_be(self, refused, line, column, code):
        methods = METHODS + "usd,C1,gift_card,,,1.00,USD\n"
        payments = f"id,order_id,payment_method_id,kind,amount,currency\n{line}\n"
        assert await refused(payments=payments, payment_methods=methods) == [("payments", 2, column, code)]

    async def test_methods_that_become_something_else(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        methods = METHODS.replace("card,C1,credit_card,Visa,4242,,EUR", "card,C1,gift_card,,,1.00,EUR").replace("50.00,EUR", "50.00,USD")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, payment_methods=methods), rules) == [
            ("payment_methods", 2, "kind", "kind_differs"), ("payment_methods", 3, "currency", "currency_differs"),
        ]


class TestErasedCustomers:
    async def test_do_not_come_back(self, database, folder, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            customer.reference, customer.erased_at = reference_of_erased("C1"), NOW
            await create_method(session, customer, MethodKind.OTHER)
        addresses = OTHERS["addresses"] + "C1,1 Quay,Cork,P1,IE\n"
        assert await wrongs(database, put(folder, customers=CUSTOMERS, addresses=addresses), rules) == [
            ("customers", 2, "id", "erased_customer")
        ]
        only = CUSTOMERS.replace("C1,Aoife,Brennan,aoife@example.com\n", "")
        assert await wrongs(database, put(folder, customers=only, addresses=addresses), rules) == [
            ("addresses", 2, "customer_id", "erased_customer")
        ]


class TestShippedVariants:
    async def test_are_found_in_the_database(self, database, folder, rules):
        await bring(database, put(folder, customers=CUSTOMERS, products=PRODUCTS, variants=VARIANTS), rules)
        await bring(database, put(folder, customers=CUSTOMERS, orders=ORDERS, order_lines=LINES), rules)
        assert len(await rows(database, OrderLine)) == 3
