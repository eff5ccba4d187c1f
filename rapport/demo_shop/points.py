"""The demo shop's points: what each customer earned, used, gave back and lost, entered in the ledger in its order."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.numbers import get_currency_precision

from rapport.demo_shop.draft import Draft, Row
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points.loyalty import expiry_of

REDEEMERS = 0.35  # of the customers
REWARDS = (100, 200, 500)
LATELY = timedelta(days=45)
GOODWILL = 0.05


@dataclass
class Held:
    """A lot and what is left in it. `goes_back`: its order is returned later, so nothing else draws on it."""

    lot: Row
    left: int
    goes_back: bool


@dataclass(frozen=True)
class Delivered:
    """An order that arrived, and when it came back, if it did."""

    order: Row
    arrived_at: datetime
    returned_at: datetime | None


@dataclass
class _Account:
    draft: Draft
    row: Row
    lots: list[Held] = field(default_factory=list)

    def enter(self, kind: EntryKind, points: int, at: datetime, reason: str, key: str, **more: str) -> Row:
        return self.draft.add(
            LedgerEntry,
            id=self.draft.new_id(), account_id=self.row["id"], kind=kind, points=points, at=at, reason=reason,
            order_id=more.get("order_id"), reverses_id=more.get("reverses_id"), idempotency_key=key,
        )

    def keep(self, entry: Row, *, goes_back: bool = False) -> None:
        lot = self.draft.add(
            Lot,
            id=self.draft.new_id(), account_id=self.row["id"], entry_id=entry["id"], points=entry["points"],
            earned_at=entry["at"], expires_at=expiry_of(entry["at"], self.draft.business),
        )
        self.lots.append(Held(lot, entry["points"], goes_back))

    def draw(self, entry: Row, held: Held, points: int) -> None:
        self.draft.add(Draw, id=self.draft.new_id(), entry_id=entry["id"], lot_id=held.lot["id"], points=points)
        held.left -= points

    def expire(self, until: datetime) -> None:
        for held in sorted(self.lots, key=lambda one: one.lot["expires_at"]):
            expires_at = held.lot["expires_at"]
            if held.left and expires_at <= until:
                key = f"expire:{held.lot['id']}"
                entry = self.enter(EntryKind.EXPIRE, -held.left, expires_at, "Not used in time", key)
                self.draw(entry, held, held.left)

    def redeem(self, points: int, at: datetime) -> None:
        usable = [held for held in self.lots if held.left and not held.goes_back and held.lot["expires_at"] > at]
        if sum(held.left for held in usable) < points:
            return
        key = f"redeem:{self.draft.new_id()}"
        entry = self.enter(EntryKind.REDEEM, -points, at, f"Voucher for {points} points", key)
        for held in sorted(usable, key=lambda one: one.lot["expires_at"]):
            taken = min(points, held.left)
            if taken:
                self.draw(entry, held, taken)
                points -= taken


def make_points(draft: Draft, customer: Row, delivered: list[Delivered], *, redeems: bool | None = None) -> None:
    """The customer's account with all its entries; if `redeems` is None, chance decides whether any is used."""
    row = draft.add(
        LoyaltyAccount, id=draft.new_id(), customer_id=customer["id"], referral_code=None,
        opened_at=customer["created_at"],
    )
    account = _Account(draft, row)
    for at, kind, story in sorted(_events(draft, delivered, redeems), key=lambda event: event[:2]):
        account.expire(at)
        if kind == EntryKind.REDEEM:
            account.redeem(draft.chance.choice(REWARDS), at)
        elif story is not None and kind == EntryKind.EARN:
            _earn(account, story)
        elif story is not None:
            _take_back(account, story, at)
    account.expire(draft.at)


def _events(
    draft: Draft, delivered: list[Delivered], redeems: bool | None
) -> list[tuple[datetime, EntryKind, Delivered | None]]:
    events: list[tuple[datetime, EntryKind, Delivered | None]] = []
    for story in delivered:
        events.append((story.arrived_at, EntryKind.EARN, story))
        if story.returned_at is not None:
            events.append((story.returned_at, EntryKind.REVERSE, story))
    if redeems:
        events.append((draft.at - LATELY, EntryKind.REDEEM, None))
    wants = draft.chance.random() < REDEEMERS if redeems is None else redeems
    if delivered and wants:
        first = min(story.arrived_at for story in delivered)
        span = (draft.at - first) / timedelta(minutes=1)
        for _ in range(draft.chance.randint(1, 3)):
            at = first + timedelta(minutes=int(span * draft.chance.random()))
            events.append((at, EntryKind.REDEEM, None))
    return events


def _earn(account: _Account, story: Delivered) -> None:
    draft, order = account.draft, story.order
    unit = 10 ** get_currency_precision(order["currency"])
    points = order["goods_minor"] // unit * draft.business.loyalty.points_per_unit
    if not points:
        return
    entry = account.enter(
        EntryKind.EARN, points, story.arrived_at, f"Order {order['number']}", f"earn:{order['number']}",
        order_id=order["id"],
    )
    account.keep(entry, goes_back=story.returned_at is not None)
    if draft.chance.random() < GOODWILL:
        at = min(story.arrived_at + timedelta(hours=20), draft.at)
        key = f"adjust:{order['number']}"
        account.keep(account.enter(EntryKind.ADJUST, 50, at, "With our apologies", key, order_id=order["id"]))


def _take_back(account: _Account, story: Delivered, at: datetime) -> None:
    """The points of a returned order go; nothing else has drawn on their lot."""
    draft, number = account.draft, story.order["number"]
    earned = next((row for row in draft.rows[LedgerEntry] if row["idempotency_key"] == f"earn:{number}"), None)
    if earned is None:
        return
    held = next(one for one in account.lots if one.lot["entry_id"] == earned["id"])
    if not held.left:
        return
    entry = account.enter(
        EntryKind.REVERSE, -held.left, at, f"Return of order {number}", f"reverse:{number}",
        order_id=story.order["id"], reverses_id=earned["id"],
    )
    account.draw(entry, held, held.left)
