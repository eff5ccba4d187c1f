"""Any sequence of cancelling, re-addressing, re-paying and swapping: no cent and no piece appears or is lost."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment, PaymentMethod
from support.models.service_requests import ServiceRequest
from support.ordering import cancellations, line_swaps, order_changes
from support.ordering.line_swaps import Swap
from support.people.addresses import NewAddress
from support.refusals import (
    CurrencyDiffers,
    GiftCardTooLow,
    LinesAlreadySwapped,
    LinesInvalid,
    MethodNotAllowed,
    OrderNotCancellable,
    OrderNotChangeable,
    OtherProduct,
    OutOfStock,
    PaidInParts,
    SameMethod,
    SameVariant,
)
from tests.support.paid_orders import Bought, balance, buy, kept, lines_of, reread, stock
from tests.support.refused import every_row
from tests.support.shop_rows import NOW, create_method
from tests.support.wrong_ids import NO_ID

REFUSALS = (
    CurrencyDiffers, GiftCardTooLow, LinesAlreadySwapped, LinesInvalid, MethodNotAllowed, NotFound, OrderNotCancellable,
    OrderNotChangeable, OtherProduct, OutOfStock, PaidInParts, SameMethod, SameVariant,
)
# (line, variant) by number; most of them are the same product, for a refused swap tells little
PAIRS = st.sampled_from([(0, 0), (0, 1), (0, 1), (0, 2), (0, 2), (1, 3), (1, 4), (1, 4), (0, 4), (1, 5)])
STEPS = st.tuples(
    st.sampled_from(["swap", "swap", "swap", "payment", "payment", "address", "cancel"]), st.booleans(),
    st.sampled_from([1, 0, 2, 1, 0, 3, 4]), st.lists(PAIRS, min_size=1, max_size=2),
)


@dataclass
class Shop:
    """One customer's order, and what every sequence must leave as it was."""

    session: AsyncSession
    rules: object
    bought: Bought
    methods: list[PaymentMethod]
    pieces: Counter[str]
    money_of: dict[str, int]
    swapped: int = 0

    @property
    def variants(self):
        bought = self.bought
        return [bought.small, bought.large, bought.copper, bought.plain, bought.striped]

    async def step(self, number: int, what: str, by_agent: bool, method: int, pairs: list[tuple[int, int]]) -> None:
        """The plan first, then what it planned; a refusal leaves every row as it was."""
        order_id, customer_id = self.bought.order.id, self.bought.customer.id
        speaker = Speaker.agent_for(customer_id, agent_id="a1") if by_agent else self.bought.speaker
        method_id = [one.id for one in self.methods][method] if method < len(self.methods) else None
        lines = [self.bought.kettles.id, self.bought.mug.id]
        variants = [*(variant.id for variant in self.variants), NO_ID]
        rest = {"business": self.rules, "at": NOW + timedelta(minutes=number)}
        before = await every_row(self.session)
        try:
            match what:
                case "address":
                    await order_changes.change_address(
                        self.session, speaker, order_id, key=str(number), **rest,
                        address=NewAddress("Aoife", f"{method} Quay Lane", "Kinsale", "P17 AB12", "IE"),
                    )
                case "payment":
                    asked = (self.session, speaker, order_id, method_id or NO_ID)
                    plan = await order_changes.plan_payment_change(*asked, **rest)
                    done = await order_changes.change_payment(
                        *asked, key=str(number), agreed_minor=plan.amount_minor, **rest
                    )
                    assert done.movements == plan.movements
                case "swap":
                    swaps = [Swap(lines[line], variants[variant]) for line, variant in pairs]
                    asked = (self.session, speaker, order_id, swaps, method_id)
                    plan = await line_swaps.plan_swap(*asked, **rest)
                    done = await line_swaps.swap(*asked, key=str(number), agreed_minor=plan.difference_minor, **rest)
                    assert done.movements == plan.movements
                    assert (await reread(self.session, self.bought.order)).total_minor == plan.total_minor
                    self.swapped += not by_agent
                case "cancel":
                    plan = await cancellations.plan_cancellation(self.session, speaker, order_id, **rest)
                    done = await cancellations.cancel(
                        self.session, speaker, order_id, reason="another reason", key=str(number),
                        agreed_minor=plan.refund_minor, **rest,
                    )
                    assert done.movements == plan.movements
        except REFUSALS:
            assert await every_row(self.session) == before

    async def check(self) -> None:
        """Totals, money and pieces add up, to the cent and to the piece."""
        order = await reread(self.session, self.bought.order)
        lines = await lines_of(self.session, order)
        assert order.goods_minor == sum(line.quantity * line.unit_price_minor for line in lines)
        assert order.total_minor == order.goods_minor + 495
        cancelled = order.status is OrderStatus.CANCELLED
        assert sum((await kept(self.session, order)).values()) == (0 if cancelled else order.total_minor)
        held = Counter(dict(zip((v.id for v in self.variants), await stock(self.session, *self.variants), strict=True)))
        if not cancelled:
            for line in lines:
                held[line.variant_id] += line.quantity
        assert held == self.pieces
        for method in self.methods:
            if method.kind is MethodKind.GIFT_CARD:
                there, paid = await balance(self.session, method), (await kept(self.session, order)).get(method.id, 0)
                assert there >= 0
                assert there + paid == self.money_of[method.id]
        assert self.swapped <= 1
        assert [line.quantity for line in lines] == [2, 1]


async def open_shop(session: AsyncSession, rules: object) -> Shop:
    bought = await buy(session, balance=6500)
    bought.striped.price_minor = 1150
    wallet = await create_method(session, bought.customer, MethodKind.WALLET)
    dollars = await create_method(session, bought.customer, MethodKind.GIFT_CARD, balance=90_000, currency="USD")
    shop = Shop(
        session, rules, bought, [bought.card, bought.gift_card, wallet, dollars], Counter(),
        {bought.gift_card.id: 6500, dollars.id: 90_000},
    )
    shop.pieces = Counter(dict(zip((v.id for v in shop.variants), await stock(session, *shop.variants), strict=True)))
    for line in await lines_of(session, bought.order):
        shop.pieces[line.variant_id] += line.quantity
    return shop


class TestAnySequence:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    @given(steps=st.lists(STEPS, min_size=4, max_size=12))
    @example(steps=[("swap", False, 1, [(0, 2)]), ("payment", False, 2, []), ("cancel", False, 0, [])])
    @example(steps=[("payment", False, 1, []), ("swap", True, 2, [(0, 1)]), ("swap", True, 1, [(0, 2)]), ("cancel", False, 0, [])])
    async def test_keeps_every_cent_and_every_piece(self, database, rules, steps):
        async with database.write() as session:
            shop = await open_shop(session, rules)
            for number, step in enumerate(steps):
                await shop.step(number, *step)
                await shop.check()
            requests = list(await session.scalars(
                select(ServiceRequest.id).where(ServiceRequest.customer_id == shop.bought.customer.id)
            ))
            rows = await session.scalars(select(Payment.request_id).where(
                Payment.order_id == shop.bought.order.id, Payment.request_id.is_not(None)
            ))
            assert set(rows) <= set(requests)
