"""What a change of a subscription would do, for the customer to agree to. Money is minor units of `currency`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PausePlan:
    """Deliveries stop until `paused_until`; `still_renews_on` is a renewal too near to be stopped, or None."""

    name: str
    still_renews_on: date | None
    paused_until: date
    # The renewal that the pause moves: where it takes up again when it is resumed early
    moves: date


@dataclass(frozen=True)
class ResumePlan:
    """Deliveries go on: the next renewal is on `renews_on` and costs `price_minor`."""

    name: str
    renews_on: date
    price_minor: int
    currency: str


@dataclass(frozen=True)
class CancelPlan:
    """It runs until `ends_on`, the last day; `last_renewal` is one too near to be stopped. Nothing is refunded."""

    name: str
    ends_on: date
    last_renewal: date | None
    refund_minor: int = 0


@dataclass(frozen=True)
class ExtendPlan:
    """It runs until `ends_on`; `amount_minor` is what the shop will charge for that, as the renewals come."""

    name: str
    ends_on: date
    amount_minor: int
    currency: str
