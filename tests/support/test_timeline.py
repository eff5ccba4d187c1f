from datetime import timedelta

import pytest

from support.errors import InvalidInput
from support.models.cases import Case, CaseKind
from support.models.conversations import Contact, Conversation, Level, State
from support.models.customers import Interaction
from support.models.orders import OrderStatus
from support.people import timeline
from support.points import referrals
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of

DAY = timedelta(days=1)


async def create_talk(session, customer, title: str | None, active_at=NOW) -> Conversation:
    contact = Contact(id=new_id(), customer_id=customer.id, name=customer.name, created_at=NOW)
    talk = Conversation(
        id=new_id(), contact_id=contact.id, state=State.RESOLVED, title=title, started_at=active_at, active_at=active_at
    )
    session.add(contact)
    await session.flush()
    session.add(talk)
    await session.flush()
    return talk


async def one_of_each(session, customer, rules):
    """An order, a request, a contact elsewhere, a case and a conversation, a day apart, the order oldest."""
    order = await create_order(session, customer, "HF-1", placed_at=NOW - 5 * DAY, status=OrderStatus.SHIPPED)
    done = await referrals.refer_friend(session, speaker_of(customer), key="k", business=rules, at=NOW - 4 * DAY)
    contact = Interaction(
        customer_id=customer.id, reference="I-1", channel="phone", kind="call", summary="Asked about glazes",
        at=NOW - 3 * DAY,
    )
    case = Case(
        reference="C-1", customer_id=customer.id, kind=CaseKind.LATE, text="Where is it?", opened_at=NOW - 2 * DAY
    )
    session.add_all([contact, case])
    await session.flush()
    talk = await create_talk(session, customer, "My mug", NOW - DAY)
    return order, done, contact, case, talk


class TestTimeline:
    async def test_everything_that_happened_stands_in_one_line(self, session, rules):
        customer = await create_customer(session)
        order, done, contact, case, talk = await one_of_each(session, customer, rules)
        item = timeline.TimelineItem
        assert await timeline.timeline(session, speaker_of(customer, Level.VERIFIED)) == (
            item(NOW - DAY, "conversation", talk.id, None, "resolved", "My mug"),
            item(NOW - 2 * DAY, "case", case.id, "C-1", "late", "Where is it?"),
            item(NOW - 3 * DAY, "interaction", contact.id, "I-1", "call", "Asked about glazes"),
            item(NOW - 4 * DAY, "request", done.id, done.reference, "refer_friend", None),
            item(NOW - 5 * DAY, "order", order.id, "HF-1", "shipped", None),
        )

    async def test_pages_follow_one_another_without_a_gap_even_at_the_same_instant(self, session, rules):
        customer = await create_customer(session)
        for _ in range(5):
            await create_order(session, customer, placed_at=NOW - 3 * DAY)
        await one_of_each(session, customer, rules)
        everything = await timeline.timeline(session, speaker_of(customer))
        assert len(everything) == 10
        read, before = [], None
        while page := await timeline.timeline(session, speaker_of(customer), limit=3, before=before):
            read += page
            before = (page[-1].at, page[-1].id)
        assert tuple(read) == everything

    async def test_what_is_somebody_elses_or_was_never_begun_is_left_out(self, session, rules):
        customer, other = await create_customer(session), await create_customer(session)
        await one_of_each(session, other, rules)
        await create_talk(session, customer, None)
        assert await timeline.timeline(session, speaker_of(customer)) == ()

    @pytest.mark.parametrize("limit", [0, -1, 201, True, 2.0])
    async def test_a_limit_that_is_none_is_refused(self, session, limit):
        with pytest.raises(InvalidInput):
            await timeline.timeline(session, speaker_of(await create_customer(session)), limit=limit)

    async def test_it_takes_a_verified_customer(self, session):
        with pytest.raises(IdentityTooLow):
            await timeline.timeline(session, speaker_of(await create_customer(session), Level.ORDER_HOLDER))
