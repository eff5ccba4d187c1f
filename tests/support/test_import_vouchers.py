"""Vouchers, invoices' numbers and gift cards' entries that a shop brings along."""

import pytest

from support.errors import NotFound
from support.invoicing import invoice_numbers
from support.models.invoices import Invoice
from support.models.orders import Order
from support.models.payments import GiftCardEntry
from support.models.rewards import Voucher
from support.points import vouchers
from tests.support.import_folders import CUSTOMERS, METHODS, SHOP, bring, put, rows, wrongs
from tests.support.shop_rows import NOW

REWARDS = "id,name,kind,points,value,currency\nR1,Ten off,voucher,50,10,EUR\n"
POINTS = (
    "id,customer_id,kind,points,at\ne1,C1,earn,500,2026-11-01\ne2,C1,redeem,-50,2026-11-02\ne3,C1,redeem,-60,2026-11-03\n"
    "f1,C2,earn,5,2026-11-03\n"
)
VOUCHERS = (
    "code,customer_id,reward_id,points_id,kind,value,currency,issued_at,expires_at,used_at,order_id\n"
    "HF-4K7M-2QXD-90TB,C1,R1,e2,voucher,10.00,EUR,2026-11-02,2027-02-01,2026-11-04,#W1\n"
    "Summer Sale 10%,C1,,,percent,10,,2026-11-02,2027-02-01,,\nFREE,C2,,,shipping,,,2026-11-02,2026-12-01,,\n"
)
SPENT = SHOP | {"rewards": REWARDS, "points": POINTS, "vouchers": VOUCHERS}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


class TestVouchers:
    async def test_can_be_used_here_whatever_their_codes(self, database, folder, rules):
        assert (await bring(database, put(folder, **SPENT), rules)).added["vouchers"] == 3
        again = await bring(database, put(folder, **SPENT), rules)
        assert not +again.added
        assert not +again.changed
        async with database.write() as session:
            used = await vouchers.use_voucher(session, "Summer Sale 10%", "#W1", at=NOW)
            assert (used.value, used.used_at) == (10, NOW)
            assert (await vouchers.use_voucher(session, " FREE ", "#W2", at=NOW)).used_at == NOW
            assert (await vouchers.use_voucher(session, "hf 4k7m 2qxd 9otb", "#W1", at=NOW)).value == 1000
            for code in ("summer sale 10%", "free", "", "\ud800", "x" * 300):
                with pytest.raises(NotFound):
                    await vouchers.use_voucher(session, code, "#W1", at=NOW)
        gone = VOUCHERS.replace(",2026-11-04,#W1", ",,")
        changed = await bring(database, put(folder, customers=CUSTOMERS, vouchers=gone), rules)
        assert changed.changed["vouchers"] == 3
        assert {one.used_at for one in await rows(database, Voucher)} == {None}

    @pytest.mark.parametrize(("old", "new", "column", "code"), [
        ("FREE,C2", "FREE,C9", "customer_id", "unknown_reference"), ("FREE,C2", "Summer Sale 10%,C2", "code", "duplicate"),
        ("FREE,C2", f"{'F' * 41},C2", "code", "too_long"), ("C1,R1", "C1,R9", "reward_id", "unknown_reference"),
        ("R1,e2", "R1,f1", "points_id", "unknown_reference"), ("R1,e2", "R1,e9", "points_id", "unknown_reference"),
        ("R1,e2", "R1,e1", "points_id", "not_for_this_kind"), ("C1,,,percent", "C1,,e2,percent", "points_id", "belongs_to_another"),
        ("percent,10,", "percent,101,", "value", "out_of_range"), ("voucher,10.00,EUR", "voucher,,EUR", "value", "required"),
        ("voucher,10.00,EUR", "voucher,10.00,", "currency", "required"), ("voucher,10.00", "voucher,10.001", "value", "amount_too_fine"),
        ("2026-11-04,#W1", "2026-11-04,#W2", "order_id", "unknown_reference"), ("2026-11-04,#W1", ",#W1", "order_id", "not_for_this_kind"),
        ("2026-11-04,#W1", "2026-11-01,#W1", "used_at", "before_the_start"), ("2026-12-01", "2026-11-01", "expires_at", "before_the_start"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, old, new, column, code):
        assert old in VOUCHERS
        line = next(number for number, text in enumerate(VOUCHERS.splitlines(), 1) if old in text)
        if code == "belongs_to_another":
            code = "duplicate"  # the first to name the points is in the same file
        shop = SPENT | {"vouchers": VOUCHERS.replace(old, new)}
        assert await wrongs(database, put(folder, **shop), rules) == [("vouchers", line, column, code)]

    async def test_never_change_their_customer_or_what_paid_for_them(self, database, folder, rules):
        await bring(database, put(folder, **SPENT), rules)
        other = VOUCHERS.replace("R1,e2", "R1,e3").replace("10%,C1,,", "10%,C1,,e2").replace("FREE,C2", "FREE,C1")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, vouchers=other), rules) == [
            ("vouchers", 2, "points_id", "belongs_to_another"), ("vouchers", 3, "points_id", "belongs_to_another"),
            ("vouchers", 4, "customer_id", "belongs_to_another"),
        ]


INVOICES = "number,order_id,issued_at\nINV-2026-000007,#W1,2026-11-05\nINV-2026-000009,,2026-11-06\nINV-2025-1000000,#W2,2025-12-31\n"


class TestInvoices:
    async def test_keep_their_numbers_from_being_given_again(self, database, folder, rules):
        orders = SHOP["orders"] + "#W3,C2,delivered,2026-11-02,EUR,,5\n"
        shop = SHOP | {"orders": orders, "invoices": INVOICES}
        assert (await bring(database, put(folder, **shop), rules)).added["invoices"] == 3
        again = await bring(database, put(folder, **shop), rules)
        assert (+again.added, again.unchanged["invoices"]) == ({}, 3)
        first, _, third = await rows(database, Order, Order.number)
        async with database.write() as session:
            assert (await invoice_numbers.issue(session, first, year=2026, at=NOW)).number == 7
            assert (await invoice_numbers.issue(session, third, year=2026, at=NOW)).number == 10
        # An order that is told no more does not take its invoice's number away
        alone = INVOICES.replace("#W1", "")
        assert not +(await bring(database, put(folder, customers=CUSTOMERS, invoices=alone), rules)).changed
        assert sorted(one.number for one in await rows(database, Invoice) if one.order_id) == [7, 10, 1000000]

    @pytest.mark.parametrize(("old", "new", "column", "code"), [
        ("INV-2026-000007", "INV-2026-7", "number", "id_format"), ("INV-2026-000007", "INV-2026-0000007", "number", "id_format"),
        ("INV-2026-000007", "INV-2026-000000", "number", "id_format"), ("INV-2026-000009", "INV-2026-000007", "number", "duplicate"),
        ("#W1", "#W9", "order_id", "unknown_reference"), ("#W2", "#W1", "order_id", "duplicate"), ("2026-11-06", "", "issued_at", "required"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, old, new, column, code):
        line = next(number for number, text in enumerate(INVOICES.splitlines(), 1) if old in text)
        shop = SHOP | {"invoices": INVOICES.replace(old, new)}
        assert await wrongs(database, put(folder, **shop), rules) == [("invoices", line, column, code)]

    async def test_never_change(self, database, folder, rules):
        await bring(database, put(folder, **SHOP | {"invoices": INVOICES}), rules)
        other = "number,order_id,issued_at\nINV-2026-000007,#W2,2026-11-05\nINV-2026-000009,,2026-11-07\nINV-2026-000011,#W1,2026-11-07\n"
        assert await wrongs(database, put(folder, customers=CUSTOMERS, invoices=other), rules) == [
            ("invoices", 2, "number", "entry_differs"), ("invoices", 3, "number", "entry_differs"),
            ("invoices", 4, "order_id", "belongs_to_another"),
        ]


ENTRIES = (
    "id,customer_id,payment_method_id,amount,at,reason\n"
    "g1,C1,gift,60.00,2026-10-01,Bought\ng2,C1,gift,-10.00,2026-10-02,Order\n"
)


async def held(database):
    return [(one.amount_minor, one.reason) for one in await rows(database, GiftCardEntry, GiftCardEntry.at, GiftCardEntry.amount_minor)]


class TestGiftCardEntries:
    async def test_that_come_to_the_balance_are_all_there_is(self, database, folder, rules):
        shop = SHOP | {"gift_card_entries": ENTRIES}
        assert (await bring(database, put(folder, **shop), rules)).added["gift_card_entries"] == 2
        assert await held(database) == [(6000, "Bought"), (-1000, "Order")]
        again = await bring(database, put(folder, **shop), rules)
        assert (+again.added, again.unchanged["gift_card_entries"]) == ({}, 2)
        assert len(await held(database)) == 2

    async def test_that_do_not_come_to_it_are_made_up_for(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        assert await held(database) == [(5000, "Balance as the shop has it")]
        await bring(database, put(folder, **SHOP | {"gift_card_entries": ENTRIES}), rules)
        assert sum(minor for minor, _ in await held(database)) == 5000
        assert (-5000, "Balance as the shop has it") in await held(database)

    async def test_alone_change_what_is_on_the_card(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        more = ENTRIES.replace("60.00", "5.00")
        await bring(database, put(folder, customers=CUSTOMERS, gift_card_entries=more), rules)
        assert sum(minor for minor, _ in await held(database)) == 4500
        too_much = ENTRIES.replace("g1", "g3").replace("g2", "g4").replace("60.00", "5.00").replace("-10.00", "-50.01")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, gift_card_entries=too_much), rules) == [
            ("gift_card_entries", 3, "amount", "balance_impossible")
        ]
        faulty = CUSTOMERS + "C3,,B,c@example.com\n"
        assert await wrongs(database, put(folder, customers=faulty, gift_card_entries=too_much), rules) == [
            ("customers", 4, "first_name", "required"), ("gift_card_entries", 3, "amount", "balance_impossible"),
        ]

    async def test_may_be_more_than_the_balance_for_a_while_but_not_more_than_can_be_kept(self, database, folder, rules):
        huge = ENTRIES.replace("60.00", "21474836.47").replace("-10.00", "21474836.47")
        assert await wrongs(database, put(folder, **SHOP | {"gift_card_entries": huge}), rules) == [
            ("gift_card_entries", 3, "amount", "balance_impossible")
        ]
        deep = ENTRIES.replace("60.00", "-21474836.47").replace("-10.00", "-0.01")
        assert await wrongs(database, put(folder, **SHOP | {"gift_card_entries": deep}), rules) == [
            ("gift_card_entries", 3, "amount", "balance_impossible")
        ]

    @pytest.mark.parametrize(("old", "new", "column", "code"), [
        ("g2,C1", "g1,C1", "id", "duplicate"), ("g2,C1", "g2,C9", "customer_id", "unknown_reference"),
        ("C1,gift,-10", "C1,none,-10", "payment_method_id", "unknown_reference"),
        ("C1,gift,-10", "C2,gift,-10", "payment_method_id", "unknown_reference"),
        ("C1,gift,-10", "C1,card,-10", "payment_method_id", "not_for_this_kind"), ("-10.00", "0", "amount", "out_of_range"),
        ("-10.00", "-10.001", "amount", "amount_too_fine"), ("-10.00", "-1e3", "amount", "amount_format"),
        ("Order", "", "reason", "required"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, old, new, column, code):
        shop = SHOP | {"gift_card_entries": ENTRIES.replace(old, new)}
        assert await wrongs(database, put(folder, **shop), rules) == [("gift_card_entries", 3, column, code)]

    async def test_never_change_and_wait_for_their_card(self, database, folder, rules):
        await bring(database, put(folder, **SHOP | {"gift_card_entries": ENTRIES}), rules)
        other = ENTRIES.replace("-10.00", "-9.00").replace("Bought", "Won")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, gift_card_entries=other), rules) == [
            ("gift_card_entries", 2, "id", "entry_differs"), ("gift_card_entries", 3, "id", "entry_differs"),
        ]
        shop = SHOP | {"gift_card_entries": ENTRIES, "payment_methods": METHODS.replace("50.00", "x")}
        wrong = await wrongs(database, put(folder, **shop), rules)
        assert wrong == [("payment_methods", 3, "balance", "amount_format")]
