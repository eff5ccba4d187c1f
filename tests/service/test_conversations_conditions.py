"""Wishes with an "if" and an "otherwise", in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

CANCELLED = {"pending": "cancelled", "pending paid": {}, "done": ["cancel_order"]}
SENT_BACK = {"delivered": "return_requested", "done": ["request_return"]}

CONDITIONS = [
    Talk("what cannot be had", (
        ("Please make the lamp in {pending} a pink one. If that's not available cancel the order, I don't need it any more.",
         "Shall I cancel it?"),
        ("yes", "is cancelled"),
    ), CANCELLED),
    Talk("what can be had", (
        ("make the lamp in {pending} white, otherwise cancel the order", "becomes colour white"), ("yes", "Done"),
    ), {"pending has": ["2 Storage jar (small)", "1 Lantern desk lamp (white)"], "done": ["swap_lines"]}),
    Talk("too dear", (
        ("exchange the pepper mill in {delivered} for the tall one, but if that's more than €5 extra send it back, the money "
         "to my Visa please", "Shall I ask for this return?"),
        ("yes", "put the number"),
    ), {**SENT_BACK, "delivered comes back": [("return requested", "3650 Visa", "1 Pepper mill (oak, short)")]}),
    Talk("together too dear", (
        ("in {pending} I want the jars in medium and the lamp in white. If the two together cost more than €1 extra, leave "
         "the jars as they are", "I leave the Storage jar alone"),
        ("yes", "Done"),
    ), {"pending has": ["2 Storage jar (small)", "1 Lantern desk lamp (white)"], "done": ["swap_lines"]}),
    Talk("an exchange and a return of one order", (
        ("in {delivered} exchange the pepper mill for the tall one and return the towels", "and not both"),
        ("then I'd rather return the towels, to my Visa", "Shall I ask for this return?"),
        ("yes", "put the number"),
    ), {**SENT_BACK, "delivered comes back": [("return requested", "4900 Visa", "2 Bath towel (chalk)")]}),
]


@pytest.mark.parametrize("talk", CONDITIONS, ids=lambda talk: talk.name)
async def test_what_is_wished_only_if(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
