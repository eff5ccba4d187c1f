"""What is wished only if the rest cannot be had."""

import pytest

from support.grounding.fallbacks import read_fallback


@pytest.mark.parametrize(("text", "rest", "deed", "wish"), [
    ("the canister one. If that's not available just cancel that order, I don't need it.", "the canister one.", "cancel",
     "cancel that order, I don't need it"),
    ("make it black XL, otherwise cancel that order", "make it black XL", "cancel", "cancel that order"),
    ("size 10, and if there isn't a size 10, just send it back", "size 10", "return", "send it back"),
    ("the mouse in white; failing that I'd rather return the mouse", "the mouse in white", "return", "return the mouse"),
    ("make it black, or cancel the order if that isn't possible", "make it black", "cancel",
     "cancel the order if that isn't possible"),
    ("take the mat out? Otherwise I think cancel it all", "take the mat out?", "cancel", "cancel it all"),
    ("return the lamp, otherwise send it to 5 Elm Street", "return the lamp", "address", "send it to 5 Elm Street"),
    ("remove the mat, or if not cancel it all", "remove the mat", "cancel", "cancel it all"),
    ("send it to Cork. If you can't, get me a human", "send it to Cork", "person", "get me a human"),
    ("return the lamp, if it's too late for that swap it", "return the lamp", "exchange", "swap it"),
    # What would be too dear is left first
    ("the brass lamp, but if it costs more than $30 extra I'd rather return it. By PayPal",
     "the brass lamp, if it costs more than $30 extra then leave it. By PayPal", "return", "return it"),
])
def test_is_told_apart(text, rest, deed, wish):
    left, found = read_fallback(text)
    assert (left, found.deed, found.text) == (rest, deed, wish)


@pytest.mark.parametrize("text", [
    "I'd like to cancel my order if it hasn't shipped yet", "Hi. If it's not too late, please cancel it",
    "My lamp is wrong, if it hasn't been sent cancel it", "the black one if it's not too expensive",
    "if that's not available leave it", "send it to Cork. If order #1234 isn't shipped, cancel it",
    "return the mat, if you can't refund it to PayPal, then the gift card is fine", "blue, if not available then green",
    "If that's not available cancel it", "why can't I cancel?", "",
    "return the mug, money to PayPal. If that's not possible send it to my gift card",
    "the lamp in brass by gift card. If there's not enough on it, charge my Visa", "swap the lamp, otherwise pay by Visa",
    "send all my orders home; if one can't be redirected any more, that's OK, I don't need a person",
    "In HF-7 the lamp if it is not more than $60 dearer, and change the rug to red",
])
def test_there_is_none(text):
    assert read_fallback(text) == (text, None)


@pytest.mark.parametrize(("text", "wish"), [
    ("cancel only the camera; if that's not possible, the cheapest one instead", "the cheapest one instead"),
    ("do you have it in blue? If not I'd take the black one", "take the black one"),
    ("cancel the camera, if that's not possible, leave it", None),
])
def test_what_names_no_deed_is_told_if_asked_for(text, wish):
    found = read_fallback(text, bare=True)[1]
    assert (found.text if found else None) == wish
    assert read_fallback(text) == (text, None)
