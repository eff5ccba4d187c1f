"""Customers who change their minds, at every step and in every direction, in conversations with the running service."""

import pytest

from tests.service.talks import Talk, Talks

LAMP, JARS = "1 Lantern desk lamp", "2 Storage jar"
MILL, TOWELS = "1 Pepper mill (oak, short)", "2 Bath towel (chalk)"
CANCELLED = {"pending": "cancelled", "pending paid": {}, "done": ["cancel_order"]}


def sent_back(kind: str, money: str, *lines: str) -> dict[str, object]:
    return {
        "delivered": f"{kind}_requested", "delivered comes back": [(f"{kind} requested", money, *lines)],
        "done": [f"request_{kind}"],
    }


CHANGED_MINDS = [
    Talk("a return becomes an exchange", (
        ("I'd like to return the towels from {delivered}", ""),
        ("hm, actually I'd rather have them in moss, could I exchange them instead?", "Shall I ask for this exchange?"),
        ("yes", "put the number"),
    ), sent_back("exchange", "0 Visa", f"{TOWELS} for moss")),
    Talk("an exchange becomes a return", (
        ("exchange the pepper mill in {delivered} for the tall one", "€7.00 more"),
        ("that's too much, then I'd rather send it back and have the money on my Visa", "Shall I ask for this return?"),
        ("yes please", "put the number"),
    ), sent_back("return", "3650 Visa", MILL)),
    Talk("another thing of the order, then both", (
        ("send the pepper mill from {delivered} back, money to my Visa", "€36.50"),
        ("no wait, not the mill, the towels", "€49.00"),
        ("oh, why not both after all", "€85.50"),
        ("yes", "put the number"),
    ), sent_back("return", "8550 Visa", MILL, TOWELS)),
    Talk("another order", (
        ("cancel order {shipped}", "can't be cancelled any more"),
        ("sorry, I meant {pending}, I ordered it by mistake", "Shall I cancel it?"),
        ("yes", "is cancelled"),
    ), CANCELLED),
    Talk("another way to pay, twice", (
        ("make the jars in {pending} medium and take the difference from my gift card", "gift card"),
        ("actually, PayPal", "PayPal"),
        ("no, put it on my Visa after all", "Visa"),
        ("yes, change it", "Done"),
    ), {
        "pending has": [f"{JARS} (medium)", f"{LAMP} (brass)"], "pending costs": 12395,
        "pending paid": {"Visa": 12395}, "done": ["swap_lines"],
    }),
    Talk("only half of it", (
        ("in {pending} I want the jars in medium and the lamp in white, on PayPal", "Shall I change"),
        ("leave the jars as they are, just the lamp", "Shall I change"),
        ("yes", "Done"),
    ), {"pending has": [f"{JARS} (small)", f"{LAMP} (white)"], "done": ["swap_lines"]}),
    Talk("nothing at all, and then the first again", (
        ("please cancel {pending}, I don't need it any more", "Shall I cancel it?"),
        ("no, I think I'll keep it", "Nothing about it has been changed"),
        ("ugh, no, cancel it after all, I don't need it", "Shall I cancel it?"),
        ("yes", "is cancelled"),
    ), CANCELLED),
    Talk("a new address, then an old one", (
        ("send {pending} to 9 Bridge Street, Galway, H91 CD56, Ireland", "9 Bridge Street"),
        ("hold on, better to my work", "3 Mill Road"),
        ("yes", "Done"),
    ), {"pending goes to": "3 Mill Road, Cork", "done": ["change_order_address"]}),
    Talk("another number of months, then none", (
        ("pause my coffee subscription for two months", "Shall I pause it?"),
        ("make that three", "Shall I pause it?"),
        ("you know what, forget about it", "Nothing about it has been changed"),
    )),
    Talk("first something else, then back, then stop", (
        ("return the towels from {delivered} to my Visa", "Shall I ask for this return?"),
        ("one moment, change where {pending} goes first, to my work address", "Shall I change the address?"),
        ("yes", "Shall I ask for this return?"),
        ("no, I'll keep them", "Nothing about it has been changed"),
    ), {"pending goes to": "3 Mill Road, Cork", "done": ["change_order_address"]}),
    Talk("a bot after all", (
        ("cancel {pending}, it was a mistake", "Shall I cancel it?"),
        ("or can I keep it and have the lamp in white instead?", "Shall I change"),
        ("yes do", "Done"),
    ), {"pending has": [f"{JARS} (small)", f"{LAMP} (white)"], "done": ["swap_lines"]}),
    Talk("a name, corrected and corrected", (
        ("change my name to Maeve Brenan", "Maeve Brenan"),
        ("sorry, Maeve Brennan-Roche with a hyphen", "Maeve Brennan-Roche"),
        ("yes", "Done"),
    ), {"name": "Maeve Brennan-Roche", "done": ["change_name"]}),
]


@pytest.mark.parametrize("talk", CHANGED_MINDS, ids=lambda talk: talk.name)
async def test_a_mind_changed(talk: Talk, talks: Talks) -> None:
    await talks.hold(talk)
