"""Reports, complaints, several wishes and questions in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

DAMAGED = {"cases": ["damaged"], "said on cases": 1, "done": ["open_case"]}

CASES = [
    Talk("are opened after a yes", (
        ("the pepper mill from {delivered} arrived broken", "Shall I report it"),
        ("yes, report it", "somebody sees to it by"),
    ), DAMAGED),
    Talk("ask for what is missing", (
        ("there is something wrong with order {delivered}", "What is wrong?"),
        ("it came damaged", "damaged"),
        ("both towels", "Shall I report it"),
        ("they are full of holes", "Shall I report it"),
        ("yes", "somebody sees to it by"),
    ), DAMAGED),
    Talk("do not fit an order that has arrived", (
        ("order {delivered} is late", "can't report it as late"),
        ("never mind", "Nothing about it has been changed"),
    )),
    Talk("take a correction before the yes", (
        ("one of the towels in {delivered} is missing", "missing"),
        ("no, sorry, the pepper mill is missing", "Pepper mill"),
        ("yes", "somebody sees to it by"),
    ), {"cases": ["missing"], "said on cases": 1, "done": ["open_case"]}),
    Talk("go on after a question in between", (
        ("I want to report that order {shipped} is late", "Shall I report it"),
        ("how long does delivery usually take?", "Shall I report it"),
        ("yes", "somebody sees to it by"),
    ), {"cases": ["late"], "said on cases": 1, "done": ["open_case"]}),
    Talk("are left to a person who is asked for", (
        ("the pepper mill in {delivered} is cracked", "Shall I report it"),
        ("I'd rather tell that to a person", ""),
    ), handoff="asked"),
    Talk("hold complaints too", (
        ("I want to complain about how your courier treated me", ""),
        ("he threw the parcel over the fence", ""),
        ("yes", ""),
    ), {"cases": ["complaint"], "said on cases": 2, "points": 600, "done": ["complain", "compensate"]}),
]

SEVERAL_WISHES = [
    Talk("in one message are seen to one after the other", (
        ("cancel {pending}, ordered by mistake, and pause my coffee subscription for one month", "Shall I cancel it?"),
        ("yes", "Shall I pause it?"),
        ("yes", "is paused until"),
    ), {
        "pending": "cancelled", "pending paid": {}, "subscription": "paused", "subscription rests": 1,
        "done": ["cancel_order", "pause_subscription"],
    }),
    Talk("may hang on one another", (
        ("please cancel order {shipped}. If that can't be done, send order {pending} to my work address",
         "Shall I change the address?"),
        ("yes", "Done"),
    ), {"pending goes to": "3 Mill Road, Cork", "done": ["change_order_address"]}),
    Talk("come back after another one in between", (
        ("return the pepper mill from {delivered} to my Visa", "Shall I ask for this return?"),
        ("wait, first cancel {pending}, I ordered it by mistake", "Shall I cancel it?"),
        ("yes", "Shall I ask for this return?"),
        ("yes", "put the number"),
    ), {
        "pending": "cancelled", "pending paid": {}, "delivered": "return_requested",
        "delivered comes back": [("return requested", "3650 Visa", "1 Pepper mill (oak, short)")],
        "done": ["cancel_order", "request_return"],
    }),
]

QUESTIONS = [
    Talk("about the shop and about what is theirs change nothing", (
        ("what does delivery cost?", "€4.95"),
        ("and how many points have I got?", "500 points"),
        ("until when can an order be cancelled?", "cancel"),
        ("where has order {shipped} got to?", "{shipped}"),
        ("how long may I send things back?", "30 days"),
        ("what's in order {pending}?", "Storage jar"),
        ("thanks!", "welcome"),
    )),
]

@pytest.mark.parametrize("talk", CASES, ids=lambda talk: talk.name)
async def test_cases(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", SEVERAL_WISHES, ids=lambda talk: talk.name)
async def test_several_wishes(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", QUESTIONS, ids=lambda talk: talk.name)
async def test_questions(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
