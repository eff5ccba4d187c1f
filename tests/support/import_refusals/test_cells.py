"""Whatever is wrong with a cell is named, and nothing is changed."""

import pytest

from tests.support.import_folders import CUSTOMERS, OTHERS, PAYMENTS, PRODUCTS, put, wrongs


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
