import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.method_reading import read_method
from support.models.payments import MethodKind
from support.paying.payment_methods import Method


def method(key: str, kind: MethodKind, brand: str | None = None, last: str | None = None, default: bool = False) -> Method:
    return Method(key, kind, "", brand, last, "EUR", None, default, None)


METHODS = {one.id.upper(): one for one in (
    method("v", MethodKind.CARD, "Visa", "4242", True), method("m", MethodKind.CARD, "Mastercard", "7001"),
    method("p", MethodKind.WALLET, "PayPal"), method("g", MethodKind.GIFT_CARD, None, "0815"),
    method("h", MethodKind.GIFT_CARD, None, "9931"),
)}
# The methods at hand; what was typed; the one chosen, ? and the candidates, or ! and what was asked for in vain
UTTERANCES = [
    ('VPG', 'my card', 'v'),
    ('VPG', 'credit card', 'v'),
    ('VPG', 'gift card please', 'g'),
    ('VPG', 'PayPal', 'p'),
    ('VMPG', 'the one ending 4242', 'v'),
    ('VMPG', '4242', 'v'),
    ('VMPG', 'card ending in 7001', 'm'),
    ('VMPG', 'my card', '?vm'),
    ('VMPG', 'put it on the visa', 'v'),
    ('VMPG', 'mastercrad', 'm'),
    ('VPG', 'pay pal', 'p'),
    ('VPG', 'paypall', 'p'),
    ('VPG', 'my pay pal account please', 'p'),
    ('VG', 'paypal', '!PayPal'),
    ('VP', 'gift card', '!gift card'),
    ('VG', 'mastercard', '!Mastercard'),
    ('VMPG', 'my usual card', 'v'),
    ('VMPG', 'the default one', 'v'),
    ('VMPG', 'refund to the original payment method', 'v'),
    ('VMPG', 'same card', 'v'),
    ('VMPG', 'the one I paid with', 'v'),
    ('VMPG', 'the same one I used for the order', 'v'),
    ('VMPG', 'with the refund on the same gift card', 'g'),
    ('VMPG', 'the other card', 'm'),
    ('VPGH', 'gift card', '?gh'),
    ('VPGH', 'the gift card ending in 9931', 'h'),
    ('VMPG', 'visa ending in 1111', '!card ending in 1111'),
    ('VMPG', 'not paypal, the visa', 'v'),
    ('VMPG', 'instead of paypal use my gift card', 'g'),
    ('VMPG', 'change it from paypal to the mastercard', 'm'),
    ('VMPG', 'I paid with paypal but refund me on my gift card', 'g'),
    ('VMPG', "I'd like the refund on my credit card instead of the gift card", '?vm'),
    ('VMPG', 'hello there', ''),
    ('VMPG', 'refund to order 4242 please', ''),
    ('VP', 'put it on the credit card ending in 4242', 'v'),
    ('VMPG', '**** 7001', 'm'),
    ('VP', 'not the paypal', '?v'),
    ('VMPG', 'PayPal or gift card', '?pg'),
    ('VG', 'card', 'v'),
    ('G', 'my card', '?g'),
    ('VMPG', 'the second one', 'm'),
    ('VPG', 'no, the gift card', 'g'),
    ('VPG', 'gift crad', 'g'),
    ('VPG', 'giftcard', 'g'),
    ('VPG', 'voucher balance', ''),
    ('PG', 'amex', '!American Express'),
    ('VMPG', 'Please charge the difference to my Visa card', 'v'),
    ('VMPG', 'I want to pay with a different card', 'm'),
    ('VMPG', "I'd prefer not to use the original payment method", '?mpg'),
    ('VMPG', "I don't have a paypal account anymore, use the visa", 'v'),
    ('VMPG', "I'd like it back on my gift card, not the original method", 'g'),
    ('VMPG', 'bank transfer', '!bank transfer'),
    ('VMPG', 'the Mastercard rather than PayPal', 'm'),
    ('VMPG', "I'd rather have it on my Visa ending in 4242 than on the gift card", 'v'),
    ('VG', 'No refund to the gift card, please.', '?v'),
    ('VG', 'No! not on the gift card', '?v'),
    ('VMPG', 'PayPal is not needed and the Mastercard is right', 'm'),
    ('VMPG', 'PayPal is not what I want; please keep the Mastercard', 'm'),
]
# Said while nobody asked for a method
UNASKED = [
    ('VMPG', 'the camera should take SD cards instead', ''),
    ('VMPG', 'one with a better graphics card', ''),
    ('VMPG', 'a phone with a card slot', ''),
    ('VMPG', 'return the gift card and the lamp', ''),
    ('VMPG', 'swap the leather wallet for a black one', ''),
    ('VMPG', 'the same one with 32GB', ''),
    ('VMPG', "I'd like a different laptop in that order", ''),
    ('VMPG', 'and my other orders too', ''),
    ('VMPG', 'the standard size', ''),
    ('VMPG', 'put the difference on my card ending in 7001', 'm'),
    ('VPG', 'with my card please', 'v'),
    ('VMPG', 'refund it to the original payment method', 'v'),
    ('VPG', 'by gift card', 'g'),
]


def told(reading) -> str:
    if reading.chosen:
        return "".join(one.id for one in reading.chosen)
    if reading.candidates:
        return "?" + "".join(one.id for one in reading.candidates)
    return f"!{reading.asked_for}" if reading.asked_for else ""


class TestReadMethod:
    @pytest.mark.parametrize(("at_hand", "text", "expected"), UTTERANCES)
    def test_a_method_is_meant_by_whatever_it_is_called(self, at_hand, text, expected):
        original = METHODS["V"] if "V" in at_hand else None
        assert told(read_method(text, [METHODS[key] for key in at_hand], original=original)) == expected

    @pytest.mark.parametrize(("at_hand", "text", "expected"), UNASKED)
    def test_what_is_said_of_goods_names_no_method_that_nobody_asked_for(self, at_hand, text, expected):
        methods = [METHODS[key] for key in at_hand]
        assert told(read_method(text, methods, original=METHODS["V"], asked=False)) == expected

    def test_several_names_are_told_in_their_order(self):
        reading = read_method("PayPal if possible, else the gift card", [METHODS["G"], METHODS["P"]])
        assert reading.named == ((METHODS["P"],), (METHODS["G"],))

    def test_the_original_method_is_unknown_if_nobody_knows_what_was_paid_with(self):
        reading = read_method("back to the original payment method", [METHODS["V"], METHODS["P"]])
        assert (reading.chosen, reading.asked_for) == ((), "original payment method")

    def test_the_other_card_is_not_the_one_that_was_talked_of(self):
        reading = read_method("the other card", [METHODS["V"], METHODS["M"], METHODS["P"]], current=METHODS["M"])
        assert reading.chosen == (METHODS["V"],)

    def test_a_brand_that_only_this_customer_has_is_known(self):
        own = method("k", MethodKind.OTHER, "Klarna")
        assert read_method("use klarna", [own, METHODS["V"]]).chosen == (own,)

    @given(st.text(max_size=300), st.lists(st.sampled_from(list(METHODS.values())), unique=True))
    def test_whatever_is_typed_only_methods_at_hand_are_named(self, text, at_hand):
        reading = read_method(text, at_hand)
        assert {*reading.chosen, *reading.candidates} <= set(at_hand)

    @given(st.sampled_from(["paypal", "mastercard", "credit card", "gift card"]), st.data())
    def test_one_letter_too_many_or_too_few_changes_nothing(self, name, data):
        place = data.draw(st.integers(1, len(name) - 1).filter(lambda at: name[at] != " "))
        typed = data.draw(st.sampled_from([name[:place] + name[place:][1:], name[:place] + name[place] + name[place:]]))
        at_hand = [METHODS["P"], METHODS["M"], METHODS["G"]]
        assert read_method(f"use my {typed} please", at_hand).chosen == read_method(f"use my {name} please", at_hand).chosen
