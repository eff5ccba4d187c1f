"""The BG/NBD model against the figures that its authors print, and against its own definition worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.people.churn import Purchasing, alive, expected_purchases
from support.policy.business import BusinessFileWrong
from support.policy.business_sections import ValueModel
from tests.support.rules import load_rules

CDNOW = ValueModel()
counts = st.integers(0, 5000)
weeks = st.floats(0, 2000, allow_nan=False)


def beta(p: float, a: float, b: float) -> float:
    """The density of the beta distribution."""
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(scale + (a - 1) * math.log(p) + (b - 1) * math.log1p(-p))


def gamma(rate: float, shape: float, scale: float) -> float:
    """The density of the gamma distribution with mean shape / scale."""
    return math.exp(
        shape * math.log(scale) - math.lgamma(shape) + (shape - 1) * math.log(rate) - scale * rate
    )


def over_p(value, model: ValueModel, steps: int = 20_000) -> float:
    """The mean of value(p) for p drawn from the model's beta distribution."""
    # p = u**6 takes the pole at 0 out of the density
    points = ((number + 0.5) / steps for number in range(steps))
    return sum(value(u**6) * beta(u**6, model.a, model.b) * 6 * u**5 for u in points if u**6 < 1) / steps


def over_rate(value, model: ValueModel, most: float = 12.0, steps: int = 20_000) -> float:
    """The mean of value(rate) for rates drawn from the model's gamma distribution."""
    top = most ** (1 / 12)
    points = ((number + 0.5) / steps * top for number in range(steps))
    return sum(
        value(u**12) * gamma(u**12, model.r, model.alpha_weeks) * 12 * u**11 for u in points
    ) / steps * top


class TestAlive:
    @pytest.mark.parametrize(("repeats", "recency", "age"), [(2, 30.43, 38.86), (1, 1.71, 38.86), (7, 29.4, 38.9), (4, 5, 60)])
    def test_it_is_what_the_likelihoods_of_staying_and_of_having_left_say(self, repeats, recency, age):
        """Somebody stayed after each purchase, or left at the last: both worked out over all rates and chances."""
        stayed = over_p(lambda p: (1 - p) ** repeats, CDNOW) * over_rate(
            lambda rate: rate**repeats * math.exp(-rate * age), CDNOW
        )
        left = over_p(lambda p: p * (1 - p) ** (repeats - 1), CDNOW) * over_rate(
            lambda rate: rate**repeats * math.exp(-rate * recency), CDNOW
        )
        assert alive(Purchasing(repeats, recency, age), CDNOW) == pytest.approx(stayed / (stayed + left), rel=2e-3)

    @pytest.mark.parametrize("age", [0.0, 4.0, 52.0, 400.0])
    def test_after_one_purchase_they_may_have_left_at_once(self, age):
        stayed = over_p(lambda p: 1 - p, CDNOW) * over_rate(lambda rate: math.exp(-rate * age), CDNOW)
        left = over_p(lambda p: p, CDNOW)
        assert alive(Purchasing(0, 0, age), CDNOW) == pytest.approx(stayed / (stayed + left), rel=2e-3)

    @given(counts, weeks, weeks)
    def test_it_is_a_probability_and_never_certain(self, repeats, one, other):
        recency, age = sorted((one, other)) if repeats else (0.0, one)
        assert 0 < alive(Purchasing(repeats, recency, age), CDNOW) < 1

    @given(st.integers(1, 200), st.tuples(weeks, weeks, weeks).map(sorted))
    def test_who_bought_later_is_likelier_to_come_back(self, repeats, times):
        earlier, later, age = times
        assert alive(Purchasing(repeats, earlier, age), CDNOW) <= alive(Purchasing(repeats, later, age), CDNOW)

    @given(st.integers(0, 200), st.tuples(weeks, weeks, weeks).map(sorted))
    def test_silence_makes_it_less_likely(self, repeats, times):
        recency, sooner, later = times if repeats else (0.0, *times[1:])
        assert alive(Purchasing(repeats, recency, later), CDNOW) <= alive(Purchasing(repeats, recency, sooner), CDNOW)


class TestExpectedPurchases:
    def test_it_is_the_figure_that_the_authors_print_for_their_first_customer(self):
        """Customer 0001 of the CDNOW sample: 1.226 purchases in the next 39 weeks."""
        assert expected_purchases(Purchasing(2, 30.43, 38.86), CDNOW, 39) == pytest.approx(1.226, abs=5e-4)

    @pytest.mark.parametrize(("repeats", "recency", "age", "ahead"), [(0, 0, 10, 52), (3, 20, 25, 52), (9, 60, 61, 26)])
    def test_it_is_the_mean_over_all_who_may_be_that_customer(self, repeats, recency, age, ahead):
        """Who buys at a rate and leaves with a chance p after each makes (1 - e^(-rate p t)) / p purchases in t."""
        likely = ValueModel(r=CDNOW.r + repeats, alpha_weeks=CDNOW.alpha_weeks + age, a=CDNOW.a, b=CDNOW.b + repeats)
        # Over the rates in closed form, over the chances by hand
        mean = over_p(
            lambda p: (1 - (likely.alpha_weeks / (likely.alpha_weeks + p * ahead)) ** likely.r) / p, likely
        )
        bought = Purchasing(repeats, recency, age)
        assert expected_purchases(bought, CDNOW, ahead) == pytest.approx(mean * alive(bought, CDNOW), rel=2e-3)

    @given(counts, weeks, weeks, st.floats(0.1, 520))
    def test_it_is_never_less_than_nothing_nor_more_than_at_the_rate_of_so_far(self, repeats, one, other, ahead):
        recency, age = sorted((one, other)) if repeats else (0.0, one)
        found = expected_purchases(Purchasing(repeats, recency, age), CDNOW, ahead)
        assert 0 <= found <= (CDNOW.r + repeats) / (CDNOW.alpha_weeks + age) * ahead * (1 + 1e-9)

    @pytest.mark.parametrize("a", [1.0, 1 + 1e-7])
    def test_the_gap_that_the_formula_has_at_one_is_bridged(self, a):
        beside = [
            expected_purchases(Purchasing(3, 20, 30), ValueModel(a=near, b=2.426), 52) for near in (0.999, a, 1.001)
        ]
        assert beside[0] > beside[1] > beside[2]
        assert beside[1] == pytest.approx((beside[0] + beside[2]) / 2, rel=1e-5)


class TestParameters:
    def test_a_shop_may_leave_them_out_or_put_in_its_own(self, tmp_path):
        assert load_rules(tmp_path).value == ValueModel(r=0.243, alpha_weeks=4.414, a=0.793, b=2.426)
        own = "value: {r: 0.5, alpha_weeks: 10, a: 1, b: 3}\nescalation:"
        assert load_rules(tmp_path, ("escalation:", own)).value == ValueModel(r=0.5, alpha_weeks=10, a=1, b=3)

    @pytest.mark.parametrize(
        "wrong", ["r: 0", "alpha_weeks: -1", "a: yes", "b: .inf", "a: .nan", "b: lots", "b: 0.2", "beta: 1"]
    )
    def test_what_the_model_cannot_reckon_with_stops_the_start(self, tmp_path, wrong):
        with pytest.raises(BusinessFileWrong, match="value"):
            load_rules(tmp_path, ("escalation:", f"value:\n  {wrong}\nescalation:"))
