"""What is taken back out of a wish, and what alone remains of it."""

from dataclasses import dataclass, field

import pytest

from support.grounding.leaving import left_alone, only_these, staying


@dataclass(frozen=True, eq=False)
class Line:
    product: str
    options: dict = field(default_factory=dict)
    quantity: int = 1


LINES = [
    Line("Garden Chair", {"color": "green"}), Line("Wool Blanket", {"size": "large"}), Line("Bike Lock", {"color": "black"}),
    Line("Floor Lamp", {"power": "USB"}),
]


def named(lines) -> list[str]:
    return [line.product.split()[-1].lower() for line in lines]


class TestLeftAlone:
    @pytest.mark.parametrize(("text", "left"), [
        ("leave out the blanket", ["blanket"]), ("ok then leave the blanket, green isn't my thing", ["blanket"]),
        ("Leave the lock alone, please", ["lock"]), ("send the lamp back. The blanket I keep.", ["blanket"]),
        ("yes. The chair stays with me, right?", ["chair"]), ("does the chair stay in stock?", []),
        ("I'll keep the chair. Only the lamp goes back.", ["chair"]),
        ("I said no blanket, just the chair and the lamp", ["blanket"]),
        ("could you drop the lamp?", ["lamp"]),
        ("please forget the chair and the lock", ["chair", "lock"]),
        ("The lock should not be exchanged at all.", ["lock"]),
        ("the lamp isn't what I asked about", ["lamp"]),
        ("The blanket stays as it is! Only the green chair", ["blanket"]),
        ("I want to keep the lock out of this", ["lock"]),
        ("take the lamp out of it", ["lamp"]),
        ("the lock belongs to a different order", ["lock"]),
        ("The lamp would be too dear then. In that case leave it out", ["lamp"]),
        ("I don't want a blanket and I don't want a lock", ["blanket", "lock"]),
        ("leave the chair, swap the lock for the red one", ["chair"]),
        ("the lamp and the lock stay with me too, only the chair goes back", ["lock", "lamp"]),
    ])
    def test_what_is_named_to_stay_is_left(self, text, left):
        assert named(left_alone(text, LINES)) == left

    @pytest.mark.parametrize("text", [
        "No, the lamp in brass please", "I'll take it.", "take the lamp please", "the chair in red, not the green one",
        "I don't have the lamp in blue yet, please send that", "without the blanket, how much would that be?",
        "leave out everything except the chair and the lamp", "if it's at most $10 more I'd be happy to take that one instead",
    ])
    def test_what_is_wished_or_asked_leaves_nothing(self, text):
        assert left_alone(text, LINES) == ()

    def test_it_is_what_is_spoken_of_where_nothing_is_named(self):
        assert named(left_alone("drop that one", LINES, current=LINES[2:3])) == ["lock"]

    def test_what_is_not_wanted_any_more_comes_back_in_a_return(self):
        assert left_alone("I don't want the lamp any more", LINES, unwanted=False) == ()


class TestStaying:
    @pytest.mark.parametrize(("text", "stays"), [
        ("I've changed my mind about the lock: that one stays as it is.", ["lock"]),
        ("The lamp is fine. But the blanket, well, that stays.", ["blanket"]),
    ])
    def test_what_was_named_last_stays(self, text, stays):
        assert named(staying(text, LINES)) == stays

    def test_of_two_alike_it_is_the_one_described(self):
        lamps = [Line("Floor Lamp", {"power": "USB"}), Line("Wool Blanket"), Line("Floor Lamp", {"power": "battery"})]
        assert staying("The blanket in red. The USB lamp: that one stays.", lamps) == (lamps[0],)


class TestOnlyThese:
    def test_of_two_alike_the_planned_one_remains(self):
        lamps = [Line("Floor Lamp", {"power": "USB"}), Line("Wool Blanket"), Line("Floor Lamp", {"power": "battery"})]
        assert only_these("only the lamp and the blanket", lamps, planned=lamps[1:]) == tuple(lamps[1:])

    @pytest.mark.parametrize(("text", "only"), [
        ("just the chair and the lamp", ["chair", "lamp"]),
        ("Lock and blanket only, and the money on the gift card.", ["blanket", "lock"]),
        ("Only the three other things: chair, lock, lamp.", ["chair", "lock", "lamp"]),
        ("please leave out everything except the chair and the lamp", ["chair", "lamp"]),
        ("then the chair stays as it is, just do the other three", []),
        ("only if it is in stock", []), ("no wait, that lamp is only 10 inches, mine is 14", []),
        ("just do it", []), ("that's more for the lamp than I thought for just the colour", []), ("just wondering about the lamp", []),
    ])
    def test_the_only_ones_meant_are_told(self, text, only):
        assert named(only_these(text, LINES)) == only


@pytest.mark.parametrize(("text", "stay"), [
    ("can I return the chair and the lock? The lamp is lovely, that one stays", ["lamp"]),
    ("the blanket and the chair go back. I love the lamp, it stays", ["lamp"]),
    ("the lock is fine, I'll keep it, the lamp goes back", ["lock"]), ("it stays", []), ("return the lamp", []),
])
def test_what_is_said_to_stay_after_it_was_named_stays(text, stay):
    assert named(staying(text, LINES)) == stay
