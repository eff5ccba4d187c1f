"""The shop's own systems over HTTP: products, variants and stock."""

import httpx
from sqlalchemy import select

from support.models.catalogue import Variant
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import KETTLE, at, error, faults, one


class TestProducts:
    async def test_are_held_with_their_variants(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        brass = await one(desk, select(Variant).where(Variant.sku == "9523456873"))
        assert (brass.options, brass.price_minor, brass.currency, brass.stock) == ({"colour": "brass", "size": "large"}, 4550, "EUR", 7)
        answer = await stocked.put(at("products", "P1"), json=KETTLE)
        assert answer.json() == {"added": {}, "changed": {}, "unchanged": {"products": 1, "variants": 2}}

    async def test_with_a_wrong_variant_are_refused(self, stocked: httpx.AsyncClient) -> None:
        wrong = {"id": "v", "price": "1.505", "currency": "EUR", "stock": -1}
        found = faults(await stocked.put(at("products", "P2"), json={"name": "Pan", "variants": [wrong]}))
        assert {fault[:3] for fault in found} == {("variants", 1, "stock")}
        found = faults(await stocked.put(at("products", "P2"), json={"name": "Pan", "variants": [wrong | {"stock": 1}]}))
        assert {fault[:3] for fault in found} == {("variants", 1, "price")}


class TestStock:
    async def stock(self, desk: RunningDesk) -> list[int]:
        async with desk.database.read() as session:
            return list(await session.scalars(select(Variant.stock).order_by(Variant.sku)))

    async def test_is_set_for_many_at_once(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        levels = [{"variant_id": "9523456874", "stock": 0}, {"variant_id": "9523456873", "stock": "12"}]
        answer = await stocked.put("/v1/shop/stock", json={"stock": levels})
        assert answer.json() == {"variants": 2}
        assert await self.stock(desk) == [12, 0]
        assert (await stocked.put("/v1/shop/stock", json={"stock": []})).json() == {"variants": 0}

    async def test_is_refused_whole(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        good = {"variant_id": "9523456873", "stock": 1}
        for wrong, fault in (
            ({"variant_id": "nothing", "stock": 1}, (2, "variant_id", "unknown_reference")),
            ({"variant_id": "9523456873", "stock": 2}, (2, "variant_id", "duplicate")),
            ({"variant_id": "9523456874", "stock": -1}, (2, "stock", "out_of_range")),
            ({"variant_id": "9523456874", "stock": 1.5}, (2, "stock", "type_wrong")),
            ({"variant_id": "9523456874", "stock": True}, (2, "stock", "not_a_whole_number")),
            ({"variant_id": "9523456874", "stock": 2**31}, (2, "stock", "out_of_range")),
            ({"variant_id": "9523456874"}, (2, "stock", "missing_column")),
            ([], (2, "", "type_wrong")),
        ):
            assert faults(await stocked.put("/v1/shop/stock", json={"stock": [good, wrong]})) == {("stock", *fault)}
        assert error(await stocked.put("/v1/shop/stock", json={"stock": "all"})) == (400, "body_malformed")
        assert error(await stocked.put("/v1/shop/stock", json=[good])) == (400, "body_malformed")
        assert await self.stock(desk) == [7, 3]
