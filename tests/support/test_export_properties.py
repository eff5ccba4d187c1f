"""Any shop that goes out comes in again as it was."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from support.errors import ConflictError
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.orders import OrderStatus, OrderTransition
from support.models.payments import MethodKind, Payment, PaymentKind
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.points import ledger
from support.records.options import parsed, written
from support.transfer.exporting import export_folder
from tests.support.import_folders import bring
from tests.support.shop_contents import content, emptied
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_address,
    create_customer,
    create_method,
    create_order,
    create_product,
    create_variant,
)

TEXTS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ,;=\\\"'"), min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)
LINES = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n\t\""), min_size=1, max_size=12).map(
    lambda text: "x" + text + "x"
)

ANY = st.characters(exclude_categories=["C"])


@st.composite
def shops(draw):
    """What `make` makes a shop of."""
    return {
        "customers": draw(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from([None, "+353 1 234"])), min_size=1, max_size=4)),
        "products": draw(st.lists(st.tuples(TEXTS, LINES, st.dictionaries(TEXTS, TEXTS, max_size=3), st.sampled_from(["EUR", "USD", "JPY", "KWD"])), min_size=1, max_size=3)),
        "orders": draw(st.lists(st.tuples(
            st.integers(0, 3), st.sampled_from(list(OrderStatus)), st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 10**6)), max_size=3),
            st.sampled_from(["EUR", "JPY", "KWD"]), st.sampled_from(["none", "book", "own"]), st.booleans(),
        ), max_size=5)),
        "points": draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["earn", "earn", "redeem", "adjust", "expire", "undo"]), st.integers(1, 50), st.integers(1, 30)), max_size=12)),
    }


async def make(database, shop):
    async with database.write() as session:
        customers, books, methods, accounts = [], [], [], []
        for first, last, phone in shop["customers"]:
            customer = await create_customer(session, first_name=first)
            customer.last_name, customer.phone = last, phone
            customers.append(customer)
            books.append(await create_address(session, customer, line_1=last))
            books[-1].reference = "home"
            cards = [await create_method(session, customer, kind, balance=1234 if kind is MethodKind.GIFT_CARD else 0) for kind in MethodKind]
            methods.append(cards[0])
            accounts.append(await create_account(session, customer))
            session.add(Subscription(
                customer_id=customer.id, reference="s", name=first, method_id=cards[0].id, price_minor=999, currency="EUR",
                every_months=1, status=SubscriptionStatus.PAUSED, started_on=date(2026, 1, 31), paused_until=date(2026, 12, 1),
            ))
        variants = []
        for name, description, options, currency in shop["products"]:
            product = await create_product(session, name)
            product.description = description
            variants.append(await create_variant(session, product, currency=currency, **{}))
            variants[-1].options = options
        await session.flush()
        for number, (whose, status, lines, currency, address, paid) in enumerate(shop["orders"]):
            customer, method, book = (some[whose % len(some)] for some in (customers, methods, books))
            if address == "own":
                book = await create_address(session, customer, line_1=f"{number} Lane", saved=False, is_default=False)
                book.label = ""  # what only an order goes to has no name in an address book
            order = await create_order(
                session, customer, lines=tuple((variants[which % len(variants)], quantity, price) for which, quantity, price in lines),
                placed_at=NOW - timedelta(days=number, microseconds=number), status=status, currency=currency, shipping=495,
                paid_with=method if paid else None, address=None if address == "none" else book,
            )
            if paid:
                session.add(Payment(
                    order_id=order.id, method_id=method.id, kind=PaymentKind.REFUND, amount_minor=number + 1, currency=currency,
                    at=NOW, reference=f"r{number}", settled_at=None,
                ))
            if status is OrderStatus.CANCELLED:
                session.add(OrderTransition(
                    order_id=order.id, number=1, at=NOW, from_status="pending", to_status=status, actor="customer", reason="Because",
                ))
        made = {account.id: [] for account in accounts}
        for number, (whose, kind, points, days) in enumerate(shop["points"]):
            account, at = accounts[whose % len(accounts)], NOW + timedelta(days=number)
            try:
                match kind:
                    case "earn" | "adjust":
                        entry = await getattr(ledger, kind)(session, account, points, key=f"{account.id}{number}", at=at, reason="x", expires_at=at + timedelta(days=days))
                    case "redeem":
                        entry = await ledger.redeem(session, account, points, key=f"{account.id}{number}", at=at, reason="x")
                    case "expire":
                        await ledger.expire(session, at, account)
                        continue
                    case _:
                        if not made[account.id]:
                            continue
                        entry = await ledger.reverse(session, made[account.id][points % len(made[account.id])], key=f"{account.id}{number}", at=at)
                made[account.id].append(entry)
            except ConflictError:
                continue
        # An account in which nothing ever was is not worth telling of
        for account in accounts:
            if await session.scalar(select(LedgerEntry.id).where(LedgerEntry.account_id == account.id).limit(1)) is None:
                await session.execute(delete(LoyaltyAccount).where(LoyaltyAccount.id == account.id))


class TestRoundTrip:
    @settings(
        max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(shop=shops())
    async def test_of_any_shop_makes_equal_rows(self, database, tmp_path_factory, rules, shop):
        folder = tmp_path_factory.mktemp("export")
        await emptied(database)
        await make(database, shop)
        before = await content(database)
        await export_folder(database, folder)
        await emptied(database)
        await bring(database, folder, rules)
        assert await content(database) == before
        again = await bring(database, folder, rules)
        assert not +again.added
        assert not +again.changed

    @given(options=st.dictionaries(st.text(ANY, min_size=1, max_size=60).filter(str.strip), st.text(ANY, max_size=60), max_size=50))
    def test_of_any_options(self, options):
        assert list(parsed(written(options)).items()) == list(options.items())
