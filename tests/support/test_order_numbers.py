"""Orders found by their numbers, however a customer writes them."""

from datetime import timedelta

import pytest

from support.errors import NotFound
from support.ordering import orders
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of


class TestFindOrder:
    @pytest.mark.parametrize(
        "reference",
        ["HF-10432", "hf-10432", "HF10432", "hf 10432", " hf - 10432 ", "#10432", "10432", "HF–10432", "no. 10432",
         "order 10432", "order number 10432", "0432", "432", "32"],
    )
    async def test_any_way_of_writing_it_finds_it(self, database, reference):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432")
            await create_order(session, customer, "HF-10567")
            (order,) = await orders.find_order(session, speaker_of(customer), reference)
            assert order.number == "HF-10432"

    async def test_the_whole_number_goes_before_an_ending(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for number in ("HF-432", "HF-10432"):
                await create_order(session, customer, number)
            assert [order.number for order in await orders.find_order(session, speaker_of(customer), "432")] == ["HF-432"]

    @pytest.mark.parametrize(
        ("number", "references"),
        [
            ("#W1234567", ("#W1234567", "#w1234567", "W1234567", "w1234567", "1234567", "order #W1234567", "4567", "W 1234-567")),
            ("#A17-b", ("#A17-b", "a17-b", "A17B", "#a17b", "17-b", "17B", "17", "order number a17b", "Ａ１７ｂ")),
            ("2026/000123", ("2026/000123", "2026000123", "000123", "123", "no 2026-000123")),
            ("ORDER-77", ("ORDER-77", "order 77", "77", "order77")),
            ("№ 5/Б", ("№ 5/Б", "№ 5/б")),
            ("ABC", ("abc", "A-B-C")),
            ("--", ("--",)),
        ],
    )
    async def test_numbers_of_any_form_are_found(self, session, number, references):
        customer = await create_customer(session)
        order = await create_order(session, customer, number)
        await create_order(session, customer, "HF-99")
        for reference in references:
            assert [one.id for one in await orders.find_order(session, speaker_of(customer), reference)] == [order.id]

    async def test_numbers_that_differ_in_case_or_signs_alone_are_told_apart(self, session):
        customer = await create_customer(session)
        for number in ("#A17-b", "#a17-B", "A17B"):
            await create_order(session, customer, number)
        for number in ("#A17-b", "#a17-B", "A17B"):
            assert [one.number for one in await orders.find_order(session, speaker_of(customer), number)] == [number]
        assert len(await orders.find_order(session, speaker_of(customer), "#a17-b")) == 2
        assert len(await orders.find_order(session, speaker_of(customer), "a 17 b")) == 3

    async def test_several_that_fit_are_all_told_newest_first(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432", placed_at=NOW - timedelta(days=9))
            await create_order(session, customer, "HF-11432")
            found = await orders.find_order(session, speaker_of(customer), "432")
            assert [order.number for order in found] == ["HF-11432", "HF-10432"]

    @pytest.mark.parametrize("reference", ["HF-99999", "2", "", "-", "XX-10432", "%", "' OR 1=1", "HF-10432x", "１０"])
    async def test_what_fits_nothing_is_not_found(self, database, reference):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432")
            with pytest.raises(NotFound):
                await orders.find_order(session, speaker_of(customer), reference)

    async def test_somebody_elses_order_is_as_unknown_as_one_that_never_was(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            foreign = await create_order(session, theirs, "HF-10432")
            answers = []
            for reference in ("HF-10432", "HF-99999"):
                with pytest.raises(NotFound) as refused:
                    await orders.find_order(session, speaker_of(mine), reference)
                answers.append((refused.value.code, str(refused.value)))
            assert answers[0] == answers[1]
            with pytest.raises(NotFound):
                await orders.tracking(session, speaker_of(mine), foreign.id)
