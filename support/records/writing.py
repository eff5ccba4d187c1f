"""Writes records in the order in which they refer to each other: the whole of them, or, if one is wrong, none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import batched

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import locks
from support.models.cases import Case
from support.models.customers import Customer
from support.models.orders import Order
from support.models.returns import Return
from support.policy.business import Business
from support.records.cases import CaseEntryRecord, CaseLineRecord, CasePhotoRecord, CaseRecord
from support.records.catalogue import ProductRecord, RewardRecord, VariantRecord
from support.records.customers import (
    AddressRecord,
    ConsentRecord,
    CustomerRecord,
    InteractionRecord,
    ReferralRecord,
    SubscriptionRecord,
)
from support.records.entering import Entering
from support.records.entering_addresses import EnteringAddresses
from support.records.entering_cases import (
    EnteringCaseEntries,
    EnteringCaseLines,
    EnteringCasePhotos,
    EnteringCases,
)
from support.records.entering_catalogue import EnteringProducts, EnteringRewards, EnteringVariants
from support.records.entering_customers import (
    EnteringConsents,
    EnteringCustomers,
    EnteringInteractions,
    EnteringReferrals,
    EnteringSubscriptions,
)
from support.records.entering_gift_cards import EnteringGiftCardEntries
from support.records.entering_lines import EnteringLines
from support.records.entering_orders import EnteringOrders
from support.records.entering_payments import EnteringMethods, EnteringPayments, EnteringShipments
from support.records.entering_points import EnteringPoints
from support.records.entering_returns import EnteringReturnLines, EnteringReturns
from support.records.entering_vouchers import EnteringInvoices, EnteringVouchers
from support.records.faults import Fault, RecordsRefused
from support.records.intake import BATCH, Intake, Outcome
from support.records.known_lines import NAMING
from support.records.links import Links
from support.records.orders import OrderLineRecord, OrderRecord, ShipmentRecord
from support.records.payments import GiftCardEntryRecord, PaymentMethodRecord, PaymentRecord
from support.records.points import PointsRecord
from support.records.record import Record
from support.records.returns import ReturnLineRecord, ReturnRecord
from support.records.vouchers import InvoiceRecord, VoucherRecord

ENTERINGS: dict[type[Record], type[Entering]] = {
    CustomerRecord: EnteringCustomers,
    AddressRecord: EnteringAddresses,
    PaymentMethodRecord: EnteringMethods,
    GiftCardEntryRecord: EnteringGiftCardEntries,
    ProductRecord: EnteringProducts,
    VariantRecord: EnteringVariants,
    OrderRecord: EnteringOrders,
    OrderLineRecord: EnteringLines,
    PaymentRecord: EnteringPayments,
    ShipmentRecord: EnteringShipments,
    ReturnRecord: EnteringReturns,
    ReturnLineRecord: EnteringReturnLines,
    InvoiceRecord: EnteringInvoices,
    SubscriptionRecord: EnteringSubscriptions,
    PointsRecord: EnteringPoints,
    RewardRecord: EnteringRewards,
    VoucherRecord: EnteringVouchers,
    CaseRecord: EnteringCases,
    CaseLineRecord: EnteringCaseLines,
    CasePhotoRecord: EnteringCasePhotos,
    CaseEntryRecord: EnteringCaseEntries,
    InteractionRecord: EnteringInteractions,
    ConsentRecord: EnteringConsents,
    ReferralRecord: EnteringReferrals,
}
TABLES: dict[str, type[Record]] = {record.table: record for record in ENTERINGS}


async def write(
    session: AsyncSession, records: Sequence[Record], *, business: Business, at: datetime
) -> Outcome:
    """Enter the records; those that are there already are updated, what is not named stays.

    Nobody else writes records meanwhile, and the customers of whom there is something are locked until whoever called
    commits; what the session had loaded is read again. Raises RecordsRefused, and nothing is changed then; the line of
    a fault is the record's place, from 1.
    """
    faults: list[Fault] = []
    by_table: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for place, record in enumerate(records, 1):
        record.line = place
        by_table[type(record)].append(record)
    await _lock(session, _customers_of(records))
    async with session.begin_nested() as savepoint:
        intake = Intake(session, business, at, faults.append)
        intake.goods = goods_of(record for record in records if isinstance(record, OrderLineRecord))
        links = Links(intake)
        links.lines.keeps = any(record.table in NAMING for record in by_table)
        for record_class, entering in ENTERINGS.items():
            entered = entering(intake, links)
            for some in batched(by_table[record_class], BATCH, strict=False):
                await entered.take(some)
            await entered.finish()
        assert intake.holds
        if faults:
            await savepoint.rollback()
    if faults:
        raise RecordsRefused(faults)
    session.expire_all()
    return intake.outcome


def goods_of(lines: Iterable[OrderLineRecord]) -> dict[str, Decimal | None]:
    """{order: what its lines come to, in whole units of its currency}."""
    goods: dict[str, Decimal | None] = {}
    for line in lines:
        goods[line.order_id] = (goods.get(line.order_id) or Decimal(0)) + line.unit_price * line.quantity
    return goods


async def lock(session: AsyncSession, customers: Sequence[str] | None) -> None:
    """Let nobody else write records, or change something of these customers, until the transaction ends.

    `customers` are the shop's ids, None is all of them. A change that a customer asks for begins with a lock on the
    customer, so it waits; reading goes on. SQLite has let nobody else in since the transaction began.
    """
    everybody = select(Customer.id)
    await _lock(session, everybody if customers is None else everybody.where(Customer.reference.in_(customers)))


async def _lock(session: AsyncSession, customers: Select[str]) -> None:
    if session.get_bind().dialect.name != "sqlite":
        await locks.hold(session, "records")
        await session.execute(customers.order_by(Customer.id).with_for_update(key_share=True))


def _customers_of(records: Iterable[Record]) -> Select[str]:
    """The ids of the customers, there already, whom the records name or whose orders, returns or cases they name."""
    customers, orders, returns, cases = set(), set(), set(), set()
    for record in records:
        for name in ("customer_id", "friend_id", *(["id"] if isinstance(record, CustomerRecord) else [])):
            customers.add(getattr(record, name, None))
        for name in ("order_id", *(["id"] if isinstance(record, OrderRecord) else [])):
            orders.add(getattr(record, name, None))
        returns.add(getattr(record, "return_id", None))
        cases.add(getattr(record, "case_id", None))
    returned = select(Return.order_id).where(Return.reference.in_(returns - {None}))
    theirs = select(Order.customer_id).where(or_(Order.number.in_(orders - {None}), Order.id.in_(returned)))
    about = select(Case.customer_id).where(Case.reference.in_(cases - {None}))
    return select(Customer.id).where(
        or_(Customer.reference.in_(customers - {None}), Customer.id.in_(theirs), Customer.id.in_(about))
    )
