"""Bodies that the shop's systems send; those of whole records are read by `support.shop_systems.shop_bodies`."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from desk.visitors.schemas import Strict

Thing = dict[str, Any]
Reference = Annotated[str, Field(min_length=1, max_length=200)]


class StockLevels(Strict):
    stock: list[Any]


class VoucherUse(Strict):
    order_id: Reference


class Settled(Strict):
    id: Reference | None = None
    settled_at: Annotated[AwareDatetime, Field(strict=False)] | None = None


class Joined(Strict):
    friend_id: Reference
    code: Reference
