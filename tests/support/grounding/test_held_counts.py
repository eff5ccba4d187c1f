"""Orders told by how many of a thing they hold."""

from dataclasses import dataclass, field

import pytest

from support.grounding.held_counts import holding_so_many


@dataclass(frozen=True)
class Line:
    product: str
    quantity: int = 1
    options: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Order:
    name: str
    lines: tuple[Line, ...]


ORDERS = (
    Order("mixed", (Line("Office Chair"), Line("Gaming Mouse"), Line("Camera"))),
    Order("mice", (Line("Gaming Mouse"), Line("Gaming Mouse"))),
    Order("more", (Line("Gaming Mouse", 2), Line("Tent"), Line("Mug", 4))),
)


@pytest.mark.parametrize(("text", "names"), [
    ("my order with the 2 gaming mices", ["mice", "more"]), ("the one with just the two mice", ["mice"]),
    ("the four mugs", ["more"]), ("the three mice", []), ("the mouse", []), ("a 2 person tent", []), ("the one mouse", []),
])
def test_those_that_hold_as_many_are_told(text, names):
    assert [one.name for one in holding_so_many(text, ORDERS)] == names
