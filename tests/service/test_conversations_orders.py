"""Changing orders that are still waiting to be packed, in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

CANCELLED = {"pending": "cancelled", "pending paid": {}, "done": ["cancel_order"]}
AT_WORK = {"pending goes to": "3 Mill Road, Cork", "done": ["change_order_address"]}
BY_PAYPAL = {"pending paid": {"PayPal": 11895}, "done": ["change_order_payment"]}
LAMP = "1 Lantern desk lamp"
JARS = "2 Storage jar"

CANCELLING = [
    Talk("is done after the reason and a yes", (
        ("I want to cancel my order", "May I ask why?"),
        ("I don't need it any more", "Shall I cancel it?"),
        ("yes please", "is cancelled"),
    ), CANCELLED),
    Talk("takes it all from one sentence", (
        ("please cancel {pending}, I ordered it by mistake", "Shall I cancel it?"),
        ("go ahead", "is cancelled"),
    ), CANCELLED),
    Talk("of an order on its way is refused", (
        ("cancel order {shipped}, I found it cheaper", "can't be cancelled any more: it is on its way"),
    )),
    Talk("becomes a change of address when the customer thinks better of it", (
        ("cancel {pending}, ordered by mistake", "Shall I cancel it?"),
        ("no, keep it, send it to my work address instead", "Shall I change the address?"),
        ("yes", "goes to"),
    ), AT_WORK),
    Talk("goes on after a question in between", (
        ("I'd like to cancel order {pending}", "May I ask why?"),
        ("how long would the refund take?", "May I ask why?"),
        ("it takes too long", "Shall I cancel it?"),
        ("yes", "is cancelled"),
    ), CANCELLED),
    Talk("is left to a person who is asked for", (
        ("cancel {pending} please, no longer needed", "Shall I cancel it?"),
        ("hm, let me talk to a human first", ""),
    ), handoff="asked"),
]

CHANGING_ITEMS = [
    Talk("asks how the difference is to be paid", (
        ("can I have the storage jars in {pending} in medium instead", "€5.00 more"),
        ("PayPal", "Shall I change"),
        ("yes", "Done"),
    ), {
        "pending has": [f"{JARS} (medium)", f"{LAMP} (brass)"], "pending costs": 12395,
        "pending paid": {"Visa": 11895, "PayPal": 500}, "done": ["swap_lines"],
    }),
    Talk("of what is on its way is refused", (
        ("I want the linen throw in order {shipped} in moss", "on its way"),
    )),
    Talk("takes a correction before the yes", (
        ("swap the desk lamp in {pending} for a blackened steel one", "Shall I change"),
        ("no, the white one please", "white"),
        ("yes", "Done"),
    ), {"pending has": [f"{JARS} (small)", f"{LAMP} (white)"], "done": ["swap_lines"]}),
    Talk("goes on after a question in between", (
        ("the lamp in {pending} in white instead of brass please", "Shall I change"),
        ("is the white lamp in stock?", "Shall I change"),
        ("yes do that", "Done"),
    ), {"pending has": [f"{JARS} (small)", f"{LAMP} (white)"], "done": ["swap_lines"]}),
    Talk("is left to a person who is asked for", (
        ("can you change the size of the jars in {pending}", "Storage jar"),
        ("I'd rather speak with a real person", ""),
    ), handoff="asked"),
]

CHANGING_THE_ADDRESS = [
    Talk("takes one of the address book", (
        ("send {pending} to my work address instead", "3 Mill Road"),
        ("yes, change it", "Done"),
    ), AT_WORK),
    Talk("asks for what is missing of a new one", (
        ("I need to change the delivery address of my order", "Where"),
        ("9 Bridge Street, Galway", "postcode"),
        ("H91 CD56", "Shall I change the address?"),
        ("yes", "Done"),
    ), {"pending goes to": "9 Bridge Street, Galway", "done": ["change_order_address"]}),
    Talk("of an order on its way is refused", (
        ("change the address of {shipped} to my work address", "can't be changed any more"),
    )),
    Talk("takes a correction before the yes", (
        ("deliver {pending} to 9 Bridge Street, Galway, H91 CD56, Ireland", "9 Bridge Street"),
        ("sorry, it's 19 Bridge Street", "19 Bridge Street"),
        ("yes", "Done"),
    ), {"pending goes to": "19 Bridge Street, Galway", "done": ["change_order_address"]}),
    Talk("goes on after a question in between", (
        ("change where {pending} goes, to my work please", "Shall I change the address?"),
        ("how many points do I have?", "500 points"),
        ("yes", "Done"),
    ), AT_WORK),
    Talk("is left to a person who is asked for", (
        ("change the address of order {pending}", "Where"),
        ("get me a colleague of yours", ""),
    ), handoff="asked"),
]

CHANGING_THE_PAYMENT = [
    Talk("takes it all from one sentence", (
        ("I want to pay order {pending} with PayPal instead of my card", "Shall I change the payment?"),
        ("yes please", "Done"),
    ), BY_PAYPAL),
    Talk("to a gift card that does not cover it is refused, and another way offered", (
        ("put order {pending} on my gift card", "€10.00"),
        ("PayPal then", "Shall I change the payment?"),
        ("yes", "Done"),
    ), BY_PAYPAL),
    Talk("of an order on its way is refused", (
        ("switch the payment of {shipped} to PayPal", "can't be changed any more"),
    )),
    Talk("goes on after a question in between", (
        ("charge {pending} to my PayPal instead", "Shall I change the payment?"),
        ("when do I get the money back on my card?", "Shall I change the payment?"),
        ("ok, yes", "Done"),
    ), BY_PAYPAL),
    Talk("does nothing after a no", (
        ("use PayPal for order {pending} instead", "Shall I change the payment?"),
        ("no, leave it as it is", "Nothing about it has been changed"),
    )),
    Talk("is left to a person who is asked for", (
        ("change the payment method of {pending} to PayPal", "Shall I change the payment?"),
        ("can a person do that please", ""),
    ), handoff="asked"),
]


@pytest.mark.parametrize("talk", CANCELLING, ids=lambda talk: talk.name)
async def test_cancelling(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", CHANGING_ITEMS, ids=lambda talk: talk.name)
async def test_changing_what_is_in_an_order(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", CHANGING_THE_ADDRESS, ids=lambda talk: talk.name)
async def test_changing_the_address_of_an_order(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", CHANGING_THE_PAYMENT, ids=lambda talk: talk.name)
async def test_changing_the_payment_of_an_order(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
