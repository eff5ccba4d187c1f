"""What people type, cleaned; ids and codes as they come from outside; times that carry their zone; log lines."""

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import StatementError

from support.errors import IdInvalid, MessageEmpty, MessageTooLong, NotFound, TextInvalid
from support.logs import configure_logging
from support.models.customers import Customer
from support.models.orders import OrderStatus
from support.ordering import order_status
from support.records import Fault
from support.refusals import StatusRefused
from support.text import checked_id, clean, derived_id, digest, new_code, new_id, read_code, sought_id
from tests.support.refused import refused
from tests.support.shop_rows import NOW, create_customer, create_order


class TestClean:
    def test_line_ends_are_one_and_outer_space_is_gone(self):
        assert clean("  a\r\nb\t \n") == "a\nb"

    @pytest.mark.parametrize(("text", "error"), [
        ("", MessageEmpty), (" \n ", MessageEmpty), ("\u200b\u200d", MessageEmpty), ("x" * 11, MessageTooLong),
        (" " * 50, MessageTooLong), ("a\x00b", TextInvalid), ("\ud800", TextInvalid), ("a\x1b[2J", TextInvalid),
    ])
    def test_nothing_to_show_too_much_and_what_cannot_be_shown_are_refused(self, text, error):
        with pytest.raises(error):
            clean(text, longest=10)


class TestIds:
    def test_are_uuids_in_lower_case(self):
        id = new_id()
        assert (checked_id(id.upper()), sought_id(id.upper())) == (id, id)
        assert derived_id("a", 1) == derived_id("a", 1) != derived_id("a", 2)
        assert digest("a", None) != digest("a", "")

    @pytest.mark.parametrize("text", ["", "1", "{" + "0" * 36 + "}", "00000000000000000000000000000000"])
    def test_anything_else_is_refused_or_names_nothing(self, text):
        with pytest.raises(IdInvalid):
            checked_id(text)
        for one in (text, None, 7):
            with pytest.raises(NotFound):
                sought_id(one)


class TestCodes:
    def test_are_read_however_they_are_typed(self):
        code = new_code("HF", groups=3)
        assert read_code(f" {code.lower().replace('-', ' ')}", groups=3) == code
        assert read_code("hf-oil0-0000-0000", groups=3) == "HF-0110-0000-0000"

    @pytest.mark.parametrize("typed", ["", "HF", "0000-0000-0000", "HF-UUUU-0000-0000", "WAYTOOLONGPREFIX-0000-0000-0000"])
    def test_what_is_none_is_none(self, typed):
        assert read_code(typed, groups=3) is None


class TestRows:
    async def test_a_time_without_a_zone_is_never_written(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        with pytest.raises(StatementError, match="a time without a zone"):
            await self._open_at(database, customer.id, datetime(2026, 1, 1))
        async with database.read() as session:
            assert (await session.get_one(Customer, customer.id)).created_at == NOW - timedelta(days=800)

    async def _open_at(self, database, customer_id, at):
        async with database.write() as session:
            (await session.get_one(Customer, customer_id)).created_at = at

    async def test_an_order_goes_no_way_that_the_table_has_not(self, session):
        order = await create_order(session, await create_customer(session), status=OrderStatus.CANCELLED)
        moved = order_status.move(session, order, OrderStatus.DELIVERED, actor="shop", at=NOW)
        await refused(session, StatusRefused, moved)


def test_a_fault_says_the_file_the_line_the_column_and_why():
    assert str(Fault("orders", 7, "total", "total_differs", "differs")) == "orders.csv:7: total differs"
    assert str(Fault("a folder", 0, "", "missing", "is not there")) == "a folder: is not there"


def test_the_log_has_one_handler_and_keeps_addresses_out(caplog):
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    try:
        configure_logging("info")
        configure_logging("info")
        assert (len(root.handlers), root.level) == (1, logging.INFO)
        assert logging.getLogger("httpx").level == logging.WARNING
        line = root.handlers[0].format(logging.LogRecord("desk", logging.INFO, "", 0, "started", (), None))
        assert line.endswith("Z INFO desk: started")
    finally:
        root.handlers[:], level = kept
        root.setLevel(level)
