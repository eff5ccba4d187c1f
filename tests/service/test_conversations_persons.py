"""Why a person takes over, each reason provoked in two ways or more, in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

OWN_WORDS = [
    Talk("asked for", (("can I speak to a human", ""),), handoff="asked"),
    Talk("asked for in the middle of a task", (
        ("pause my coffee subscription", "For how long"), ("no more bots please, put me through to somebody real", ""),
    ), handoff="asked"),
    Talk("upset", (("this is the worst shop ever, you are useless", "sorry"),), handoff="upset"),
    Talk("upset by tone", (("STILL NOTHING!!! I am sick and tired of this nonsense!!!", "sorry"),), handoff="upset"),
    Talk("upset in the middle of a task", (
        ("pause my coffee subscription", "For how long"), ("you idiots never get anything right", "sorry"),
    ), handoff="upset"),
    Talk("the law", (("my solicitor will be in touch, I'm taking you to court", ""),), handoff="legal"),
    Talk("a lawyer's letter", (("You'll get a letter from my lawyers unless this is settled.", ""),), handoff="legal"),
    Talk("danger", (("the lamp gave me an electric shock and it's smoking", "safety"),), handoff="safety"),
    Talk("an injury", (("The glass shattered in my hand and cut me badly, my daughter was hurt too", "safety"),),
         handoff="safety"),
    Talk("fraud", (("someone placed an order with my stolen card", "bank"),), handoff="fraud"),
    Talk("a strange charge", (("There's an order on my account that I never placed, I think I've been hacked", "bank"),),
         handoff="fraud"),
    Talk("self-harm", (("I don't want to live any more", "alone"),), handoff="self_harm"),
    Talk("self-harm between the lines", (("Nobody would miss me if I ended it all tonight", "alone"),),
         handoff="self_harm"),
    Talk("the press", (("I'm a reporter with the Irish Times and need a statement", "press"),), handoff="press"),
    Talk("an interview", (("I write for a magazine and would like to interview your boss", "press"),), handoff="press"),
]

NOT_GETTING_ON = [
    Talk("twice not understood", (
        ("colourless green ideas sleep furiously", "understand"), ("wibble wobble blorp", ""),
    ), handoff="not_understood"),
    Talk("nothing that a shop answers", (
        ("who won the rugby at the weekend?", ""), ("what's the square root of seven?", ""),
    ), handoff="not_understood"),
    Talk("three answers that were none", (
        ("cancel my order {pending}", "May I ask why?"), ("qwertz", ""), ("asdf", ""), ("yxcv", ""),
    ), handoff="failed_tries"),
    Talk("three times not the number of months", (
        ("pause my coffee subscription", "For how long"), ("bla", ""), ("blub", ""), ("hmpf", ""),
    ), handoff="failed_tries"),
]

WITH_PRIORITY = 1200  # points of a tier that need not try twice
FIRST_IN_LINE = [
    Talk("once is enough for a good customer", (("colourless green ideas sleep furiously", ""),), handoff="priority",
         points=WITH_PRIORITY),
    Talk("in the middle of a conversation, too", (
        ("what are my orders?", "{pending}"), ("who won the rugby at the weekend?", ""),
    ), handoff="priority", points=WITH_PRIORITY),
]

BEYOND_THE_RULES = [
    Talk("too late for a return", (
        ("I'd like to send the field jug from {old} back", "Shall I bring in a person"), ("yes please", ""),
    ), handoff="policy"),
    Talk("too late for an exchange", (
        ("exchange the jug in {old} for another colour", "Shall I bring in a person"), ("yes", ""),
    ), handoff="policy"),
    Talk("a second return of one order", (
        ("return the cushion from {returning}", "Shall I bring in a person"), ("ok, do that", ""),
    ), handoff="policy"),
    Talk("a second change of one order's items", (
        ("in {pending} make the lamp white", "Shall I change it?"), ("yes", "Done"),
        ("and now the jars of {pending} in medium instead", "Shall I bring in a person"), ("yes, please", ""),
    ), {
        "pending has": ["2 Storage jar (small)", "1 Lantern desk lamp (white)"], "done": ["swap_lines"],
    }, handoff="policy"),
    Talk("not wanted where one is offered", (
        ("I'd like to send the field jug from {old} back", "Shall I bring in a person"), ("no thanks", "anything else"),
    )),
]


@pytest.mark.parametrize("talk", OWN_WORDS, ids=lambda talk: talk.name)
async def test_what_the_customer_says(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", NOT_GETTING_ON, ids=lambda talk: talk.name)
async def test_what_does_not_get_on(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", FIRST_IN_LINE, ids=lambda talk: talk.name)
async def test_who_has_priority(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", BEYOND_THE_RULES, ids=lambda talk: talk.name)
async def test_what_the_rules_leave_to_a_person(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
