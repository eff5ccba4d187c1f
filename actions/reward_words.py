"""What rewards, vouchers and points are worth, in words."""

from actions.wording import Wording
from support.models.rewards import RewardKind
from support.points.rewards import PlainRedemption, RewardOffer


def worth(words: Wording, kind: RewardKind, value: int, currency: str | None, name: str | None) -> str:
    """What a code brings: `€5.00 off an order`, `free delivery`, `a gift: Linen tea towel`."""
    match kind:
        case RewardKind.VOUCHER if currency:
            return f"{words.money(value, currency)} off an order"
        case RewardKind.PERCENT:
            return f"{value}% off an order"
        case RewardKind.SHIPPING:
            return "free delivery"
    return f"a gift: {name}" if name else "a gift"


def reward_line(words: Wording, one: RewardOffer) -> str:
    """A reward in a list: what it takes, and what is missing for it."""
    missing = f", {words.count(one.missing, 'point')} missing" if one.missing else ""
    about = f" ({one.description.rstrip('.')})" if one.description and one.description != one.name else ""
    return f"{one.name}{about}: {words.count(one.points, 'point')}{missing}"


def plain_terms(words: Wording, plain: PlainRedemption) -> str:
    """From how many points on, in which steps, and what they are worth."""
    value = words.money(plain.smallest * plain.point_value_minor, plain.currency)
    return (
        f"Money off an order takes at least {words.count(plain.smallest, 'point')}, in steps of {plain.step}: "
        f"{words.count(plain.smallest, 'point')} are worth {value} off an order."
    )
