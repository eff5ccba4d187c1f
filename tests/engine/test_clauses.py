import pytest
from engine.nlu.clauses import asks, split


def texts(message):
    return [clause.text for clause in split(message)]


@pytest.mark.parametrize(
    "message, clauses",
    [
        ("cancel my order", ["cancel my order"]),
        (
            "I want to cancel order #W123 and return the lamp from #W456. Also what's my points balance?",
            ["I want to cancel order #W123", "return the lamp from #W456.", "Also what's my points balance?"],
        ),
        ("return the lamp and exchange the kettle", ["return the lamp", "exchange the kettle"]),
        (
            "in a hurry\n1 both mugs from my delivered order go back. refund to my card\n2 cancel the lamp order\n"
            "3 big pending order w the rug: pay with visa",
            ["in a hurry", "1 both mugs from my delivered order go back.", "refund to my card", "2 cancel the lamp order",
             "3 big pending order w the rug: pay with visa"],
        ),
        ("where is my order and when will it arrive", ["where is my order", "when will it arrive"]),
        ("yes, go ahead. and tell me my points", ["yes, go ahead.", "and tell me my points"]),
        ("cancel it; then show my orders", ["cancel it", "then show my orders"]),
        (
            "I've got an order with two watches and I'm thinking of exchanging the gold one",
            ["I've got an order with two watches", "I'm thinking of exchanging the gold one"],
        ),
        (
            "check #W12: if it's over $50 cancel it, otherwise change the mug to blue",
            ["check #W12: if it's over $50 cancel it", "otherwise change the mug to blue"],
        ),
        (
            "if it was over $50 I want to cancel it, if not just send it to Cork",
            ["if it was over $50 I want to cancel it", "if not just send it to Cork"],
        ),
        ("how much was it? If it was over 50 dollars cancel it", ["how much was it?", "If it was over 50 dollars cancel it"]),
        ("It goes to Cork now, but I'd like it at home", ["It goes to Cork now", "I'd like it at home"]),
        ("Hello!\nI need an invoice", ["Hello!", "I need an invoice"]),
        (
            "Cancel the lamp order. And for the skateboard order: swap it for a red one",
            ["Cancel the lamp order.", "And for the skateboard order: swap it for a red one"],
        ),
        (
            "three things: please cancel order #1, send #2 to my mum and know which is cheaper",
            ["three things:", "please cancel order #1", "send #2 to my mum", "know which is cheaper"],
        ),
        (
            "the shoes don't fit so I want to exchange them, also cancel my other order",
            ["the shoes don't fit", "I want to exchange them", "also cancel my other order"],
        ),
        (
            "I need to return the mouse and the lamp, and for the pending order I want another address",
            ["I need to return the mouse and the lamp", "for the pending order I want another address"],
        ),
        ("I ordered a lamp and would like to return it", ["I ordered a lamp", "would like to return it"]),
        (
            "cancel W1, and for the other order, ship it to Rose Lane 5",
            ["cancel W1", "for the other order, ship it to Rose Lane 5"],
        ),
        (
            "cancel HF-1, and if that's not possible, send it to Rose Lane 5",
            ["cancel HF-1", "if that's not possible, send it to Rose Lane 5"],
        ),
        ("yes, and then cancel the other one", ["yes", "then cancel the other one"]),
        ("yes do it, and then the lamp order: cancel it", ["yes do it", "then the lamp order: cancel it"]),
        (
            "Yes, please do the exchange. Afterwards I'd like to return the chair.",
            ["Yes, please do the exchange.", "Afterwards I'd like to return the chair."],
        ),
        (
            "about my order #W1: please ship it to my mum, charge my Visa, and swap the lamp",
            ["about my order #W1: please ship it to my mum", "charge my Visa", "swap the lamp"],
        ),
        ("Hmm, no. I'd rather have it cancelled.", ["Hmm, no.", "I'd rather have it cancelled."]),
        (
            "in the order with the stand swap the chair. and cancel the one with the mat",
            ["in the order with the stand swap the chair.", "and cancel the one with the mat"],
        ),
    ],
)
def test_a_message_is_cut_where_something_else_is_asked_for(message, clauses):
    assert texts(message) == clauses


@pytest.mark.parametrize(
    "message",
    [
        "exchange the keyboard for one with clicky switches and the thermostat for one with Google Home",
        "I want to return the mug and the plate",
        "Change the shirt to a black one in XXL, whichever is the cheapest?",
        "Yes, please, by the way, what was the total?",
        "where is order no. 10432 now?",
        "cancel and refund the order",
        "if it is sold out and you can send it later, wait",
        "send it to 12 Elm St. Apt. 4, Denver",
        "it cost 12.50 at Mr. Byrne's",
    ],
)
def test_one_thought_stays_whole(message):
    assert texts(message) == [message]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "..."])
def test_nothing_said_is_no_clause_with_nothing_in_it(text):
    assert all(clause.text.strip() for clause in split(text))


def test_what_comes_after_the_longest_message_is_not_lost():
    message = "tell me about " + "x" * 3000 + " the end"
    assert "".join(texts(message)).endswith("the end")


@pytest.mark.parametrize(
    "text", ["something has to go back", "I return everything except the rug", "I'm returning everything except the rug", "both mugs from it go back", "2 cancel it", "the lamp order should go to my office", "for order W123 I need some changes", "as for the lamp, send me the brass one", "wait, first cancel HF-10432", "If that can't be done, send it to my work address", "can you cancel it", "please cancel it", "where is it", "I'd like a refund", "it is late?", "also, how much", "the chair wobbles, it is here and I want to send it back", "there is a rug that I'd like to return", "I would kindly like to cancel my order", "If it was over 50 euros cancel it", "the order with my chair can be cancelled"]
)
def test_has_the_form_of_a_request(text):
    assert asks(text)


@pytest.mark.parametrize("text", ["no longer needed", "the blue one", "it arrived yesterday", "yes", "my gift card", "the money goes back to my card", "Cancel?", "Returned it??", "2 mugs", "what a mess, boxes everywhere!"])
def test_has_the_form_of_an_answer(text):
    assert not asks(text)
