"""The same words of the same customer bring the same answers and the same end, each of four times, all at once."""

import asyncio

import pytest

from tests.service.talks import Talks

TALKS = {
    "several wishes and a mind that changes": (
        "hi, what orders do I have?", "what would I get back if I returned everything from {delivered}?",
        "return the towels from {delivered}", "hm, could I exchange them for moss ones instead?", "yes",
        "cancel {pending}, ordered by mistake, and pause my coffee subscription", "yes", "two months", "make that three",
        "yes", "how many points do I have?",
    ),
    "mistyped, vague and beside the point": (
        "wheres my paarcel", "i want to retrun smth", "the mill", "what does a return cost?", "my visa", "who won the cup?",
        "yes do it", "in {pending} the jars medium and the lamp in white, but only if it is at most 3 euro more", "thanks",
    ),
    "an upset end": (
        "the pepper mill in {delivered} arrived broken", "no, the towels", "full of holes", "yes",
        "this is the third time, I have had enough of you!",
    ),
}


@pytest.mark.parametrize("texts", TALKS.values(), ids=list(TALKS))
async def test_four_of_four_are_alike(texts: tuple[str, ...], talks: Talks) -> None:
    first, *others = await asyncio.gather(*(talks.played(texts) for _ in range(4)))
    heard, has = first
    assert len(heard) == len(texts)
    for again, then_has in others:
        assert again == heard
        assert then_has == has
