"""Complaints, ideas and praise."""

import pytest
from sqlalchemy import func, select

from support.care import complaints
from support.errors import IdReused, MessageEmpty, NotFound
from support.models.cases import Case, CaseKind
from support.models.conversations import Level
from support.refusals import IdentityTooLow, ReasonUnknown
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of
from tests.support.told import requests_made, told


class TestComplain:
    async def test_it_is_a_case_that_is_answered_by_a_date(self, session, rules):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        done = await complaints.complain(
            session, speaker_of(customer, Level.VERIFIED), " Too slow. ", order.id, key="k", business=rules, at=NOW
        )
        case = (await session.scalars(select(Case))).one()
        assert (case.kind, case.text, case.order_id) == (CaseKind.COMPLAINT, "Too slow.", order.id)
        assert done.details["due_at"] == "2026-11-24T17:00:00+00:00"
        assert await told(session) == [("case.opened", {
            "case": case.reference, "kind": "complaint", "due_at": "2026-11-24T17:00:00+00:00", "order": order.number,
            "text": "Too slow.",
        })]

    async def test_in_general_it_is_about_no_order_and_each_is_a_case(self, session, rules):
        customer = await create_customer(session)
        for key in "aab":
            await complaints.complain(session, speaker_of(customer), "Too slow.", key=key, business=rules, at=NOW)
        assert list(await session.scalars(select(Case.order_id))) == [None, None]

    async def test_anothers_order_is_as_unknown_as_none(self, session, rules):
        customer, other = await create_customer(session), await create_customer(session)
        theirs = await create_order(session, other)
        for order_id in (theirs.id, new_id(), "nonsense", ""):
            with pytest.raises(NotFound):
                await complaints.complain(session, speaker_of(customer), "x", order_id, key="k", business=rules, at=NOW)
        with pytest.raises(MessageEmpty):
            await complaints.complain(session, speaker_of(customer), " ", key="k", business=rules, at=NOW)
        with pytest.raises(IdentityTooLow):
            await complaints.complain(
                session, speaker_of(customer, Level.ORDER_HOLDER), "x", key="k", business=rules, at=NOW
            )
        assert (await session.scalar(select(func.count()).select_from(Case)), await requests_made(session)) == (0, 0)


class TestSuggest:
    @pytest.mark.parametrize("kind", ["idea", "praise"])
    async def test_it_is_passed_on_with_a_reference_and_no_date(self, session, kind):
        customer = await create_customer(session)
        done = await complaints.suggest(
            session, speaker_of(customer, Level.VERIFIED), kind, "A teapot", key="k", at=NOW
        )
        case = (await session.scalars(select(Case))).one()
        assert (case.kind, case.text, case.due_at) == (kind, "A teapot", None)
        assert done.details == {"case": case.reference, "kind": kind, "due_at": None}
        assert await complaints.suggest(session, speaker_of(customer), kind, "A teapot", key="k", at=NOW) == done
        with pytest.raises(IdReused):
            await complaints.suggest(session, speaker_of(customer), kind, "A cup", key="k", at=NOW)

    @pytest.mark.parametrize("kind", ["complaint", "damaged", "", None, 1])
    async def test_other_kinds_are_refused(self, session, kind):
        customer = await create_customer(session)
        with pytest.raises(ReasonUnknown):
            await complaints.suggest(session, speaker_of(customer), kind, "x", key="k", at=NOW)
