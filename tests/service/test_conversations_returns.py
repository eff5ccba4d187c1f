"""Sending things back, in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

MILL, TOWELS = "1 Pepper mill (oak, short)", "2 Bath towel (chalk)"


def returned(method: str, minor: int, *lines: str) -> dict[str, object]:
    return {
        "delivered": "return_requested", "delivered comes back": [("return requested", f"{minor} {method}", *lines)],
        "done": ["request_return"],
    }


def exchanged(money: str, *lines: str) -> dict[str, object]:
    return {
        "delivered": "exchange_requested", "delivered comes back": [("exchange requested", money, *lines)],
        "done": ["request_exchange"],
    }


RETURNING = [
    Talk("asks where the money is to go", (
        ("I want to send the pepper mill from {delivered} back", "Where"),
        ("on my gift card", "Shall I ask for this return?"),
        ("yes please", "put the number"),
    ), returned("gift card", 3650, MILL)),
    Talk("takes several lines from one sentence", (
        ("return everything from {delivered}, money back to my Visa", "Shall I ask for this return?"),
        ("yes", "put the number"),
    ), returned("Visa", 8550, MILL, TOWELS)),
    Talk("of what came too long ago is refused", (
        ("I'd like to return the field jug from {old}", "Shall I bring in a person"),
        ("no thanks", "anything else"),
    )),
    Talk("goes to a person where only a person may allow it", (
        ("I'd like to return the field jug from order {old}", "Shall I bring in a person"),
        ("yes, a person please", ""),
    ), handoff="policy"),
    Talk("takes a correction before the yes", (
        ("return one of the bath towels in {delivered} to my Visa", "Bath towel (chalk). €24.50"),
        ("no, both towels", "2 × Bath towel"),
        ("yes", "put the number"),
    ), returned("Visa", 4900, TOWELS)),
    Talk("goes on after a question in between", (
        ("return the bath towels from {delivered}, refund to my Visa", "Shall I ask for this return?"),
        ("how long do refunds take?", "Shall I ask for this return?"),
        ("yes, return them", "put the number"),
    ), returned("Visa", 4900, TOWELS)),
    Talk("is left to a person who is asked for", (
        ("I want to return the towels from {delivered}", ""),
        ("can I talk to someone about this", ""),
    ), handoff="asked"),
]

EXCHANGING = [
    Talk("takes it all from one sentence", (
        ("exchange the pepper mill from {delivered} for the tall one, I'll pay the rest with PayPal", "€7.00 more"),
        ("yes", "put the number"),
    ), exchanged("-700 PayPal", f"{MILL} for oak, tall")),
    Talk("of what came too long ago is refused", (
        ("swap the field jug in {old} for the 2 litres one", "Shall I bring in a person"),
        ("no", "anything else"),
    )),
    Talk("takes a correction before the yes", (
        ("exchange both bath towels from {delivered} for tide blue", "tide blue"),
        ("actually make it moss", "moss"),
        ("yes please", "put the number"),
    ), exchanged("0 Visa", f"{TOWELS} for moss")),
    Talk("goes on after a question in between", (
        ("I want my bath towels from {delivered} in moss instead", "Shall I ask for this exchange?"),
        ("what does sending it back cost?", "Shall I ask for this exchange?"),
        ("yes", "put the number"),
    ), exchanged("0 Visa", f"{TOWELS} for moss")),
    Talk("is left to a person who is asked for", (
        ("exchange the towels in {delivered} for the moss ones", "Shall I ask for this exchange?"),
        ("I want to speak to an agent", ""),
    ), handoff="asked"),
]

KEPT = {
    "returning": "delivered", "returning comes back": [
        ("return cancelled", "3900 Visa", "1 Linen cushion (moss, 45 cm)"),
    ], "done": ["call_off_return"],
}
CALLING_OFF = [
    Talk("keeps what was to be sent back", (
        ("I changed my mind, please call off the return of my cushion", "Shall I call off the return?"),
        ("yes, call it off", "is called off"),
    ), KEPT),
    Talk("does nothing after a no", (
        ("cancel my return", "Shall I call off the return?"),
        ("no, leave it", "Nothing about it has been changed"),
    )),
    Talk("goes on after a question in between", (
        ("I'd like to keep the cushion, withdraw the return", "Shall I call off the return?"),
        ("where is order {shipped}?", "Shall I call off the return?"),
        ("yes", "is called off"),
    ), KEPT),
    Talk("is left to a person who is asked for", (
        ("cancel the return for {returning}", "Shall I call off the return?"),
        ("I need a human", ""),
    ), handoff="asked"),
]


@pytest.mark.parametrize("talk", RETURNING, ids=lambda talk: talk.name)
async def test_returning(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", EXCHANGING, ids=lambda talk: talk.name)
async def test_exchanging(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)


@pytest.mark.parametrize("talk", CALLING_OFF, ids=lambda talk: talk.name)
async def test_calling_off_a_return(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
