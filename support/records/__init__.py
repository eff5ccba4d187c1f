"""The shop's records as its own systems name them: rows of CSV files and bodies of the API alike, checked and written.

A record is made from texts (or from what JSON has in their place) with the columns of docs/import.md, and written with
others in one go. It is the shop's word: what is there already is updated, what is not named stays.

    record = CustomerRecord.read({"id": "C1", "first_name": "Aoife", ...}, business)
    outcome = await write(session, [record, AddressRecord.read(...)], business=business, at=at)

`read` raises RecordsRefused with every fault of that one record; `write` raises it with those that only the database or
the other records can tell (an unknown reference, a total that does not add up), and has then changed nothing. A fault
is (table, line, column, code, reason); its line is the place in the sequence given to `write`, from 1.
The order of the sequence does not matter between tables; an order's lines come in their own order, and are all that
it has.

A column that is left out of the texts keeps what is there; one that is empty (or null) empties it.

| table             | record              | is the same record if                      |
| ----------------- | ------------------- | ------------------------------------------ |
| customers         | CustomerRecord      | id                                         |
| addresses         | AddressRecord       | customer_id and id, or the whole content   |
| payment_methods   | PaymentMethodRecord | customer_id and id                         |
| gift_card_entries | GiftCardEntryRecord | id                                         |
| products          | ProductRecord       | id                                         |
| variants          | VariantRecord       | id                                         |
| orders            | OrderRecord         | id                                         |
| order_lines       | OrderLineRecord     | order_id and id, or the place in the order |
| payments          | PaymentRecord       | order_id and id, or the whole content      |
| shipments         | ShipmentRecord      | order_id and tracking_number               |
| returns           | ReturnRecord        | id                                         |
| return_lines      | ReturnLineRecord    | return_id and the line                     |
| invoices          | InvoiceRecord       | number                                     |
| subscriptions     | SubscriptionRecord  | customer_id and id                         |
| points            | PointsRecord        | id                                         |
| rewards           | RewardRecord        | id                                         |
| vouchers          | VoucherRecord       | code                                       |
| cases             | CaseRecord          | id                                         |
| case_lines        | CaseLineRecord      | case_id and the line                       |
| case_photos       | CasePhotoRecord     | file                                       |
| case_entries      | CaseEntryRecord     | case_id and number                         |
| interactions      | InteractionRecord   | customer_id and id                         |
| consents          | ConsentRecord       | customer_id, purpose, channel and at       |
| referrals         | ReferralRecord      | friend_id                                  |
"""

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
from support.records.faults import Fault, RecordsRefused
from support.records.intake import Outcome
from support.records.orders import OrderLineRecord, OrderRecord, ShipmentRecord
from support.records.payments import GiftCardEntryRecord, PaymentMethodRecord, PaymentRecord
from support.records.points import PointsRecord
from support.records.record import Record
from support.records.returns import ReturnLineRecord, ReturnRecord
from support.records.vouchers import InvoiceRecord, VoucherRecord
from support.records.writing import write

__all__ = [
    "AddressRecord", "CaseEntryRecord", "CaseLineRecord", "CasePhotoRecord", "CaseRecord", "ConsentRecord",
    "CustomerRecord", "Fault", "GiftCardEntryRecord", "InteractionRecord", "InvoiceRecord", "OrderLineRecord",
    "OrderRecord", "Outcome", "PaymentMethodRecord", "PaymentRecord", "PointsRecord", "ProductRecord", "Record",
    "RecordsRefused", "ReferralRecord", "ReturnLineRecord", "ReturnRecord", "RewardRecord", "ShipmentRecord",
    "SubscriptionRecord", "VariantRecord", "VoucherRecord", "write",
]
