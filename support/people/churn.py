"""Whether a customer will buy again: the BG/NBD model of Fader, Hardie and Lee (2005); docs/customer-value.md.

Purchases are days on which somebody ordered. Times are weeks.
"""

import math
from dataclasses import dataclass

from support.policy.business_sections import ValueModel

WEEKS_IN_YEAR = 365.25 / 7
_SMALLEST_TERM = 1e-15


@dataclass(frozen=True, slots=True)
class Purchasing:
    """When somebody bought: `repeats` purchases after the first, the last `recency` weeks after it, which is `age` ago.

    0 <= recency <= age; without repeats the recency is 0.
    """

    repeats: int
    recency: float
    age: float


def alive(bought: Purchasing, model: ValueModel) -> float:
    """The probability, between 0 and 1, that they have not left for good.

    After the first purchase alone the model is certain (1), since it lets people leave after repeats only. There we
    let them leave after the first as well, as Batislam, Denizel and Filiztekin (2007) do.
    """
    lasted = model.b + (bought.repeats - 1 if bought.repeats else 0)
    silence = math.log((model.alpha_weeks + bought.age) / (model.alpha_weeks + bought.recency))
    # The odds of having left; as logarithms, for their powers outgrow a float
    odds = math.log(model.a / lasted) + (model.r + bought.repeats) * silence
    return 1 / (1 + math.exp(min(odds, 700.0)))


def expected_purchases(bought: Purchasing, model: ValueModel, weeks: float) -> float:
    """How many purchases to expect in the next `weeks`, leaving included."""
    # Euler's transformation of the paper's (10): its own series overflows after some hundred purchases
    a = model.a if abs(model.a - 1) > 1e-6 else 1 + 1e-6
    through = model.alpha_weeks + bought.age
    ahead = weeks / (through + weeks)
    total = a + model.b + bought.repeats - 1
    series = _hypergeometric(a + model.b - 1 - model.r, a - 1, total, ahead)
    staying: float = total / (a - 1) * (1 - (1 - ahead) ** (a - 1) * series)
    return staying * alive(bought, model)


def _hypergeometric(a: float, b: float, c: float, z: float) -> float:
    """Gauss's 2F1(a, b; c; z) for 0 <= z < 1 and c > 0, by its series."""
    total, term, n = 1.0, 1.0, 0
    while abs(term) > _SMALLEST_TERM * abs(total) and n < 100_000:
        term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        total += term
        n += 1
    return total
