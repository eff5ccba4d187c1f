"""Whatever is wrong with a folder and with its files is named, all of it at once, and nothing is changed."""

import pytest

from tests.support.import_folders import CUSTOMERS, ORDERS, PRODUCTS, put, wrongs


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
