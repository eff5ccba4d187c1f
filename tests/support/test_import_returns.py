"""Returns and exchanges that a shop brings along: what they are about, how they change, what cannot be."""

from datetime import UTC, datetime

import pytest

from support.models.orders import OrderLine
from support.models.payments import PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.records import CaseLineRecord, CaseRecord, RecordsRefused, ReturnLineRecord, write
from tests.support.import_folders import CUSTOMERS, LINES, METHODS, SHOP, bring, put, rows, wrongs
from tests.support.shop_rows import NOW

RETURNS = (
    "id,order_id,kind,status,payment_method_id,amount,requested_at,ended_at\n"
    "RT-1,#W1,return,requested,card,15.00,2026-11-10T10:00:00Z,\n"
    "RT-2,#W2,exchange,completed,paypal,-2.50,2026-11-10,2026-11-12\n"
)
PIECES = (
    "return_id,line_id,place,quantity,unit_price,new_variant_id,new_unit_price\n"
    "RT-1,1,,1,14.00,,\nRT-1,,2,,,,\nRT-2,1,,,,V2,17.50\n"
)
BACK = SHOP | {"returns": RETURNS, "return_lines": PIECES}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


class TestReturns:
    async def test_come_with_their_pieces(self, database, folder, rules):
        outcome = await bring(database, put(folder, **BACK), rules)
        assert (outcome.added["returns"], outcome.added["return_lines"]) == (2, 3)
        back, exchange = await rows(database, Return, Return.reference)
        methods = {one.id: one.reference for one in await rows(database, PaymentMethod)}
        assert (back.kind, back.status, methods[back.method_id], back.amount_minor, back.currency, back.completed_at) == (
            ReturnKind.RETURN, ReturnStatus.REQUESTED, "card", 1500, "EUR", None,
        )
        assert (exchange.kind, exchange.status, methods[exchange.method_id], exchange.amount_minor) == (
            ReturnKind.EXCHANGE, ReturnStatus.COMPLETED, "paypal", -250,
        )
        assert (exchange.requested_at, exchange.completed_at) == (
            datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 12, tzinfo=UTC),
        )
        lines = {one.id: (one.reference, one.unit_price_minor) for one in await rows(database, OrderLine)}
        pieces = await rows(database, ReturnLine, ReturnLine.position)
        assert [
            (lines[one.order_line_id], one.position, one.quantity, one.unit_price_minor, one.new_options, one.new_unit_price_minor)
            for one in pieces if one.return_id == back.id
        ] == [(("1", 1500), 1, 1, 1400, None, None), (("2", 1750), 2, 1, 1750, None, None)]
        assert [
            (lines[one.order_line_id], one.quantity, one.unit_price_minor, one.new_options, one.new_unit_price_minor)
            for one in pieces if one.return_id == exchange.id
        ] == [(("1", 1500), 1, 1500, {"colour": "oat"}, 1750)]

    async def test_that_come_again_change_what_differs(self, database, folder, rules):
        await bring(database, put(folder, **BACK), rules)
        again = await bring(database, put(folder, **BACK), rules)
        assert not +again.added
        assert not +again.changed
        done = RETURNS.replace("requested,card,15.00,2026-11-10T10:00:00Z,", "completed,gift,14.50,2026-11-10T10:00:00Z,2026-11-13")
        pieces = "return_id,line_id,new_variant_id,new_unit_price\nRT-2,1,V2,16.00\nRT-1,2,,\n"
        changed = await bring(database, put(folder, customers=CUSTOMERS, returns=done, return_lines=pieces), rules)
        assert +changed.changed == {"returns": 1, "return_lines": 1}
        back, _ = await rows(database, Return, Return.reference)
        assert (back.status, back.amount_minor, back.completed_at) == (
            ReturnStatus.COMPLETED, 1450, datetime(2026, 11, 13, tzinfo=UTC),
        )
        # A column that is left out keeps what is there
        assert sorted((one.unit_price_minor, one.new_unit_price_minor) for one in await rows(database, ReturnLine)
                      if one.new_unit_price_minor) == [(1500, 1600)]
        assert sorted(one.unit_price_minor for one in await rows(database, ReturnLine)) == [1400, 1500, 1750]

    async def test_name_lines_of_orders_that_were_there_before(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        outcome = await bring(database, put(folder, customers=CUSTOMERS, returns=RETURNS, return_lines=PIECES), rules)
        assert outcome.added["return_lines"] == 3
        later = "return_id,place\nRT-1,1\n"
        again = await bring(database, put(folder, customers=CUSTOMERS, return_lines=later), rules)
        assert again.unchanged["return_lines"] == 1

    @pytest.mark.parametrize(("old", "new", "column", "code"), [
        ("RT-1,#W1", "rt-1,#W1", "id", "id_format"), ("RT-1,#W1", "RT 1,#W1", "id", "id_format"),
        ("RT-1,#W1", f"{'R' * 21},#W1", "id", "too_long"), ("RT-1,#W1", "RT-1,#W9", "order_id", "unknown_reference"),
        ("return,requested", "gift,requested", "kind", "unknown_value"),
        ("return,requested", "return,lost", "status", "unknown_value"),
        ("card,15.00", "paypal,15.00", "payment_method_id", "unknown_reference"),
        ("card,15.00", "usd,15.00", "payment_method_id", "currency_differs"),
        ("card,15.00", "card,-15.00", "amount", "negative"), ("card,15.00", "card,--15.00", "amount", "amount_format"),
        ("card,15.00", "card,15.001", "amount", "amount_too_fine"), ("paypal,-2.50", "paypal,-99999999.00", "amount", "out_of_range"),
        ("2026-11-10T10:00:00Z,", "2026-11-10T10:00:00Z,2026-11-12", "ended_at", "not_for_this_kind"),
        ("2026-11-12", "", "ended_at", "required"), ("2026-11-12", "2026-11-01", "ended_at", "before_the_start"),
        ("RT-2,#W2", "RT-1,#W2", "id", "duplicate"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, old, new, column, code):
        assert old in RETURNS
        methods = METHODS + "usd,C1,gift_card,,,1.00,USD\n"
        shop = SHOP | {"payment_methods": methods, "returns": RETURNS.replace(old, new)}
        line = next(number for number, text in enumerate(RETURNS.splitlines(), 1) if old in text)
        assert await wrongs(database, put(folder, **shop), rules) == [("returns", line, column, code)]

    async def test_in_another_currency(self, database, folder, rules):
        returns = RETURNS.replace("ended_at\n", "ended_at,currency\n").replace("00Z,\n", "00Z,,USD\n").replace("11-12\n", "11-12,\n")
        assert await wrongs(database, put(folder, **SHOP | {"returns": returns}), rules) == [
            ("returns", 2, "currency", "currency_differs")
        ]

    async def test_that_become_others(self, database, folder, rules):
        await bring(database, put(folder, **BACK), rules)
        returns = RETURNS.replace("RT-1,#W1,return,requested,card,15.00", "RT-1,#W2,return,requested,paypal,15.00").replace(
            "exchange,completed,paypal,-2.50", "return,completed,paypal,2.50"
        )
        assert await wrongs(database, put(folder, customers=CUSTOMERS, returns=returns), rules) == [
            ("returns", 2, "order_id", "belongs_to_another"), ("returns", 3, "kind", "kind_differs"),
        ]


class TestWrite:
    async def test_takes_records_of_returns_and_cases_from_elsewhere_too(self, database, folder, rules):
        await bring(database, put(folder, **SHOP | {"returns": RETURNS}), rules)
        piece = ReturnLineRecord.read({"return_id": "RT-1", "place": 2}, rules)
        case = {"id": "C-1", "customer_id": "C1", "order_id": "#W1", "kind": "damaged", "text": "Broken", "opened_at": "2026-11-11"}
        records = [CaseLineRecord.read({"case_id": "C-1", "line_id": "2"}, rules), CaseRecord.read(case, rules), piece]
        async with database.write() as session:
            outcome = await write(session, records, business=rules, at=NOW)
        assert +outcome.added == {"return_lines": 1, "cases": 1, "case_lines": 1}
        async with database.write() as session:
            with pytest.raises(RecordsRefused) as refused:
                await write(session, [CaseLineRecord.read({"case_id": "C-1", "place": 3}, rules)], business=rules, at=NOW)
        assert [fault[:4] for fault in refused.value.faults] == [("case_lines", 1, "place", "unknown_reference")]


class TestPieces:
    @pytest.mark.parametrize(("old", "new", "column", "code"), [
        ("RT-1,1,,1", "RT-9,1,,1", "return_id", "unknown_reference"), ("RT-1,1,,1", "RT-1,9,,1", "line_id", "unknown_reference"),
        ("RT-1,,2", "RT-1,,3", "place", "unknown_reference"), ("RT-1,,2", "RT-1,,0", "place", "out_of_range"),
        ("RT-1,1,,1", "RT-1,1,1,1", "place", "two_lines"), ("RT-1,,2", "RT-1,,", "place", "required"),
        ("RT-1,,2", "RT-1,,1", "place", "duplicate"), ("RT-1,1,,1", "RT-1,1,,3", "quantity", "out_of_range"),
        ("1,14.00", "1,14.001", "unit_price", "amount_too_fine"), ("V2,17.50", ",", "new_variant_id", "required"),
        ("V2,17.50", "V2,", "new_unit_price", "required"), ("V2,17.50", ",17.50", "new_unit_price", "not_for_this_kind"),
        ("V2,17.50", "V2,17.505", "new_unit_price", "amount_too_fine"), ("V2,17.50", "V9,17.50", "new_variant_id", "unknown_reference"),
        ("1,14.00,,", "1,14.00,V2,17.50", "new_variant_id", "not_for_this_kind"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, old, new, column, code):
        assert old in PIECES
        line = next(number for number, text in enumerate(PIECES.splitlines(), 1) if old in text)
        shop = BACK | {"return_lines": PIECES.replace(old, new)}
        assert await wrongs(database, put(folder, **shop), rules) == [("return_lines", line, column, code)]

    async def test_are_named_with_all_else_that_is_wrong_and_not_for_what_they_refer_to(self, database, folder, rules):
        shop = BACK | {"returns": RETURNS.replace("card,15.00", "card,x"), "customers": CUSTOMERS + "C3,,B,c@example.com\n"}
        shop["return_lines"] = PIECES.replace("RT-2,1", "RT-2,7")
        assert await wrongs(database, put(folder, **shop), rules) == [
            ("customers", 4, "first_name", "required"), ("returns", 2, "amount", "amount_format"),
            ("return_lines", 4, "line_id", "unknown_reference"),
        ]
        shop = BACK | {"order_lines": LINES.replace("V2,1,17.50", "V2,1,17.505")}
        assert await wrongs(database, put(folder, **shop), rules) == [("order_lines", 3, "unit_price", "amount_too_fine")]

    async def test_keep_the_line_that_they_are_about(self, database, folder, rules):
        await bring(database, put(folder, **BACK), rules)
        lines = LINES.replace("2,#W1,V2,1,17.50\n", "")
        assert await wrongs(database, put(folder, customers=CUSTOMERS, order_lines=lines), rules) == [
            ("order_lines", 2, "order_id", "line_in_use")
        ]
