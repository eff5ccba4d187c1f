from collections.abc import AsyncIterator

import httpx
import pytest

from support.settings import DEMO_SECRET
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import CUSTOMER_ID, KETTLE, MIA, ORDER, ORDER_ID, at


@pytest.fixture
async def shop(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {DEMO_SECRET}"}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=30) as http:
        yield http


@pytest.fixture
async def stocked(shop: httpx.AsyncClient) -> httpx.AsyncClient:
    """A shop with a customer, a product and a pending order."""
    for path, body in ((at("customers", CUSTOMER_ID), MIA), (at("products", "P1"), KETTLE), (at("orders", ORDER_ID), ORDER)):
        answer = await shop.put(path, json=body)
        assert answer.status_code == 200, answer.text
    return shop
