"""What a customer pays with: the list, and how each is called."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.payments import MethodKind, PaymentMethod
from support.paying import gift_cards
from support.text import sought_id

_AS_WRITTEN = {
    "paypal": "PayPal", "apple pay": "Apple Pay", "google pay": "Google Pay", "mastercard": "Mastercard",
    "american express": "American Express", "jcb": "JCB",
}


@dataclass(frozen=True)
class Method:
    """A payment method; `available_minor` is what can be taken from a gift card, None for others."""

    id: str
    kind: MethodKind
    label: str
    brand: str | None
    last_digits: str | None
    currency: str
    expires_on: date | None
    is_default: bool
    available_minor: int | None


def label(method: PaymentMethod) -> str:
    """How the method is called in a sentence: Visa ending in 4242, PayPal, gift card ending in 0815."""
    kinds = {MethodKind.CARD: "card", MethodKind.WALLET: "wallet"}
    name = _brand(method.brand) or kinds.get(method.kind, "payment method")
    if method.kind is MethodKind.GIFT_CARD:
        name = "gift card"
    return f"{name} ending in {method.last_digits}" if method.last_digits else name


def _brand(brand: str | None) -> str:
    """As its owner writes it; shops' exports often have "visa"."""
    if not brand or not brand.islower():
        return brand or ""
    return _AS_WRITTEN.get(brand, brand.capitalize())


@use_case("look up", needs=Level.VERIFIED)
async def list_methods(session: AsyncSession, speaker: Speaker) -> tuple[Method, ...]:
    """The customer's payment methods, the default first; removed ones are left out."""
    found = await session.scalars(
        select(PaymentMethod)
        .where(PaymentMethod.customer_id == speaker.customer, PaymentMethod.removed_at.is_(None))
        .order_by(PaymentMethod.is_default.desc(), PaymentMethod.kind, PaymentMethod.reference)
    )
    return tuple([await _described(session, method) for method in found])


async def get(session: AsyncSession, speaker: Speaker, method_id: str) -> PaymentMethod:
    """The row of one of the customer's methods. Raises NotFound, also for a removed one and an id that is none."""
    found = await session.scalar(
        select(PaymentMethod).where(
            PaymentMethod.id == sought_id(method_id), PaymentMethod.customer_id == speaker.customer,
            PaymentMethod.removed_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


async def _described(session: AsyncSession, method: PaymentMethod) -> Method:
    is_card = method.kind is MethodKind.GIFT_CARD
    return Method(
        method.id, method.kind, label(method), method.brand, method.last_digits, method.currency, method.expires_on,
        method.is_default, await gift_cards.available(session, method) if is_card else None,
    )
