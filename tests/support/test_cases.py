"""Cases: reported, noted, closed, taken up again; each through its use case."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from support.care import cases
from support.errors import IdReused, MessageEmpty, MessageTooLong, NotFound, TextInvalid
from support.identity import Speaker
from support.models.cases import Case, CaseEvent, CaseKind, CaseLine
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.refusals import CaseClosed, CaseDoesNotFit, IdentityTooLow, LinesInvalid, NeedsPerson, ReasonUnknown
from support.text import new_id
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, lines_of, speaker_of
from tests.support.told import requests_made, told

TUESDAY_EVENING = datetime(2026, 11, 24, 17, tzinfo=UTC)


FITS = {
    "damaged": {"delivered", "return_requested", "exchange_requested", "returned"},
    "wrong": {"delivered", "return_requested", "exchange_requested", "returned"},
    "missing": {"shipped", "delivered", "return_requested", "exchange_requested", "returned"},
    "late": {"pending", "processed", "shipped"},
}


async def delivered(session, **knobs):
    """A customer, their order of two lines, and the lines' ids."""
    customer = await create_customer(session)
    order = await create_order(session, customer, lines=(("Mug", 1, 1500), ("Lamp", 1, 8900)), **knobs)
    return customer, order, [line.id for line in await lines_of(session, order)]


async def report(session, customer, order, lines, *, kind="damaged", text="It is broken.", key=None, rules, at=NOW):
    return await cases.open_case(
        session, speaker_of(customer, Level.VERIFIED), kind, order.id, lines, text, key=key or new_id(),
        business=rules, at=at,
    )


def agent_for(customer):
    return Speaker.agent_for(customer.id, agent_id=new_id())


async def log_of(session):
    rows = await session.scalars(select(CaseEvent).order_by(CaseEvent.case_id, CaseEvent.number))
    return [(row.number, row.kind.value, row.actor, row.details.get("text")) for row in rows]


async def count(session, model):
    return await session.scalar(select(func.count()).select_from(model))


class TestOpenCase:
    async def test_it_has_a_reference_a_date_its_lines_and_the_shop_hears_of_it(self, session, rules):
        customer, order, lines = await delivered(session)
        done = await report(session, customer, order, [lines[1]], rules=rules)
        case = (await session.scalars(select(Case))).one()
        assert (case.kind, case.text, case.order_id, case.customer_id) == (
            CaseKind.DAMAGED, "It is broken.", order.id, customer.id,
        )
        assert (case.opened_at, case.due_at, case.request_id) == (NOW, TUESDAY_EVENING, done.id)
        assert case.reference.startswith("C-")
        assert await session.scalar(select(CaseLine.order_line_id)) == lines[1]
        assert done.details == {
            "case": case.reference, "kind": "damaged", "due_at": TUESDAY_EVENING.isoformat(), "opened": True,
        }
        assert done.order_id == order.id
        assert await log_of(session) == [(1, "opened", "customer", None)]
        assert await told(session) == [("case.opened", {
            "case": case.reference, "kind": "damaged", "due_at": TUESDAY_EVENING.isoformat(), "order": order.number,
            "text": "It is broken.", "lines": [2],
        })]

    async def test_holidays_and_closed_days_do_not_count(self, session, tmp_path):
        rules = load_rules(tmp_path, ("2026-12-25", "2026-11-23, 2026-11-25"))
        customer, order, lines = await delivered(session)
        done = await report(session, customer, order, lines, rules=rules)
        assert done.details["due_at"] == "2026-11-26T17:00:00+00:00"

    async def test_a_shop_that_never_opens_answers_within_plain_days(self, session, tmp_path):
        week = ("tuesday", "wednesday", "thursday")
        changes = [(f"    {day}: [09:00-17:00]", f"    {day}: []") for day in week]
        rules = load_rules(
            tmp_path, ("[09:00-12:30, 13:30-17:00]", "[]"), ("[22:00-02:00]", "[]"), *changes
        )
        customer, order, lines = await delivered(session)
        done = await report(session, customer, order, lines, rules=rules)
        assert done.details["due_at"] == (NOW + timedelta(days=2)).isoformat()

    @pytest.mark.parametrize("kind", FITS)
    async def test_what_can_be_said_depends_on_how_far_the_order_has_come(self, session, rules, kind):
        for status in OrderStatus:
            customer, order, lines = await delivered(session, status=status)
            if status.value in FITS[kind]:
                done = await report(session, customer, order, lines, kind=kind, rules=rules)
                assert done.details["kind"] == kind
            else:
                with pytest.raises(CaseDoesNotFit):
                    await report(session, customer, order, lines, kind=kind, rules=rules)
        assert await count(session, Case) == len(FITS[kind]) == await requests_made(session)

    async def test_a_late_one_needs_no_lines_the_others_do(self, session, rules):
        customer, order, _ = await delivered(session, status=OrderStatus.SHIPPED)
        assert (await report(session, customer, order, [], kind=CaseKind.LATE, rules=rules)).details["opened"]
        with pytest.raises(LinesInvalid):
            await report(session, customer, order, [], kind="missing", rules=rules)

    @pytest.mark.parametrize("kind", ["complaint", "idea", "erasure", "call_back", "stolen", "", None, 3])
    async def test_other_kinds_are_refused(self, session, rules, kind):
        customer, order, lines = await delivered(session)
        with pytest.raises(ReasonUnknown):
            await report(session, customer, order, lines, kind=kind, rules=rules)

    @pytest.mark.parametrize(("text", "refusal"), [
        ("", MessageEmpty), ("  \n", MessageEmpty), ("x" * 4001, MessageTooLong), ("a\x00b", TextInvalid), (None, TextInvalid),
    ])
    async def test_a_text_that_is_none_is_refused(self, session, rules, text, refusal):
        customer, order, lines = await delivered(session)
        with pytest.raises(refusal):
            await report(session, customer, order, lines, text=text, rules=rules)
        assert (await count(session, Case), await requests_made(session)) == (0, 0)

    async def test_lines_twice_or_of_no_kind_are_refused(self, session, rules):
        customer, order, lines = await delivered(session)
        for wrong in ([lines[0], lines[0]], lines[0], [7], [None]):
            with pytest.raises(LinesInvalid):
                await report(session, customer, order, wrong, rules=rules)
        assert await count(session, Case) == 0

    async def test_orders_and_lines_of_others_are_as_unknown_as_none(self, session, rules):
        customer, order, lines = await delivered(session)
        _, theirs, their_lines = await delivered(session)
        for wrong in ([their_lines[0]], [lines[0], their_lines[0]], [new_id()], ["x"]):
            with pytest.raises(NotFound):
                await report(session, customer, order, wrong, rules=rules)
        for order_id in (theirs.id, new_id(), "not-a-uuid", ""):
            with pytest.raises(NotFound):
                await cases.open_case(
                    session, speaker_of(customer), "damaged", order_id, their_lines, "x", key="k", business=rules, at=NOW
                )
        assert (await count(session, Case), await requests_made(session)) == (0, 0)

    async def test_the_same_thing_again_becomes_a_note_on_the_open_case(self, session, rules):
        customer, order, lines = await delivered(session)
        first = await report(session, customer, order, lines, rules=rules)
        again = await report(session, customer, order, [lines[0]], text="Really broken.", rules=rules)
        assert (again.details["case"], again.details["opened"]) == (first.details["case"], False)
        assert again.reference != first.reference
        assert (await count(session, Case), len(await told(session))) == (1, 1)
        assert await log_of(session) == [
            (1, "opened", "customer", None), (2, "noted", "customer", "Really broken."),
        ]

    async def test_other_lines_another_kind_or_after_closing_it_is_a_new_case(self, session, rules):
        customer, order, lines = await delivered(session)
        first = await report(session, customer, order, [lines[0]], rules=rules)
        await report(session, customer, order, lines, rules=rules)
        await report(session, customer, order, [lines[0]], kind="wrong", rules=rules)
        await cases.close_case(session, agent_for(customer), first.details["case"], "Sent anew", key="c", at=NOW)
        covered = await report(session, customer, order, [lines[0]], rules=rules)
        assert covered.details["opened"] is False  # by the case of both lines
        assert await count(session, Case) == 3

    async def test_a_repeat_answers_the_same_and_another_text_under_its_key_is_refused(self, session, rules):
        customer, order, lines = await delivered(session)
        done = await report(session, customer, order, lines, key="k", rules=rules)
        assert await report(session, customer, order, lines[::-1], key="k", rules=rules) == done
        with pytest.raises(IdReused):
            await report(session, customer, order, lines, key="k", text="Other", rules=rules)
        assert await count(session, Case) == 1

    async def test_two_at_once_open_one(self, database, rules):
        async with database.write() as session:
            customer, order, lines = await delivered(session)

        async def one():
            async with database.write() as session:
                return await report(session, customer, order, lines, rules=rules)

        done = await asyncio.gather(one(), one())
        assert done[0].details["case"] == done[1].details["case"]
        async with database.read() as session:
            assert await count(session, Case) == 1

    async def test_an_order_holder_may_not(self, session, rules):
        customer, order, lines = await delivered(session)
        with pytest.raises(IdentityTooLow):
            await cases.open_case(
                session, speaker_of(customer, Level.ORDER_HOLDER), "damaged", order.id, lines, "x", key="k",
                business=rules, at=NOW,
            )


class TestListCases:
    async def test_open_ones_newest_first_and_closed_ones_if_asked_for(self, session, rules):
        customer, order, lines = await delivered(session)
        stranger, other, their_lines = await delivered(session)
        await report(session, stranger, other, their_lines, rules=rules)
        old = await report(session, customer, order, [lines[0]], rules=rules)
        new = await report(session, customer, order, [lines[1]], rules=rules, at=NOW + timedelta(hours=1))
        speaker = speaker_of(customer, Level.VERIFIED)
        found = await cases.list_cases(session, speaker)
        assert [one.reference for one in found] == [new.details["case"], old.details["case"]]
        assert (found[0].order_number, found[0].is_open, found[0].photos) == (order.number, True, 0)
        await cases.close_case(session, agent_for(customer), old.details["case"], "Done", key="c", at=NOW)
        assert [one.reference for one in await cases.list_cases(session, speaker)] == [new.details["case"]]
        everything = await cases.list_cases(session, speaker, closed_too=True)
        assert [(one.reference, one.is_open) for one in everything] == [
            (new.details["case"], True), (old.details["case"], False),
        ]


class TestAddNote:
    async def test_it_is_kept_and_told(self, session, rules):
        customer, order, lines = await delivered(session)
        reference = (await report(session, customer, order, lines, rules=rules)).details["case"]
        spoken = f" {reference.lower()} "
        done = await cases.add_note(
            session, speaker_of(customer, Level.VERIFIED), spoken, " The lid, too. ", key="k", at=NOW
        )
        assert (done.details["case"], done.order_id) == (reference, order.id)
        assert (await log_of(session))[1:] == [(2, "noted", "customer", "The lid, too.")]
        assert (await told(session))[1] == ("case.noted", {"case": reference, "text": "The lid, too."})
        again = await cases.add_note(session, speaker_of(customer), spoken, "The lid, too.", key="k", at=NOW)
        assert (again, len(await log_of(session))) == (done, 2)

    async def test_a_closed_or_foreign_case_takes_none(self, session, rules):
        customer, order, lines = await delivered(session)
        stranger = await create_customer(session)
        reference = (await report(session, customer, order, lines, rules=rules)).details["case"]
        await cases.close_case(session, agent_for(customer), reference, "Done", key="c", at=NOW)
        with pytest.raises(CaseClosed):
            await cases.add_note(session, speaker_of(customer), reference, "x", key="k", at=NOW)
        for speaker, named in [(stranger, reference), (customer, "C-0000-0000"), (customer, "")]:
            with pytest.raises(NotFound):
                await cases.add_note(session, speaker_of(speaker), named, "x", key="k", at=NOW)
        assert len(await log_of(session)) == 2


class TestCloseAndReopen:
    async def test_an_agent_closes_it_and_takes_it_up_again(self, session, rules):
        customer, order, lines = await delivered(session)
        agent = agent_for(customer)
        reference = (await report(session, customer, order, lines, rules=rules)).details["case"]
        closed = await cases.close_case(session, agent, reference, "Sent anew", key="1", at=NOW)
        assert await cases.close_case(session, agent, reference, "Sent anew", key="1", at=NOW) == closed
        with pytest.raises(CaseClosed):
            await cases.close_case(session, agent, reference, "Again", key="2", at=NOW)
        reopened = await cases.reopen_case(session, agent, reference, "Not right yet", key="3", at=NOW)
        assert await cases.reopen_case(session, agent, reference, "Not right yet", key="3", at=NOW) == reopened
        await cases.reopen_case(session, agent, reference, "Was open anyway", key="4", at=NOW)
        assert await log_of(session) == [
            (1, "opened", "customer", None), (2, "closed", "agent", "Sent anew"),
            (3, "reopened", "agent", "Not right yet"), (4, "noted", "agent", "Was open anyway"),
        ]
        assert [name for name, _ in await told(session)] == ["case.opened", "case.closed", "case.reopened", "case.noted"]
        assert (await cases.list_cases(session, speaker_of(customer)))[0].is_open

    async def test_a_customer_may_do_neither(self, session, rules):
        customer, order, lines = await delivered(session)
        reference = (await report(session, customer, order, lines, rules=rules)).details["case"]
        for use_case in (cases.close_case, cases.reopen_case):
            with pytest.raises(NeedsPerson):
                await use_case(session, speaker_of(customer), reference, "x", key="k", at=NOW)
        assert len(await log_of(session)) == 1
