import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.problem_reading import Problem, about, read_problem

D, W, M, L, A = Problem.DAMAGED, Problem.WRONG, Problem.MISSING, Problem.LATE, Problem.ABSENT


class TestReadProblem:
    @pytest.mark.parametrize(("text", "expected"), [
        ("my lamp arrived broken", [D]), ("the kettle doesn't turn on", [D]), ("No, it's cracked", [D]),
        ("box was all crushed when it came", [D]), ("it's faulty", [D]), ("the lamp has a hole in the shade", [D]),
        ("you sent me the wrong item", [W]), ("I got a green one but ordered blue", [W]), ("wrong colour", [W]),
        ("this is not what I ordered", [W]), ("I didn't receive what I ordered", [W]), ("it's somebody else's parcel", [W]),
        ("I ordered blue but got green", [W]), ("they sent me a jug instead of a vase", [W]), ("the wrong lamp", [W]),
        ("one glove is missing", [M]), ("the mug wasn't in the box", [M]), ("I only received three of the four glasses", [M]),
        ("you forgot to pack the lid", [M]), ("the box was empty", [M]), ("the order came incomplete", [M]),
        ("my order is late", [L]), ("it should have been here on Monday", [L]), ("it's taking far too long", [L]),
        ("my parcel never arrived", [A]), ("I haven't got it yet", [A]),
        ("it hasn't arrived and tracking hasn't moved in a week", [A]), ("it says delivered but I never got it", [A]),
        ("parcel lost in transit", [A]), ("I never received the mug", [A]),
        ("it hasn't shown up and it's a week late", [L]),
        ("the mug is broken and the lamp is missing", [D, M]), ("the lamp is missing and the mug is broken", [M, D]),
        ("it is not damaged, it's missing", [M]), ("nothing is broken, just the wrong colour", [W]),
    ])
    def test_what_is_wrong_is_told_in_many_ways(self, text, expected):
        assert list(read_problem(text).chosen) == expected

    @pytest.mark.parametrize("text", [
        "I want to report a problem with my order", "something is wrong with my order", "what's wrong", "HF-10432", "",
        "the blue one", "nothing is broken",
    ])
    def test_other_words_tell_of_none(self, text):
        assert read_problem(text).chosen == ()

    @given(st.text(max_size=300))
    def test_no_text_is_wrong(self, text):
        assert len(set(read_problem(text).chosen)) == len(read_problem(text).chosen)


class TestAbout:
    def test_of_two_problems_each_has_its_part(self):
        text = "the mug and the lamp are broken, the kettle is missing"
        assert about(text, D) == "the mug, the lamp are broken"
        assert about(text, M) == "the kettle is missing"

    def test_of_one_problem_it_is_all(self):
        assert about("my mug is broken and I'm cross", D) == "my mug is broken and I'm cross"
