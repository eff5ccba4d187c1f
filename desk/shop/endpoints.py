"""The shop's routes, as docs/shop-api.md gives them."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path

from desk.desk import TheDesk
from desk.shop.schemas import Joined, Settled, StockLevels, Thing, VoucherUse
from desk.visitors.schemas import Nothing
from desk.visitors.sign_in import Token
from support.clock import now
from support.errors import NotFound, TokenInvalid
from support.records import Outcome
from support.service_requests import Done
from support.shop_systems import shop_changes, shop_notices, shop_view

Shown = dict[str, Any]
Whole = Annotated[Thing, Body()]


def the_shop(desk: TheDesk, token: Token) -> None:
    """Raises TokenInvalid unless the caller has the shop's key."""
    key = desk.settings.shop_api_key.get_secret_value()
    if not hmac.compare_digest(token.encode(), key.encode()):
        raise TokenInvalid


def reference(id: Annotated[str, Path()]) -> str:
    """The shop's own id in the address. Raises NotFound for what cannot be one."""
    id = id.strip()
    if not (0 < len(id) <= 200 and id.isprintable()):
        raise NotFound
    return id


Reference = Annotated[str, Depends(reference)]
router = APIRouter(prefix="/v1/shop", dependencies=[Depends(the_shop)])


@router.get("/customers/{id:path}")
async def show_customer(desk: TheDesk, id: Reference) -> Shown:
    async with desk.database.read() as session:
        return await shop_view.customer(session, id)


@router.put("/customers/{id:path}")
async def put_customer(desk: TheDesk, id: Reference, body: Whole) -> Shown:
    return await _put(desk, shop_changes.put_customer, id, body)


@router.put("/products/{id:path}")
async def put_product(desk: TheDesk, id: Reference, body: Whole) -> Shown:
    return await _put(desk, shop_changes.put_product, id, body)


@router.put("/stock")
async def put_stock(desk: TheDesk, body: StockLevels) -> Shown:
    async with desk.database.write() as session:
        return {"variants": await shop_changes.put_stock(session, body.stock, business=desk.business)}


@router.get("/orders/{id:path}")
async def show_order(desk: TheDesk, id: Reference) -> Shown:
    async with desk.database.read() as session:
        return await shop_view.order(session, id)


@router.put("/orders/{id:path}")
async def put_order(desk: TheDesk, id: Reference, body: Whole) -> Shown:
    return await _put(desk, shop_changes.put_order, id, body)


@router.post("/payments/{id}/settled")
async def settle_payment(desk: TheDesk, id: Reference, body: Settled) -> Shown:
    async with desk.database.write() as session:
        return shop_view.payment(await shop_notices.settle_payment(
            session, id, reference=body.id, settled_at=body.settled_at, at=now()
        ))


@router.post("/returns/{id}/complete")
async def complete_return(desk: TheDesk, id: Reference, _: Nothing) -> Shown:
    return await _settle(desk, shop_notices.complete_return, id)


@router.post("/returns/{id}/call-off")
async def call_off_return(desk: TheDesk, id: Reference, _: Nothing) -> Shown:
    return await _settle(desk, shop_notices.call_off_return, id)


@router.post("/vouchers/{id}/use")
async def use_voucher(desk: TheDesk, id: Reference, body: VoucherUse) -> Shown:
    async with desk.database.write() as session:
        used = await shop_notices.use_voucher(session, id, body.order_id, at=now())
        return {"code": used.code, "order_id": body.order_id, "used_at": used.used_at}


@router.post("/referrals")
async def join(desk: TheDesk, body: Joined) -> Shown:
    async with desk.database.write() as session:
        joined = await shop_notices.join(session, body.friend_id, body.code, at=now())
        return {"friend_id": body.friend_id, "joined_at": joined.joined_at}


async def _put(desk: TheDesk, put: Callable[..., Awaitable[Outcome]], id: str, body: Whole) -> Shown:
    async with desk.database.write() as session:
        return _shown(await put(session, id, body, business=desk.business, at=now()))


async def _settle(desk: TheDesk, settle: Callable[..., Awaitable[Done]], id: str) -> Shown:
    async with desk.database.write() as session:
        return shop_notices.shown(await settle(session, id, business=desk.business, at=now()))


def _shown(outcome: Outcome) -> Shown:
    """How many rows of which table came new, were changed, or were there just so."""
    return {
        "added": dict(+outcome.added), "changed": dict(+outcome.changed), "unchanged": dict(+outcome.unchanged),
    }
