"""Whatever is wrong between rows is named, all of it at once, and nothing is changed."""

from tests.support.import_folders import CUSTOMERS, LINES, METHODS, ORDERS, OTHERS, PAYMENTS


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
