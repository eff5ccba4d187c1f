"""A copy of all that is kept, and having it deleted: what would be lost is said first, and it can be called off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from support.care import case_log
from support.models.cases import Case, CaseKind
from support.models.customers import Customer
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from tests.actions.talking import Talk
from tests.support.shop_rows import NOW, create_account, create_customer, create_method, create_order, earn

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        return await create_customer(session)


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def erasures(database) -> list[tuple]:
    """(due at, open) of each deletion that was asked for."""
    async with database.read() as session:
        rows = await session.execute(
            select(Case.due_at, case_log.is_open()).where(Case.kind == CaseKind.ERASURE).order_by(Case.opened_at)
        )
        return [tuple(row) for row in rows]


class TestDeleteAccount:
    async def test_what_would_be_lost_is_said_and_a_yes_asks_for_it(self, talk, aoife, database):
        async with database.write() as session:
            await create_method(session, aoife, MethodKind.GIFT_CARD, balance=2000)
            account = await create_account(session, aoife)
            await earn(session, account, 340, at=NOW - timedelta(days=3), expires_at=NOW + timedelta(days=300))
        said = await talk.say("please delete my account", "delete_account")
        assert said == (
            "I would have your account deleted on 5 December, with all that we keep about you: your name, addresses, payment "
            "methods, conversations and what you wrote to us. You would lose €20.00 on your gift card ending in 4242 and 340 "
            "points. Until then you can change your mind at any time; after that it can't be undone.\n"
            "Do you want your account to be deleted?"
        )
        assert await erasures(database) == []
        said = await talk.say("yes, delete it")
        assert said.startswith("Done: your account will be deleted on 5 December.")
        assert talk.buttons == ["Keep my account"]
        assert await erasures(database) == [(NOW + timedelta(days=14), True)]

    async def test_asked_again_tells_when_it_is(self, talk, database):
        await talk.say("delete my account", "delete_account")
        await talk.say("yes")
        said = await talk.say("erase everything about me", "delete_account")
        assert said.startswith("You have asked for that already: your account will be deleted on 5 December, as request ")
        assert not talk.form
        assert len(await erasures(database)) == 1

    async def test_a_no_keeps_it(self, talk, database):
        await talk.say("delete my account", "delete_account")
        await talk.say("no, keep it")
        await talk.say("leave it")
        assert await erasures(database) == []
        assert not talk.form

    async def test_an_order_under_way_holds_it_back_and_a_person_is_offered(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-70001", status=OrderStatus.SHIPPED)
        said = await talk.say("close my account", "delete_account")
        assert said == (
            "Your account can't be deleted while something is under way (order HF-70001). Once that is done you can ask me "
            "again. Shall I bring in a person who can look at it?"
        )
        assert await erasures(database) == []
        await talk.say("yes please")
        assert talk.handoff == "policy"

    async def test_the_button_for_a_person_tells_why_one_comes(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-70001", status=OrderStatus.SHIPPED)
        await talk.say("close my account", "delete_account")
        assert "Yes, a person please" in talk.buttons
        await talk.say("Yes, a person please", "request_person")
        assert talk.handoff == "policy"

    async def test_no_person_brings_none(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-70001", status=OrderStatus.SHIPPED)
        await talk.say("close my account", "delete_account")
        assert (await talk.say("no, no person", "request_person")) == "All right. Is there anything else I can do for you?"
        assert talk.handoff is None

    async def test_what_is_wanted_instead_of_a_person_waits_for_its_turn(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-70001", status=OrderStatus.SHIPPED)
        await talk.say("close my account", "delete_account")
        texts = (("no, no person.", "request_person", False), ("But there's my pending order too", "change_order_items", False),
                 ("can it be the blue one instead?", "exchange_items", True))
        clauses = [
            {"text": text, "intent": intent, "confidence": 0.9 if place < 2 else 0.4, "asks": asks, "inquires": asks, "faq": {}}
            for place, (text, intent, asks) in enumerate(texts)
        ]
        await talk.say(" ".join(text for text, *_ in texts), "request_person", clauses=clauses)
        assert talk.handoff is None
        assert [(one["intent"], one["text"]) for one in talk.slots["agenda"]] == [
            ("change_order_items", "But there's my pending order too can it be the blue one instead?")
        ]


class TestKeepAccount:
    async def test_calls_the_deletion_off_at_once(self, talk, database):
        await talk.say("delete my account", "delete_account")
        await talk.say("yes")
        said = await talk.say("keep my account", "keep_account")
        assert said.startswith("Done: your account stays, and your request ")
        assert await erasures(database) == [(NOW + timedelta(days=14), False)]

    async def test_with_nothing_to_call_off_it_says_so(self, talk):
        assert await talk.say("don't delete my account", "keep_account") == (
            "Your account is not going to be deleted: there is nothing to call off."
        )

    async def test_who_keeps_something_else_hears_nothing_of_an_account(self, talk):
        assert await talk.say("alright, then I keep it, that was all", "keep_account") == "All right, nothing is changed."


class TestExportMyData:
    async def test_a_yes_brings_in_a_person(self, talk):
        said = await talk.say("I want a copy of all data you have on me", "export_my_data")
        assert said.startswith("You can have a copy of everything that we keep about you")
        assert said.endswith("Shall I bring in a colleague for that now?")
        assert talk.handoff is None
        assert (await talk.say("yes")).startswith("I'll pass that on: you want a copy of all your data.")
        assert talk.handoff == "policy"

    async def test_a_no_brings_nobody(self, talk):
        await talk.say("export my data", "export_my_data")
        await talk.say("no thanks, leave it")
        assert talk.handoff is None
        assert not talk.form
