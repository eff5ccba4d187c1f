"""Payments and their methods that cannot be are named, and nothing is changed."""

import pytest

from tests.support.import_folders import CUSTOMERS, METHODS, SHOP, bring, put, wrongs


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
