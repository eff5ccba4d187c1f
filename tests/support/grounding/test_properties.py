"""What holds for any order, any catalogue and any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from support.grounding.line_reading import read_lines
from support.grounding.order_reading import read_orders
from support.grounding.swap_reading import read_swaps
from support.grounding.variant_reading import read_wish
from support.models.orders import OrderStatus
from support.ordering.order_views import Line
from tests.support.grounding.wares import TODAY, ZONE, forms_of, order

KINDS = ("Harbour", "Lantern", "Mechanical", "Portable", "Electric", "Walnut", "Gooseneck", "Merino", "Folding", "")
THINGS = ("keyboard", "kettle", "backpack", "jacket", "platter", "thermostat", "bicycle", "umbrella", "notebook")
OPTIONS = {
    "colour": ("crimson", "turquoise", "tide blue", "blue", "charcoal", "stainless steel"),
    "size": ("small", "medium", "large", "extra large"),
    "capacity": ("500 ml", "750ml", "1.5 litres"),
    "connection": ("bluetooth", "USB-C", "Wi-Fi"),
}
NOISE = ("the", "all", "not", "except", "keep", "for", "to", "instead", "of", "both", "2", "one", "and", ",", ".", "or", "if", "cheapest", "bigger", "rest", "size", "any", "my", "last", "order", "it", "return", "with", "#", "May", "W123")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def a_line(draw):
    names = draw(st.lists(st.sampled_from(sorted(OPTIONS)), min_size=1, unique=True))
    return Line(
        f"{draw(st.sampled_from(KINDS))} {draw(st.sampled_from(THINGS))}".strip(),
        {name: draw(st.sampled_from(OPTIONS[name])) for name in names},
        draw(st.integers(1, 9)), draw(st.integers(1, 50_000)),
    )


def an_order():
    """Lines of which no two are of one product, and two of one kind of thing have the same options to differ in."""
    return st.lists(a_line(), min_size=1, max_size=8, unique_by=lambda one: one.product)


@st.composite
def a_slip(draw, text):
    """`text` with one mistake in one of its long words, never in the first letter."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return text
    place = draw(st.sampled_from(long))
    word, at = words[place], draw(st.integers(2, len(words[place]) - 3))
    kind = draw(st.sampled_from(("swapped", "left out", "doubled", "wrong")))
    words[place] = {
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2:],
        "left out": word[:at] + word[at + 1:],
        "doubled": word[:at] + word[at] + word[at:],
        "wrong": word[:at] + draw(st.sampled_from(LETTERS)) + word[at + 1:],
    }[kind]
    return " ".join(words)


def said_texts():
    known = [*KINDS, *THINGS, *(value for values in OPTIONS.values() for value in values), *NOISE]
    return st.one_of(
        st.text(max_size=300), st.lists(st.sampled_from(known), max_size=25).map(" ".join),
        st.lists(st.one_of(st.sampled_from(known), st.text(max_size=6)), max_size=25).map(" ".join),
    )


class TestNamingALine:
    @given(st.data(), an_order())
    def test_its_name_and_options_find_just_it_in_any_case_and_order_with_a_slip(self, data, lines):
        wanted = data.draw(st.sampled_from(lines))
        values = data.draw(st.permutations([str(value) for value in wanted.options.values()]))
        between = data.draw(st.sampled_from((" ", ", ")))
        text = data.draw(a_slip(between.join([wanted.product, *values])))
        case = data.draw(st.sampled_from((str.upper, str.lower, str.title, str)))
        reading = read_lines(case(text), lines)
        assert [one for one, _ in reading.chosen] == [wanted]
        assert not reading.candidates

    @given(st.data(), a_line())
    def test_what_two_share_leaves_both_as_candidates(self, data, one):
        option = data.draw(st.sampled_from(sorted(one.options)))
        others = [value for value in OPTIONS[option] if value != one.options[option]]
        two = Line(one.product, one.options | {option: data.draw(st.sampled_from(others))}, one.quantity, one.unit_price_minor)
        reading = read_lines(f"the {one.product}", [one, two])
        assert not reading.chosen
        assert [line for line, _ in reading.candidates] == [one, two]

    @given(said_texts(), st.lists(a_line(), max_size=8), st.booleans())
    def test_no_text_finds_a_line_that_is_not_there_or_more_pieces_than_were_bought(self, text, lines, spoken_of):
        reading = read_lines(text, lines, current=lines[:2] if spoken_of else ())
        for line, pieces in (*reading.chosen, *reading.candidates):
            assert any(line is one for one in lines)
            assert pieces is None or 0 < pieces < line.quantity
        assert reading.text in text


class TestWishing:
    @given(said_texts(), st.dictionaries(st.sampled_from(sorted(OPTIONS)), st.just(""), min_size=1))
    def test_no_text_wishes_for_what_is_not_offered(self, text, names):
        variants = forms_of(**{name: OPTIONS[name] for name in names})
        for wish in read_wish(text, variants[0].options, variants).in_order:
            assert all(value in OPTIONS[name] for name, values in wish.wished.items() for value in values)
            assert all(one in variants for one in (*wish.matches, *wish.near))

    @given(st.data())
    def test_a_variant_is_found_by_its_options_in_any_order(self, data):
        variants = forms_of(**OPTIONS)
        wanted = data.draw(st.sampled_from(variants))
        values = data.draw(st.permutations(list(wanted.options.values())))
        wish = read_wish(" ".join(values), data.draw(st.sampled_from(variants)).options, variants)
        assert wish.matches == (wanted,)

    @given(said_texts(), st.lists(a_line(), max_size=6, unique_by=lambda one: one.product))
    def test_no_text_swaps_what_is_not_there(self, text, lines):
        swaps = read_swaps(text, lines, lambda one: forms_of(**{name: OPTIONS[name] for name in one.options}))
        assert all(any(line is one for one in lines) for line, _ in swaps)


class TestNamingAnOrder:
    @given(said_texts(), st.lists(st.lists(a_line(), max_size=3), max_size=5))
    @settings(max_examples=60)
    def test_no_text_finds_an_order_that_is_not_there(self, text, bought):
        orders = [order(f"#W{1234567 + place}", OrderStatus.PENDING, "2026-05-10", *lines) for place, lines in enumerate(bought)]
        reading = read_orders(text, orders, today=TODAY, zone=ZONE, shown=orders[:2], current=orders[:1])
        assert all(one in orders for one in (*reading.chosen, *reading.candidates))

    @given(st.data(), st.lists(st.from_regex(r"#[A-Z]{1,2}[1-9][0-9]{6}", fullmatch=True), min_size=1, max_size=6, unique=True))
    def test_its_number_finds_just_it(self, data, numbers):
        orders = [order(number, OrderStatus.DELIVERED, "2026-05-10") for number in numbers]
        wanted = data.draw(st.sampled_from(orders))
        reading = read_orders(f"please cancel {wanted.number.lower()} today", orders, today=TODAY, zone=ZONE)
        assert reading.chosen == (wanted,)


class TestLongTexts:
    def test_ten_thousand_signs_of_anything_are_read(self):
        lines = [Line("Walnut kettle", {"colour": "blue"}, 1, 100)]
        for text in ("kettle " * 1500, "🫖" * 10_000, "\x00\x07\x1b" * 3400, "not " * 2500, "1,." * 3400, "if or " * 1700):
            read_lines(text, lines)
            read_swaps(text, lines, lambda one: forms_of(colour=("blue", "red")))
            read_orders(text, [order("#W1", OrderStatus.PENDING, "2026-05-10", *lines)], today=TODAY, zone=ZONE)
