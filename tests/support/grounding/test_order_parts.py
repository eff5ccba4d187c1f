"""What a text says of each of several orders that it numbers."""

import pytest

from support.grounding.order_parts import about_order, parts_by_order

NUMBERS = ["#W5512707", "#W4477848", "HF-10432", "HF-10433"]


@pytest.mark.parametrize(("text", "parts"), [
    ("in W5512707 swap the speaker, the reader for 32GB, and in W4477848 the earbuds should be black",
     ["in W5512707 swap the speaker, the reader for 32GB", ", and in W4477848 the earbuds should be black"]),
    ("order W5512707, change the lamp to brass. And cancel W4477848, my mistake.",
     ["order W5512707, change the lamp to brass", ". And cancel W4477848, my mistake."]),
    ("exchange the lamp in HF-10432 and the kettle in HF-10433",
     ["exchange the lamp in HF-10432 ", "and the kettle in HF-10433"]),
    ("the lamp of #W5512707, the kettle and rug of #W4477848",
     ["the lamp of #W5512707", ", the kettle and rug of #W4477848"]),
    ("the jacket from HF-10432 and the kettle and rug from HF-10433",
     ["the jacket from HF-10432 ", "and the kettle and rug from HF-10433"]),
    ("two orders. 1) order HF-10432: rug and watch 2) order HF-10433: the lamp",
     ["two orders. 1) order HF-10432: rug and watch ", "2) order HF-10433: the lamp"]),
    ("cancel HF-10433", ["cancel HF-10433"]), ("hello", []), ("", []), ("10432 10433", ["10432", " 10433"]),
])
def test_each_numbered_order_has_its_own_part(text, parts):
    assert list(parts_by_order(text, NUMBERS).values()) == parts


def test_all_of_a_text_is_about_the_one_order_that_it_numbers():
    assert about_order("the lamp too, in HF-10432", "HF-10432", NUMBERS) == "the lamp too, in HF-10432"
    assert about_order("HF-10432 and HF-10433", "#W4477848", NUMBERS) == "HF-10432 and HF-10433"
