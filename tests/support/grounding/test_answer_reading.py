import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.steering import wants_again, wants_back
from support.grounding.stopping import not_at_all, wants_stop

YES = """
yes|yep|yeah|yup|ya|y|Yes.|YES!!!|yesss|Yes please|yes, please|yep go ahead|sure|sure thing|sure, do it|of course|certainly
absolutely|definitely|by all means|correct|that's right|that is correct|that's correct, thank you|right|exactly|ok|okay|okayyy
ok 👍|👍|✅|k|alright|all right then|fine|that's fine|that's fine with me|sounds good|sounds good, please proceed
sounds great to me|looks good|looks right to me|perfect|Perfect, thank you so much!|great|great, go ahead|go ahead
please go ahead|go for it|do it|please do|please do it|do that please|proceed|please proceed|Please proceed.|confirm|confirmed
I confirm|yes I confirm|I agree|agreed|let's do it|lets go ahead|I'd like to proceed|I would like to go ahead
can you go ahead with it?|could you please proceed?|why not|why not?|I don't see why not|no problem, go ahead|not a problem
no problem|no objections|no changes, please go ahead|that's all, please proceed|works for me|that works for me|yes that works
Great, thank you! Yes, please go ahead.|Thank you for the information. Yes, please proceed.|I understand. Please proceed.
hmm, yes|well, ok|oh yes|uh, yeah sure|yes, if that's possible|yes, if you don't mind|yes sir|yes mate, do it|good to go
yes, right away please|that would be great|that'd work, yes|I'm happy with that|I am sure|yes, I'm sure|spot on|deal
make it so|all good|the details are correct|thumbs up|no doubt|you bet|fair enough|very well|yeah go on then|indeed|yes, I think so
yes do it now please|Yes yes yes, do it! Wait till my aunt hears|Yes, don't worry, go ahead|it is|I do|okay okay|yess|ye|sure!|👌|yes 🙂
"""
NO = """
no|nope|nah|n|No.|NO!|nooo|no thanks|no thank you|no, thank you|don't|please don't|do not|don't do it|don't do that|don't cancel it
not yet|not now|not really|hold on|wait|actually wait|hang on a second|one moment|never mind|nevermind|nvm|forget it
forget about it|cancel that|stop|stop it|abort|leave it|leave it as it is|drop it|scrap that|I changed my mind
I've changed my mind|absolutely not|certainly not|of course not|no way|I don't think so|I'd rather not|better not
that's not right|that's wrong|wrong|incorrect|that is not what I wanted|yes I said no|yeah, actually no|Yes, go ahead. Actually wait, no.
yes thats fine but wait|No, that's all, thank you|nothing else|that's all|let me think about it|maybe later|👎|❌|no no no|never
I'll keep it|no, keep it|keep them as they are please|don't bother|actually no|on second thoughts|I don't want that|please wait|I do not wish to proceed|Okay, I understand. Then let's not do it.|that's not necessary|yes, but wait until I have checked, don't yet|yes but wait till my wife agrees
"""
UNSURE = """
maybe|perhaps|I think so|I guess|I suppose so|I'm not sure|not sure|I don't know|dunno|it depends|whatever|up to you
I don't mind|I don't care|yes?|ok?|yes, only if it's free|yes if it's free|ok, as long as it arrives tomorrow
sure, whatever|yeah right|oh great, just great|yes 🙄|yeah, as if|yes, don't change anything|yes, cancel it|no wait yes|no, go ahead
ok but how long will it take?|yes, but how much is it?|yes, provided the refund goes to my card|Yes? Really?
please go ahead and cancel it if it's free|why not?? its not shipped yet|yes, unless it costs extra|yes maybe|sure?
"""
NONE = """
only if it's free|why not on the Visa? you have it on file.|why not my PayPal|is it free?|how much is that?|are you sure?|what will happen to my points?|I want to return my lamp|thanks
the blue one|PayPal|they are full of holes|you can see the crack|my order says delivered, yes, but I never got it|hello|W6390527|what?|which card is that|the second one|
"""
WITH_REST = [
    ("yes but use PayPal", "yes", "use PayPal", True),
    ("yes please, no longer needed is right", "yes", "no longer needed is right", False),
    ("in that case yes, please", "yes", "", False),
    ("yes, but only the lamp", "yes", "only the lamp", True),
    ("no, the other one", "no", "the other one", False),
    ("No, I want the blue one", "no", "I want the blue one", False),
    ("not that one, the green", "no", "the green", False),
    ("yes please, and also change my address", "yes", "also change my address", False),
    ("yes, and how long will the refund take?", "yes", "how long will the refund take?", False),
    ("Yes, please proceed with the cancellation.", "yes", "", False),
    ("I changed my mind, use PayPal instead", "no", "use PayPal instead", False),
    ("actually wait, use the gift card", "no", "use the gift card", False),
    ("The blue one, please proceed", "yes", "The blue one, please proceed", False),
    ("Yes, that's correct. Please cancel order #W1 now", "yes", "Please cancel order #W1 now", False),
    ("yes, exchange it for the blue one", "yes", "exchange it for the blue one", False),
    ("Sure, but can you make it the blue one?", "unsure", "can you make it the blue one?", True),
    ("no to the lamp, yes to the mug", "no", "to the lamp, yes to the mug", False),
    ("Yes, I don't need it anymore.", "yes", "I don't need it anymore.", False),
]


def listed(block: str) -> list[str]:
    return [one.strip() for line in block.splitlines() for one in line.split("|") if one.strip()]


class TestReadAnswer:
    def test_the_tables_are_as_long_as_they_are_meant_to_be(self):
        assert sum(len(listed(block)) for block in (YES, NO, UNSURE, NONE)) + len(WITH_REST) >= 150

    @pytest.mark.parametrize("text", listed(YES))
    def test_a_clear_yes_is_yes_and_nothing_more(self, text):
        answer = read_answer(text)
        assert (answer.kind, answer.rest) == (AnswerKind.YES, "")

    @pytest.mark.parametrize("text", listed(NO))
    def test_a_no_is_no(self, text):
        assert read_answer(text).kind is AnswerKind.NO

    @pytest.mark.parametrize("text", listed(UNSURE))
    def test_a_condition_a_doubt_and_mockery_are_asked_again(self, text):
        assert read_answer(text).kind is AnswerKind.UNSURE

    @pytest.mark.parametrize("text", listed(NONE))
    def test_what_answers_nothing_is_none(self, text):
        assert read_answer(text).kind is AnswerKind.NONE

    @pytest.mark.parametrize(("text", "kind", "rest", "corrects"), WITH_REST)
    def test_what_was_said_beside_the_answer_comes_back_as_typed(self, text, kind, rest, corrects):
        answer = read_answer(text)
        assert (answer.kind, answer.rest, answer.corrects) == (kind, rest, corrects)

    @pytest.mark.parametrize("text", ["cancel it", "yes, cancel it", "please cancel that", "go ahead and cancel it"])
    def test_the_deed_asked_about_is_a_yes_when_it_is_named(self, text):
        assert read_answer(text, verbs=["cancel"]).kind is AnswerKind.YES
        assert read_answer(text).kind is not AnswerKind.YES

    @pytest.mark.parametrize("text", ["cancel an order", "cancel my other order", "cancel the other one", "cancel another one too"])
    def test_the_deed_done_to_something_else_is_no_yes(self, text):
        assert read_answer(text, verbs=["cancel"]).kind is AnswerKind.NONE

    def test_the_deed_asked_about_is_refused_by_its_name_too(self):
        assert read_answer("do not cancel it", verbs=["cancel"]).kind is AnswerKind.NO

    @given(st.text(max_size=300))
    def test_no_text_breaks_it_and_the_rest_is_from_the_text(self, text):
        assert read_answer(text).rest in text

    @given(st.sampled_from(listed(YES)), st.sampled_from(["only if it is free", "as long as it is free", "unless it costs"]))
    def test_a_condition_takes_any_yes_back(self, yes, condition):
        assert read_answer(f"{yes} {condition}").kind is not AnswerKind.YES

    @given(st.sampled_from(listed(YES)), st.sampled_from(["actually no", "wait, no", "hold on", "no, stop"]))
    def test_a_later_no_holds(self, yes, no):
        assert read_answer(f"{yes.strip('.!?')}. {no}").kind is not AnswerKind.YES

    def test_a_very_long_text_is_read_up_to_a_limit(self):
        assert read_answer("yes " * 3000).kind is AnswerKind.YES


class TestWantsStop:
    @pytest.mark.parametrize("text", ["never mind", "forget it", "cancel that", "stop", "please stop", "drop it then", "leave it"])
    def test_dropping_the_matter_stops(self, text):
        assert wants_stop(text)

    @pytest.mark.parametrize("text", [
        "no", "never mind the lamp, just the mug", "forget it, use PayPal", "stop my subscription", "cancel my order", "yes",
    ])
    def test_anything_else_does_not(self, text):
        assert not wants_stop(text)

    def test_who_would_rather_not_stops(self):
        said = "That is a pity. If it cannot go to my Visa, then I would rather not return them, thank you."
        assert wants_stop(said, verbs=["return"])
        assert not wants_stop(said, verbs=["cancel"])
        assert not wants_stop("I'd rather not return the lamp but swap it", verbs=["return"])

    def test_cancelling_what_is_to_be_cancelled_stops_nothing(self):
        assert not wants_stop("cancel it", verbs=["cancel"])


class TestWhatIsDoneToIt:
    @pytest.mark.parametrize(("text", "verbs", "rest"), [
        ("Yes, change the payment.", {"change", "pay"}, ""), ("yes, change the address please", {"change", "redirect"}, ""),
        ("Yes, change the address", {"change", "swap"}, "the address"), ("yes, send an order home", {"send", "redirect"}, "send an order home"),
    ])
    def test_the_yes_is_whole_where_it_names_what_the_deed_is_done_to(self, text, verbs, rest):
        answer = read_answer(text, verbs=verbs)
        assert (answer.kind, answer.rest) == (AnswerKind.YES, rest)


class TestNotAtAll:
    def test_nothing_is_wanted_unless_it_is_so(self):
        assert not_at_all("To my Visa or not at all.")
        assert not_at_all("PayPal or no refund!")
        assert not not_at_all("return the lamp or not, I'm not sure")


class TestWantsBack:
    @pytest.mark.parametrize("text", ["back", "go back", "go back please", "can we go back a step?", "previous question", "undo that"])
    def test_the_step_before_is_asked_for(self, text):
        assert wants_back(text)

    @pytest.mark.parametrize("text", ["send it back", "I want my money back", "go back to the lamp", "", "yes"])
    def test_other_ways_back_are_none(self, text):
        assert not wants_back(text)


class TestWantsAgain:
    @pytest.mark.parametrize("text", ["say that again", "repeat that please", "pardon?", "what?", "sorry?", "what did you say", "I didn't get that"])
    def test_the_last_message_is_asked_for(self, text):
        assert wants_again(text)

    @pytest.mark.parametrize("text", ["order it again", "what is my balance?", "sorry, no", "", "again and again it breaks"])
    def test_other_questions_are_none(self, text):
        assert not wants_again(text)


@pytest.mark.parametrize("text", ["return the one that cost more", "I want to return the one that is bigger, with the mug"])
def test_a_deed_to_one_that_is_told_only_then_is_no_yes(text):
    assert read_answer(text, verbs=["return"]).kind is not AnswerKind.YES


def test_a_yes_to_leave_the_money_where_it_goes_is_none_to_leave_it_all():
    answer = read_answer("Yes, then leave it on that card.", verbs=["return"])
    assert answer.kind is AnswerKind.YES
    assert not answer.stops
