"""The profile, points, subscriptions: what is the customer's besides orders, in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

PROFILE = [
    Talk("has another default address after a yes", (
        ("I've moved, I need to change my address", "What is the new address?"),
        ("9 Bridge Street, Galway, H91 CD56, Ireland", "9 Bridge Street"),
        ("yes, change it", "Done"),
    ), {
        "default address": "9 Bridge Street, Galway", "address book": ["3 Mill Road", "9 Bridge Street"],
        "done": ["change_default_address"],
    }),
    Talk("takes a correction before the yes", (
        ("my new phone number is +353 86 555 0199", "Shall I change it?"),
        ("sorry, 0198 at the end: +353 86 555 0198", "0198"),
        ("yes", "Done"),
    ), {"phone": "+353 86 555 0198", "done": ["change_phone"]}),
    Talk("does not take what cannot be a phone number", (
        ("change my phone number to 12", "What is the new number?"),
        ("never mind", "Nothing about it has been changed"),
    )),
    Talk("goes on after a question in between", (
        ("I got married, my name is Maeve Nolan now", "Shall I change it?"),
        ("where is order {shipped}?", "Shall I change it?"),
        ("yes", "Done"),
    ), {"name": "Maeve Nolan", "done": ["change_name"]}),
    Talk("keeps who wants the newsletter", (
        ("please sign me up for your newsletter", ""),
        ("yes", ""),
    ), {"agreed to": {"newsletter by email": True}, "done": ["set_preference"]}),
    Talk("is left to a person who is asked for", (
        ("make my work address the default", "Shall I change it?"),
        ("no wait, connect me to an employee", ""),
    ), handoff="asked"),
]

POINTS = [
    Talk("are turned into a voucher after a yes", (
        ("I want to turn 200 points into a voucher", "Shall I redeem them?"),
        ("yes please", "your code is"),
    ), {"points": 300, "vouchers": ["voucher 1000"], "done": ["redeem_points"]}),
    Talk("do not go in other steps, and fewer will do", (
        ("redeem 120 points", "can't be redeemed just so"),
        ("then 100", "Shall I redeem them?"),
        ("yes", "your code is"),
    ), {"points": 400, "vouchers": ["voucher 500"], "done": ["redeem_points"]}),
    Talk("that are not there are refused", (
        ("turn 5000 points into money off", "You have 500 points"),
        ("forget it", "Nothing about it has been changed"),
    )),
    Talk("take a correction before the yes", (
        ("redeem 200 points please", "200 points"),
        ("no, make it 300", "300 points"),
        ("yes", "your code is"),
    ), {"points": 200, "vouchers": ["voucher 1500"], "done": ["redeem_points"]}),
    Talk("go on after a question in between", (
        ("I'd like the linen tea towel for my points", "Shall I redeem them?"),
        ("when do my points expire?", "Shall I redeem them?"),
        ("yes", "your code is"),
    ), {"points": 320, "vouchers": ["gift 0"], "done": ["redeem_reward"]}),
    Talk("are left to a person who is asked for", (
        ("redeem 200 of my points", "Shall I redeem them?"),
        ("I want to talk to customer service", ""),
    ), handoff="asked"),
]

SUBSCRIPTIONS = [
    Talk("rest for as long as is said", (
        ("pause my coffee subscription", "For how long"),
        ("for two months", "Shall I pause it?"),
        ("yes", "is paused until"),
    ), {"subscription": "paused", "subscription rests": 2, "done": ["pause_subscription"]}),
    Talk("rest no longer than they may", (
        ("I'm away, pause my coffee beans for half a year", "3 months at most"),
        ("3 months then", "Shall I pause it?"),
        ("no, make that one month", "1 month"),
        ("yes please", "is paused until"),
    ), {"subscription": "paused", "subscription rests": 1, "done": ["pause_subscription"]}),
    Talk("end after a question in between", (
        ("I want to cancel my coffee subscription", "Shall I"),
        ("what does my subscription cost?", "€12.50"),
        ("yes, cancel it", "is cancelled and ends on"),
    ), {"subscription": "cancelled", "subscription ends": -1, "done": ["cancel_subscription"]}),
    Talk("without an end cannot be extended", (
        ("extend my coffee subscription by three months", "no end"),
    )),
    Talk("are left to a person who is asked for", (
        ("stop my coffee bean subscription", "Shall I"),
        ("somebody from your team please", ""),
    ), handoff="asked"),
]


@pytest.mark.parametrize("talk", PROFILE, ids=lambda talk: talk.name)
async def test_the_profile(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", POINTS, ids=lambda talk: talk.name)
async def test_points(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", SUBSCRIPTIONS, ids=lambda talk: talk.name)
async def test_subscriptions(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
