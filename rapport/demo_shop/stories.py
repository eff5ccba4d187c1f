"""Which orders are placed, by whom and when: the prepared customers' by hand, the others' by chance."""

from datetime import timedelta

from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.orders import Plan
from rapport.demo_shop.people import LAPSING, LATE, LOOKING, NEWCOMER, PREPARED, REGULAR, RETURNED, Prepared

ORDERS = 1500
TWO_YEARS = 730
COMING_BACK = 5  # orders whose return is asked for, and as many exchanges
THIS_WEEK = 0.10  # of the orders, so that every status is there


def all_plans(draft: Draft, customers: list[Row]) -> list[Plan]:
    """1,500 orders, first placed first."""
    plans = _prepared_plans(draft, {row["reference"]: row for row in customers})
    others = customers[len(PREPARED):]
    shares = [min(draft.chance.paretovariate(1.2), 12) for _ in others]
    for fate in ("coming_back", "exchanged"):
        long_with_us = [row for row in others if row["created_at"] < draft.at - timedelta(days=30)]
        for customer in draft.chance.sample(long_with_us, COMING_BACK):
            asked = draft.moment(draft.chance.randint(1, 3), latest=17)
            plans.append(Plan(customer, draft.moment(draft.chance.randint(16, 24)), fate, returned_at=asked))
    while len(plans) < ORDERS:
        plans.append(_chance_plan(draft, draft.chance.choices(others, shares)[0]))
    return sorted(plans, key=lambda plan: plan.placed_at)


def _chance_plan(draft: Draft, customer: Row) -> Plan:
    chance = draft.chance
    with_us = (draft.at - customer["created_at"]) / timedelta(days=1)
    if chance.random() < THIS_WEEK:
        days_ago = chance.uniform(0, min(7, with_us))
    else:
        days_ago = with_us * chance.triangular(0, 1, 0.2)
    placed = max(draft.moment(days_ago), customer["created_at"] + timedelta(minutes=chance.randint(10, 60)))
    fate = chance.choices(("arrives", "cancelled", "returned", "late"), (86, 5, 7, 2))[0]
    return Plan(customer, min(placed, draft.at - timedelta(minutes=5)), fate)


def _prepared_plans(draft: Draft, customers: dict[str, Row]) -> list[Plan]:
    def plan(who: Prepared, days_ago: float, fate: str = "arrives", pieces: int = 1) -> Plan:
        return Plan(customers[who.reference], draft.moment(days_ago), fate, pieces)

    year = 365
    returned = Plan(
        customers[RETURNED.reference], draft.moment(26), "returned", 2, returned_at=draft.moment(3, latest=17)
    )
    newcomer = Plan(customers[NEWCOMER.reference], draft.at - timedelta(minutes=75), pieces=2)
    assert LOOKING.reference in customers  # buys nothing
    return [
        *(plan(REGULAR, days_ago) for days_ago in range(700, year, -35)),
        *(plan(REGULAR, days_ago, pieces=4) for days_ago in range(345, 10, -21)),
        plan(REGULAR, 160, "cancelled"), plan(REGULAR, 3, pieces=2),
        Plan(customers[REGULAR.reference], draft.at - timedelta(minutes=40), pieces=3),  # one that can still be changed
        plan(LATE, 380), plan(LATE, 210), plan(LATE, 64), plan(LATE, 11, "late", 2),
        plan(LAPSING, 520, pieces=2), plan(LAPSING, year - 3, pieces=3), plan(LAPSING, year - 16, pieces=2),
        plan(LAPSING, 150), plan(LAPSING, 40),
        plan(RETURNED, 230), plan(RETURNED, 95, pieces=2), returned,
        newcomer,
    ]
