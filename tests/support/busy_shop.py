"""The demo shop after a day on which everything was asked for that leaves rows behind."""

import io
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from rapport.demo_shop import seed
from support.care import call_backs, case_photos, cases, complaints
from support.database import Database
from support.identity import Speaker
from support.invoicing import invoices
from support.models.catalogue import Variant
from support.models.customers import Customer
from support.models.orders import Order, OrderStatus
from support.models.payments import GiftCardEntry, MethodKind, PaymentMethod
from support.models.returns import Return
from support.models.rewards import Reward
from support.ordering import cancellations, order_changes
from support.people import erasure
from support.points import compensation, ledger, loyalty_accounts, redemptions, vouchers
from support.policy.business import Business
from support.returning import exchanges, returns, settling
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # a Monday


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


class BusyShop:
    """One day of the shop, in `session`."""

    def __init__(self, session: AsyncSession, business: Business, photos: Path) -> None:
        self.session = session
        self.rules = business
        self.photos = photos
        self._keys = count(1)

    def asked(self, *, rules: bool = True) -> dict[str, object]:
        """Another change, a minute after the last."""
        number = next(self._keys)
        asked: dict[str, object] = {"key": f"busy-{number}", "at": AT + timedelta(minutes=number)}
        return asked | ({"business": self.rules} if rules else {})

    async def orders(self, status: OrderStatus) -> list[Order]:
        query = select(Order).where(Order.status == status).order_by(Order.number.desc())
        return list(await self.session.scalars(query.options(selectinload(Order.lines), selectinload(Order.payments))))

    async def card_of(self, order: Order) -> PaymentMethod:
        """A new gift card of the order's customer with 500.00 on it."""
        card = PaymentMethod(
            customer_id=order.customer_id, reference=f"gift-{order.number}", kind=MethodKind.GIFT_CARD, currency=order.currency
        )
        self.session.add(card)
        await self.session.flush()
        self.session.add(GiftCardEntry(
            method_id=card.id, amount_minor=50_000, at=AT, reason="Bought", idempotency_key=f"bought:{order.number}",
        ))
        await self.session.flush()
        return card

    async def send_back(self) -> None:
        """Four returns and exchanges: asked for, completed, called off."""
        done = 0
        for order in await self.orders(OrderStatus.DELIVERED):
            line = order.lines[0]
            old = await self.session.get_one(Variant, line.variant_id)
            other = await self.session.scalar(select(Variant).where(
                Variant.product_id == old.product_id, Variant.id != old.id, Variant.stock >= line.quantity
            ).order_by(Variant.sku).limit(1))
            if other is None or not order.payments:
                continue
            shop, card = Speaker.shop_for(order.customer_id), await self.card_of(order)
            if done % 2:
                swapped = [ExchangedLine(line.id, other.id, 1)]
                await exchanges.request_exchange(self.session, shop, order.id, swapped, method_id=card.id, **self.asked())
            else:
                reason = self.rules.returns.reasons[0]
                back = [ReturnedLine(line.id)]
                await returns.request_return(
                    self.session, shop, order.id, back, method_id=card.id, reason=reason, **self.asked()
                )
            reference = await self.session.scalar(select(Return.reference).where(Return.order_id == order.id))
            if done in (2, 3):
                await settling.complete(self.session, shop, reference, **self.asked())
            if done == 4:
                await settling.call_off(self.session, shop, reference, **self.asked())
            done += 1
            if done == 5:
                return

    async def change_orders(self) -> None:
        """One order is paid with a gift card instead, one is cancelled."""
        first, second, *_ = [order for order in await self.orders(OrderStatus.PENDING) if order.payments]
        card = await self.card_of(first)
        shop = Speaker.shop_for(first.customer_id)
        await order_changes.change_payment(self.session, shop, first.id, card.id, **self.asked())
        shop = Speaker.shop_for(second.customer_id)
        reason = self.rules.orders.cancel_reasons[0]
        await cancellations.cancel(self.session, shop, second.id, reason=reason, **self.asked())

    async def complain(self) -> None:
        """Cases with lines, photos, points, a closing and a reopening; a call-back that is moved."""
        order = (await self.orders(OrderStatus.DELIVERED))[-1]
        customer = Speaker.signed_in(order.customer_id)
        agent = Speaker.agent_for(order.customer_id, agent_id="0" * 36)
        opened = await cases.open_case(
            self.session, customer, "damaged", order.id, [order.lines[0].id], "Broken.\n=1+1, \"crumbs\"", **self.asked()
        )
        case = opened.details["case"]
        await case_photos.attach_photo(
            self.session, customer, case, picture(), folder=self.photos, **self.asked(rules=False)
        )
        await compensation.compensate(self.session, customer, case, 100, **self.asked())
        await cases.close_case(self.session, agent, case, "A new one is on its way.", **self.asked(rules=False))
        await cases.reopen_case(self.session, agent, case, "That broke, too.", **self.asked(rules=False))
        await complaints.suggest(self.session, customer, "idea", "Sell \U0001fae9 mugs", **self.asked(rules=False))
        times = await call_backs.call_back_times(self.session, customer, business=self.rules, at=AT)
        for time in times[2:4]:
            await call_backs.book_call_back(self.session, customer, time, "+353 1 234", "Mugs", **self.asked())

    async def redeem(self) -> None:
        """A reward and plain points become vouchers, of which one is used."""
        order = (await self.orders(OrderStatus.DELIVERED))[-1]
        customer = Speaker.signed_in(order.customer_id)
        account = await loyalty_accounts.opened(self.session, order.customer_id, at=AT)
        await ledger.adjust(self.session, account, 5000, key="busy-points", at=AT, expires_at=AT + timedelta(days=90), reason="Luck")
        rewards = await self.session.scalars(select(Reward).where(Reward.active, Reward.from_tier.is_(None)))
        for reward in rewards:
            await redemptions.redeem_reward(self.session, customer, reward.id, **self.asked())
        code = (await redemptions.redeem_points(self.session, customer, 100, **self.asked())).details["code"]
        await vouchers.use_voucher(self.session, code, order.number, at=AT + timedelta(hours=9))

    async def invoice(self) -> None:
        """Three orders get invoices; the customer of the last one is erased."""
        customers: set[str] = set()
        for order in await self.orders(OrderStatus.DELIVERED):
            if order.customer_id not in customers and order.payments and len(customers) < 3:
                customers.add(order.customer_id)
                await invoices.invoice(
                    self.session, Speaker.signed_in(order.customer_id), order.id, business=self.rules, at=AT
                )
                last = order.customer_id
        gone = await self.session.get_one(Customer, last)
        await erasure.erase(self.session, gone, at=AT, folder=self.photos)


async def create_busy_shop(database: Database, business: Business, photos: Path) -> None:
    async with database.write() as session:
        await seed(session, business, AT)
    async with database.write() as session:
        shop = BusyShop(session, business, photos)
        for happens in (shop.send_back, shop.change_orders, shop.complain, shop.redeem, shop.invoice):
            await happens()
