"""What keeps all that a plan is about."""

import pytest

from support.grounding.stopping import keeps_all


@pytest.mark.parametrize(("text", "things"), [
    ("It all stays, please", 0), ("It all stays, please", 3), ("No, I'll keep both.", 2), ("nothing goes back", 2),
    ("leave that as it is", 0), ("I said it stays as it is", 1), ("keep it all", 4),
    ("oh okay, please leave the shelf as it is", 0), ("No, not PayPal either. Then leave that order as it is.", 0),
    ("no, let the PayPal stay as it is", 0), ("the payment stays as it is", 0),
])
def test_all_of_it_is_kept(text, things):
    assert keeps_all(text, things=things)


@pytest.mark.parametrize(("text", "things"), [
    ("I'll keep both", 3), ("everything else stays as it is", 1), ("it stays as it is", 2), ("the rest stays", 2),
    ("the red one, that's it", 1), ("keep the lamp", 2), ("", 0),
    ("leave the lamp as it is", 2), ("leave the lamp as it is", 1),
])
def test_only_some_of_it_or_nothing_is(text, things):
    assert not keeps_all(text, things=things)
