import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.reason_reading import read_reason

CANCEL = ("no longer needed", "ordered by mistake", "found it cheaper elsewhere", "delivery takes too long", "another reason")
RETURN = ("does not fit", "not as described", "damaged or faulty", "arrived too late", "no longer wanted", "another reason")


class TestReadReason:
    @pytest.mark.parametrize(("text", "place"), [
        ("no longer needed", 0), ("No longer needed, please cancel it", 0), ("I don't need it any more", 0), ("changed my mind", 0),
        ("I no longer want it", 0), ("I don't want them", 0), ("I have no use for it", 0), ("ordered by mistake", 1),
        ("bought the wrong one accidentally", 1), ("I ordered it by mistake", 1), ("I clicked the wrong button", 1), ("by accident", 1),
        ("it was a mistake, I ordered twice", 1), ("mistake", 1), ("found it cheaper", 2), ("I got a better deal", 2),
        ("it's taking too long", 3), ("I need it sooner", 3), ("none of these", 4), ("my reason is personal", 4), ("the second one", 1),
        ("3", 2), ("please cancel the cheaper one, I ordered it by mistake", 1), ("my cheaper order, I need it sooner", 3),
    ])
    def test_a_reason_to_cancel_is_read_in_ones_own_words(self, text, place):
        assert read_reason(text, CANCEL).chosen == (CANCEL[place],)

    @pytest.mark.parametrize(("text", "place"), [
        ("too small", 0), ("it doesn't fit", 0), ("not what I ordered", 1), ("looks different from the photo", 1), ("it's broken", 2),
        ("the mug is cracked", 2), ("does not work", 2), ("came too late", 3), ("don't want it anymore", 4),
        ("it's not damaged, I just don't want it", 4), ("other", 5),
    ])
    def test_a_reason_to_return_is_read_in_ones_own_words(self, text, place):
        assert read_reason(text, RETURN).chosen == (RETURN[place],)

    def test_two_reasons_are_asked_about(self):
        assert read_reason("I don't need it and found it cheaper", CANCEL).candidates == (CANCEL[0], CANCEL[2])

    @pytest.mark.parametrize("text", ["because I like cats", "it is not a mistake", "hello", ""])
    def test_a_reason_that_there_is_not_is_nothing(self, text):
        reading = read_reason(text, CANCEL)
        assert (reading.chosen, reading.candidates) == ((), ())

    def test_a_meaning_without_a_reason_of_the_shop_is_nothing(self):
        assert read_reason("found it cheaper", CANCEL[:2]).chosen == ()

    @given(st.sampled_from(CANCEL), st.booleans())
    def test_the_reasons_own_words_are_always_that_reason(self, reason, loud):
        assert read_reason(f"It's {reason.upper() if loud else reason}.", CANCEL).chosen == (reason,)

    @given(st.text(max_size=300))
    def test_whatever_is_typed_only_given_reasons_are_read(self, text):
        reading = read_reason(text, CANCEL)
        assert {*reading.chosen, *reading.candidates} <= set(CANCEL)
