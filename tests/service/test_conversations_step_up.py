"""Somebody who is not signed in says who they are in the conversation, and only then hears and changes what is theirs."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from support import clock
from support.models.orders import Order, OrderStatus
from support.models.outbox import Mail
from tests.service.regulars import Regular, create_regular
from tests.service.talks import Talks, Visitor
from tests.support.signing_in.asking import code_in, other_than


@pytest.fixture
async def maeve(talks: Talks) -> Regular:
    async with talks.database.write() as session:
        return await create_regular(session, talks.business, clock.now())


@pytest.fixture
async def visitor(talks: Talks) -> AsyncIterator[Visitor]:
    visitor = await Visitor.come(talks.url)
    yield visitor
    await visitor.leave()


async def code_of(talks: Talks, maeve: Regular) -> str:
    async with talks.database.read() as session:
        mails = await session.scalars(
            select(Mail).where(Mail.recipient == maeve.customer.email).order_by(Mail.created_at.desc())
        )
        return code_in(next(iter(mails)))


async def status(talks: Talks, maeve: Regular) -> OrderStatus:
    async with talks.database.read() as session:
        return (await session.get_one(Order, maeve.orders["pending"].id)).status


async def test_a_code_by_mail_lets_a_wish_go_on_that_was_told_before(talks: Talks, visitor: Visitor, maeve: Regular) -> None:
    number = maeve.numbers["pending"]
    assert "e-mail" in await visitor.say(f"please cancel {number}, I ordered it by mistake")
    assert "code" in await visitor.say(f"sure, it's {maeve.customer.email}")
    said = await visitor.say(await code_of(talks, maeve))
    assert f"I would cancel your order {number}" in said
    assert "ordered by mistake" in said
    assert await status(talks, maeve) is OrderStatus.PENDING
    assert "is cancelled" in await visitor.say("yes")
    assert await status(talks, maeve) is OrderStatus.CANCELLED


async def test_a_wrong_code_shows_nothing(talks: Talks, visitor: Visitor, maeve: Regular) -> None:
    await visitor.say("what orders do I have?")
    await visitor.say(maeve.customer.email)
    said = await visitor.say(other_than(await code_of(talks, maeve)))
    assert not any(number in said for number in maeve.numbers.values())
    assert maeve.numbers["pending"] in await visitor.say(await code_of(talks, maeve))


async def test_number_and_postcode_show_that_order_and_change_nothing(
    talks: Talks, visitor: Visitor, maeve: Regular
) -> None:
    number = maeve.numbers["shipped"]
    await visitor.say(f"where is my order {number}?")
    said = await visitor.say(f"{number}, the postcode is P17 AB12")
    assert f"Your order {number} is on its way" in said
    assert maeve.numbers["pending"] not in await visitor.say("and my other orders?")
    assert "Done" not in await visitor.say(f"cancel {maeve.numbers['pending']}, ordered by mistake")
    assert await status(talks, maeve) is OrderStatus.PENDING


async def test_an_address_that_nobody_has_sounds_like_any_other(talks: Talks, visitor: Visitor, maeve: Regular) -> None:
    await visitor.say("what orders do I have?")
    unknown = await visitor.say("nobody@example.com")
    other = await Visitor.come(talks.url)
    await other.say("what orders do I have?")
    known = await other.say(maeve.customer.email)
    await other.leave()
    assert unknown.replace("nobody@example.com", "<address>") == known.replace(maeve.customer.email, "<address>")
