"""A yes beside something about another order, a figure once more, a thing that stays: it is done, and the rest comes."""

import pytest
from sqlalchemy import select

from support.models.orders import Order, OrderLine
from tests.actions.talking import Talk
from tests.actions.three_orders import ADDRESS, CANCEL, EXCHANGE, ITEMS, clause, say, waiting, with_three_orders

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    return Talk(await with_three_orders(database))


async def options(database, number: str) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(
            select(OrderLine).join(Order, Order.id == OrderLine.order_id).where(Order.number == number)
            .order_by(OrderLine.position)
        )
        return [str(next(iter(row.options.values()))) for row in rows]


YES = clause("Yes, please.", "affirm", asks=False)


class TestYesAndAnotherOrder:
    @pytest.fixture(autouse=True)
    async def planned(self, shop, talk):
        said = await talk.say("the headphones in HF-1001 should be wireless, to PayPal", ITEMS)
        assert "Shall I change it?" in said

    async def test_if_something_else_has_been_done_is_answered_afterwards(self, talk, database):
        said = await say(
            talk, YES, clause("But the boots I received", EXCHANGE, 0.7, asks=False),
            clause("have they been exchanged?", "faq", 0.1, inquires=True),
        )
        assert "Done: your order HF-1001 is changed" in said
        assert waiting(talk) == [("show_order", "the boots I received, have they been exchanged?")]

    @pytest.mark.parametrize("text", ["how much is it again?", "And what do I pay again?"])
    async def test_the_figure_once_more_is_in_the_answer(self, talk, database, text):
        said = await say(talk, YES, clause(text, "refund_status", inquires=True))
        assert "Done: your order HF-1001 is changed" in said
        assert "You pay €2.00 more" in said
        assert waiting(talk) == []

    async def test_what_comes_before_a_yes_at_the_end_waits(self, talk):
        said = await say(
            talk, clause("Wait -", "deny", 0.4, asks=False), clause("then cancel the one with the tablet", CANCEL),
            clause("But yes, change it", ITEMS, 0.7),
        )
        assert "Done: your order HF-1001 is changed" in said
        assert waiting(talk) == [(CANCEL, "then cancel the one with the tablet")]

    async def test_a_wish_that_changes_the_plan_before_a_yes_is_no_yes_to_it(self, talk, database):
        said = await say(talk, clause("make the lamp brass, too.", ITEMS), clause("But yes, change it", ITEMS, 0.7))
        assert "Done" not in said
        assert "€7.00 more" in said


async def test_more_is_told_of_what_waits_for_another_order(talk):
    assert "How do you want to pay" in await talk.say("the headphones in HF-1001 should be wireless", ITEMS)
    received, wish = "And I also received boots", "I'd like to exchange those for size 9"
    await say(
        talk, clause("By PayPal.", "faq", 0.4, asks=False), clause(received, "report_problem", 0.3, asks=False),
        clause(wish, EXCHANGE),
    )
    assert waiting(talk) == [(EXCHANGE, f"{received} {wish}")]
    more = "And the boots exchange by PayPal."
    assert "HF-1001 is changed" in await say(talk, YES, clause(more, "faq", 0.5, asks=False))
    assert waiting(talk) == [(EXCHANGE, f"{received} {wish} {more}")]


async def test_a_thing_only_named_is_what_the_next_words_ask_of(talk, database):
    await talk.say("cancel HF-1001, no longer needed", CANCEL)
    said = await say(
        talk, clause("Yes cancel it, and the tablet one", CANCEL), clause("can that go to my work address?", ADDRESS, inquires=True)
    )
    assert "HF-1001 is cancelled" in said
    assert waiting(talk) == [(ADDRESS, "the tablet one, can that go to my work address?")]


async def test_a_yes_may_name_what_is_planned_once_more(talk):
    await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
    said = await say(
        talk, clause("Yes, please exchange the boots like that.", EXCHANGE), clause("What about the tablet?", "show_product", inquires=True),
        clause("I want to cancel that one.", CANCEL),
    )
    assert "your exchange for order HF-1002 is asked for" in said
    assert waiting(talk) == [(CANCEL, "the tablet, I want to cancel that one.")]


async def test_the_expert_one_is_no_person(talk):
    await talk.say("the headphones in HF-1001 should be wireless", ITEMS)
    await say(talk, clause("could I get the expert one?", "request_person", inquires=True))
    assert talk.handoff is None


class TestWhatStaysAnyhow:
    async def test_a_thing_that_is_not_in_the_plan_may_be_said_to_stay(self, talk):
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        said = await say(
            talk, clause("no, nothing else, the rug I keep.", "deny", asks=False), clause("yes please", "affirm", asks=False)
        )
        assert "your exchange for order HF-1002 is asked for" in said
        assert "You pay €4.00 more by your PayPal." in said

    async def test_that_a_thing_in_the_plan_stays_is_no_yes(self, talk):
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        said = await say(
            talk, clause("no, nothing else, the boots I keep.", "deny", asks=False), clause("yes please", "affirm", asks=False)
        )
        assert "Done" not in said

    async def test_what_was_left_for_its_price_may_be_left_once_more(self, talk, database):
        said = await talk.say(
            "the headphones in HF-1001 wireless, and the lamp in brass only if that's at most €2 more. By PayPal", ITEMS
        )
        assert "I leave the Lamp alone" in said
        said = await say(talk, clause("Fine, leave the lamp.", "deny", asks=False), clause("Yes, change it!", ITEMS))
        assert "Done: your order HF-1001 is changed" in said
        assert await options(database, "HF-1001") == ["wireless", "black"]


class TestSumsBesideAWish:
    async def test_the_sum_is_that_of_the_new_plan(self, talk):
        await talk.say("the headphones in HF-1001 should be wireless, to PayPal", ITEMS)
        said = await say(
            talk, clause("the lamp should be brass", ITEMS), clause("How much more do I pay in total?", "refund_status", inquires=True)
        )
        assert "You pay €7.00 more" in said
        assert "€2.00 more for" not in said

    async def test_wishes_stay_apart_where_a_question_behind_them_is_answered(self, talk):
        await talk.say("the headphones in HF-1001 should be wireless, to PayPal", ITEMS)
        text = "the lamp should be brass, and swap the headphones for the cheapest wireless ones. How much is that together?"
        said = await talk.say(text, ITEMS, clauses=[
            clause("the lamp should be brass", ITEMS), clause("swap the headphones for the cheapest wireless ones.", ITEMS),
            clause("How much is that together?", "refund_status", inquires=True),
        ])
        assert "You pay €7.00 more" in said


class TestYesAndMoney:
    async def test_how_much_goes_where_names_no_way_to_pay(self, talk):
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        said = await say(
            talk, clause("Yes, that's the one, exchange it.", EXCHANGE), clause("And then tell me", "nlu_fallback", 0.1, asks=False),
            clause("how much goes to my Visa", "refund_status", inquires=True),
            clause("how much to PayPal altogether?", "refund_status", 0.4, inquires=True),
        )
        assert "You pay €4.00 more by your PayPal." in said

    async def test_that_it_is_all_is_no_other_wish(self, talk):
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        assert "is asked for" in await talk.say("Yes, that's all from that one, exchange it please", EXCHANGE)


class TestWhatIsLeftAndWantedNext:
    async def test_another_thing_is_taken_up_where_the_first_one_is_left(self, talk):
        await talk.say("I'd like my boots in pink instead", EXCHANGE)
        said = await say(
            talk, clause("No, none of those.", "deny", asks=False), clause("Keep the boots.", "deny"),
            clause("And my rug, can that be a green one?", EXCHANGE, 0.7, inquires=True),
        )
        assert "Rug" in said

    async def test_it_may_be_sent_back_instead_if_the_money_goes_where_it_is_to(self, talk):
        await talk.say("I'd like my boots in pink instead", EXCHANGE)
        said = await say(
            talk, clause("Nothing for me there.", "deny", 0.6, asks=False),
            clause("Then I send it back, but only if I get the money on PayPal.", "return_items", 0.41, asks=False),
            clause("Otherwise I'm keeping it.", "deny", asks=False),
        )
        assert "A refund of a return can only go back to how you paid (Visa ending in 4242)" in said
        assert "nothing has been changed" in said
