"""What points buy in the demo shop, and the vouchers that were bought with them."""

from datetime import timedelta

from rapport.demo_shop.draft import Draft, Row
from support.models.loyalty import EntryKind, LedgerEntry, LoyaltyAccount
from support.models.rewards import Reward, RewardKind, Voucher

USED = 0.7  # of the vouchers that are older than a month
# name, description, kind, points, value (cents or percent), tier it takes
REWARDS = (
    ("Free delivery", "No delivery charge on your next order.", RewardKind.SHIPPING, 80, 0, None),
    ("5 off", "5 euros off your next order.", RewardKind.VOUCHER, 100, 500, None),
    ("Linen tea towel", "A tea towel in sea blue, with your next parcel.", RewardKind.GIFT, 180, 0, None),
    ("10 off", "10 euros off your next order.", RewardKind.VOUCHER, 190, 1000, None),
    ("25 off", "25 euros off your next order.", RewardKind.VOUCHER, 450, 2500, None),
    ("A fifth off", "20 per cent off one order.", RewardKind.PERCENT, 900, 20, "Oak"),
    ("Tide clock", "Tells when the water comes; not sold to anybody else in this colour.", RewardKind.GIFT, 1200, 0, "Evergreen"),
)


def make_rewards(draft: Draft) -> None:
    """The rewards there are, one of them in short supply."""
    for number, (name, description, kind, points, value, tier) in enumerate(REWARDS, 1):
        draft.add(
            Reward,
            id=draft.new_id(), reference=f"RW{number:02}", name=name, description=description, kind=kind,
            points=points, value=value, from_tier=tier, active=True,
            currency=draft.business.shop.currency if kind is RewardKind.VOUCHER else None,
            stock=4 if kind is RewardKind.GIFT else None,
        )


def make_vouchers(draft: Draft) -> None:
    """A voucher for every redemption, worth its points; most of the older ones have been used."""
    customers = {row["id"]: row["customer_id"] for row in draft.rows[LoyaltyAccount]}
    for entry in [row for row in draft.rows[LedgerEntry] if row["kind"] == EntryKind.REDEEM]:
        _voucher(draft, entry, customers[entry["account_id"]])


def _voucher(draft: Draft, entry: Row, customer_id: str) -> None:
    loyalty = draft.business.loyalty
    old = entry["at"] < draft.at - timedelta(days=30)
    signs = "".join(draft.chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=12))
    draft.add(
        Voucher,
        id=draft.new_id(), code=f"{signs[:4]}-{signs[4:8]}-{signs[8:]}", customer_id=customer_id, reward_id=None,
        entry_id=entry["id"], kind=RewardKind.VOUCHER, value=-entry["points"] * loyalty.point_value,
        currency=draft.business.shop.currency, issued_at=entry["at"],
        expires_at=entry["at"] + timedelta(days=loyalty.voucher_days),
        used_at=entry["at"] + timedelta(days=9) if old and draft.chance.random() < USED else None, order_id=None,
    )
