"""What is to stay, and what a wish hangs on: other orders, the way of the money, the price of both together."""

from typing import Any

import pytest
from sqlalchemy import select

from actions.products import ShowProduct
from actions.show_order import ShowOrder
from support.models.catalogue import Product
from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind
from tests.actions.asking import ask
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
ITEMS, EXCHANGE, CANCEL, ADDRESS = "change_order_items", "exchange_items", "cancel_order", "change_order_address"


@pytest.fixture
async def talk(database) -> Talk:
    """Headphones and a lamp in pending HF-1001, boots and a rug in delivered HF-1002, a tablet in pending HF-1003."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        await create_method(session, customer, MethodKind.WALLET)
        heard = await stocked(session, "Headphones", (5000, 5, {"type": "wired"}), (5200, 5, {"type": "wireless"}))
        lamp = await stocked(session, "Lamp", (3000, 5, {"colour": "black"}), (3500, 5, {"colour": "brass"}))
        boots = await stocked(session, "Boots", (9000, 5, {"size": "7"}), (9400, 5, {"size": "9"}))
        rug, tablet = await stocked(session, "Rug", (4000, 5, {"colour": "red"})), await stocked(
            session, "Tablet", (20000, 5, {"colour": "red"})
        )
        for product in (heard, lamp, boots, rug, tablet):
            await session.refresh(product, ["variants"])
        first = {one.name: min(one.variants, key=lambda each: each.price_minor) for one in (heard, lamp, boots, rug, tablet)}
        for number, status, names in (
            ("HF-1001", OrderStatus.PENDING, ("Headphones", "Lamp")), ("HF-1002", OrderStatus.DELIVERED, ("Boots", "Rug")),
            ("HF-1003", OrderStatus.PENDING, ("Tablet",)),
        ):
            lines = tuple((first[name], 1, first[name].price_minor) for name in names)
            await create_order(session, customer, number, lines=lines, status=status, paid_with=card)
        session.add(Address(
            customer_id=customer.id, label="work", recipient="Ada Lovelace", line_1="8 Mill Lane", town="Cork",
            postcode="T12 AB12", country="IE",
        ))
    return Talk(customer)


def clause(text: str, intent: str, confidence: float = 0.9, *, asks: bool = True, inquires: bool = False) -> dict[str, Any]:
    return {"text": text, "intent": intent, "confidence": confidence, "asks": asks, "inquires": inquires, "faq": {}}


async def say(talk: Talk, *clauses: dict[str, Any]) -> str:
    return await talk.say(" ".join(one["text"] for one in clauses), clauses[-1]["intent"], clauses=list(clauses))


def waiting(talk: Talk) -> list[tuple[str, str]]:
    return [(one["intent"], one["text"]) for one in talk.slots.get("agenda") or []]


class TestOrdersThatAreKept:
    @pytest.fixture(autouse=True)
    async def asked(self, shop, talk):
        talk.slots["order_number"] = "HF-1003"

    async def test_the_one_just_spoken_of_is_kept_and_all_others_are_cancelled(self, talk):
        said = await talk.say("ok that one I keep! but cancel all the others, I don't need them anymore", CANCEL)
        assert "cancel your order HF-1001" in said
        assert "HF-1003" not in said

    async def test_an_order_that_stays_after_all_may_be_wished_to_go_elsewhere(self, talk):
        await talk.say("cancel all my orders, no longer needed", CANCEL)
        said = await say(
            talk, clause("the tablet is a present, that order stays!", ITEMS, 0.4, asks=False),
            clause("It should go to my work address", ADDRESS),
        )
        assert "order HF-1003 stays as it is" in said
        assert "cancel your order HF-1001" in said
        assert "comes next" not in said
        assert waiting(talk) == [(ADDRESS, "It should go to my work address (HF-1003)")]

    async def test_what_nothing_is_to_be_done_with_may_be_said_to_stay(self, talk):
        await talk.say("cancel HF-1001, no longer needed", CANCEL)
        said = await say(
            talk, clause("no no, keep the tablet order!", "deny"),
            clause("And the tablet order goes to my work address, 8 Mill Lane", ADDRESS, asks=False),
        )
        assert "I would send your order HF-1003" in said
        assert talk.slots["suspended"][0]["values"]["order"] == "HF-1001"

    async def test_a_no_that_says_what_is_not_wanted_drops_it(self, talk, database):
        await talk.say("cancel HF-1001, no longer needed", CANCEL)
        said = await say(
            talk, clause("No!", "deny", asks=False), clause("I said I do NOT want that cancelled.", "deny", asks=False),
            clause("Which of my two orders is more expensive?", "list_orders", inquires=True),
        )
        assert "Nothing about it has been changed" in said
        assert not talk.form

    async def test_who_does_not_want_to_cancel_the_rest_is_asked_nothing(self, talk):
        said = await talk.say("Then leave it in, I don't want to cancel the rest.", CANCEL)
        assert said == "All right, then the order stays as it is."


class TestMoneyThatHangsOnItsWay:
    async def test_a_plan_that_goes_the_way_they_do_not_want_is_dropped(self, talk):
        await talk.say("return the rug, the money to my Visa", "return_items")
        said = await say(talk, clause("No.", "deny", asks=False), clause(
            "If it can only go to my Visa, I keep the rug.", "change_order_payment", 0.6,
        ))
        assert "Nothing about it has been changed" in said

    @pytest.mark.parametrize("text", [
        "cancel HF-1001, no longer needed, but only if the money goes on my PayPal",
        "cancel HF-1001, no longer needed. I said only if it goes to my PayPal",
    ])
    async def test_an_order_is_not_cancelled_if_its_money_cannot_go_there(self, talk, text):
        said = await talk.say(text, CANCEL)
        assert "can only go back to what paid for it: your Visa ending in 4242. So I leave it all as it is." in said


class TestFallbacks:
    async def test_an_order_is_cancelled_where_the_wish_cannot_be_had(self, talk):
        text = "the lamp in HF-1001 in pink. If you don't have that just cancel the order, refund to paypal"
        talk.slots["agenda"] = [
            {"text": "If you don't have that just cancel the order, refund to paypal", "intent": "change_order_payment",
             "confidence": 0.6, "question": ""},
        ]
        said = await talk.say(text.split(". ")[0], ITEMS)
        assert "May I ask why?" in said
        assert talk.slots["task"]["task"] == CANCEL

    async def test_what_is_only_said_once_more_is_no_other_wish(self, talk):
        text = (
            "the lamp in HF-1001 in brass, and the headphones in pink, but if there aren't any in the same type, just "
            "leave them as they are. To PayPal"
        )
        said = await talk.say(text, ITEMS)
        assert "Lamp" in said
        assert "becomes type wireless" not in said


class TestLimitsForBoth:
    @pytest.mark.parametrize("limit", [
        "but only if both together aren't more than €5, otherwise just the headphones",
        "if that costs me over €5 extra, only do the headphones",
        "together they mustn't cost more than the €5.50 I have left, else only the headphones",
    ])
    async def test_what_no_thing_costs_so_little_is_a_limit_to_the_difference(self, talk, limit):
        said = await talk.say(f"the headphones in HF-1001 wireless and the lamp in brass, to PayPal. {limit}", ITEMS)
        assert "I leave the Lamp alone" in said
        assert "€2.00 more" in said


class TestOneOrderOrSeveral:
    async def test_one_order_is_not_added_to_what_was_spoken_of_before(self, talk):
        talk.heard = ["Leave HF-1001 alone then."]
        answer = await ask(ShowOrder(), talk.customer, text="what did the order with the tablet come to in total?")
        assert answer.text.startswith("Your order HF-1003 comes to")

    @pytest.mark.parametrize("text", [
        "what did my two pending orders come to together?", "what do the pending orders HF-1001 and HF-1003 add up to?",
    ])
    async def test_several_are_added_up(self, talk, text):
        assert (await ask(ShowOrder(), talk.customer, text=text)).text.startswith("Together they come to €")


class TestSingleThings:
    async def test_nothing_of_an_order_that_is_packed_can_be_taken_out(self, database, talk):
        async with database.write() as session:
            order = await session.scalar(select(Order).where(Order.number == "HF-1001"))
            order.status = OrderStatus.PROCESSED
        said = await talk.say("please take the lamp out of order HF-1001", CANCEL)
        assert said.startswith("Single things can't be taken out of an order, so the Lamp (black) would have to stay")
        assert "nothing of it can be changed any more" in said


class TestWhichCostMore:
    async def test_two_things_that_were_bought_are_compared_and_not_the_shop_s(self, database, talk):
        async with database.write() as session:
            lamp = await stocked(session, "Chair", (9000, 5, {"colour": "red"}), (8000, 5, {"colour": "black"}))
            await session.refresh(lamp, ["variants"])
            lines = tuple((one, 1, one.price_minor) for one in lamp.variants)
            await create_order(session, talk.customer, "HF-1010", lines=lines, status=OrderStatus.DELIVERED)
        answer = await ask(
            ShowProduct(), talk.customer, text="I ordered two chairs. Which of the two is more expensive, and by how much?"
        )
        assert answer.text.endswith("The first is the dearer one, by €10.00.")
        assert answer.text.startswith("The Chair (red) in order HF-1010 cost €90.00")


class TestGoodsInAnOrder:
    async def test_the_order_that_is_named_tells_which_thing_is_meant(self, talk):
        answer = await ask(
            ShowProduct(), talk.customer, text="In my other order with the headphones, what would the lamp cost in brass?",
            slots={"order_number": "HF-1003"},
        )
        assert answer.text == "The Lamp (colour brass) is in stock and costs €35.00. That is €5.00 more than you paid for yours."


class TestWaysToPay:
    @pytest.mark.parametrize("text", [
        "Paid with my gift card if there is enough on it, otherwise with my Visa.",
        "From the gift card if there's enough on it, else PayPal.",
    ])
    async def test_the_gift_card_pays_where_it_holds_enough(self, database, talk, text):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=5000, last_digits="0815")
        said = await talk.say(f"the headphones in HF-1001 should be wireless. {text}", ITEMS)
        assert "by your gift card" in said

    async def test_a_card_that_is_not_to_be_charged_names_none(self, database, talk):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=5000, last_digits="0815")
        await talk.say("return the rug", "return_items")
        assert "goes back to your gift card" in await talk.say("hmm not the 4242, put it on the gift card then")

    async def test_a_card_that_is_to_be_saved_is_not_charged(self, database, talk):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=50000, last_digits="0815")
        said = await talk.say(
            "I'd rather save my gift card for later. Could HF-1001 be charged to my PayPal?", "change_order_payment"
        )
        assert said.startswith("Your PayPal would pay")

    async def test_no_visa_wishes_nothing_of_a_thing(self, talk):
        await talk.say("the headphones in HF-1001 should be wireless, on my Visa", ITEMS)
        said = await talk.say("No Visa please. PayPal.", "faq")
        assert "You pay €2.00 more, by your PayPal" in said


class TestWhatWasOnlySaidBeside:
    @pytest.mark.parametrize(("beside", "intent"), [
        ("What would I get back for it?", "return_items"), ("I don't need it anymore, moving is enough stuff", ITEMS),
        ("What I save goes to my PayPal", "show_payment_methods"),
    ])
    async def test_it_is_not_taken_up_again_when_all_is_done(self, talk, beside, intent):
        talk.slots["agenda"] = [{"text": beside, "intent": intent, "confidence": 0.9, "question": ""}]
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        assert "is asked for" in await talk.say("yes")
        assert waiting(talk) == []

    async def test_another_wish_is(self, talk):
        later = {"text": "and cancel the one with the tablet", "intent": CANCEL, "confidence": 0.9, "question": ""}
        talk.slots["agenda"] = [later]
        await talk.say("exchange my boots for size 9, by PayPal", EXCHANGE)
        await talk.say("yes")
        assert waiting(talk) == [(CANCEL, "and cancel the one with the tablet")]


class TestWhatIsThereAlready:
    async def test_what_was_received_is_in_a_delivered_order(self, database, talk):
        async with database.write() as session:
            rug = await stocked(session, "Rug runner", (4000, 5, {"colour": "blue"}))
            await session.refresh(rug, ["variants"])
            await create_order(session, talk.customer, "HF-1009", lines=((rug.variants[0], 1, 4000),), status=OrderStatus.PENDING)
        said = await talk.say("The rug I already received, I want to send it back, to my Visa", "return_items")
        assert "return from order HF-1002" in said

    async def test_who_praises_and_wishes_is_not_only_thanked(self, talk):
        said = await talk.say("Great stuff. Now my boots: I'd rather have size 9 instead, by PayPal", "give_praise")
        assert "You would exchange from order HF-1002" in said

    async def test_nobody_calls_who_wants_no_call(self, talk):
        assert await talk.say("And no person needs to call me.", "book_call_back") == "All right, nobody will call you."


class TestPlacesOfOrders:
    @pytest.fixture(autouse=True)
    async def to_work(self, shop, database, talk):
        async with database.write() as session:
            work = await session.scalar(select(Address).where(Address.label == "work"))
            tablet = await session.scalar(select(Order).where(Order.number == "HF-1003"))
            tablet.address_id = work.id
        talk.slots["order_number"] = None

    @pytest.mark.parametrize("text", [
        "Can you make my default address the same as the one my tablet is being sent to?",
        "The address my tablet order is going to is my home now, so make that my default address please",
    ])
    async def test_the_default_address_is_taken_from_where_a_thing_goes(self, talk, text):
        said = await talk.say(text, "change_default_address")
        assert "I would make Ada Lovelace, 8 Mill Lane" in said


class TestOtherOrdersThings:
    async def test_a_thing_of_the_order_is_not_looked_for_in_another(self, database, talk):
        async with database.write() as session:
            lamp = await session.scalar(select(Product).where(Product.name == "Lamp"))
            await session.refresh(lamp, ["variants"])
            brass = max(lamp.variants, key=lambda one: one.price_minor)
            await create_order(session, talk.customer, "HF-1008", lines=((brass, 1, 3500),), status=OrderStatus.PROCESSED)
        await talk.say("the headphones in HF-1001 should be wireless", ITEMS)
        assert "€7.00 more" in await talk.say("And the lamp in brass", ITEMS)

    async def test_values_to_choose_from_are_those_of_the_thing_before(self, database, talk):
        said = await talk.say("swap the lamp in HF-1001. Pink if possible, else brass. By PayPal", ITEMS)
        assert "1 × Lamp (colour black) becomes colour brass" in said


async def test_the_other_one_too_comes_next_anyhow(talk):
    await talk.say("cancel all my orders, no longer needed", CANCEL)
    said = await say(talk, clause("Yes please!", "affirm", asks=False), clause("And the other one too", "mean_another", asks=False))
    assert "HF-1003 is cancelled" in said
    assert "cancel your order HF-1001" in said


class TestWhatACancellationWouldBring:
    @pytest.mark.parametrize("text", [
        "I'm thinking about cancelling my two pending orders. How much would I get back if I did?",
        "I only want to know how much money I'd get back if I cancel both.",
    ])
    async def test_it_is_told_and_nothing_begun(self, talk, text):
        assert await talk.say(text, CANCEL) == (
            "If orders HF-1003 and HF-1001 were cancelled, you would get back €280.00 to your Visa ending in 4242."
        )
        assert not talk.form

    async def test_a_question_behind_it_is_answered_with_it(self, talk):
        behind = "How much would I get back if I did?"
        talk.slots["agenda"] = [{"text": behind, "intent": "refund_status", "confidence": 0.9, "question": ""}]
        assert "€280.00" in await talk.say("I'm thinking about cancelling my two pending orders.", CANCEL)
        assert waiting(talk) == []


async def test_a_thing_to_be_returned_is_in_what_has_come(database, talk):
    async with database.write() as session:
        rug = await session.scalar(select(Product).where(Product.name == "Rug"))
        await session.refresh(rug, ["variants"])
        await create_order(session, talk.customer, "HF-1007", lines=((rug.variants[0], 1, 4000),), status=OrderStatus.PENDING)
    talk.slots["order_number"] = "HF-1007"
    assert "return from order HF-1002" in await talk.say("I also got a rug I'd return, to my Visa", "return_items")


async def test_that_the_default_address_has_not_changed_changes_none(talk):
    said = await talk.say("My default address hasn't changed, right?", "change_default_address")
    assert said == "Your default address stays as it is."
