"""Limits to what a wish may cost."""

from decimal import Decimal

import pytest

from support.grounding.limit_reading import leaving_then, read_limits, without_limits


class TestReadLimits:
    @pytest.mark.parametrize(("text", "at_most"), [
        ("but only if it costs at most $100 more", "100"),
        ("Only if it isn't more than $20 dearer.", "20"),
        ("only if it costs no more than 100 dollars extra", "100"),
        ("unless it's more than fifty dollars extra", "50"),
        ("unless the rug costs over 20 more", "20"),
        ("not more than 20 euros dearer", "20"),
        ("if at most $1,015.50 more", "1015.50"),
        ("only if it isn't dearer", "0"),
        ("but only if I pay nothing extra", "0"),
        ("unless it is more expensive", "0"),
        ("as long as it doesn't cost more", "0"),
        ("if it costs the same or less than mine", "0"), ("only if it's no more than the old one", "0"),
        ("How much extra would that be? Over $200 and I'm not paying it.", "200"), ("anything above 20 bucks and I won't", "20"),
        ("only if it's cheaper than mine", "-0.01"), ("if it's cheaper than what I paid", "-0.01"),
        ("if it's cheaper", "-0.01"), ("if one in stock costs less than mine", "-0.01"), ("any colour, just not pricier", "0"),
        ("if it does not cost more than $20 extra", "20"), ("it must not cost more than 50 dollars more", "50"),
        ("only if neither is dearer than what I have", "0"), ("as long as none of them gets dearer", "0"),
        ("a machine that costs no more than mine", "0"), ("one that dosnt cost more than mine", "0"),
        ("but only if that saves me at least 120 dollars", "-120"), ("if it saves $20 or more", "-20"),
        ("only if it's at least $20 cheaper", "-20"), ("if that saves less than $5, leave it", "-5"),
        ("if I get less than 20 bucks back, keep the rug", "-20"), ("if it's more than $5 extra the red rug stays", "5"),
        ("in black, or in blue if black is more than $5 extra", "5"), ("but only if it's 15 dollars extra at most", "15"), ("if that's more than $20 extra, the graphic design in maple", "20"),
    ])
    def test_the_most_that_it_may_cost_more_is_read(self, text, at_most):
        [limit] = read_limits(text)
        assert (limit.at_most, limit.of_price, limit.total) == (Decimal(at_most), False, False)

    @pytest.mark.parametrize(("text", "narrows"), [
        ("a 30 megapixel one, but only one that doesn't cost more than mine", True), ("that costs no more than mine", True),
        ("only if it doesn't cost more than mine", False), ("it mustn't cost more", False),
    ])
    def test_what_is_one_of_those_wished_is_told_from_a_condition(self, text, narrows):
        [limit] = read_limits(text)
        assert limit.narrows is narrows

    def test_without_more_it_is_the_price_that_is_limited(self):
        [limit] = read_limits("only if it costs at most $300")
        assert (limit.at_most, limit.of_price) == (Decimal(300), True)

    def test_all_together_may_be_limited(self):
        [limit] = read_limits("if it costs no more than US$60 more altogether")
        assert (limit.at_most, limit.total) == (Decimal(60), True)
        [limit] = read_limits("the watch only if the whole swap doesn't cost me anything extra!! Otherwise leave the watch")
        assert (limit.at_most, limit.total) == (Decimal(0), True)

    @pytest.mark.parametrize("text", [
        "if all that's at most $5 extra I'll do it", "if all three come to more than $10 extra then leave the phone",
        "only if both are no more than $20 more", "only if I get at least $75 back for both",
        "the puzzle only if at least $100 still comes back for the whole change",
        "but if both together bring me less than $75 back, then only the lamp", "if all three cost over $25 more, the lamp stays",
    ])
    def test_all_that_is_wished_may_be_meant_by_their_number(self, text):
        assert [limit.total for limit in read_limits(text)] == [True]

    def test_a_limit_for_each_is_none_for_all(self):
        assert [limit.total for limit in read_limits("only if both are at most $20 more each")] == [False]

    @pytest.mark.parametrize(("text", "said"), [
        ("if it's more than $10 extra then without the phone", "if it's more than $10 extra leave the phone"),
        ("If it's more, do it without the phone.", "If it's more, leave the phone."),
        ("I want it without the case", "I want it without the case"),
    ])
    def test_what_is_done_without_is_left(self, text, said):
        assert leaving_then(text) == said

    @pytest.mark.parametrize("text", [
        "It would be more than $100 dearer then, wouldn't it?", "if it's in stock", "size 10 if you have it", "that's 20 more",
        "unless it is sold out",
    ])
    def test_what_is_asked_or_told_limits_nothing(self, text):
        assert read_limits(text) == []

    def test_a_limit_leaves_the_wish_where_it_stands(self):
        text = "the rug in red, but only if it costs at most $10 more. And the mug in blue"
        left = without_limits(text, read_limits(text))
        assert left.split() == ["the", "rug", "in", "red,", ".", "And", "the", "mug", "in", "blue"]
        assert left.index("mug") == text.index("mug")
