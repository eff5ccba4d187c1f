"""Exchanging lines of a delivered order for other variants: the difference, and the request."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.agreements import check_agreed
from support.identity import Speaker, use_case
from support.models.catalogue import Variant
from support.models.conversations import Level
from support.models.orders import Order
from support.models.payments import PaymentMethod
from support.models.returns import ReturnKind, ReturnLine
from support.ordering import stock_moves
from support.ordering.orders_at_hand import find_order, lock_order
from support.paying.payment_methods import label
from support.policy.business import Business
from support.reasons import chosen, folded
from support.returning import return_methods, return_rows
from support.returning.exchanged_lines import Exchanged, checked_lines, exchanged_lines, pieces_out, variants_of
from support.returning.return_plans import ComingBackPlan
from support.returning.return_policy import at_most_paid, check_may_come_back, check_worth
from support.returning.returned_lines import ExchangedLine
from support.service_requests import Asked, Done
from support.shares import part_of

__all__ = ["ExchangePlan", "Exchanged", "ExchangedLine", "plan_exchange", "request_exchange"]


@dataclass(frozen=True, slots=True)
class ExchangePlan(ComingBackPlan[Exchanged]):
    """What an exchange will settle when the lines have arrived.

    `amount_minor` is what the new pieces are cheaper by, less that much's share of the order's discount, and no more
    than is left of what was paid; or, less than zero, all that they are dearer by.
    """


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_exchange(
    session: AsyncSession, speaker: Speaker, order_id: str, lines: Sequence[ExchangedLine], *,
    method_id: str | None = None, reason: str | None = None, business: Business, at: datetime,
) -> ExchangePlan:
    """What exchanging lines of a delivered order would cost or bring, at the variants' prices of now.

    Without a method the plan tells the amount and the choices, so that the customer can be asked for one. Raises what
    `request_exchange` raises, less AmountChanged and what concerns the key.
    """
    wanted = checked_lines(lines)
    order = await find_order(session, speaker, order_id, selectinload(Order.lines))
    await check_may_come_back(session, speaker, order, business=business, at=at)
    found = await session.scalars(select(Variant).where(Variant.id.in_(variants_of(order, wanted))))
    exchanged = exchanged_lines(order, wanted, {variant.id: variant for variant in found})
    said, amount = await _reckoned(session, speaker, order, exchanged, reason, business)
    method = await _method(session, speaker, order, amount, method_id, at) if method_id is not None else None
    return await _plan(session, speaker, order, exchanged, amount, method, said, at)


@use_case("do", needs=Level.SIGNED_IN)
async def request_exchange(
    session: AsyncSession, speaker: Speaker, order_id: str, lines: Sequence[ExchangedLine], *,
    method_id: str | None = None, reason: str | None = None, key: str, agreed_minor: int | None = None,
    business: Business, at: datetime,
) -> Done:
    """Take down that lines of a delivered order come back for other variants of the same products, set aside at once.

    When and by whom as for a return, which it counts as. If the new ones are dearer, the customer's method pays when
    the lines have arrived, and a gift card must cover it now; if they are cheaper, the money goes to any method of
    theirs (a gift card in the order's currency) or one that has paid and was removed since; else `method_id` may be
    None. `reason` is one of `returns.reasons` of business.yml, in any case, or None; `agreed_minor` the plan's
    `amount_minor`. The details hold the exchange's own reference, which goes on the parcel, lines and amount.
    Raises NotFound (order, line, variant or method), NotDelivered, AlreadyReturned, ReturnWindowClosed, LinesInvalid,
    QuantityInvalid, OtherProduct, SameVariant, CurrencyDiffers, OutOfStock, ReasonUnknown, MethodNotAllowed (also if
    none is named but one is needed), GiftCardTooLow, NeedsPerson, AmountChanged, IdReused, IdInvalid.
    """
    wanted = checked_lines(lines)
    content = {
        "order": order_id, "lines": [asdict(line) for line in wanted], "method": method_id,
        "reason": None if reason is None else folded(reason),
    }
    asked = Asked(speaker, "request_exchange", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id, selectinload(Order.lines))
    delivered = await check_may_come_back(session, speaker, order, business=business, at=at)
    variants = await stock_moves.lock_variants(session, variants_of(order, wanted))
    exchanged = exchanged_lines(order, wanted, variants)
    said, amount = await _reckoned(session, speaker, order, exchanged, reason, business)
    method = await _method(session, speaker, order, amount, method_id, at)
    check_agreed(agreed_minor, amount)

    request = await service_requests.enter(session, asked, order_id=order.id)
    stock_moves.take(variants, pieces_out(exchanged))
    rows = [
        ReturnLine(
            order_line_id=line.line_id, quantity=line.quantity, unit_price_minor=line.unit_price_minor,
            new_variant_id=line.new_variant_id, new_options=line.new_options,
            new_unit_price_minor=line.new_unit_price_minor,
        )
        for line in exchanged
    ]
    entered = await return_rows.enter(
        session, request, order, ReturnKind.EXCHANGE, rows, method=method, amount_minor=amount, reason=said, at=at
    )
    body = await return_rows.body(session, entered, order, method)
    details: dict[str, Any] = {
        "return": entered.reference, "order": order.number, "lines": [asdict(line) for line in exchanged],
        "amount_minor": amount, "currency": order.currency, "method": label(method), "reason": said,
        "delivered_at": delivered.isoformat(),
    }
    return await service_requests.finish(session, request, details=details, event="exchange.requested", body=body)


async def _reckoned(
    session: AsyncSession, speaker: Speaker, order: Order, lines: Collection[Exchanged], reason: str | None,
    business: Business,
) -> tuple[str | None, int]:
    """(the reason as business.yml writes it, what goes to the customer). Raises ReasonUnknown, NeedsPerson."""
    said = None if reason is None else chosen(reason, business.returns.reasons)
    old, new = sum(line.goods_minor for line in lines), sum(line.new_goods_minor for line in lines)
    check_worth(speaker, max(old, new), business)
    if new >= old:
        return said, old - new
    # Full price for what was bought at a discount would be more than it cost
    discount = part_of(order.discount_minor, old - new, order.goods_minor)
    return said, await at_most_paid(session, order, max(0, old - new - discount))


async def _method(
    session: AsyncSession, speaker: Speaker, order: Order, amount: int, method_id: str | None, at: datetime
) -> PaymentMethod:
    if amount < 0:
        return await return_methods.payer(session, speaker, order, -amount, method_id, at=at)
    if amount > 0:
        return await return_methods.difference_taker(session, speaker, order, method_id)
    return await return_methods.noted(session, speaker, order, method_id)


async def _plan(
    session: AsyncSession, speaker: Speaker, order: Order, lines: tuple[Exchanged, ...], amount: int,
    method: PaymentMethod | None, reason: str | None, at: datetime,
) -> ExchangePlan:
    able: Sequence[PaymentMethod] = ()
    if amount > 0:
        able = await return_methods.difference_takers(session, speaker, order)
    elif amount < 0:
        able = await return_methods.payers(session, speaker, order, -amount, at=at)
    return ExchangePlan(
        order.id, order.number, order.currency, lines, amount, method.id if method else None,
        label(method) if method else None, return_methods.choices(able), reason,
    )
