"""Which rows of which table are about a customer: for the copy of everything, and for erasing it.

A conversation is theirs if they were signed in, or showed who they are in it. A visitor's contact in which several
customers did so counts as nobody's for a copy, so that none gets another's words, and as everybody's for an erasure.
"""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import ScalarSelect

from support.models.base import Base
from support.models.cases import Case, CaseEvent, CaseLine, CasePhoto
from support.models.conversations import (
    BotTurn,
    Contact,
    Conversation,
    Deadline,
    Event,
    Handoff,
    Level,
    Message,
    OfferedPayload,
    Transition,
    VisitorSession,
)
from support.models.customers import Address, Consent, Customer, Interaction
from support.models.identity import FailedIdentification, Identification, OneTimeCode
from support.models.invoices import Invoice
from support.models.loyalty import Draw, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order, OrderLine, OrderTransition, Shipment
from support.models.outbox import Mail, OutboxEvent
from support.models.payments import GiftCardEntry, Payment, PaymentMethod
from support.models.returns import Return, ReturnLine
from support.models.rewards import Referral, Voucher
from support.models.service_requests import ServiceRequest
from support.models.subscriptions import Subscription

OF_CUSTOMER = (
    Address, Case, Consent, Interaction, LoyaltyAccount, Order, PaymentMethod, ServiceRequest, Subscription, Voucher,
)
OF_ORDER = (Invoice, OrderLine, OrderTransition, Payment, Return, Shipment)
OF_CASE = (CaseEvent, CaseLine, CasePhoto)
OF_CONVERSATION = (BotTurn, Deadline, Event, Handoff, Message, OfferedPayload, Transition)


def of_customer(customer: Customer, *, for_erasure: bool = False) -> dict[type[Base], ColumnElement[bool]]:
    """{model: the condition for its rows that are about the customer}, of every table that has any."""
    me = customer.id
    orders = _ids(Order.id, Order.customer_id == me)
    accounts = _ids(LoyaltyAccount.id, LoyaltyAccount.customer_id == me)
    cases = _ids(Case.id, Case.customer_id == me)
    contacts = _ids(Contact.id, _is_contact_of(me, for_erasure))
    talks = _ids(Conversation.id, Conversation.contact_id.in_(contacts))
    to_them = and_(Mail.customer_id.is_(None), func.lower(Mail.recipient) == customer.email.lower())
    rows: dict[type[Base], ColumnElement[bool]] = {Customer: Customer.id == me}
    rows |= {model: model.customer_id == me for model in OF_CUSTOMER}
    rows |= {model: model.order_id.in_(orders) for model in OF_ORDER}
    rows |= {model: model.case_id.in_(cases) for model in OF_CASE}
    rows |= {model: model.conversation_id.in_(talks) for model in OF_CONVERSATION}
    return rows | {
        ReturnLine: ReturnLine.return_id.in_(_ids(Return.id, Return.order_id.in_(orders))),
        GiftCardEntry: GiftCardEntry.method_id.in_(_ids(PaymentMethod.id, PaymentMethod.customer_id == me)),
        LedgerEntry: LedgerEntry.account_id.in_(accounts),
        Lot: Lot.account_id.in_(accounts),
        Draw: Draw.lot_id.in_(_ids(Lot.id, Lot.account_id.in_(accounts))),
        Referral: or_(Referral.customer_id == me, Referral.friend_id == me),
        Mail: or_(Mail.customer_id == me, to_them),
        OutboxEvent: OutboxEvent.body["customer"].as_string() == customer.reference,
        Contact: _is_contact_of(me, for_erasure),
        VisitorSession: VisitorSession.contact_id.in_(contacts),
        Conversation: Conversation.contact_id.in_(contacts),
        OneTimeCode: or_(OneTimeCode.customer_id == me, OneTimeCode.contact_id.in_(contacts)),
        Identification: or_(Identification.customer_id == me, Identification.contact_id.in_(contacts)),
        FailedIdentification: FailedIdentification.contact_id.in_(contacts),
    }


def _ids(column: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> ScalarSelect[str]:
    return select(column).where(condition).scalar_subquery()


def _is_contact_of(customer_id: str, for_erasure: bool) -> ColumnElement[bool]:
    shown, other = aliased(Identification), aliased(Identification)
    as_them = and_(shown.contact_id == Contact.id, shown.customer_id == customer_id)
    if not for_erasure:
        as_them = and_(as_them, shown.level == Level.VERIFIED)
    as_other = exists().where(other.contact_id == Contact.id, other.customer_id != customer_id)
    visitor = and_(Contact.customer_id.is_(None), exists().where(as_them))
    if not for_erasure:
        visitor = and_(visitor, ~as_other)
    return or_(Contact.customer_id == customer_id, visitor)
