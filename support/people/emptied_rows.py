"""What erasure leaves of a customer's rows, and which rows it takes; docs/privacy.md lists both."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.base import Base
from support.models.cases import Case, CaseEvent, CaseEventKind, CasePhoto
from support.models.conversations import (
    BotTurn,
    Contact,
    Conversation,
    Deadline,
    Event,
    Handoff,
    Message,
    OfferedPayload,
    Transition,
    VisitorSession,
)
from support.models.customers import Address, Consent, Interaction
from support.models.identity import FailedIdentification, Identification, OneTimeCode
from support.models.loyalty import LoyaltyAccount
from support.models.orders import Order, OrderLine, OrderTransition, Shipment
from support.models.outbox import Mail, OutboxEvent, WebhookDelivery
from support.models.payments import Payment, PaymentMethod
from support.models.returns import Return, ReturnLine
from support.models.rewards import Voucher
from support.models.service_requests import ServiceRequest
from support.models.subscriptions import Subscription, SubscriptionStatus

type Theirs = Mapping[type[Base], ColumnElement[bool]]  # which rows of a table are the customer's

DELETED = (
    BotTurn, Deadline, OfferedPayload, Message, Event, Address, Interaction, CasePhoto, Mail, OutboxEvent, OneTimeCode,
    FailedIdentification, Identification,
)


def _anonymous(model: type[Base]) -> ColumnElement[str]:
    """A value of its own for each row, where one is needed."""
    return literal("erased:") + cast(model.__table__.c.id, String)


async def empty(session: AsyncSession, theirs: Theirs, at: datetime) -> None:
    """Leave nothing personal in the rows that the ledgers, the accounts and the reports stand on."""
    await _close_cases(session, theirs, at)
    emptied: dict[type[Base], dict[str, Any]] = {
        Consent: {"source": ""},
        Order: {"address_id": None},
        OrderLine: {"options": {}, "reference": None},
        OrderTransition: {"reason": None},
        Shipment: {
            "tracking_number": _anonymous(Shipment), "tracking_url": None, "last_event": None, "last_place": None,
        },
        Payment: {"reference": None},
        PaymentMethod: {
            "reference": _anonymous(PaymentMethod), "brand": None, "last_digits": None, "expires_on": None,
            "is_default": False, "removed_at": func.coalesce(PaymentMethod.removed_at, at),
        },
        Return: {"reason": None},
        ReturnLine: {"new_options": None},
        Voucher: {"code": literal("erased:") + func.substr(cast(Voucher.id, String), 1, 30)},
        LoyaltyAccount: {"referral_code": None},
        Subscription: {
            "reference": _anonymous(Subscription), "name": "", "status": SubscriptionStatus.CANCELLED,
            "renews_on": None, "paused_until": None,
        },
        ServiceRequest: {"details": {}, "fingerprint": "", "idempotency_key": _anonymous(ServiceRequest)},
        Case: {"text": "", "phone": None},
        Contact: {"name": None},
        VisitorSession: {"revoked_at": func.coalesce(VisitorSession.revoked_at, at)},
        Conversation: {"title": None},
        Transition: {"note": None},
        Handoff: {"asked": None, "slots": {}},
    }
    for model, values in emptied.items():
        await session.execute(
            update(model).where(theirs[model]).values(**values).execution_options(synchronize_session=False)
        )


async def _close_cases(session: AsyncSession, theirs: Theirs, at: datetime) -> None:
    """Nobody is left to answer; of what was written stays how many points were given."""
    events = await session.scalars(
        select(CaseEvent).where(theirs[CaseEvent]).order_by(CaseEvent.case_id, CaseEvent.number)
        .execution_options(populate_existing=True)
    )
    last: dict[str, CaseEvent] = {}
    for event in events:
        event.details = {name: event.details[name] for name in ("points", "entry") if name in event.details}
        last[event.case_id] = event
    for case_id, event in last.items():
        if event.kind is not CaseEventKind.CLOSED:
            session.add(CaseEvent(
                case_id=case_id, number=event.number + 1, kind=CaseEventKind.CLOSED, at=at, actor="shop", details={},
            ))
    await session.flush()


async def delete_others(session: AsyncSession, theirs: Theirs) -> None:
    """Delete all rows that nothing stands on."""
    events = select(OutboxEvent.number).where(theirs[OutboxEvent])
    await _execute(session, [delete(WebhookDelivery).where(WebhookDelivery.event_number.in_(events))])
    # Conditions lead over other tables: those that are asked (identifications) go after those that ask
    await _execute(session, [delete(model).where(theirs[model]) for model in DELETED])


async def _execute(session: AsyncSession, statements: Iterable[Any]) -> None:
    for statement in statements:
        await session.execute(statement.execution_options(synchronize_session=False))
