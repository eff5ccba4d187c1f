"""No folder brings back who was erased."""

from support.models.payments import MethodKind
from support.people.customers import reference_of_erased
from tests.support.import_folders import CUSTOMERS, OTHERS, put, wrongs
from tests.support.shop_rows import NOW, create_customer, create_method


class TestErasedCustomers:
    async def test_do_not_come_back(self, database, folder, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            customer.reference, customer.erased_at = reference_of_erased("C1"), NOW
            await create_method(session, customer, MethodKind.OTHER)
        addresses = OTHERS["addresses"] + "C1,1 Quay,Cork,P1,IE\n"
        assert await wrongs(database, put(folder, customers=CUSTOMERS, addresses=addresses), rules) == [
            ("customers", 2, "id", "erased_customer")
        ]
        only = CUSTOMERS.replace("C1,Aoife,Brennan,aoife@example.com\n", "")
        assert await wrongs(database, put(folder, customers=only, addresses=addresses), rules) == [
            ("addresses", 2, "customer_id", "erased_customer")
        ]
