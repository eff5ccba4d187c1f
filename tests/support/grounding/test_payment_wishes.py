import pytest

from support.grounding.payment_wishes import asks_balance, changes_goods, of_a_difference, payment_stays, splits_payment

PRODUCTS = ["Desk Lamp", "Sunglasses", "T-Shirt"]


class TestPaymentStays:
    @pytest.mark.parametrize("text", [
        "leave the payment alone", "The payment is fine as it is.", "I don't mean the payment", "dont change the payment",
        "no, the payment stays", "I wanted no change of payment at all", "Please forget about the payment",
        "the thing in the order, not the payment", "please don't change the payment method again",
    ])
    def test_however_it_is_said(self, text):
        assert payment_stays(text)

    @pytest.mark.parametrize("text", [
        "change the payment to PayPal", "is the payment okay?", "pay it by Visa", "I don't want PayPal, change the payment to Visa",
    ])
    def test_but_not_where_it_is_to_be_changed_or_asked_about(self, text):
        assert not payment_stays(text)


class TestOfADifference:
    @pytest.mark.parametrize("text", [
        "the Visa pays the rest", "pay the difference with my gift card instead of the Visa", "money back to the Mastercard",
    ])
    def test_money_that_is_left_over(self, text):
        assert of_a_difference(text)

    @pytest.mark.parametrize("text", ["pay for my order with PayPal", "the whole order and any difference on my Visa"])
    def test_is_not_all_of_an_order(self, text):
        assert not of_a_difference(text)


class TestChangesGoods:
    @pytest.mark.parametrize("text", [
        "please change my sunglasses to those black ones", "pls change the lamp in #W8460411 to that one", "swap the tshirt",
        "i want the dekstop lamp chnaged to the brass one", "replace the lamp",
    ])
    def test_a_thing_is_to_be_another(self, text):
        assert changes_goods(text, PRODUCTS)

    @pytest.mark.parametrize("text", [
        "change the payment of the order with the lamp to Visa", "switch the lamp order to PayPal", "change my order's payment",
        "charge the lamp to my Visa",
    ])
    def test_a_thing_that_only_tells_the_order_is_not(self, text):
        assert not changes_goods(text, PRODUCTS)


class TestAsksBalance:
    @pytest.mark.parametrize("text", ["How much is left on that gift card?", "what's the balance?", "how much do I have on my gift card"])
    def test_what_is_left_is_asked(self, text):
        assert asks_balance(text)

    @pytest.mark.parametrize("text", ["Enough on the card?", "and does my gift card cover that?", "is there enough left on the gift card",
                                      "And that leaves 77.33 on my gift card, right?"])
    def test_so_does_whether_it_is_enough(self, text):
        assert asks_balance(text)

    @pytest.mark.parametrize("text", ["how much is the lamp?", "put it on the gift card", "what would that cost on my card"])
    def test_other_sums_are_not(self, text):
        assert not asks_balance(text)


class TestSplits:
    @pytest.mark.parametrize("text", [
        "Half on my gift card, half on PayPal.", "can you split it between the two cards", "partly by Visa and the rest by gift card",
        "some of it on my Visa and the remainder on PayPal", "pay it over two cards",
        "688 dollars stay on my gift card, and the rest is moved to my Visa", "take what's on the gift card and put the rest on the mastercard",
        "Split payment between my two Visas.", "No. I said half on each card. Possible or not?",
    ])
    def test_one_sum_in_several_ways_is_heard(self, text):
        assert splits_payment(text)

    @pytest.mark.parametrize("text", ["put it on my PayPal", "the half zip jacket please, Visa", "leave the rest as it is, PayPal",
                                      "half as long, money back to my Visa, and what do I save on both?"])
    def test_one_way_is_none(self, text):
        assert not splits_payment(text)
