"""Complaints, ideas and praise."""

import pytest
from sqlalchemy import func, select

from support.models.cases import Case, CaseKind
from support.models.customers import Customer
from support.models.loyalty import LedgerEntry
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        return await create_customer(session)


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def passed_on(database) -> list[tuple[CaseKind, str, str | None]]:
    async with database.read() as session:
        rows = await session.scalars(select(Case).order_by(Case.opened_at, Case.reference))
        return [(case.kind, case.text, case.order_id) for case in rows]


async def points(database) -> int:
    async with database.read() as session:
        return int(await session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))))


@pytest.mark.parametrize(("text", "passes"), [
    ("You have been most kind. Thank you, and goodbye.", False), ("Thank you, that was all, have a nice day", False),
    ("your staff in the shop have been most kind, thank you and goodbye", True),
])
async def test_who_takes_leave_kindly_praises_nobody(talk, database, text, passes):
    said = await talk.say(text, "give_praise")
    assert (said == "How kind of you, thank you. Goodbye!") is not passes
    assert len(await passed_on(database)) == passes


class TestComplaining:
    async def test_a_sum_that_is_demanded_is_for_a_person_to_decide(self, talk, database):
        said = await talk.say("nobody came for two days, I want $500 in compensation", "complain")
        assert "I'm bringing in a colleague" in said
        assert talk.handoff == "policy"
        assert await passed_on(database) == []

    async def test_apologises_says_what_is_done_by_when_and_gives_points(self, talk, database):
        said = await talk.say("I want to complain, your driver shouted at my mother", "complain")
        assert said == (
            "I'm truly sorry, Aoife: that is not how it should be. I would pass this on as your complaint: “I want to "
            "complain, your driver shouted at my mother” Somebody who can put it right sees to it by Tuesday "
            "24 November.\nShall I pass it on like that?"
        )
        assert await passed_on(database) == []
        said = await talk.say("Yes, pass it on")
        assert "Done: your complaint has the number C-" in said
        assert "you hear from us by Tuesday 24 November" in said
        assert "added 100 points to your account: they are worth €5.00 and good until" in said
        assert await passed_on(database) == [
            (CaseKind.COMPLAINT, "I want to complain, your driver shouted at my mother", None),
        ]
        assert await points(database) == 100

    async def test_asks_what_happened_and_takes_anger_as_the_answer(self, talk, database):
        assert "What happened?" in await talk.say("I'd like to make a complaint about the delivery", "complain")
        said = await talk.say("absolutely disgraceful, nobody rang the bell", "express_frustration")
        assert talk.handoff is None
        assert "about the delivery absolutely disgraceful, nobody rang the bell" in said
        await talk.say("yes")
        assert (await passed_on(database))[0][1] == (
            "I'd like to make a complaint about the delivery\nabsolutely disgraceful, nobody rang the bell"
        )

    async def test_anger_at_the_bot_brings_a_person(self, talk):
        await talk.say("I want to complain, your driver shouted at my mother", "complain")
        await talk.say("you useless bot", "express_frustration")
        assert talk.handoff == "upset"

    async def test_an_order_that_is_named_goes_with_it(self, talk, aoife, database):
        async with database.write() as session:
            order = await create_order(session, aoife)
            await create_order(session, aoife)
        said = await talk.say(f"complaint: the box of {order.number} was filthy", "complain")
        assert f"your complaint about order {order.number}" in said
        await talk.say("yes")
        assert (await passed_on(database))[0][2] == order.id
        assert talk.slots["order_number"] == order.number

    async def test_once_the_years_points_are_given_a_person_decides(self, talk, database):
        for _ in range(4):
            await talk.say("I complain that the courier was rude again", "complain")
            await talk.say("yes")
        await talk.say("I complain that the courier was rude again", "complain")
        assert "a person can say: shall I get one?" in await talk.say("yes")
        assert await points(database) == 400
        assert "Talk to a person" in talk.buttons

    async def test_the_same_turn_twice_is_one_complaint(self, talk, database):
        await talk.say("I complain that the courier was rude again", "complain")
        before = dict(talk.slots)
        first = await talk.say("yes", turn="the turn")
        talk.slots, talk.form = before, True
        assert await talk.say("yes", turn="the turn") == first
        assert (len(await passed_on(database)), await points(database)) == (1, 100)

    async def test_put_in_other_words(self, talk, database):
        await talk.say("I complain that the courier was rude again", "complain")
        assert "What should be different?" in await talk.say("no")
        assert "“the courier threw my parcel over the gate”" in await talk.say(
            "write that the courier threw my parcel over the gate"
        )
        await talk.say("yes")
        assert (await passed_on(database))[0][1] == "the courier threw my parcel over the gate"

    async def test_what_else_is_told_belongs_to_it(self, talk, database):
        await talk.say("I complain that the courier was rude again", "complain")
        assert "rude again he kicked our gate open" in await talk.say("he kicked our gate open")
        await talk.say("yes")
        assert (await passed_on(database))[0][1] == (
            "I complain that the courier was rude again\nhe kicked our gate open"
        )

    async def test_stop_passes_nothing_on(self, talk, database):
        await talk.say("I complain that the courier was rude again", "complain")
        assert "Nothing about it has been changed" in await talk.say("forget it")
        assert await passed_on(database) == []


class TestSuggesting:
    async def test_an_idea_is_passed_on_at_once(self, talk, database):
        said = await talk.say("suggestion: sell the mugs in sets of six", "suggest_idea")
        assert "I have passed it on in your words: “suggestion: sell the mugs in sets of six” Its number is C-" in said
        assert await passed_on(database) == [(CaseKind.IDEA, "suggestion: sell the mugs in sets of six", None)]

    async def test_without_one_it_is_asked_for(self, talk, database):
        assert "What is your idea?" in await talk.say("I have a suggestion for you", "suggest_idea")
        await talk.say("gift wrapping in linen")
        assert await passed_on(database) == [(CaseKind.IDEA, "gift wrapping in linen", None)]


    async def test_without_a_word_for_it_nothing_is_passed_on_before_a_yes(self, talk, database):
        said = await talk.say("make them wired and white, over-ear as now", "suggest_idea")
        assert said == (
            "I would pass this on to our team as an idea, in your words: “make them wired and white, over-ear as now”\n"
            "Shall I pass it on?"
        )
        assert await passed_on(database) == []
        await talk.say("yes, pass it on")
        assert await passed_on(database) == [(CaseKind.IDEA, "make them wired and white, over-ear as now", None)]

    async def test_in_the_middle_of_a_task_such_words_are_about_that(self, talk, database):
        await talk.say("I want to complain that the courier was rude again", "complain")
        assert "I would pass this on as your complaint" in await talk.say("make it white", "suggest_idea")
        assert await passed_on(database) == []


class TestPraising:
    async def test_praise_is_passed_on_at_once(self, talk, database):
        assert "make somebody's day" in await talk.say("I want to praise Nora, she was wonderful", "give_praise")
        assert await passed_on(database) == [(CaseKind.PRAISE, "I want to praise Nora, she was wonderful", None)]

    async def test_what_was_liked_is_asked_for(self, talk, database):
        assert "What did you like?" in await talk.say("I'd like to leave a compliment", "give_praise")
        await talk.say("the wrapping was beautiful")
        assert [text for _, text, _ in await passed_on(database)] == ["the wrapping was beautiful"]

    @pytest.mark.parametrize("said", ["nothing was in the box", "not really what I paid for, it is scratched"])
    async def test_a_complaint_may_begin_with_nothing(self, talk, said):
        assert "What happened?" in await talk.say("I want to complain", "complain")
        assert said in await talk.say(said)

    @pytest.mark.parametrize("said", ["oh, nothing special, just happy haha, byeee", "never mind", "nah, not really"])
    async def test_nothing_is_made_of_nothing(self, talk, database, said):
        await talk.say("love it", "give_praise")
        await talk.say(said)
        assert not talk.form
        assert await passed_on(database) == []


async def test_what_is_said_to_be_no_idea_is_not_passed_on(talk, database):
    await talk.say("the boards in there, both, I'd rather have them plain", "suggest_idea")
    await talk.say("no no, it's not an idea for the team lol, I want to change the two boards", "suggest_idea")
    assert await passed_on(database) == []


async def test_praise_beside_a_wish_is_only_thanks(talk):
    text = "How splendid, thank you. The camera that you delivered sees too little, I'd like to exchange it."
    said = await talk.say(text, "give_praise", clauses=[
        {"text": "How splendid, thank you.", "intent": "give_praise", "confidence": 0.9, "asks": False, "inquires": False, "faq": {}},
        {"text": "The camera that you delivered sees too little, I'd like to exchange it.", "intent": "exchange_items",
         "confidence": 0.9, "asks": True, "inquires": False, "faq": {}},
    ])
    assert said == ""
    assert not talk.form
