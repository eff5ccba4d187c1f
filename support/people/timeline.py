"""What happened between a customer and the shop, whatever it was, in one line of time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from support.identity import Speaker, use_case
from support.models.base import UtcDateTime, Uuid
from support.models.cases import Case
from support.models.conversations import Contact, Conversation, Level
from support.models.customers import Interaction
from support.models.orders import Order
from support.models.service_requests import ServiceRequest
from support.pages import checked_limit

_CUSTOMER, _LIMIT = bindparam("customer", type_=Uuid), bindparam("limit", type_=Integer)
_BEFORE = bindparam("before", type_=UtcDateTime)

What = Literal["order", "request", "interaction", "case", "conversation"]


@dataclass(frozen=True)
class TimelineItem:
    """Something that happened at `at`; `reference` is what it is called by, None for a conversation.

    `kind` is an order's status, a request's use case (`cancel_order`), an interaction's kind, a case's kind, or a
    conversation's state; `text` what an interaction or a case says, or a conversation's title, else None.
    """

    at: datetime
    what: What
    id: str
    reference: str | None
    kind: str
    text: str | None


@use_case("look up", needs=Level.VERIFIED)
async def timeline(
    session: AsyncSession, speaker: Speaker, *, limit: int = 20, before: tuple[datetime, str] | None = None
) -> tuple[TimelineItem, ...]:
    """What happened with the customer, newest first: orders, changes asked for, cases, conversations, other contacts.

    At most `limit` items (1 to 200); `before` is the (at, id) of one, for what is older.
    Raises InvalidInput (a limit that is none).
    """
    checked_limit(limit)
    return await of_customer(session, speaker.customer, limit=limit, before=before)


async def of_customer(
    session: AsyncSession, customer_id: str, *, limit: int, before: tuple[datetime, str] | None = None
) -> tuple[TimelineItem, ...]:
    """The same, for whoever may know."""
    asked: dict[str, Any] = {"customer": customer_id, "limit": limit}
    if before is not None:
        asked |= {"before": before[0], "before_id": before[1]}
    rows = await session.execute(_NEWEST if before is None else _OLDER, asked)
    return tuple(TimelineItem(*row) for row in rows)


def _all_parts(*, older: bool) -> Select[Any]:
    contacts = select(Contact.id).where(Contact.customer_id == _CUSTOMER)
    parts = (
        _newest(older, Order.customer_id == _CUSTOMER, what="order", at=Order.placed_at, id=Order.id,
                reference=Order.number, kind=Order.status),
        _newest(older, ServiceRequest.customer_id == _CUSTOMER, what="request", at=ServiceRequest.at,
                id=ServiceRequest.id, reference=ServiceRequest.reference, kind=ServiceRequest.kind),
        _newest(older, Interaction.customer_id == _CUSTOMER, what="interaction", at=Interaction.at,
                id=Interaction.id, reference=Interaction.reference, kind=Interaction.kind, text=Interaction.summary),
        _newest(older, Case.customer_id == _CUSTOMER, what="case", at=Case.opened_at, id=Case.id,
                reference=Case.reference, kind=Case.kind, text=Case.text),
        _newest(older, Conversation.contact_id.in_(contacts), Conversation.title.is_not(None),
                what="conversation", at=Conversation.active_at, id=Conversation.id, kind=Conversation.state,
                text=Conversation.title),
    )
    newest = union_all(*parts).subquery()
    return select(newest).order_by(newest.c.at.desc(), newest.c.id.desc()).limit(_LIMIT)


def _newest(
    older: bool, *theirs: ColumnElement[bool], what: What,
    at: InstrumentedAttribute[datetime], id: InstrumentedAttribute[str],
    kind: InstrumentedAttribute[Any], reference: InstrumentedAttribute[str] | None = None,
    text: InstrumentedAttribute[Any] | None = None,
) -> Select[Any]:
    """One part's newest rows, no more than are asked for: a customer of many years is not read whole."""
    nothing = cast(null(), String)
    query = (
        select(
            at.label("at"), literal(what).label("what"), id.label("id"),
            (nothing if reference is None else reference).label("reference"),
            # The statuses and kinds are enums, each another; here they are text
            type_coerce(kind, String).label("kind"), (nothing if text is None else text).label("text"),
        )
        .where(*theirs).order_by(at.desc(), id.desc()).limit(_LIMIT)
    )
    if older:
        query = query.where(or_(at < _BEFORE, and_(at == _BEFORE, id < bindparam("before_id"))))
    return select(query.subquery())


# Made once: to build them costs more than to run them
_NEWEST, _OLDER = _all_parts(older=False), _all_parts(older=True)
