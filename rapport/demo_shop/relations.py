"""What else ties the demo shop's customers to it: subscriptions, consents, friends, cases, talks elsewhere."""

from datetime import date, timedelta

from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.people import LAPSING, PREPARED, REGULAR
from support.models.cases import Case, CaseEvent, CaseEventKind, CaseKind
from support.models.customers import Channel, Consent, Interaction, Purpose
from support.models.loyalty import LoyaltyAccount
from support.models.rewards import Referral
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.months import months_before

SUBSCRIBERS, TALKS, CASES = 25, 70, 14
NEWSLETTER = 0.45  # of the customers
_BOXES = (("Candle box", 1800, 1, None), ("Seasonal linen box", 4900, 3, 12))  # name, cents, months, months in all
_TALKS = (
    ("phone", "question", "Asked whether the linen bedding comes in a super king size.", None),
    ("phone", "delivery", "Wanted the parcel left with a neighbour; noted for the carrier.", 5),
    ("email", "thanks", "Wrote to say that the lamp arrived well packed.", 5),
    ("email", "complaint", "Disappointed by a scratched tray; a replacement was sent.", 3),
    ("store", "visit", "Came to the shop in Kinsale and looked at the oak benches.", None),
    ("survey", "rating", "Answered the survey after a delivery.", 4),
    ("survey", "rating", "Answered the survey after a return.", 2),
)
_CASES = (
    (CaseKind.DAMAGED, "One of the bowls has a chip in its rim."),
    (CaseKind.MISSING, "The parcel came without the napkins."),
    (CaseKind.COMPLAINT, "I waited ten days for an answer to my e-mail."),
    (CaseKind.IDEA, "Please make the field jug in a size between one and two litres."),
    (CaseKind.PRAISE, "The packing was all paper. Thank you for that."),
)


def make_relations(draft: Draft, customers: list[Row], orders: dict[str, list[Row]]) -> None:
    """All of them; `orders` are by customer id."""
    others = customers[len(PREPARED):]
    by_reference = {row["reference"]: row for row in customers}
    regular, lapsing = by_reference[REGULAR.reference], by_reference[LAPSING.reference]
    _subscribe(draft, regular, _BOXES[0])
    _subscribe(draft, lapsing, _BOXES[1])
    for customer in draft.chance.sample(others, SUBSCRIBERS):
        _subscribe(draft, customer, draft.chance.choice(_BOXES))
    for customer in customers:
        if draft.chance.random() < NEWSLETTER:
            _consent(draft, customer)
    for _ in range(TALKS):
        _talk(draft, draft.chance.choice(others))
    for buyer in draft.chance.sample([row for row in others if row["id"] in orders], CASES):
        _case(draft, buyer, draft.chance.choice(orders[buyer["id"]]))
    _refer(draft, regular, [row for row in others if row["created_at"] > regular["created_at"]][:2])


def _subscribe(draft: Draft, customer: Row, box: tuple[str, int, int, int | None]) -> None:
    name, cents, every, in_all = box
    with_us = (draft.at - customer["created_at"]).days
    today: date = draft.at.astimezone(draft.zone).date()
    started = today - timedelta(days=min(with_us, draft.chance.randint(5, 300)))
    renews, ends = started, months_before(started, -in_all) if in_all else None
    for count in range(1, 400):
        if renews > today:
            break
        renews = months_before(started, -every * count)
    draft.add(
        Subscription,
        id=draft.new_id(), customer_id=customer["id"], reference=f"SUB-{len(draft.rows[Subscription]) + 501}", name=name,
        variant_id=None, method_id=None, quantity=1, price_minor=cents, currency=draft.business.shop.currency,
        every_months=every, status=SubscriptionStatus.ACTIVE, started_on=started, renews_on=renews, paused_until=None,
        ends_on=ends, cancelled_at=None,
    )


def _consent(draft: Draft, customer: Row) -> None:
    draft.add(
        Consent,
        id=draft.new_id(), customer_id=customer["id"], purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, granted=True,
        source="sign-up", at=customer["created_at"],
    )


def _talk(draft: Draft, customer: Row) -> None:
    channel, kind, summary, rating = draft.chance.choice(_TALKS)
    with_us = (draft.at - customer["created_at"]) / timedelta(days=1)
    at = max(draft.moment(with_us * draft.chance.random(), earliest=9, latest=18), customer["created_at"])
    draft.add(
        Interaction,
        id=draft.new_id(), customer_id=customer["id"], reference=f"I{len(draft.rows[Interaction]) + 1}",
        channel=channel, kind=kind, summary=summary, rating=rating, at=at,
    )


def _case(draft: Draft, customer: Row, order: Row) -> None:
    kind, text = draft.chance.choice(_CASES)
    about_order = kind not in (CaseKind.IDEA, CaseKind.PRAISE)
    opened = max(order["status_since"], order["placed_at"]) + timedelta(hours=draft.chance.randint(1, 30))
    if opened > draft.at - timedelta(hours=1):
        opened = draft.at - timedelta(minutes=draft.chance.randint(50, 58))
    signs = "".join(draft.chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=8))
    case = draft.add(
        Case,
        id=draft.new_id(), reference=f"C-{signs[:4]}-{signs[4:]}", customer_id=customer["id"],
        order_id=order["id"] if about_order else None, request_id=None, conversation_id=None, kind=kind, text=text,
        phone=None, opened_at=opened, due_at=opened + timedelta(days=3) if about_order else None,
    )
    seen_to = opened + timedelta(hours=26)
    events = [(CaseEventKind.OPENED, opened, "customer"), (CaseEventKind.CLOSED, seen_to, "agent")]
    for number, (event, at, actor) in enumerate([one for one in events if one[1] <= draft.at], 1):
        draft.add(
            CaseEvent, case_id=case["id"], number=number, kind=event, at=at, actor=actor, actor_id=None, details={}
        )


def _refer(draft: Draft, customer: Row, friends: list[Row]) -> None:
    account = next(row for row in draft.rows[LoyaltyAccount] if row["customer_id"] == customer["id"])
    account["referral_code"] = "AOIFE-7KQ2"
    for friend in friends:
        draft.add(
            Referral,
            id=draft.new_id(), customer_id=customer["id"], friend_id=friend["id"], joined_at=friend["created_at"],
            rewarded_at=None,
        )
